// Written by test-fixtures/tf/op-defs/generate.py from TensorFlow 2.21.0's registry of operations. Do not edit.

export const math = `Abs|x:T|y:T|T:type{$0}
Acos|x:T|y:T|T:type{$1}
Acosh|x:T|y:T|T:type{$1}
Add|x:T y:T|z:T|T:type{$2}
AddN~+|inputs:N*T|sum:T|N:int>=1 T:type{$3}
AddV2~+|x:T y:T|z:T|T:type{$4}
All|input:bool reduction_indices:Tidx|output:bool|keep_dims:bool=false Tidx:type{$7}=int32
Angle|input:T|output:Tout|T:type{$8}=complex64 Tout:type{$9}=float32
Any|input:bool reduction_indices:Tidx|output:bool|keep_dims:bool=false Tidx:type{$7}=int32
ApproximateEqual~|x:T y:T|z:bool|T:type{$10} tolerance:float=9.99999975e-06
ArgMax|input:T dimension:Tidx|output:output_type|T:type{$11} Tidx:type{$12}=int32 output_type:type{$13}=int64
ArgMin|input:T dimension:Tidx|output:output_type|T:type{$11} Tidx:type{$7}=int32 output_type:type{$7}=int64
Asin|x:T|y:T|T:type{$1}
Asinh|x:T|y:T|T:type{$1}
Atan|x:T|y:T|T:type{$1}
Atan2|y:T x:T|z:T|T:type{$15}
Atanh|x:T|y:T|T:type{$1}
BesselI0|x:T|y:T|T:type{$15}
BesselI0e|x:T|y:T|T:type{$15}
BesselI1|x:T|y:T|T:type{$15}
BesselI1e|x:T|y:T|T:type{$15}
BesselJ0|x:T|y:T|T:type{$15}
BesselJ1|x:T|y:T|T:type{$15}
BesselK0|x:T|y:T|T:type{$15}
BesselK0e|x:T|y:T|T:type{$15}
BesselK1|x:T|y:T|T:type{$15}
BesselK1e|x:T|y:T|T:type{$15}
BesselY0|x:T|y:T|T:type{$15}
BesselY1|x:T|y:T|T:type{$15}
Betainc|a:T b:T x:T|z:T|T:type{$9}
Bincount|arr:int32 size:int32 weights:T|bins:T|T:type{$22}
BitwiseAnd~|x:T y:T|z:T|T:type{$24}
BitwiseOr~|x:T y:T|z:T|T:type{$24}
BitwiseXor~|x:T y:T|z:T|T:type{$24}
Bucketize|input:T|output:int32|T:type{$22} boundaries:float*
Cast|x:SrcT|y:DstT|SrcT:type DstT:type Truncate:bool=false
Ceil|x:T|y:T|T:type{$15}
ClipByValue|t:T clip_value_min:T clip_value_max:T|output:T|T:type{$10}
Complex|real:T imag:T|out:Tout|T:type{$9}=float32 Tout:type{$8}=complex64
ComplexAbs|x:T|y:Tout|T:type{$8}=complex64 Tout:type{$9}=float32
Conj|input:T|output:T|T:type{$27}=complex64
Cos|x:T|y:T|T:type{$1}
Cosh|x:T|y:T|T:type{$1}
Cumprod|x:T axis:Tidx|out:T|exclusive:bool=false reverse:bool=false T:type{$10} Tidx:type{$7}=int32
Cumsum|x:T axis:Tidx|out:T|exclusive:bool=false reverse:bool=false T:type{$10} Tidx:type{$7}=int32
CumulativeLogsumexp|x:T axis:Tidx|out:T|exclusive:bool=false reverse:bool=false T:type{$15} Tidx:type{$7}=int32
Dawsn|x:T|y:T|T:type{$15}
DenseBincount|input:Tidx size:Tidx weights:T|output:T|Tidx:type{$7} T:type{$22} binary_output:bool=false
Digamma|x:T|y:T|T:type{$15}
Div|x:T y:T|z:T|T:type{$36}
DivNoNan|x:T y:T|z:T|T:type{$37}
Equal~|x:T y:T|z:bool|T:type incompatible_shape_error:bool=true
Erf|x:T|y:T|T:type{$15}
Erfc|x:T|y:T|T:type{$15}
Erfinv|x:T|y:T|T:type{$15}
EuclideanNorm|input:T reduction_indices:Tidx|output:T|keep_dims:bool=false T:type{$10} Tidx:type{$7}=int32
Exp|x:T|y:T|T:type{$1}
Expint|x:T|y:T|T:type{$15}
Expm1|x:T|y:T|T:type{$1}
Floor|x:T|y:T|T:type{$15}
FloorDiv|x:T y:T|z:T|T:type{$36}
FloorMod|x:T y:T|z:T|T:type{$41}
FresnelCos|x:T|y:T|T:type{$15}
FresnelSin|x:T|y:T|T:type{$15}
Greater|x:T y:T|z:bool|T:type{$31}
GreaterEqual|x:T y:T|z:bool|T:type{$31}
HistogramFixedWidth|values:T value_range:T nbins:int32|out:dtype|T:type{$22} dtype:type{$7}=int32
Igamma|a:T x:T|z:T|T:type{$15}
IgammaGradA|a:T x:T|z:T|T:type{$9}
Igammac|a:T x:T|z:T|T:type{$15}
Imag|input:T|output:Tout|T:type{$8}=complex64 Tout:type{$9}=float32
Inv|x:T|y:T|T:type{$47}
InvGrad|y:T dy:T|z:T|T:type{$1}
Invert|x:T|y:T|T:type{$24}
IsFinite|x:T|y:bool|T:type{$15}
IsInf|x:T|y:bool|T:type{$15}
IsNan|x:T|y:bool|T:type{$15}
LeftShift|x:T y:T|z:T|T:type{$24}
Less|x:T y:T|z:bool|T:type{$31}
LessEqual|x:T y:T|z:bool|T:type{$31}
Lgamma|x:T|y:T|T:type{$15}
Log|x:T|y:T|T:type{$1}
Log1p|x:T|y:T|T:type{$1}
LogicalAnd~|x:bool y:bool|z:bool|
LogicalNot|x:bool|y:bool|
LogicalOr~|x:bool y:bool|z:bool|
Max|input:T reduction_indices:Tidx|output:T|keep_dims:bool=false T:type{$51} Tidx:type{$7}=int32
Maximum|x:T y:T|z:T|T:type{$53}
Mean|input:T reduction_indices:Tidx|output:T|keep_dims:bool=false T:type{$10} Tidx:type{$7}=int32
MergeV2Checkpoints!|checkpoint_prefixes:string destination_prefix:string||delete_old_dirs:bool=true allow_missing_files:bool=false
Min|input:T reduction_indices:Tidx|output:T|keep_dims:bool=false T:type{$51} Tidx:type{$7}=int32
Minimum|x:T y:T|z:T|T:type{$53}
Mod|x:T y:T|z:T|T:type{$54}
Mul~|x:T y:T|z:T|T:type{$36}
MulNoNan|x:T y:T|z:T|T:type{$1}
Ndtri|x:T|y:T|T:type{$15}
Neg|x:T|y:T|T:type{$47}
NextAfter|x1:T x2:T|output:T|T:type{$55}=float32
NotEqual~|x:T y:T|z:bool|T:type incompatible_shape_error:bool=true
Polygamma|a:T x:T|z:T|T:type{$9}
PopulationCount|x:T|y:uint8|T:type{$24}
Pow|x:T y:T|z:T|T:type{$58}
Prod|input:T reduction_indices:Tidx|output:T|keep_dims:bool=false T:type{$10} Tidx:type{$7}=int32
RaggedTensorFromVariant|encoded_ragged:variant|output_nested_splits:output_ragged_rank*Tsplits output_dense_values:Tvalues|input_ragged_rank:int>=-1 output_ragged_rank:int>=0 Tvalues:type Tsplits:type{$7}=int64
RaggedTensorToTensor|shape:Tshape values:T default_value:T row_partition_tensors:num_row_partition_tensors*Tindex|result:T|T:type Tindex:type{$60} Tshape:type{$60} num_row_partition_tensors:int>=1 row_partition_types:string*
Real|input:T|output:Tout|T:type{$8}=complex64 Tout:type{$9}=float32
RealDiv|x:T y:T|z:T|T:type{$36}
Reciprocal|x:T|y:T|T:type{$47}
ReciprocalGrad|y:T dy:T|z:T|T:type{$1}
RightShift|x:T y:T|z:T|T:type{$24}
Rint|x:T|y:T|T:type{$15}
Round|x:T|y:T|T:type{$47}
Rsqrt|x:T|y:T|T:type{$1}
RsqrtGrad|y:T dy:T|z:T|T:type{$1}
SegmentMax|data:T segment_ids:Tindices|output:T|T:type{$31} Tindices:type{$7}
SegmentMaxV2|data:T segment_ids:Tindices num_segments:Tnumsegments|output:T|T:type{$31} Tindices:type{$7} Tnumsegments:type{$7}=int32
SegmentMean|data:T segment_ids:Tindices|output:T|T:type{$10} Tindices:type{$7}
SegmentMin|data:T segment_ids:Tindices|output:T|T:type{$31} Tindices:type{$7}
SegmentMinV2|data:T segment_ids:Tindices num_segments:Tnumsegments|output:T|T:type{$31} Tindices:type{$7} Tnumsegments:type{$7}=int32
SegmentProd|data:T segment_ids:Tindices|output:T|T:type{$10} Tindices:type{$7}
SegmentProdV2|data:T segment_ids:Tindices num_segments:Tnumsegments|output:T|T:type{$10} Tindices:type{$7} Tnumsegments:type{$7}=int32
SegmentSum|data:T segment_ids:Tindices|output:T|T:type{$10} Tindices:type{$7}
SegmentSumV2|data:T segment_ids:Tindices num_segments:Tnumsegments|output:T|T:type{$10} Tindices:type{$7} Tnumsegments:type{$7}=int32
Select|condition:bool t:T e:T|output:T|T:type
SelectV2|condition:bool t:T e:T|output:T|T:type
Sign|x:T|y:T|T:type{$47}
Sin|x:T|y:T|T:type{$1}
Sinh|x:T|y:T|T:type{$1}
Spence|x:T|y:T|T:type{$15}
Sqrt|x:T|y:T|T:type{$1}
SqrtGrad|y:T dy:T|z:T|T:type{$1}
Square|x:T|y:T|T:type{$79}
SquaredDifference~|x:T y:T|z:T|T:type{$18}
Sub|x:T y:T|z:T|T:type{$82}
Sum|input:T reduction_indices:Tidx|output:T|keep_dims:bool=false T:type{$10} Tidx:type{$7}=int32
Tan|x:T|y:T|T:type{$1}
Tanh|x:T|y:T|T:type{$1}
TanhGrad|y:T dy:T|z:T|T:type{$1}
TruncateDiv|x:T y:T|z:T|T:type{$36}
TruncateMod|x:T y:T|z:T|T:type{$85}
Unpack|value:T|output:num*T|num:int>=0 T:type axis:int=0
UnsortedSegmentMax|data:T segment_ids:Tindices num_segments:Tnumsegments|output:T|T:type{$31} Tindices:type{$7} Tnumsegments:type{$7}=int32
UnsortedSegmentMin|data:T segment_ids:Tindices num_segments:Tnumsegments|output:T|T:type{$31} Tindices:type{$7} Tnumsegments:type{$7}=int32
UnsortedSegmentProd|data:T segment_ids:Tindices num_segments:Tnumsegments|output:T|T:type{$10} Tindices:type{$7} Tnumsegments:type{$7}=int32
UnsortedSegmentSum|data:T segment_ids:Tindices num_segments:Tnumsegments|output:T|T:type{$10} Tindices:type{$12} Tnumsegments:type{$7}=int32
Xdivy|x:T y:T|z:T|T:type{$86}
Xlog1py|x:T y:T|z:T|T:type{$86}
Xlogy|x:T y:T|z:T|T:type{$86}
Zeta|x:T q:T|z:T|T:type{$9}`;
