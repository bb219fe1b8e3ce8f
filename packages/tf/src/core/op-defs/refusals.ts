// Written by test-fixtures/tf/op-defs/generate.py from TensorFlow 2.21.0's registry of operations. Do not edit.

/** Operations with the element types that their descriptions allow and no kernel of the CPU computes. */
export const KERNEL_GAPS = `AdjustContrast T:int64
AdjustContrastv2 T:float16
AdjustHue T:float16
AdjustSaturation T:float16
ApplyAdaMax T:bfloat16,complex128,complex64,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ApplyAdadelta T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ApplyAdagrad T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ApplyAdagradDA T:bfloat16,complex128,complex64,float16,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ApplyAdagradV2 T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ApplyAdam T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ApplyAddSign T:complex128,complex64,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ApplyCenteredRMSProp T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ApplyFtrl T:complex128,complex64,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ApplyFtrlV2 T:complex128,complex64,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ApplyGradientDescent T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ApplyMomentum T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ApplyPowerSign T:complex128,complex64,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ApplyProximalAdagrad T:bfloat16,complex128,complex64,float16,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ApplyProximalGradientDescent T:bfloat16,complex128,complex64,float16,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ApplyRMSProp T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ApproximateEqual T:bfloat16,complex128,complex64,float16,int16,int32,int64,int8,uint16,uint32,uint64,uint8
AssignAddVariableOp dtype:bool,string
AssignSubVariableOp dtype:bool,string
AvgPool3D T:float16,float64
AvgPool3DGrad T:float16,float64
BandedTriangularSolve T:float16
BatchMatMulV2 T:uint16,uint32,uint64,uint8
BatchMatMulV3 Ta:float16
BatchMatMulV3 Tb:float16
BatchNormWithGlobalNormalization T:bfloat16,complex128,complex64,int16,int32,int64,int8,uint16,uint32,uint64,uint8
BatchNormWithGlobalNormalizationGrad T:bfloat16,complex128,complex64,int16,int32,int64,int8,uint16,uint32,uint64,uint8
BatchToSpace T:bool,complex128,complex64,string
BatchToSpaceND T:bool,complex128,complex64,string
BesselI0 T:bfloat16
BesselI0e T:bfloat16
BesselI1 T:bfloat16
BesselI1e T:bfloat16
BesselJ0 T:bfloat16
BesselJ1 T:bfloat16
BesselK0 T:bfloat16
BesselK0e T:bfloat16
BesselK1 T:bfloat16
BesselK1e T:bfloat16
BesselY0 T:bfloat16
BesselY1 T:bfloat16
Cholesky T:float16
CholeskyGrad T:float16
ClipByValue T:uint32,uint64
Dawsn T:bfloat16,float16
Diag T:bfloat16
DiagPart T:bfloat16
Digamma T:bfloat16
Einsum T:bool,int16,int8,string,uint16,uint32,uint64,uint8
Erfinv T:bfloat16,float16
Expint T:bfloat16,float16
ExtractImagePatches T:bool
FloorDiv T:complex128,complex64
FresnelCos T:bfloat16,float16
FresnelSin T:bfloat16,float16
FusedBatchNormV3 U:bfloat16
Igamma T:bfloat16,float16
Igammac T:bfloat16,float16
Inv T:int16,int32,int64,int8
IsotonicRegression T:uint16,uint32,uint64,uint8
LRN T:bfloat16
LRNGrad T:bfloat16
Lgamma T:bfloat16
LinSpace T:bfloat16,float16
ListDiff T:bool,complex128,complex64
LogMatrixDeterminant T:float16
LowerBound T:bool,complex128,complex64,string
Lu T:float16
MatMul T:uint16,uint32,uint64,uint8
MatrixBandPart T:string
MatrixDeterminant T:float16
MatrixDiag T:string
MatrixDiagPart T:string
MatrixDiagPartV2 T:string
MatrixDiagPartV3 T:string
MatrixDiagV2 T:string
MatrixDiagV3 T:string
MatrixExponential T:float16
MatrixSetDiag T:string
MatrixSetDiagV2 T:string
MatrixSetDiagV3 T:string
MatrixSolve T:float16
MatrixSolveLs T:float16
MatrixSquareRoot T:float16
MatrixTriangularSolve T:bfloat16,float16
MaxPool3D T:float16
MaxPool3DGrad T:float16
MaxPool3DGrad TInput:float16
MaxPool3DGradGrad T:float16,float64,int16,int32,int64,int8,uint16,uint32,uint64,uint8
MaxPoolGradWithArgmax Targmax:int32
MirrorPadGrad T:bool,string
Mod T:bfloat16,float16
Multinomial T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
Ndtri T:bfloat16,float16
ParameterizedTruncatedNormal dtype:bfloat16
RaggedRange T:bfloat16
Range Tidx:int16,int8,uint16,uint32,uint64
RealDiv T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
Reciprocal T:int16,int32,int64,int8
ResourceApplyAdaMax T:bfloat16,complex128,complex64,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceApplyAdadelta T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceApplyAdagrad T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceApplyAdagradDA T:bfloat16,complex128,complex64,float16,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceApplyAdagradV2 T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceApplyAdam T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceApplyAdamWithAmsgrad T:complex128,complex64,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceApplyAddSign T:complex128,complex64,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceApplyCenteredRMSProp T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceApplyFtrl T:complex128,complex64,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceApplyFtrlV2 T:complex128,complex64,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceApplyGradientDescent T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceApplyKerasMomentum T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceApplyMomentum T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceApplyPowerSign T:complex128,complex64,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceApplyProximalAdagrad T:bfloat16,complex128,complex64,float16,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceApplyProximalGradientDescent T:bfloat16,complex128,complex64,float16,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceApplyRMSProp T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceScatterMax dtype:complex128,complex64
ResourceScatterMin dtype:complex128,complex64
ResourceScatterNdAdd T:string
ResourceScatterNdMax T:bool,complex128,complex64,string
ResourceScatterNdMin T:bool,complex128,complex64,string
ResourceScatterNdSub T:string
ResourceSparseApplyAdadelta T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceSparseApplyAdagrad T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceSparseApplyAdagradDA T:bfloat16,complex128,complex64,float16,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceSparseApplyAdagradV2 T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceSparseApplyCenteredRMSProp T:bfloat16,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceSparseApplyFtrl T:complex128,complex64,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceSparseApplyFtrlV2 T:complex128,complex64,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceSparseApplyKerasMomentum T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceSparseApplyMomentum T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceSparseApplyProximalAdagrad T:bfloat16,complex128,complex64,float16,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceSparseApplyProximalGradientDescent T:bfloat16,complex128,complex64,float16,int16,int32,int64,int8,uint16,uint32,uint64,uint8
ResourceSparseApplyRMSProp T:bfloat16,int16,int32,int64,int8,uint16,uint32,uint64,uint8
Rint T:bfloat16,float16
Round T:complex128,complex64,int16,int8
ScatterNd Tindices:int16
ScatterNdMax T:complex128,complex64
ScatterNdMin T:complex128,complex64
SelfAdjointEig T:float16
SelfAdjointEigV2 T:float16
Snapshot T:string
SpaceToBatch T:bool,complex128,complex64,string
SpaceToBatchND T:bool,complex128,complex64,string
SparseAdd T:bfloat16,float16,uint16,uint32,uint64,uint8
SparseApplyAdadelta T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
SparseApplyAdagrad T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
SparseApplyAdagradDA T:bfloat16,complex128,complex64,float16,int16,int32,int64,int8,uint16,uint32,uint64,uint8
SparseApplyAdagradV2 T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
SparseApplyCenteredRMSProp T:bfloat16,int16,int32,int64,int8,uint16,uint32,uint64,uint8
SparseApplyFtrl T:complex128,complex64,int16,int32,int64,int8,uint16,uint32,uint64,uint8
SparseApplyFtrlV2 T:complex128,complex64,int16,int32,int64,int8,uint16,uint32,uint64,uint8
SparseApplyMomentum T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
SparseApplyProximalAdagrad T:bfloat16,complex128,complex64,float16,int16,int32,int64,int8,uint16,uint32,uint64,uint8
SparseApplyProximalGradientDescent T:bfloat16,complex128,complex64,float16,int16,int32,int64,int8,uint16,uint32,uint64,uint8
SparseApplyRMSProp T:bfloat16,int16,int32,int64,int8,uint16,uint32,uint64,uint8
SparseDenseCwiseAdd T:complex128,complex64
SparseDenseCwiseDiv T:complex128,complex64
SparseDenseCwiseMul T:complex128,complex64
SparseSparseMinimum T:complex128,complex64
SparseTensorDenseMatMul T:bool,int16,int64,int8,string,uint16,uint32,uint64,uint8
Spence T:bfloat16,float16
StatefulRandomBinomial T:int32,int64
StatefulUniformInt dtype:bfloat16,bool,complex128,complex64,float16,float32,float64,int16,int8,string,uint16,uint32,uint64,uint8
StatelessMultinomial T:int16,int32,int64,int8,uint16,uint32,uint64,uint8
StatelessRandomBinomial T:int32,int64
StatelessRandomUniformIntV2 dtype:uint32,uint64
Svd T:float16
TensorScatterAdd T:bool,string
TensorScatterMax T:bool,complex128,complex64,string
TensorScatterMin T:bool,complex128,complex64,string
TensorScatterSub T:bool,string
TensorScatterUpdate Tindices:int16,uint16
TruncateDiv T:complex128,complex64
TruncateMod T:bfloat16,float16
Unique T:complex128,complex64
UniqueV2 T:complex128,complex64
UniqueWithCounts T:complex128,complex64
UniqueWithCountsV2 T:complex128,complex64
UpperBound T:bool,complex128,complex64,string`;
/** Operations through which no gradient goes, or not to the input of that number. */
export const CONSTANT = `ApproximateEqual
ArgMax
ArgMin
AsString
Assign
AssignAdd
AssignSub
Betainc 0
Betainc 1
CTCBeamSearchDecoder
CTCGreedyDecoder
Ceil
DrawBoundingBoxes
EditDistance
Equal
ExtractGlimpse
FakeQuantWithMinMaxArgsGradient
FakeQuantWithMinMaxVarsGradient
FakeQuantWithMinMaxVarsPerChannelGradient
Floor
FloorDiv
FusedBatchNormGrad 3
FusedBatchNormGrad 4
FusedBatchNormGradV3 3
FusedBatchNormGradV3 4
FusedBatchNormGradV3 5
Greater
GreaterEqual
HSVToRGB
HistogramSummary
ImageProjectiveTransformV2 1
ImageProjectiveTransformV3 1
ImageProjectiveTransformV3 3
ImageSummary
Less
LessEqual
LinSpace
LookupTableFindV2
Multinomial
NonMaxSuppressionV2
NonMaxSuppressionWithOverlaps
NotEqual
OneHot
OnesLike
ParameterizedTruncatedNormal
Polygamma 0
RaggedRange
RandomCrop
RandomShuffle
Range
Rank
ResizeBilinearGrad
Rint
Round
SampleDistortedBoundingBox
SampleDistortedBoundingBoxV2
ScalarSummary
ScaleAndTranslate 2
ScaleAndTranslate 3
ScatterAdd
ScatterDiv
ScatterMul
ScatterNdAdd
ScatterNdSub
ScatterNdUpdate
ScatterSub
SerializeTensor
Shape
ShapeN
Size
SparseAdd 6
SparseConcat
StatelessMultinomial
StatelessRandomBinomial
StatelessRandomPoisson
StopGradient
TensorArraySize
TensorArraySizeV3
TensorListPushBackBatch
TruncateDiv
ZerosLike
Zeta 0`;
/** Operations whose gradient is asked for in vain. */
export const WITHOUT_GRADIENT =
  "AddSparseToTensorsMap AdjustContrast AdjustContrastv2 AdjustHue AdjustSaturation ApplyAdaMax ApplyAdadelta ApplyAdagrad ApplyAdagradDA ApplyAdagradV2 ApplyAdam ApplyAddSign ApplyCenteredRMSProp ApplyFtrl ApplyFtrlV2 ApplyGradientDescent ApplyMomentum ApplyPowerSign ApplyProximalAdagrad ApplyProximalGradientDescent ApplyRMSProp BatchNormWithGlobalNormalizationGrad Bincount Bitcast Bucketize CholeskyGrad CollectiveGather CombinedNonMaxSuppression Conv Conv2DBackpropFilterV2 Conv2DBackpropInputV2 Conv3DBackpropFilter Conv3DBackpropInput CropAndResizeGradBoxes CropAndResizeGradImage DeepCopy DenseBincount DenseCountSparseOutput Dilation2DBackpropFilter Dilation2DBackpropInput DrawBoundingBoxesV2 ExtractGlimpseV2 FFTND Fingerprint FractionalAvgPoolGrad FractionalMaxPoolGrad GuaranteeConst HistogramFixedWidth IFFTND IRFFT3D IRFFTND IgammaGradA InTopK InTopKV2 IsFinite IsInf IsNan IsVariableInitialized LRNGrad ListDiff LowerBound Lu MatrixExponential MatrixLogarithm MaxPoolGradGradV2 MaxPoolGradGradWithArgmax MaxPoolGradWithArgmax Mod NonMaxSuppressionV3 NonMaxSuppressionV4 NonMaxSuppressionV5 RFFT3D RFFTND RandomGammaGrad RandomPoisson RandomPoissonV2 ResizeArea ResizeBicubicGrad ResizeNearestNeighborGrad ScaleAndTranslateGrad ScatterMax ScatterMin ScatterNdMax ScatterNdMin ScatterUpdate SegmentMaxV2 SegmentMinV2 SegmentProdV2 SegmentSumV2 SelfAdjointEig Snapshot SoftsignGrad SparseApplyAdadelta SparseApplyAdagrad SparseApplyAdagradDA SparseApplyAdagradV2 SparseApplyCenteredRMSProp SparseApplyFtrl SparseApplyFtrlV2 SparseApplyMomentum SparseApplyProximalAdagrad SparseApplyProximalGradientDescent SparseApplyRMSProp SparseBincount SparseCountSparseOutput SparseReduceMax SparseReduceMaxSparse SparseReduceSumSparse SparseSegmentMeanGrad SparseSegmentSqrtNGrad SparseSegmentSumGrad SparseSplit StackPushV2 StatefulRandomBinomial StatefulStandardNormal StatefulStandardNormalV2 StatefulTruncatedNormal StatefulUniform StatefulUniformFullInt StatefulUniformInt StatelessSampleDistortedBoundingBox StatelessShuffle StridedSliceAssign TileGrad ToBool TruncateMod Unique UniqueV2 UniqueWithCounts UniqueWithCountsV2 UpperBound Where";
