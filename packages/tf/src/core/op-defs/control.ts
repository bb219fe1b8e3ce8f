// Written by test-fixtures/tf/op-defs/generate.py from TensorFlow 2.21.0's registry of operations. Do not edit.

export const control = `Assert!|condition:bool data:[T]||T:type*>=1 summarize:int=3
Case!|branch_index:int32 input:[Tin]|output:[Tout]|Tin:type*>=0 Tout:type*>=0 branches:func*>=1 output_shapes:shape*=[]
CheckNumerics!|tensor:T|output:T|T:type{$15} message:string
CollectiveGather!|input:T|data:T|T:type{$26} group_size:int group_key:int instance_key:int shape:shape communication_hint:string='auto' timeout_seconds:float=0
ConcatenateDataset|input_dataset:variant another_dataset:variant|handle:variant|output_types:type*>=1 output_shapes:shape*>=1 metadata:string=''
ControlTrigger|||
EagerPyFunc!|input:[Tin]|output:[Tout]|token:string is_async:bool=false Tin:type*>=0 Tout:type*>=0
EmptyTensorList|element_shape:shape_type max_num_elements:int32|handle:variant|element_dtype:type shape_type:type{$7}
EmptyTensorMap||handle:variant|
Enter|data:T|output:T|T:type frame_name:string is_constant:bool=false parallel_iterations:int=10
Exit|data:T|output:T|T:type
FakeParam||output:dtype|dtype:type shape:shape
If!|cond:Tcond input:[Tin]|output:[Tout]|Tcond:type Tin:type*>=0 Tout:type*>=0 then_branch:func else_branch:func output_shapes:shape*=[]
LoopCond|input:bool|output:bool|
Merge|inputs:N*T|output:T value_index:int32|T:type N:int>=1
NextIteration|data:T|output:T|T:type
NoOp|||
PartitionedCall|args:[Tin]|output:[Tout]|Tin:type*>=0 Tout:type*>=0 f:func config:string='' config_proto:string='' executor_type:string=''
Placeholder||output:dtype|dtype:type shape:shape=?
PlaceholderV2||output:dtype|dtype:type shape:shape
PlaceholderWithDefault|input:dtype|output:dtype|dtype:type shape:shape
Print!|input:T data:[U]|output:T|T:type U:type*>=0 message:string='' first_n:int=-1 summarize:int=3
PrintV2!|input:string||output_stream:string='stderr' end:string='<nl>'
PyFunc!|input:[Tin]|output:[Tout]|token:string Tin:type*>=0 Tout:type*>=0
ReduceDataset!|input_dataset:variant initial_state:[Tstate] other_arguments:[Targuments]|components:[output_types]|f:func Tstate:type*>=1 Targuments:type*>=0 output_types:type*>=1 output_shapes:shape*>=1 use_inter_op_parallelism:bool=true metadata:string=''
StackPopV2!|handle:resource|elem:elem_type|elem_type:type
StackPushV2!|handle:resource elem:T|output:T|T:type swap_memory:bool=false
StackV2!|max_size:int32|handle:resource|elem_type:type stack_name:string=''
StatefulPartitionedCall!|args:[Tin]|output:[Tout]|Tin:type*>=0 Tout:type*>=0 f:func config:string='' config_proto:string='' executor_type:string=''
StatelessCase|branch_index:int32 input:[Tin]|output:[Tout]|Tin:type*>=0 Tout:type*>=0 branches:func*>=1 output_shapes:shape*=[]
StatelessIf|cond:Tcond input:[Tin]|output:[Tout]|Tcond:type Tin:type*>=0 Tout:type*>=0 then_branch:func else_branch:func output_shapes:shape*=[]
StatelessWhile|input:[T]|output:[T]|T:type*>=0 cond:func body:func output_shapes:shape*=[] parallel_iterations:int=10
Switch|data:T pred:bool|output_false:T output_true:T|T:type
SymbolicGradient|input:[Tin]|output:[Tout]|Tin:type*>=1 Tout:type*>=1 f:func
TensorArray!|size:int32|handle:string&|dtype:type dynamic_size:bool=false clear_after_read:bool=true tensor_array_name:string='' element_shape:shape=?
TensorArrayConcat|handle:string& flow_in:float32|value:dtype lengths:int64|dtype:type element_shape_except0:shape=?
TensorArrayConcatV3!|handle:resource flow_in:float32|value:dtype lengths:int64|dtype:type element_shape_except0:shape=?
TensorArrayGather|handle:string& indices:int32 flow_in:float32|value:dtype|dtype:type element_shape:shape=?
TensorArrayGatherV3!|handle:resource indices:int32 flow_in:float32|value:dtype|dtype:type element_shape:shape=?
TensorArrayRead|handle:string& index:int32 flow_in:float32|value:dtype|dtype:type
TensorArrayReadV3!|handle:resource index:int32 flow_in:float32|value:dtype|dtype:type
TensorArrayScatter|handle:string& indices:int32 value:T flow_in:float32|flow_out:float32|T:type
TensorArrayScatterV3!|handle:resource indices:int32 value:T flow_in:float32|flow_out:float32|T:type
TensorArraySize|handle:string& flow_in:float32|size:int32|
TensorArraySizeV3!|handle:resource flow_in:float32|size:int32|
TensorArraySplit|handle:string& value:T lengths:int64 flow_in:float32|flow_out:float32|T:type
TensorArraySplitV3!|handle:resource value:T lengths:int64 flow_in:float32|flow_out:float32|T:type
TensorArrayV3!|size:int32|handle:resource flow:float32|dtype:type element_shape:shape=? dynamic_size:bool=false clear_after_read:bool=true identical_element_shapes:bool=false tensor_array_name:string=''
TensorArrayWrite|handle:string& index:int32 value:T flow_in:float32|flow_out:float32|T:type
TensorArrayWriteV3!|handle:resource index:int32 value:T flow_in:float32|flow_out:float32|T:type
TensorListConcat|input_handle:variant|tensor:element_dtype lengths:int64|element_dtype:type element_shape:shape=?
TensorListConcatLists|input_a:variant input_b:variant|output:variant|element_dtype:type
TensorListConcatV2|input_handle:variant element_shape:shape_type leading_dims:int64|tensor:element_dtype lengths:int64|element_dtype:type shape_type:type{$7}
TensorListElementShape|input_handle:variant|element_shape:shape_type|shape_type:type{$7}
TensorListFromTensor|tensor:element_dtype element_shape:shape_type|output_handle:variant|element_dtype:type shape_type:type{$7}
TensorListGather|input_handle:variant indices:int32 element_shape:int32|values:element_dtype|element_dtype:type
TensorListGetItem|input_handle:variant index:int32 element_shape:Tshape|item:element_dtype|element_dtype:type Tshape:type{$7}=int32
TensorListLength|input_handle:variant|length:int32|
TensorListPopBack|input_handle:variant element_shape:int32|output_handle:variant tensor:element_dtype|element_dtype:type
TensorListPushBack|input_handle:variant tensor:element_dtype|output_handle:variant|element_dtype:type
TensorListPushBackBatch|input_handles:variant tensor:element_dtype|output_handles:variant|element_dtype:type
TensorListReserve|element_shape:shape_type num_elements:int32|handle:variant|element_dtype:type shape_type:type{$7}
TensorListResize|input_handle:variant size:int32|output_handle:variant|
TensorListScatter|tensor:element_dtype indices:int32 element_shape:shape_type|output_handle:variant|element_dtype:type shape_type:type{$7}
TensorListScatterIntoExistingList|input_handle:variant tensor:element_dtype indices:int32|output_handle:variant|element_dtype:type
TensorListScatterV2|tensor:element_dtype indices:int32 element_shape:shape_type num_elements:int32|output_handle:variant|element_dtype:type shape_type:type{$7}
TensorListSetItem|input_handle:variant index:int32 item:element_dtype|output_handle:variant|element_dtype:type resize_if_index_out_of_bounds:bool=false
TensorListSplit|tensor:element_dtype element_shape:shape_type lengths:int64|output_handle:variant|element_dtype:type shape_type:type{$7}
TensorListStack|input_handle:variant element_shape:int32|tensor:element_dtype|element_dtype:type num_elements:int=-1
Timestamp!||ts:float64|
ToBool|input:T|output:bool|T:type
While!|input:[T]|output:[T]|T:type*>=0 cond:func body:func output_shapes:shape*=[] parallel_iterations:int=10
_Arg!||output:T|T:type index:int>=0
_Retval!|input:T||T:type index:int>=0`;
