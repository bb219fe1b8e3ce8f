// Written by test-fixtures/tf/op-defs/generate.py from TensorFlow 2.21.0's registry of operations. Do not edit.

export const arrays = `AddSparseToTensorsMap!|sparse_indices:int64 sparse_values:T sparse_shape:int64|sparse_handle:int64|T:type container:string='' shared_name:string=''
BatchToSpace|input:T crops:Tidx|output:T|T:type block_size:int>=2 Tidx:type{$7}=int32
BatchToSpaceND|input:T block_shape:Tblock_shape crops:Tcrops|output:T|T:type Tblock_shape:type{$7}=int32 Tcrops:type{$7}=int32
Bitcast|input:T|output:type|T:type{$23} type:type{$23}
BroadcastArgs|s0:T s1:T|r0:T|T:type{$7}=int32
BroadcastGradientArgs|s0:T s1:T|r0:T r1:T|T:type{$7}=int32
BroadcastTo|input:T shape:Tidx|output:T|T:type Tidx:type{$7}=int32
Concat|concat_dim:int32 values:N*T|output:T|N:int>=2 T:type
ConcatOffset|concat_dim:int32 shape:N*shape_type|offset:N*shape_type|N:int>=2 shape_type:type{$7}=int32
ConcatV2|values:N*T axis:Tidx|output:T|N:int>=2 T:type Tidx:type{$7}=int32
ConjugateTranspose|x:T perm:Tperm|y:T|T:type Tperm:type{$7}=int32
Const||output:dtype|value:tensor dtype:type
DeepCopy!|x:T|y:T|T:type
DenseCountSparseOutput|values:T weights:output_type|output_indices:int64 output_values:output_type output_dense_shape:int64|T:type{$7} minlength:int>=-1=-1 maxlength:int>=-1=-1 binary_output:bool output_type:type{$22}
DenseToDenseSetOperation|set1:T set2:T|result_indices:int64 result_values:T result_shape:int64|set_operation:string validate_indices:bool=true T:type{$35}
DenseToSparseSetOperation|set1:T set2_indices:int64 set2_values:T set2_shape:int64|result_indices:int64 result_values:T result_shape:int64|set_operation:string validate_indices:bool=true T:type{$35}
DepthToSpace|input:T|output:T|T:type block_size:int>=2 data_format:string{NHWC,NCHW,NCHW_VECT_C}='NHWC'
Diag|diagonal:T|output:T|T:type{$18}
DiagPart|input:T|diagonal:T|T:type{$18}
DynamicPartition|data:T partitions:int32|outputs:num_partitions*T|num_partitions:int>=1 T:type
DynamicStitch|indices:N*int32 data:N*T|merged:T|N:int>=1 T:type
Empty!|shape:int32|output:dtype|dtype:type init:bool=false
EnsureShape|input:T|output:T|shape:shape T:type
ExpandDims|input:T dim:Tdim|output:T|T:type Tdim:type{$7}=int32
Fill|dims:index_type value:T|output:T|T:type index_type:type{$7}=int32
Gather|params:Tparams indices:Tindices|output:Tparams|validate_indices:bool=true Tparams:type Tindices:type{$7}
GatherNd|params:Tparams indices:Tindices|output:Tparams|Tparams:type Tindices:type{$12} bad_indices_policy:string=''
GatherV2|params:Tparams indices:Tindices axis:Taxis|output:Tparams|batch_dims:int=0 Tparams:type Tindices:type{$12} Taxis:type{$7}
GuaranteeConst!|input:T|output:T|T:type
Identity|input:T|output:T|T:type
IdentityN|input:[T]|output:[T]|T:type*>=1
InvertPermutation|x:T|y:T|T:type{$7}=int32
LinSpace|start:T stop:T num:Tidx|output:T|T:type{$15} Tidx:type{$7}=int32
ListDiff|x:T y:T|out:T idx:out_idx|T:type out_idx:type{$7}=int32
LowerBound|sorted_inputs:T values:T|output:out_type|T:type out_type:type{$7}=int32
MirrorPad|input:T paddings:Tpaddings|output:T|T:type Tpaddings:type{$7}=int32 mode:string{REFLECT,SYMMETRIC}
MirrorPadGrad|input:T paddings:Tpaddings|output:T|T:type Tpaddings:type{$7}=int32 mode:string{REFLECT,SYMMETRIC}
NthElement|input:T n:int32|values:T|reverse:bool=false T:type{$31}
OneHot|indices:TI depth:int32 on_value:T off_value:T|output:T|axis:int=-1 T:type TI:type{$56}=int64
OnesLike|x:T|y:T|T:type{$57}
Pack|values:N*T|output:T|N:int>=1 T:type axis:int=0
Pad|input:T paddings:Tpaddings|output:T|T:type Tpaddings:type{$7}=int32
PadV2|input:T paddings:Tpaddings constant_values:T|output:T|T:type Tpaddings:type{$7}=int32
ParallelDynamicStitch|indices:N*int32 data:N*T|merged:T|N:int>=1 T:type
PreventGradient|input:T|output:T|T:type message:string=''
RaggedGather|params_nested_splits:PARAMS_RAGGED_RANK*Tsplits params_dense_values:Tvalues indices:Tindices|output_nested_splits:OUTPUT_RAGGED_RANK*Tsplits output_dense_values:Tvalues|Tvalues:type Tindices:type{$7} Tsplits:type{$7}=int64 PARAMS_RAGGED_RANK:int>=1 OUTPUT_RAGGED_RANK:int>=0
RaggedRange|starts:T limits:T deltas:T|rt_nested_splits:Tsplits rt_dense_values:T|T:type{$59}=int32 Tsplits:type{$7}=int64
Range|start:Tidx limit:Tidx delta:Tidx|output:Tidx|Tidx:type{$63}=int32
Rank|input:T|output:int32|T:type
Reshape|tensor:T shape:Tshape|output:T|T:type Tshape:type{$7}=int32
Reverse|tensor:T dims:bool|output:T|T:type{$69}
ReverseSequence|input:T seq_lengths:Tlen|output:T|seq_dim:int batch_dim:int=0 T:type Tlen:type{$7}=int64
ReverseV2|tensor:T axis:Tidx|output:T|Tidx:type{$7}=int32 T:type{$70}
Roll|input:T shift:Tshift axis:Taxis|output:T|T:type Tshift:type{$7} Taxis:type{$7}
ScatterNd|indices:Tindices updates:T shape:Tindices|output:T|T:type Tindices:type{$12} bad_indices_policy:string=''
ScatterNdNonAliasingAdd|input:T indices:Tindices updates:T|output:T|T:type{$74} Tindices:type{$7} bad_indices_policy:string=''
SetSize|set_indices:int64 set_values:T set_shape:int64|size:int32|validate_indices:bool=true T:type{$35}
Shape|input:T|output:out_type|T:type out_type:type{$7}=int32
ShapeN|input:N*T|output:N*out_type|N:int>=1 T:type out_type:type{$7}=int32
Size|input:T|output:out_type|T:type out_type:type{$7}=int32
Slice|input:T begin:Index size:Index|output:T|T:type Index:type{$7}
Snapshot|input:T|output:T|T:type
SpaceToBatch|input:T paddings:Tpaddings|output:T|T:type Tpaddings:type{$7}=int32 block_size:int>=2
SpaceToBatchND|input:T block_shape:Tblock_shape paddings:Tpaddings|output:T|T:type Tblock_shape:type{$7}=int32 Tpaddings:type{$7}=int32
SpaceToDepth|input:T|output:T|T:type block_size:int>=2 data_format:string{NHWC,NCHW,NCHW_VECT_C}='NHWC'
SparseAdd|a_indices:int64 a_values:T a_shape:int64 b_indices:int64 b_values:T b_shape:int64 thresh:Treal|sum_indices:int64 sum_values:T sum_shape:int64|T:type{$10} Treal:type{$31}
SparseBincount|indices:int64 values:Tidx dense_shape:int64 size:Tidx weights:T|output:T|Tidx:type{$7} T:type{$22} binary_output:bool=false
SparseConcat|indices:N*int64 values:N*T shapes:N*int64|output_indices:int64 output_values:T output_shape:int64|concat_dim:int N:int>=2 T:type
SparseCountSparseOutput|indices:int64 values:T dense_shape:int64 weights:output_type|output_indices:int64 output_values:output_type output_dense_shape:int64|T:type{$7} minlength:int>=-1=-1 maxlength:int>=-1=-1 binary_output:bool output_type:type{$22}
SparseCross|indices:N*int64 values:[sparse_types] shapes:N*int64 dense_inputs:[dense_types]|output_indices:int64 output_values:out_type output_shape:int64|N:int>=0 hashed_output:bool num_buckets:int>=0 hash_key:int sparse_types:type*{$76}>=0 dense_types:type*{$76}>=0 out_type:type{$76} internal_type:type{$76}
SparseCrossV2|indices:N*int64 values:[sparse_types] shapes:N*int64 dense_inputs:[dense_types] sep:string|output_indices:int64 output_values:string output_shape:int64|N:int>=0 sparse_types:type*{$76}>=0 dense_types:type*{$76}>=0
SparseDenseCwiseAdd|sp_indices:int64 sp_values:T sp_shape:int64 dense:T|output:T|T:type{$10}
SparseDenseCwiseDiv|sp_indices:int64 sp_values:T sp_shape:int64 dense:T|output:T|T:type{$10}
SparseDenseCwiseMul|sp_indices:int64 sp_values:T sp_shape:int64 dense:T|output:T|T:type{$10}
SparseFillEmptyRows|indices:int64 values:T dense_shape:int64 default_value:T|output_indices:int64 output_values:T empty_row_indicator:bool reverse_index_map:int64|T:type
SparseReduceMax|input_indices:int64 input_values:T input_shape:int64 reduction_axes:int32|output:T|keep_dims:bool=false T:type{$31}
SparseReduceMaxSparse|input_indices:int64 input_values:T input_shape:int64 reduction_axes:int32|output_indices:int64 output_values:T output_shape:int64|keep_dims:bool=false T:type{$31}
SparseReduceSum|input_indices:int64 input_values:T input_shape:int64 reduction_axes:int32|output:T|keep_dims:bool=false T:type{$10}
SparseReduceSumSparse|input_indices:int64 input_values:T input_shape:int64 reduction_axes:int32|output_indices:int64 output_values:T output_shape:int64|keep_dims:bool=false T:type{$10}
SparseReorder|input_indices:int64 input_values:T input_shape:int64|output_indices:int64 output_values:T|T:type
SparseReshape|input_indices:int64 input_shape:int64 new_shape:int64|output_indices:int64 output_shape:int64|
SparseSegmentMean|data:T indices:Tidx segment_ids:Tsegmentids|output:T|T:type{$15} Tidx:type{$7}=int32 Tsegmentids:type{$7}=int32 sparse_gradient:bool=false
SparseSegmentMeanGrad|grad:T indices:Tidx segment_ids:Tsegmentids output_dim0:int32|output:T|T:type{$15} Tidx:type{$7}=int32 Tsegmentids:type{$7}=int32
SparseSegmentMeanWithNumSegments|data:T indices:Tidx segment_ids:Tsegmentids num_segments:Tnumsegments|output:T|T:type{$15} Tidx:type{$7}=int32 Tnumsegments:type{$7}=int32 Tsegmentids:type{$7}=int32 sparse_gradient:bool=false
SparseSegmentSqrtN|data:T indices:Tidx segment_ids:Tsegmentids|output:T|T:type{$15} Tidx:type{$7}=int32 Tsegmentids:type{$7}=int32 sparse_gradient:bool=false
SparseSegmentSqrtNGrad|grad:T indices:Tidx segment_ids:Tsegmentids output_dim0:int32|output:T|T:type{$15} Tidx:type{$7}=int32 Tsegmentids:type{$7}=int32
SparseSegmentSqrtNWithNumSegments|data:T indices:Tidx segment_ids:Tsegmentids num_segments:Tnumsegments|output:T|T:type{$15} Tidx:type{$7}=int32 Tnumsegments:type{$7}=int32 Tsegmentids:type{$7}=int32 sparse_gradient:bool=false
SparseSegmentSum|data:T indices:Tidx segment_ids:Tsegmentids|output:T|T:type{$31} Tidx:type{$7}=int32 Tsegmentids:type{$7}=int32 sparse_gradient:bool=false
SparseSegmentSumGrad|grad:T indices:Tidx segment_ids:Tsegmentids output_dim0:int32|output:T|T:type{$15} Tidx:type{$7}=int32 Tsegmentids:type{$7}=int32
SparseSegmentSumWithNumSegments|data:T indices:Tidx segment_ids:Tsegmentids num_segments:Tnumsegments|output:T|T:type{$31} Tidx:type{$7}=int32 Tnumsegments:type{$7}=int32 Tsegmentids:type{$7}=int32 sparse_gradient:bool=false
SparseSlice|indices:int64 values:T shape:int64 start:int64 size:int64|output_indices:int64 output_values:T output_shape:int64|T:type
SparseSparseMaximum|a_indices:int64 a_values:T a_shape:int64 b_indices:int64 b_values:T b_shape:int64|output_indices:int64 output_values:T|T:type{$31}
SparseSparseMinimum|a_indices:int64 a_values:T a_shape:int64 b_indices:int64 b_values:T b_shape:int64|output_indices:int64 output_values:T|T:type{$10}
SparseSplit|split_dim:int64 indices:int64 values:T shape:int64|output_indices:num_split*int64 output_values:num_split*T output_shape:num_split*int64|num_split:int>=1 T:type
SparseTensorDenseAdd|a_indices:Tindices a_values:T a_shape:Tindices b:T|output:T|T:type{$10} Tindices:type{$7}
SparseToDense|sparse_indices:Tindices output_shape:Tindices sparse_values:T default_value:T|dense:T|validate_indices:bool=true T:type Tindices:type{$7}
SparseToSparseSetOperation|set1_indices:int64 set1_values:T set1_shape:int64 set2_indices:int64 set2_values:T set2_shape:int64|result_indices:int64 result_values:T result_shape:int64|set_operation:string validate_indices:bool=true T:type{$35}
Split|split_dim:int32 value:T|output:num_split*T|num_split:int>=1 T:type
SplitV|value:T size_splits:Tlen split_dim:int32|output:num_split*T|num_split:int>=1 T:type Tlen:type{$78}=int64
Squeeze|input:T|output:T|T:type squeeze_dims:int*>=0=[]
StopGradient|input:T|output:T|T:type
StridedSlice|input:T begin:Index end:Index strides:Index|output:T|T:type Index:type{$12} begin_mask:int=0 end_mask:int=0 ellipsis_mask:int=0 new_axis_mask:int=0 shrink_axis_mask:int=0
StridedSliceGrad|shape:Index begin:Index end:Index strides:Index dy:T|output:T|T:type Index:type{$7} begin_mask:int=0 end_mask:int=0 ellipsis_mask:int=0 new_axis_mask:int=0 shrink_axis_mask:int=0
TensorScatterAdd|tensor:T indices:Tindices updates:T|output:T|T:type Tindices:type{$7} bad_indices_policy:string=''
TensorScatterMax|tensor:T indices:Tindices updates:T|output:T|T:type Tindices:type{$7} bad_indices_policy:string=''
TensorScatterMin|tensor:T indices:Tindices updates:T|output:T|T:type Tindices:type{$7} bad_indices_policy:string=''
TensorScatterSub|tensor:T indices:Tindices updates:T|output:T|T:type Tindices:type{$7} bad_indices_policy:string=''
TensorScatterUpdate|tensor:T indices:Tindices updates:T|output:T|T:type Tindices:type{$83} bad_indices_policy:string=''
TensorStridedSliceUpdate|input:T begin:Index end:Index strides:Index value:T|output:T|T:type Index:type{$7} begin_mask:int=0 end_mask:int=0 ellipsis_mask:int=0 new_axis_mask:int=0 shrink_axis_mask:int=0
Tile|input:T multiples:Tmultiples|output:T|T:type Tmultiples:type{$7}=int32
TileGrad|input:T multiples:int32|output:T|T:type
TopK|input:T|values:T indices:int32|k:int>=0 sorted:bool=true T:type{$31}
TopKV2|input:T k:Tk|values:T indices:index_type|sorted:bool=true T:type{$31} Tk:type{$12}=int32 index_type:type{$12}=int32
Transpose|x:T perm:Tperm|y:T|T:type Tperm:type{$7}=int32
Unique|x:T|y:T idx:out_idx|T:type out_idx:type{$7}=int32
UniqueV2|x:T axis:Taxis|y:T idx:out_idx|T:type Taxis:type{$7}=int64 out_idx:type{$7}=int32
UniqueWithCounts|x:T|y:T idx:out_idx count:out_idx|T:type out_idx:type{$7}=int32
UniqueWithCountsV2|x:T axis:Taxis|y:T idx:out_idx count:out_idx|T:type Taxis:type{$7}=int64 out_idx:type{$7}=int32
UnravelIndex|indices:Tidx dims:Tidx|output:Tidx|Tidx:type{$7}=int32
UpperBound|sorted_inputs:T values:T|output:out_type|T:type out_type:type{$7}=int32
Where|input:T|index:int64|T:type{$74}=bool
ZerosLike|x:T|y:T|T:type`;
