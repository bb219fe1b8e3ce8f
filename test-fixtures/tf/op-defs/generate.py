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
        "SparseSplit", "SparseSparseMaximum", "SparseSparseMinimum", "SparseReduceMaxSparse", "SparseReduceSumSparse", "SparseCross", "SparseCrossV2",
        "SparseBincount", "SparseCountSparseOutput", "DenseCountSparseOutput", "RaggedTensorToTensor", "RaggedTensorFromVariant", "RaggedGather", "StringToNumber", "LookupTableFindV2", "LookupTableImportV2", "LookupTableSizeV2", "InitializeTableV2", "Timestamp", "StackV2", "StackPushV2", "StackPopV2"}

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

# What the CPU has no kernel for, and what no gradient goes through.
import inspect

from tensorflow.python.framework import kernels, ops

PLAIN = set("float32 float64 float16 bfloat16 int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool string complex64 complex128".split())


def gaps(name):
    """Element types that an operation allows and no kernel computes: `T:bfloat16,float16`."""
    d = op_def_registry.get(name)
    own = [k for k in kernels.get_registered_kernels_for_op(name).kernel if k.device_type in ("CPU", "DEFAULT")]
    if not own:
        return []
    out = []
    for a in d.attr:
        if a.type != "type" or not any(a.name == i.type_attr for i in d.input_arg):
            continue
        allowed = {dt(t) for t in a.allowed_values.list.type} & PLAIN or PLAIN
        there, free = set(), False
        for k in own:
            set_ = [c for c in k.constraint if c.name == a.name]
            free = free or not set_
            there |= {dt(t) for c in set_ for t in c.allowed_values.list.type}
        if not free and allowed - there:
            out.append(f"{a.name}:{','.join(sorted(allowed - there))}")
    return out


def pieces(text):
    """The members of a tuple or list as a program writes it."""
    text = text.strip()
    if text and text[0] in "([" and closing(text) == len(text) - 1:
        text = text[1:-1]
    out, depth, start = [], 0, 0
    for at, ch in enumerate(text):
        depth += (ch in "([{") - (ch in ")]}")
        if ch == "," and depth == 0:
            out.append(text[start:at].strip())
            start = at + 1
    return out + ([text[start:].strip()] if text[start:].strip() else [])


def closing(text):
    """Where the parenthesis that a text begins with is closed."""
    depth = 0
    for at, ch in enumerate(text):
        depth += (ch in "([{") - (ch in ")]}")
        if depth == 0:
            return at


def constants(name):
    """The inputs that an operation's gradient function says nothing about; `*` for all, `?` where there is no such function."""
    d = op_def_registry.get(name)
    try:
        f = ops._gradient_registry.lookup(name)
    except LookupError:
        return "?"
    if f is None:
        return "*"
    source, n = inspect.getsource(f), len(d.input_arg)
    for indent in (r" +", "  "):  # returns of inner functions have other counts, as a rule
        found = [m[1] for m in re.findall(rf"^({indent})return ((?:[^\n]|\n\1  )*)", source, re.M)]
        parts = [pieces(re.sub(r"#.*", "", r)) for r in found]
        if parts and all(p == ["None"] for p in parts):
            return "*"
        if parts and all(len(p) == n for p in parts):
            break
    else:
        return ""
    none = [i for i in range(len(d.input_arg)) if all(p[i] == "None" for p in parts)]
    return "*" if len(none) == len(d.input_arg) else " ".join(map(str, none))


def smooth(name, i):
    """Whether an input may be of floats."""
    d = op_def_registry.get(name)
    a = d.input_arg[i]
    types = next((x.allowed_values.list.type for x in d.attr if x.name == a.type_attr), [a.type])
    return not types or any(dt(t).startswith(("float", "bfloat", "complex")) for t in types)


rows = {"gaps": [], "constants": [], "missing": []}
for name in sorted(set(names)):
    d = op_def_registry.get(name)
    if d is None or name.startswith("_"):
        continue
    rows["gaps"] += [f"{name} {g}" for g in gaps(name)]
    c = constants(name)
    floats = [i for i in range(len(d.input_arg)) if smooth(name, i)]
    if not floats or not d.output_arg:
        continue
    if c == "?":
        rows["missing"].append(name)
    elif c == "*":
        rows["constants"].append(name)
    elif c:
        rows["constants"] += [f"{name} {i}" for i in c.split() if int(i) in floats]
write(
    "refusals.ts",
    [
        "/** Operations with the element types that their descriptions allow and no kernel of the CPU computes. */",
        "export const KERNEL_GAPS = `" + "\n".join(rows["gaps"]) + "`;",
        "/** Operations through which no gradient goes, or not to the input of that number. */",
        "export const CONSTANT = `" + "\n".join(rows["constants"]) + "`;",
        "/** Operations whose gradient is asked for in vain. */",
        "export const WITHOUT_GRADIENT =\n  \"" + " ".join(rows["missing"]) + "\";",
    ],
)

# Functions that complain about their arguments under their own names; the others go through TensorFlow's dispatcher, which has its own words.
plain = {}
for module in "tf math math.special nn linalg signal image strings sets bitwise dtypes debugging sparse random io".split():
    at = tf
    for part in module.split(".") if module != "tf" else []:
        at = getattr(at, part)
    for n in dir(at):
        f = getattr(at, n)
        if n.startswith("_") or inspect.ismodule(f) or inspect.isclass(f) or not callable(f):
            continue
        try:
            f(unknown__=1)
        except TypeError as e:
            m = re.match(r"^(\w+)\(\) (got an unexpected|missing)", str(e))
            if m:
                plain[(module + "." if module != "tf" else "") + n] = m[1]
        except Exception:
            pass
names_ = " ".join(k if v == k.split(".")[-1] else f"{k}={v}" for k, v in sorted(plain.items()))
write("plain-calls.ts", ["/** Functions that name themselves where arguments do not fit, with the names that they then have. */", f'export const PLAIN_CALLS =\n  "{names_}";'])
