"""Writes packages/tf/src/core/op-defs/: TensorFlow's own description of its operations, as NodeDefs name them.

One file a family, one line an operation: name, inputs, outputs, attributes. Operations of devices, queues, quantisation and the like are left out.
"""
import re
from pathlib import Path

import tensorflow as tf
from tensorflow.core.framework import op_def_pb2, types_pb2
from tensorflow.python.framework import op_def_registry

LEFT_OUT = re.compile(
    r"^(Abort|Accumul|AddMany|AllCandidate|AllToAll|Anonymous|ApproxTop|Assert.+Dataset|AssignVariableXla|Audio|AutoShard|Banded|Barrier|Batch$|"
    r"Batch(Cholesky|FFT|IFFT|Func|Matrix|Self|Svd|Dataset)|BlockLSTM|Boosted|Bytes|CSR|CSV|CTCBeam|Cache|Check(NumericsV2|Pinned)|Choose|Close|Collective|"
    r"Combined|Composite|Compress|Compute|Conditional|Configure|Consume|Control|ConvertTo|Copy|Create|CrossReplica|Cudnn|Data|Debug|Decode|Deep|Delete|"
    r"Dense(Count|ToCSR|ToSparse)|Dequant|Deser|Destroy|Device|Directed|Disable|Distributed|Dummy|Dynamic(Enqueue)|EagerPy|Edit|Encode(Jpeg|Png|Proto|Wav)|Enqueue|"
    r"Experimental|ExtractJpeg|Extract(Glimpse)|FIFO|Fake(Param|Queue)|FileSystem|Filter|Finalize|Fixed|FlatMap|Flush|For$|FusedPad|FusedResize|GRUBlock|Generat|Get(Element|"
    r"Mini|Options|Session|Stats)|Global|Group|HashTable|Histogram(Summary)|Identity.*Reader|Ignore|ImageSummary|Immutable|Import|IndexFlat|Infeed|Initialize|Inplace|"
    r"Interleave|Is(Boosted|TPU|otonic)|Iterator|KMC|Kmeans|LMDB|LSTMBlock|Latency|Learned|Legacy|ListData|ListSnap|Load|LogUniform|Lookup|Make|Map|Matching|MaxIntra|"
    r"Merge(Summary|V2)|Mfcc|Model|Multi|Mutable|Mutex|Nccl|Nearest|NonDet|NonMax|NonSer|OneShot|Optim|Option|Ordered|Outfeed|Padd|Parallel|Parameterized|Parse|"
    r"Prefetch|Prelin|Priority|Private|PyFunc|Quant|Queue|Ragged|Random(Data|Index|ShuffleQ)|RangeData|Read(er|VariableXla)|ReadFile|Rebatch|Record|Recv|Ref|Register|"
    r"Remote|RepeatD|Requant|ResourceAccum|ResourceCond|Retrieve|Rewrite|Sampl|SaveData|ScanData|Sdca|Send|Serial|SetStats|Shard(Data)|Shuffle|Shutdown|SkipD|Sleep|Sliding|"
    r"Snapshot|Sobol|Sort|Sparse|Sql|Stack|Stage|Stats|Store|Summary|Sync|TFRec|TPU|TakeD|TakeM|TakeW|Temporary|TensorData|TensorForest|TensorMap|TensorSliceD|TensorSumm|"
    r"TextLine|Thread|Timestamp|Tridiagonal|Unbatch|Uncompress|Unicode|Uniform|UniqueData|Unstage|Unwrap|Weighted|Whole|Window|Worker|Wrap|Write|Xla|Zip|"
    r"TensorArray(V2|Close|Grad|Pack|Unpack|.*V2$)|DebugG)"
)
KEPT = {"DestroyResourceOp", "ParseTensor", "SerializeTensor", "SparseSoftmaxCrossEntropyWithLogits", "SparseToDense", "SparseApplyAdagrad",
        "SparseMatMul", "DynamicPartition", "DynamicStitch", "ParallelDynamicStitch", "NonMaxSuppressionV3", "NonMaxSuppressionV4", "Multinomial",
        "NonMaxSuppressionV5", "SparseSegmentSum", "SparseSegmentMean", "SparseSegmentSqrtN", "Merge", "SparseTensorDenseMatMul", "LogUniformCandidateSampler",
        "ControlTrigger", "DecodeRaw", "DecodeBase64", "DeepCopy", "FakeParam", "ReadFile", "WriteFile", "DecodePng", "DecodeJpeg", "EncodePng",
        "AllCandidateSampler", "LearnedUnigramCandidateSampler", "FixedUnigramCandidateSampler", "ComputeAccidentalHits", "IsotonicRegression", "ExtractGlimpse", "ExtractGlimpseV2", "CombinedNonMaxSuppression", "NonMaxSuppressionWithOverlaps",
        "DecodeBmp", "DecodeGif", "DecodeImage", "DecodeAndCropJpeg", "EncodeJpeg", "HistogramSummary", "ImageSummary", "MergeSummary", "HashTableV2", "LowerBound", "UpperBound", "TridiagonalMatMul", "TridiagonalSolve", "RandomIndexShuffle", "NonMaxSuppressionV2", "UnicodeDecode", "UnicodeEncode", "RaggedRange", "SampleDistortedBoundingBoxV2", "CTCBeamSearchDecoder", "CollectiveGather", "SparseTensorDenseAdd", "PyFunc", "EagerPyFunc", "BandedTriangularSolve", "Barrier", "EditDistance", "UniformCandidateSampler", "Snapshot", "SampleDistortedBoundingBox",
        "ParameterizedTruncatedNormal", "EncodeJpegVariableQuality", "SparseSegmentSumWithNumSegments", "SparseSegmentMeanWithNumSegments",
        "SparseSegmentSqrtNWithNumSegments", "SparseSegmentSumGrad", "SparseSegmentMeanGrad", "SparseSegmentSqrtNGrad", "UnicodeScript", "UnicodeTranscode",
        "UnicodeDecodeWithOffsets", "SparseReshape", "SparseReduceSum", "SparseReduceMax", "SparseFillEmptyRows", "SparseReorder", "SparseConcat", "SparseSlice",
        "SparseAdd", "SparseDenseCwiseMul", "SparseDenseCwiseDiv", "SparseDenseCwiseAdd", "SparseSoftmax", "SparseToSparseSetOperation", "DenseToSparseSetOperation",
        "SparseApplyAdadelta", "SparseApplyAdagradDA", "SparseApplyAdagradV2", "SparseApplyCenteredRMSProp", "SparseApplyFtrl", "SparseApplyFtrlV2",
        "SparseApplyMomentum", "SparseApplyProximalAdagrad", "SparseApplyProximalGradientDescent", "SparseApplyRMSProp", "MergeV2Checkpoints",
        "RaggedTensorToTensor", "RaggedTensorFromVariant", "RaggedGather", "StringToNumber", "LookupTableFindV2", "LookupTableImportV2", "LookupTableSizeV2", "InitializeTableV2", "Timestamp", "StackV2", "StackPushV2", "StackPopV2"}

SHORT = {v: k[3:].lower() for k, v in types_pb2.DataType.items()}
NAMES = {"float": "float32", "double": "float64", "half": "float16"}


def dt(n):
    if n > 100:
        return dt(n - 100) + "&"
    return NAMES.get(SHORT[n], SHORT[n])


sets: dict[tuple, str] = {}


def type_set(types):
    key = tuple(dt(t) for t in types)
    if len(key) == 1:
        return key[0]
    return sets.setdefault(key, f"${len(sets)}")


def arg(a):
    if a.number_attr:
        t = f"{a.number_attr}*{a.type_attr or dt(a.type)}"
    elif a.type_list_attr:
        t = f"[{a.type_list_attr}]"
    else:
        t = a.type_attr or dt(a.type)
    return f"{a.name}:{t}{'&' if a.is_ref else ''}"


def default(kind, v):
    which = v.WhichOneof("value")
    if which == "list":
        l = v.list
        items = [str(i) for i in l.i] + [repr(f) for f in l.f] + [dt(t) for t in l.type] + [s.decode() for s in l.s] + [str(b).lower() for b in l.b]
        return "[" + ",".join(items) + "]"
    if which == "s":
        return "'" + v.s.decode("latin-1").replace("\n", "<nl>") + "'"
    if which == "type":
        return dt(v.type)
    if which == "b":
        return str(v.b).lower()
    if which == "shape":
        return "?" if v.shape.unknown_rank else "(" + ",".join(str(d.size) for d in v.shape.dim) + ")"
    if which == "f":
        return f"{v.f:.9g}"
    if which == "i":
        return str(v.i)
    if which == "tensor":
        return "tensor"
    return "func"


def attr(a):
    s = f"{a.name}:{a.type.replace('list(', '').replace(')', '*')}"
    if a.HasField("allowed_values"):
        l = a.allowed_values.list
        s += "{" + (type_set(l.type) if l.type else ",".join(v.decode() for v in l.s)) + "}"
    if a.has_minimum:
        s += f">={a.minimum}"
    if a.HasField("default_value"):
        s += "=" + default(a.type, a.default_value)
    return s


# The first family whose expression fits; what is left is arithmetic.
FAMILIES = {
    "state": r"^(Apply|Assign|Barrier|CountUpTo|DestroyResource|HashTable|Initialize|IsVariable|Lookup|ReadVariable|Resource(Apply|Count|Gather|Scatter|Sparse|Strided)|Restore|Save|"
    r"Scatter(?!Nd$|NdNon)|Sharded|SparseApply|StridedSliceAssign|Var)",
    "control": r"^(Abort|Assert|CheckNumerics|Case|Control|EagerPy|Empty?Tensor(List|Map)|EmptyTensor|Enter|Exit|FakeParam|If$|LoopCond|Merge$|NextIter|NoOp|PartitionedCall|Placeholder|Print|PyFunc|Stack|"
    r"StatefulPart|Stateless(Case|If|While)|Switch|Symbolic|TensorArray|TensorList|Timestamp|ToBool|While|_|Collective|ReduceDataset|Concatenate)",
    "random": r"(Random|Normal|Stateful|StatelessM|StatelessS|Multinomial|Rng|Unigram|CandidateSampler|ComputeAccidental)",
    "strings": r"(String|Regex|Substr|Unicode|AsString|ReduceJoin|SegmentJoin|Base64|Fingerprint|DecodeRaw|EditDistance|(Parse|Serialize)Tensor|ReadFile|WriteFile|Summary|Fact)",
    "image": r"(Resize|Image|Boxes|RGB|HSV|Adjust|NonMax|Decode|Encode|Glimpse|VolumePatches|ScaleAndTr|DistortedB)",
    "nn": r"(Conv|Pool|Bias|BatchNorm|LRN|Dilation|elu|Elu|Relu|Soft|CTC|CrossEntropy|InTopK|Isotonic|L2Loss|FakeQuant|Sigmoid)",
    "linalg": r"(Mat(Mul|rix)|Matrix|Cholesky|Svd|Qr$|^Lu$|Eig|Einsum|FFT|Tridiagonal|Banded|^Cross)",
    "arrays": r"(Batch|Bit?cast|Broadcast|Concat|Const|DeepCopy|Depth|Diag|Dynamic|^Empty|EnsureShape|ExpandDims|^Fill|Gather|GuaranteeConst|Identity|InvertPerm|LinSpace|ListDiff|MirrorPad|OneHot|"
    r"OnesLike|Pack|^Pad|Parallel|Range|^Rank|Reshape|Reverse|^Roll|ScatterNd|TensorScatter|SetOperation|SetSize|^Shape|^Size|Slice|Snapshot|Sparse|Split|Squeeze|^Tile|TopK|Transpose|Unique|"
    r"Unravel|Where|ZerosLike|NthElement|(Lower|Upper)Bound|PreventGradient|StopGradient)",
    "math": r"",
}

names = [n for n in dir(tf.raw_ops) if n[0].isupper() and (n in KEPT or not LEFT_OUT.match(n))]
names += ["_Retval", "_Arg", "StatefulPartitionedCall"]
lines = {family: [] for family in FAMILIES}
for name in sorted(set(names)):
    d = op_def_registry.get(name)
    if d is None:
        continue
    family = next(f for f, fits in FAMILIES.items() if re.search(fits, name))
    lines[family].append(
        "|".join([name + ("!" if d.is_stateful else "") + ("~" if d.is_commutative else "") + ("+" if d.is_aggregate else ""), " ".join(map(arg, d.input_arg)), " ".join(map(arg, d.output_arg)), " ".join(map(attr, d.attr))])
    )
out = Path(__file__).resolve().parents[3] / "packages/tf/src/core/op-defs"
head = f"// Written by test-fixtures/tf/op-defs/generate.py from TensorFlow {tf.__version__}'s registry of operations. Do not edit.\n"


def write(file, text):
    (out / file).write_text("\n".join([head, *text]) + "\n")


out.mkdir(exist_ok=True)
write("type-sets.ts", ["/** Sets of element types that attributes may be. */", "export const TYPE_SETS: Readonly<Record<string, string>> = {", *[f'  {n}: "{" ".join(k)}",' for k, n in sets.items()], "};"])
for family, own in lines.items():
    write(f"{family}.ts", [f"export const {family} = `" + "\n".join(l.replace("\\", "\\\\") for l in own) + "`;"])
write(
    "index.ts",
    [
        *[f'import {{ {f} }} from "./{f}.js";' for f in sorted(FAMILIES)],
        'export { TYPE_SETS } from "./type-sets.js";\n',
        "/** name (`!` stateful, `~` commutative, `+` aggregate) | inputs | outputs | attributes. */",
        f'export const OP_DEFS = [{", ".join(FAMILIES)}].join("\\n");',
    ],
)
print({f: len(l) for f, l in lines.items()})
