// Written by test-fixtures/tf/op-defs/generate.py from TensorFlow 2.21.0's registry of operations. Do not edit.

/** Sets of element types that attributes may be. */
export const TYPE_SETS: Readonly<Record<string, string>> = {
  $0: "bfloat16 float16 float32 float64 int8 int16 int32 int64",
  $1: "bfloat16 float16 float32 float64 complex64 complex128",
  $2: "bfloat16 float16 float32 float64 uint8 int8 int16 int32 int64 complex64 complex128 string",
  $3: "float32 float64 int32 uint8 int16 int8 complex64 int64 qint8 quint8 qint32 bfloat16 qint16 quint16 uint16 complex128 float16 uint32 uint64 variant",
  $4: "bfloat16 float16 float32 float64 uint8 uint16 uint32 uint64 int8 int16 int32 int64 complex64 complex128",
  $5: "uint8 int8 int16 int32 int64 float32 float64",
  $6: "float16 float32",
  $7: "int32 int64",
  $8: "complex64 complex128",
  $9: "float32 float64",
  $10: "float32 float64 int32 uint8 int16 int8 complex64 int64 qint8 quint8 qint32 bfloat16 qint16 quint16 uint16 complex128 float16 uint32 uint64",
  $11: "float32 float64 int32 uint8 int16 int8 int64 bfloat16 uint16 float16 uint32 uint64 qint8 quint8 qint32 qint16 quint16 bool",
  $12: "int16 int32 int64",
  $13: "int16 uint16 int32 int64",
  $14: "float32 float64 int32 uint8 int16 int8 int64 bfloat16 uint16 float16 uint32 uint64 complex64 complex128 bool variant string",
  $15: "bfloat16 float16 float32 float64",
  $16: "float16 bfloat16 float32 float64",
  $17: "float64 float32 float16 complex64 complex128",
  $18: "bfloat16 float16 float32 float64 int32 int64 complex64 complex128",
  $19: "bfloat16 float16 float32 float64 int16 int32 int64 uint8 uint16 uint32 uint64 complex64 complex128",
  $20: "bfloat16 float16 float32 float64 uint8 int8 int16 int32 int64 complex64 complex128",
  $21: "bfloat16 float16 float32 float64 int16 int32 int64 complex64 complex128",
  $22: "int32 int64 float32 float64",
  $23: "bfloat16 float16 float32 float64 int64 int32 uint8 uint16 uint32 uint64 int8 int16 complex64 complex128 qint8 quint8 qint16 quint16 qint32",
  $24: "int8 int16 int32 int64 uint8 uint16 uint32 uint64",
  $25: "float16 float32 float64",
  $26: "float32 float16 float64 int32 int64",
  $27: "complex64 complex128 variant",
  $28: "float16 bfloat16 float32 float64 int32",
  $29: "uint8 uint16 int8 int16 int32 int64 float16 float32 float64",
  $30: "float32 float16 float64",
  $31: "float32 float64 int32 uint8 int16 int8 int64 bfloat16 uint16 float16 uint32 uint64",
  $32: "uint8 uint16 float32",
  $33: "uint8 uint16",
  $34: "float16 float32 float64 int32 uint16 uint8 int16 int8 int64 complex64 complex128 bool bfloat16",
  $35: "int8 int16 int32 int64 uint8 uint16 string",
  $36: "bfloat16 float16 float32 float64 uint8 int8 uint16 int16 int32 uint32 uint64 int64 complex64 complex128",
  $37: "float16 float32 bfloat16 float64 complex64 complex128",
  $38: "float32 float16",
  $39: "float32 float64 complex64 complex128",
  $40: "bfloat16 float16 float32 float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 complex64 complex128 bool",
  $41: "int8 int16 int32 int64 uint8 uint16 uint32 uint64 bfloat16 float16 float32 float64",
  $42: "float32 float64 int32 int64",
  $43: "float16 bfloat16 float32",
  $44: "bfloat16 float32",
  $45: "uint8 int32 int64 float16 bfloat16 float32 float64",
  $46: "uint8 float32 float16 float64",
  $47: "bfloat16 float16 float32 float64 int8 int16 int32 int64 complex64 complex128",
  $48: "float16 float32 float64 complex64 complex128",
  $49: "bfloat16 float16 float32 float64 int32 int64 uint8 uint16 uint32 uint64 complex64 complex128",
  $50: "bfloat16 float64 float32 float16 complex64 complex128",
  $51: "float32 float64 int32 uint8 int16 int8 int64 bfloat16 uint16 float16 uint32 uint64 qint8 quint8 qint32 qint16 quint16",
  $52: "float16 bfloat16 float32 float64 int32 int64 uint8 int16 int8 uint16 qint8",
  $53: "bfloat16 float16 float32 float64 int8 uint8 int16 uint16 int32 uint32 int64 uint64",
  $54: "int32 int64 float16 float16 bfloat16 float32 float64",
  $55: "float64 float32",
  $56: "uint8 int8 int32 int64",
  $57: "bfloat16 float16 float32 float64 int8 uint8 int16 uint16 int32 uint32 int64 uint64 complex64 complex128 bool",
  $58: "bfloat16 float32 float16 float64 int8 int16 int32 int64 complex64 complex128",
  $59: "bfloat16 float32 float64 int32 int64",
  $60: "int32 uint32 int64 uint64",
  $61: "float16 float32 float64 int32 int64",
  $62: "bfloat16 float16 float32 float64 int8 int16 int32 int64 uint16 uint32 uint64",
  $63: "float32 float64 int32 uint8 int16 int8 int64 bfloat16 uint16 float16 uint32 uint64 qint8",
  $64: "int8 uint8 int16 uint16 int32 int64 float16 float32 float64 bfloat16",
  $65: "int8 uint8 int16 uint16 int32 int64 bfloat16 float16 float32 float64 bfloat16",
  $66: "float32 bfloat16 float16 float64",
  $67: "uint8 int8 int32 float16 float32 float64 bfloat16",
  $68: "uint8 int8 uint16 int16 uint32 int32 uint64 int64 bool bfloat16 float16 float32 float64 complex64 complex128 string",
  $69: "uint8 int8 uint16 int16 int32 uint32 int64 uint64 bool bfloat16 float16 float32 float64 complex64 complex128 string",
  $70: "uint8 int8 int16 int32 int64",
  $71: "int8 uint8 int16 uint16 int32 int64 bfloat16 float16 float32 float64",
  $72: "float16 bfloat16 float32 float64 int32 int64",
  $73: "float32 float64 int32 uint8 int16 int8 complex64 int64 qint8 quint8 qint32 bfloat16 qint16 quint16 uint16 complex128 float16 uint32 uint64 bool",
  $74: "float64 float32 float16",
  $75: "float32 bfloat16",
  $76: "int8 int32 int64",
  $77: "bfloat16 float16 float32 float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 complex64 complex128",
  $78: "int32 int64 uint32 uint64",
  $79: "float32 float64 int32 int64 uint32 uint64",
  $80: "bfloat16 float16 float32 float64 uint8 int8 uint16 int16 int32 int64 complex64 complex128 uint32 uint64",
  $81: "int16 int32 int64 uint16",
  $82: "float64 float32 complex64 complex128",
  $83: "int32 int64 bfloat16 float16 float32 float64",
  $84: "float16 bfloat16 float32 float64 complex64 complex128",
};

/** name (`!` stateful, `~` commutative, `+` aggregate) | inputs | outputs | attributes. */
export const OP_DEFS = `Abs|x:T|y:T|T:type{$0}
Acos|x:T|y:T|T:type{$1}
Acosh|x:T|y:T|T:type{$1}
Add|x:T y:T|z:T|T:type{$2}
AddN~+|inputs:N*T|sum:T|N:int>=1 T:type{$3}
AddSparseToTensorsMap!|sparse_indices:int64 sparse_values:T sparse_shape:int64|sparse_handle:int64|T:type container:string='' shared_name:string=''
AddV2~+|x:T y:T|z:T|T:type{$4}
AdjustContrast|images:T contrast_factor:float32 min_value:float32 max_value:float32|output:float32|T:type{$5}
AdjustContrastv2|images:T contrast_factor:float32|output:T|T:type{$6}=float32
AdjustHue|images:T delta:float32|output:T|T:type{$6}=float32
AdjustSaturation|images:T scale:float32|output:T|T:type{$6}=float32
All|input:bool reduction_indices:Tidx|output:bool|keep_dims:bool=false Tidx:type{$7}=int32
AllCandidateSampler!|true_classes:int64|sampled_candidates:int64 true_expected_count:float32 sampled_expected_count:float32|num_true:int>=1 num_sampled:int>=1 unique:bool seed:int=0 seed2:int=0
Angle|input:T|output:Tout|T:type{$8}=complex64 Tout:type{$9}=float32
Any|input:bool reduction_indices:Tidx|output:bool|keep_dims:bool=false Tidx:type{$7}=int32
ApplyAdaMax|var:T& m:T& v:T& beta1_power:T lr:T beta1:T beta2:T epsilon:T grad:T|out:T&|T:type{$10} use_locking:bool=false
ApplyAdadelta|var:T& accum:T& accum_update:T& lr:T rho:T epsilon:T grad:T|out:T&|T:type{$10} use_locking:bool=false
ApplyAdagrad|var:T& accum:T& lr:T grad:T|out:T&|T:type{$10} use_locking:bool=false update_slots:bool=true
ApplyAdagradDA|var:T& gradient_accumulator:T& gradient_squared_accumulator:T& grad:T lr:T l1:T l2:T global_step:int64|out:T&|T:type{$10} use_locking:bool=false
ApplyAdagradV2|var:T& accum:T& lr:T epsilon:T grad:T|out:T&|T:type{$10} use_locking:bool=false update_slots:bool=true
ApplyAdam|var:T& m:T& v:T& beta1_power:T beta2_power:T lr:T beta1:T beta2:T epsilon:T grad:T|out:T&|T:type{$10} use_locking:bool=false use_nesterov:bool=false
ApplyAddSign|var:T& m:T& lr:T alpha:T sign_decay:T beta:T grad:T|out:T&|T:type{$10} use_locking:bool=false
ApplyCenteredRMSProp|var:T& mg:T& ms:T& mom:T& lr:T rho:T momentum:T epsilon:T grad:T|out:T&|T:type{$10} use_locking:bool=false
ApplyFtrl|var:T& accum:T& linear:T& grad:T lr:T l1:T l2:T lr_power:T|out:T&|T:type{$10} use_locking:bool=false multiply_linear_by_lr:bool=false
ApplyFtrlV2|var:T& accum:T& linear:T& grad:T lr:T l1:T l2:T l2_shrinkage:T lr_power:T|out:T&|T:type{$10} use_locking:bool=false multiply_linear_by_lr:bool=false
ApplyGradientDescent|var:T& alpha:T delta:T|out:T&|T:type{$10} use_locking:bool=false
ApplyMomentum|var:T& accum:T& lr:T grad:T momentum:T|out:T&|T:type{$10} use_locking:bool=false use_nesterov:bool=false
ApplyPowerSign|var:T& m:T& lr:T logbase:T sign_decay:T beta:T grad:T|out:T&|T:type{$10} use_locking:bool=false
ApplyProximalAdagrad|var:T& accum:T& lr:T l1:T l2:T grad:T|out:T&|T:type{$10} use_locking:bool=false
ApplyProximalGradientDescent|var:T& alpha:T l1:T l2:T delta:T|out:T&|T:type{$10} use_locking:bool=false
ApplyRMSProp|var:T& ms:T& mom:T& lr:T rho:T momentum:T epsilon:T grad:T|out:T&|T:type{$10} use_locking:bool=false
ApproximateEqual~|x:T y:T|z:bool|T:type{$10} tolerance:float=9.99999975e-06
ArgMax|input:T dimension:Tidx|output:output_type|T:type{$11} Tidx:type{$12}=int32 output_type:type{$13}=int64
ArgMin|input:T dimension:Tidx|output:output_type|T:type{$11} Tidx:type{$7}=int32 output_type:type{$7}=int64
AsString|input:T|output:string|T:type{$14} precision:int=-1 scientific:bool=false shortest:bool=false width:int=-1 fill:string=''
Asin|x:T|y:T|T:type{$1}
Asinh|x:T|y:T|T:type{$1}
Assert!|condition:bool data:[T]||T:type*>=1 summarize:int=3
Assign|ref:T& value:T|output_ref:T&|T:type validate_shape:bool=true use_locking:bool=true
AssignAdd|ref:T& value:T|output_ref:T&|T:type{$10} use_locking:bool=false
AssignAddVariableOp!|resource:resource value:dtype||dtype:type
AssignSub|ref:T& value:T|output_ref:T&|T:type{$10} use_locking:bool=false
AssignSubVariableOp!|resource:resource value:dtype||dtype:type
AssignVariableOp!|resource:resource value:dtype||dtype:type validate_shape:bool=false
Atan|x:T|y:T|T:type{$1}
Atan2|y:T x:T|z:T|T:type{$15}
Atanh|x:T|y:T|T:type{$1}
AvgPool|value:T|output:T|ksize:int*>=4 strides:int*>=4 padding:string{SAME,VALID} data_format:string{NHWC,NCHW}='NHWC' T:type{$16}
AvgPool3D|input:T|output:T|ksize:int*>=5 strides:int*>=5 padding:string{SAME,VALID} data_format:string{NDHWC,NCDHW}='NDHWC' T:type{$16}
AvgPool3DGrad|orig_input_shape:int32 grad:T|output:T|ksize:int*>=5 strides:int*>=5 padding:string{SAME,VALID} data_format:string{NDHWC,NCDHW}='NDHWC' T:type{$16}
AvgPoolGrad|orig_input_shape:int32 grad:T|output:T|ksize:int*>=4 strides:int*>=4 padding:string{SAME,VALID} data_format:string{NHWC,NCHW}='NHWC' T:type{$16}
BandedTriangularSolve|matrix:T rhs:T|output:T|lower:bool=true adjoint:bool=false T:type{$17}
Barrier!||handle:string&|component_types:type*>=1 shapes:shape*>=0=[] capacity:int=-1 container:string='' shared_name:string=''
BatchMatMul|x:T y:T|output:T|T:type{$18} adj_x:bool=false adj_y:bool=false grad_x:bool=false grad_y:bool=false
BatchMatMulV2|x:T y:T|output:T|T:type{$19} adj_x:bool=false adj_y:bool=false grad_x:bool=false grad_y:bool=false
BatchMatMulV3|x:Ta y:Tb|output:Tout|Ta:type{$20} Tb:type{$20} Tout:type{$21} adj_x:bool=false adj_y:bool=false grad_x:bool=false grad_y:bool=false
BatchNormWithGlobalNormalization|t:T m:T v:T beta:T gamma:T|result:T|T:type{$10} variance_epsilon:float scale_after_normalization:bool
BatchNormWithGlobalNormalizationGrad|t:T m:T v:T gamma:T backprop:T|dx:T dm:T dv:T db:T dg:T|T:type{$10} variance_epsilon:float scale_after_normalization:bool
BatchToSpace|input:T crops:Tidx|output:T|T:type block_size:int>=2 Tidx:type{$7}=int32
BatchToSpaceND|input:T block_shape:Tblock_shape crops:Tcrops|output:T|T:type Tblock_shape:type{$7}=int32 Tcrops:type{$7}=int32
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
BiasAdd|value:T bias:T|output:T|T:type{$10} data_format:string{NHWC,NCHW}='NHWC'
BiasAddGrad|out_backprop:T|output:T|T:type{$10} data_format:string{NHWC,NCHW}='NHWC'
BiasAddV1|value:T bias:T|output:T|T:type{$10}
Bincount|arr:int32 size:int32 weights:T|bins:T|T:type{$22}
Bitcast|input:T|output:type|T:type{$23} type:type{$23}
BitwiseAnd~|x:T y:T|z:T|T:type{$24}
BitwiseOr~|x:T y:T|z:T|T:type{$24}
BitwiseXor~|x:T y:T|z:T|T:type{$24}
BroadcastArgs|s0:T s1:T|r0:T|T:type{$7}=int32
BroadcastGradientArgs|s0:T s1:T|r0:T r1:T|T:type{$7}=int32
BroadcastTo|input:T shape:Tidx|output:T|T:type Tidx:type{$7}=int32
Bucketize|input:T|output:int32|T:type{$22} boundaries:float*
CTCBeamSearchDecoder|inputs:T sequence_length:int32|decoded_indices:top_paths*int64 decoded_values:top_paths*int64 decoded_shape:top_paths*int64 log_probability:T|beam_width:int>=1 top_paths:int>=1 merge_repeated:bool=true T:type{$9}=float32
CTCGreedyDecoder|inputs:T sequence_length:int32|decoded_indices:int64 decoded_values:int64 decoded_shape:int64 log_probability:T|merge_repeated:bool=false blank_index:int=-1 T:type{$9}=float32
CTCLoss|inputs:T labels_indices:int64 labels_values:int32 sequence_length:int32|loss:T gradient:T|preprocess_collapse_repeated:bool=false ctc_merge_repeated:bool=true ignore_longer_outputs_than_inputs:bool=false T:type{$9}=float32
CTCLossV2|inputs:float32 labels_indices:int64 labels_values:int32 sequence_length:int32|loss:float32 gradient:float32|preprocess_collapse_repeated:bool=false ctc_merge_repeated:bool=true ignore_longer_outputs_than_inputs:bool=false
Case!|branch_index:int32 input:[Tin]|output:[Tout]|Tin:type*>=0 Tout:type*>=0 branches:func*>=1 output_shapes:shape*=[]
Cast|x:SrcT|y:DstT|SrcT:type DstT:type Truncate:bool=false
Ceil|x:T|y:T|T:type{$15}
CheckNumerics!|tensor:T|output:T|T:type{$15} message:string
Cholesky|input:T|output:T|T:type{$17}
CholeskyGrad|l:T grad:T|output:T|T:type{$25}
ClipByValue|t:T clip_value_min:T clip_value_max:T|output:T|T:type{$10}
CollectiveGather!|input:T|data:T|T:type{$26} group_size:int group_key:int instance_key:int shape:shape communication_hint:string='auto' timeout_seconds:float=0
CombinedNonMaxSuppression|boxes:float32 scores:float32 max_output_size_per_class:int32 max_total_size:int32 iou_threshold:float32 score_threshold:float32|nmsed_boxes:float32 nmsed_scores:float32 nmsed_classes:float32 valid_detections:int32|pad_per_class:bool=false clip_boxes:bool=true
Complex|real:T imag:T|out:Tout|T:type{$9}=float32 Tout:type{$8}=complex64
ComplexAbs|x:T|y:Tout|T:type{$8}=complex64 Tout:type{$9}=float32
ComputeAccidentalHits|true_classes:int64 sampled_candidates:int64|indices:int32 ids:int64 weights:float32|num_true:int seed:int=0 seed2:int=0
Concat|concat_dim:int32 values:N*T|output:T|N:int>=2 T:type
ConcatOffset|concat_dim:int32 shape:N*shape_type|offset:N*shape_type|N:int>=2 shape_type:type{$7}=int32
ConcatV2|values:N*T axis:Tidx|output:T|N:int>=2 T:type Tidx:type{$7}=int32
ConcatenateDataset|input_dataset:variant another_dataset:variant|handle:variant|output_types:type*>=1 output_shapes:shape*>=1 metadata:string=''
Conj|input:T|output:T|T:type{$27}=complex64
ConjugateTranspose|x:T perm:Tperm|y:T|T:type Tperm:type{$7}=int32
Const||output:dtype|value:tensor dtype:type
ControlTrigger|||
Conv|input:T filter:T|output:T|T:type{$28} strides:int* padding:string{SAME,VALID,EXPLICIT} explicit_paddings:int*=[] data_format:string{CHANNELS_FIRST,CHANNELS_LAST}='CHANNELS_LAST' dilations:int*=[] batch_dims:int=1 groups:int=1
Conv2D|input:T filter:T|output:T|T:type{$28} strides:int* use_cudnn_on_gpu:bool=true padding:string{SAME,VALID,EXPLICIT} explicit_paddings:int*=[] data_format:string{NHWC,NCHW}='NHWC' dilations:int*=[1,1,1,1]
Conv2DBackpropFilter|input:T filter_sizes:int32 out_backprop:T|output:T|T:type{$16} strides:int* use_cudnn_on_gpu:bool=true padding:string{SAME,VALID,EXPLICIT} explicit_paddings:int*=[] data_format:string{NHWC,NCHW}='NHWC' dilations:int*=[1,1,1,1]
Conv2DBackpropFilterV2|input:T filter:T out_backprop:T|output:T|T:type{$16} strides:int* use_cudnn_on_gpu:bool=true padding:string{SAME,VALID,EXPLICIT} explicit_paddings:int*=[] data_format:string{NHWC,NCHW}='NHWC' dilations:int*=[1,1,1,1]
Conv2DBackpropInput|input_sizes:int32 filter:T out_backprop:T|output:T|T:type{$28} strides:int* use_cudnn_on_gpu:bool=true padding:string{SAME,VALID,EXPLICIT} explicit_paddings:int*=[] data_format:string{NHWC,NCHW}='NHWC' dilations:int*=[1,1,1,1]
Conv2DBackpropInputV2|input:T filter:T out_backprop:T|output:T|T:type{$28} strides:int* use_cudnn_on_gpu:bool=true padding:string{SAME,VALID,EXPLICIT} explicit_paddings:int*=[] data_format:string{NHWC,NCHW}='NHWC' dilations:int*=[1,1,1,1]
Conv3D|input:T filter:T|output:T|T:type{$16} strides:int*>=5 padding:string{SAME,VALID} data_format:string{NDHWC,NCDHW}='NDHWC' dilations:int*=[1,1,1,1,1]
Conv3DBackpropFilter|input:T filter:T out_backprop:T|output:T|T:type{$25} strides:int*>=5 padding:string{SAME,VALID} dilations:int*=[1,1,1,1,1]
Conv3DBackpropFilterV2|input:T filter_sizes:int32 out_backprop:T|output:T|T:type{$16} strides:int*>=5 padding:string{SAME,VALID} data_format:string{NDHWC,NCDHW}='NDHWC' dilations:int*=[1,1,1,1,1]
Conv3DBackpropInput|input:T filter:T out_backprop:T|output:T|T:type{$25} strides:int*>=5 padding:string{SAME,VALID} dilations:int*=[1,1,1,1,1]
Conv3DBackpropInputV2|input_sizes:Tshape filter:T out_backprop:T|output:T|T:type{$16} strides:int*>=5 padding:string{SAME,VALID} data_format:string{NDHWC,NCDHW}='NDHWC' dilations:int*=[1,1,1,1,1] Tshape:type{$7}=int32
Cos|x:T|y:T|T:type{$1}
Cosh|x:T|y:T|T:type{$1}
CountUpTo|ref:T&|output:T|limit:int T:type{$7}
CropAndResize|image:T boxes:float32 box_ind:int32 crop_size:int32|crops:float32|T:type{$29} method:string{bilinear,nearest}='bilinear' extrapolation_value:float=0
CropAndResizeGradBoxes|grads:float32 image:T boxes:float32 box_ind:int32|output:float32|T:type{$29} method:string{bilinear}='bilinear'
CropAndResizeGradImage|grads:float32 boxes:float32 box_ind:int32 image_size:int32|output:T|T:type{$30} method:string{bilinear,nearest}='bilinear'
Cross|a:T b:T|product:T|T:type{$31}
Cumprod|x:T axis:Tidx|out:T|exclusive:bool=false reverse:bool=false T:type{$10} Tidx:type{$7}=int32
Cumsum|x:T axis:Tidx|out:T|exclusive:bool=false reverse:bool=false T:type{$10} Tidx:type{$7}=int32
CumulativeLogsumexp|x:T axis:Tidx|out:T|exclusive:bool=false reverse:bool=false T:type{$15} Tidx:type{$7}=int32
Dawsn|x:T|y:T|T:type{$15}
DecodeAndCropJpeg|contents:string crop_window:int32|image:uint8|channels:int=0 ratio:int=1 fancy_upscaling:bool=true try_recover_truncated:bool=false acceptable_fraction:float=1 dct_method:string=''
DecodeBase64|input:string|output:string|
DecodeBmp|contents:string|image:uint8|channels:int=0
DecodeGif|contents:string|image:uint8|
DecodeImage|contents:string|image:dtype|channels:int=0 dtype:type{$32}=uint8 expand_animations:bool=true
DecodeJpeg|contents:string|image:uint8|channels:int=0 ratio:int=1 fancy_upscaling:bool=true try_recover_truncated:bool=false acceptable_fraction:float=1 dct_method:string=''
DecodePng|contents:string|image:dtype|channels:int=0 dtype:type{$33}=uint8
DecodeRaw|bytes:string|output:out_type|out_type:type{$34} little_endian:bool=true
DeepCopy!|x:T|y:T|T:type
DenseBincount|input:Tidx size:Tidx weights:T|output:T|Tidx:type{$7} T:type{$22} binary_output:bool=false
DenseToDenseSetOperation|set1:T set2:T|result_indices:int64 result_values:T result_shape:int64|set_operation:string validate_indices:bool=true T:type{$35}
DepthToSpace|input:T|output:T|T:type block_size:int>=2 data_format:string{NHWC,NCHW,NCHW_VECT_C}='NHWC'
DepthwiseConv2dNative|input:T filter:T|output:T|T:type{$16} strides:int* padding:string{SAME,VALID,EXPLICIT} explicit_paddings:int*=[] data_format:string{NHWC,NCHW}='NHWC' dilations:int*=[1,1,1,1]
DepthwiseConv2dNativeBackpropFilter|input:T filter_sizes:int32 out_backprop:T|output:T|T:type{$16} strides:int* padding:string{SAME,VALID,EXPLICIT} explicit_paddings:int*=[] data_format:string{NHWC,NCHW}='NHWC' dilations:int*=[1,1,1,1]
DepthwiseConv2dNativeBackpropInput|input_sizes:int32 filter:T out_backprop:T|output:T|T:type{$16} strides:int* padding:string{SAME,VALID,EXPLICIT} explicit_paddings:int*=[] data_format:string{NHWC,NCHW}='NHWC' dilations:int*=[1,1,1,1]
DestroyResourceOp!|resource:resource||ignore_lookup_error:bool=true
Diag|diagonal:T|output:T|T:type{$18}
DiagPart|input:T|diagonal:T|T:type{$18}
Digamma|x:T|y:T|T:type{$15}
Dilation2D|input:T filter:T|output:T|T:type{$31} strides:int*>=4 rates:int*>=4 padding:string{SAME,VALID}
Dilation2DBackpropFilter|input:T filter:T out_backprop:T|filter_backprop:T|T:type{$31} strides:int*>=4 rates:int*>=4 padding:string{SAME,VALID}
Dilation2DBackpropInput|input:T filter:T out_backprop:T|in_backprop:T|T:type{$31} strides:int*>=4 rates:int*>=4 padding:string{SAME,VALID}
Div|x:T y:T|z:T|T:type{$36}
DivNoNan|x:T y:T|z:T|T:type{$37}
DrawBoundingBoxes|images:T boxes:float32|output:T|T:type{$38}=float32
DrawBoundingBoxesV2|images:T boxes:float32 colors:float32|output:T|T:type{$38}=float32
DynamicPartition|data:T partitions:int32|outputs:num_partitions*T|num_partitions:int>=1 T:type
DynamicStitch|indices:N*int32 data:N*T|merged:T|N:int>=1 T:type
EagerPyFunc!|input:[Tin]|output:[Tout]|token:string is_async:bool=false Tin:type*>=0 Tout:type*>=0
EditDistance|hypothesis_indices:int64 hypothesis_values:T hypothesis_shape:int64 truth_indices:int64 truth_values:T truth_shape:int64|output:float32|normalize:bool=true T:type
Eig|input:T|e:Tout v:Tout|compute_v:bool=true T:type{$39} Tout:type{$8}
Einsum|inputs:N*T|output:T|equation:string N:int>=1 T:type
Elu|features:T|activations:T|T:type{$16}
EluGrad|gradients:T outputs:T|backprops:T|T:type{$16}
Empty!|shape:int32|output:dtype|dtype:type init:bool=false
EmptyTensorList|element_shape:shape_type max_num_elements:int32|handle:variant|element_dtype:type shape_type:type{$7}
EmptyTensorMap||handle:variant|
EncodeBase64|input:string|output:string|pad:bool=false
EncodeJpeg|image:uint8|contents:string|format:string{,grayscale,rgb}='' quality:int=95 progressive:bool=false optimize_size:bool=false chroma_downsampling:bool=true density_unit:string{in,cm}='in' x_density:int=300 y_density:int=300 xmp_metadata:string=''
EncodePng|image:T|contents:string|compression:int=-1 T:type{$33}=uint8
EnsureShape|input:T|output:T|shape:shape T:type
Enter|data:T|output:T|T:type frame_name:string is_constant:bool=false parallel_iterations:int=10
Equal~|x:T y:T|z:bool|T:type incompatible_shape_error:bool=true
Erf|x:T|y:T|T:type{$15}
Erfc|x:T|y:T|T:type{$15}
Erfinv|x:T|y:T|T:type{$15}
EuclideanNorm|input:T reduction_indices:Tidx|output:T|keep_dims:bool=false T:type{$10} Tidx:type{$7}=int32
Exit|data:T|output:T|T:type
Exp|x:T|y:T|T:type{$1}
ExpandDims|input:T dim:Tdim|output:T|T:type Tdim:type{$7}=int32
Expint|x:T|y:T|T:type{$15}
Expm1|x:T|y:T|T:type{$1}
ExtractGlimpse|input:float32 size:int32 offsets:float32|glimpse:float32|centered:bool=true normalized:bool=true uniform_noise:bool=true noise:string='uniform'
ExtractGlimpseV2|input:float32 size:int32 offsets:float32|glimpse:float32|centered:bool=true normalized:bool=true uniform_noise:bool=true noise:string='uniform'
ExtractImagePatches|images:T|patches:T|ksizes:int*>=4 strides:int*>=4 rates:int*>=4 T:type{$40} padding:string{SAME,VALID}
ExtractVolumePatches|input:T|patches:T|ksizes:int*>=5 strides:int*>=5 T:type{$31} padding:string{SAME,VALID}
FFT|input:Tcomplex|output:Tcomplex|Tcomplex:type{$8}=complex64
FFT2D|input:Tcomplex|output:Tcomplex|Tcomplex:type{$8}=complex64
FFT3D|input:Tcomplex|output:Tcomplex|Tcomplex:type{$8}=complex64
FFTND|input:Tcomplex fft_length:int32 axes:int32|output:Tcomplex|Tcomplex:type{$8}=complex64
Fact||fact:string|
FakeParam||output:dtype|dtype:type shape:shape
FakeQuantWithMinMaxArgs|inputs:float32|outputs:float32|min:float=-6 max:float=6 num_bits:int=8 narrow_range:bool=false
FakeQuantWithMinMaxArgsGradient|gradients:float32 inputs:float32|backprops:float32|min:float=-6 max:float=6 num_bits:int=8 narrow_range:bool=false
FakeQuantWithMinMaxVars|inputs:float32 min:float32 max:float32|outputs:float32|num_bits:int=8 narrow_range:bool=false
FakeQuantWithMinMaxVarsGradient|gradients:float32 inputs:float32 min:float32 max:float32|backprops_wrt_input:float32 backprop_wrt_min:float32 backprop_wrt_max:float32|num_bits:int=8 narrow_range:bool=false
FakeQuantWithMinMaxVarsPerChannel|inputs:float32 min:float32 max:float32|outputs:float32|num_bits:int=8 narrow_range:bool=false
FakeQuantWithMinMaxVarsPerChannelGradient|gradients:float32 inputs:float32 min:float32 max:float32|backprops_wrt_input:float32 backprop_wrt_min:float32 backprop_wrt_max:float32|num_bits:int=8 narrow_range:bool=false
Fill|dims:index_type value:T|output:T|T:type index_type:type{$7}=int32
Fingerprint|data:T method:string|fingerprint:uint8|T:type
FixedUnigramCandidateSampler!|true_classes:int64|sampled_candidates:int64 true_expected_count:float32 sampled_expected_count:float32|num_true:int>=1 num_sampled:int>=1 unique:bool range_max:int>=1 vocab_file:string='' distortion:float=1 num_reserved_ids:int=0 num_shards:int>=1=1 shard:int>=0=0 unigrams:float*=[] seed:int=0 seed2:int=0
Floor|x:T|y:T|T:type{$15}
FloorDiv|x:T y:T|z:T|T:type{$36}
FloorMod|x:T y:T|z:T|T:type{$41}
FractionalAvgPool|value:T|output:T row_pooling_sequence:int64 col_pooling_sequence:int64|pooling_ratio:float*>=4 pseudo_random:bool=false overlapping:bool=false deterministic:bool=false seed:int=0 seed2:int=0 T:type{$42}
FractionalAvgPoolGrad|orig_input_tensor_shape:int64 out_backprop:T row_pooling_sequence:int64 col_pooling_sequence:int64|output:T|overlapping:bool=false T:type{$42}
FractionalMaxPool|value:T|output:T row_pooling_sequence:int64 col_pooling_sequence:int64|pooling_ratio:float*>=4 pseudo_random:bool=false overlapping:bool=false deterministic:bool=false seed:int=0 seed2:int=0 T:type{$42}
FractionalMaxPoolGrad|orig_input:T orig_output:T out_backprop:T row_pooling_sequence:int64 col_pooling_sequence:int64|output:T|overlapping:bool=false T:type{$42}
FresnelCos|x:T|y:T|T:type{$15}
FresnelSin|x:T|y:T|T:type{$15}
FusedBatchNorm|x:T scale:T offset:T mean:T variance:T|y:T batch_mean:T batch_variance:T reserve_space_1:T reserve_space_2:T|T:type{float32} epsilon:float=9.99999975e-05 exponential_avg_factor:float=1 data_format:string{NHWC,NCHW}='NHWC' is_training:bool=true
FusedBatchNormGrad|y_backprop:T x:T scale:T reserve_space_1:T reserve_space_2:T|x_backprop:T scale_backprop:T offset_backprop:T reserve_space_3:T reserve_space_4:T|T:type{float32} epsilon:float=9.99999975e-05 data_format:string{NHWC,NCHW}='NHWC' is_training:bool=true
FusedBatchNormGradV2|y_backprop:T x:T scale:float32 reserve_space_1:U reserve_space_2:U|x_backprop:T scale_backprop:U offset_backprop:U reserve_space_3:U reserve_space_4:U|T:type{$43} U:type{float32} epsilon:float=9.99999975e-05 data_format:string{NHWC,NCHW}='NHWC' is_training:bool=true
FusedBatchNormGradV3|y_backprop:T x:T scale:float32 reserve_space_1:U reserve_space_2:U reserve_space_3:U|x_backprop:T scale_backprop:U offset_backprop:U reserve_space_4:U reserve_space_5:U|T:type{$43} U:type{float32} epsilon:float=9.99999975e-05 data_format:string{NHWC,NCHW,NDHWC,NCDHW}='NHWC' is_training:bool=true
FusedBatchNormV2|x:T scale:U offset:U mean:U variance:U|y:T batch_mean:U batch_variance:U reserve_space_1:U reserve_space_2:U|T:type{$43} U:type{float32} epsilon:float=9.99999975e-05 exponential_avg_factor:float=1 data_format:string{NHWC,NCHW}='NHWC' is_training:bool=true
FusedBatchNormV3|x:T scale:U offset:U mean:U variance:U|y:T batch_mean:U batch_variance:U reserve_space_1:U reserve_space_2:U reserve_space_3:U|T:type{$43} U:type{$44} epsilon:float=9.99999975e-05 exponential_avg_factor:float=1 data_format:string{NHWC,NCHW,NDHWC,NCDHW}='NHWC' is_training:bool=true
Gather|params:Tparams indices:Tindices|output:Tparams|validate_indices:bool=true Tparams:type Tindices:type{$7}
GatherNd|params:Tparams indices:Tindices|output:Tparams|Tparams:type Tindices:type{$12} bad_indices_policy:string=''
GatherV2|params:Tparams indices:Tindices axis:Taxis|output:Tparams|batch_dims:int=0 Tparams:type Tindices:type{$12} Taxis:type{$7}
Greater|x:T y:T|z:bool|T:type{$31}
GreaterEqual|x:T y:T|z:bool|T:type{$31}
GuaranteeConst!|input:T|output:T|T:type
HSVToRGB|images:T|output:T|T:type{$16}=float32
HashTableV2!||table_handle:resource|container:string='' shared_name:string='' use_node_name_sharing:bool=false key_dtype:type value_dtype:type
HistogramFixedWidth|values:T value_range:T nbins:int32|out:dtype|T:type{$22} dtype:type{$7}=int32
HistogramSummary|tag:string values:T|summary:string|T:type{$31}=float32
IFFT|input:Tcomplex|output:Tcomplex|Tcomplex:type{$8}=complex64
IFFT2D|input:Tcomplex|output:Tcomplex|Tcomplex:type{$8}=complex64
IFFT3D|input:Tcomplex|output:Tcomplex|Tcomplex:type{$8}=complex64
IFFTND|input:Tcomplex fft_length:int32 axes:int32|output:Tcomplex|Tcomplex:type{$8}=complex64
IRFFT|input:Tcomplex fft_length:int32|output:Treal|Treal:type{$9}=float32 Tcomplex:type{$8}=complex64
IRFFT2D|input:Tcomplex fft_length:int32|output:Treal|Treal:type{$9}=float32 Tcomplex:type{$8}=complex64
IRFFT3D|input:Tcomplex fft_length:int32|output:Treal|Treal:type{$9}=float32 Tcomplex:type{$8}=complex64
IRFFTND|input:Tcomplex fft_length:int32 axes:int32|output:Treal|Treal:type{$9}=float32 Tcomplex:type{$8}=complex64
Identity|input:T|output:T|T:type
IdentityN|input:[T]|output:[T]|T:type*>=1
If!|cond:Tcond input:[Tin]|output:[Tout]|Tcond:type Tin:type*>=0 Tout:type*>=0 then_branch:func else_branch:func output_shapes:shape*=[]
Igamma|a:T x:T|z:T|T:type{$15}
IgammaGradA|a:T x:T|z:T|T:type{$9}
Igammac|a:T x:T|z:T|T:type{$15}
Imag|input:T|output:Tout|T:type{$8}=complex64 Tout:type{$9}=float32
ImageProjectiveTransformV2|images:dtype transforms:float32 output_shape:int32|transformed_images:dtype|dtype:type{$45} interpolation:string fill_mode:string='CONSTANT'
ImageProjectiveTransformV3|images:dtype transforms:float32 output_shape:int32 fill_value:float32|transformed_images:dtype|dtype:type{$45} interpolation:string fill_mode:string='CONSTANT'
ImageSummary|tag:string tensor:T|summary:string|max_images:int>=1=3 T:type{$46}=float32 bad_color:tensor=tensor
InTopK|predictions:float32 targets:T|precision:bool|k:int T:type{$7}=int32
InTopKV2|predictions:float32 targets:T k:T|precision:bool|T:type{$7}=int32
InitializeTableV2!|table_handle:resource keys:Tkey values:Tval||Tkey:type Tval:type
Inv|x:T|y:T|T:type{$47}
InvGrad|y:T dy:T|z:T|T:type{$1}
Invert|x:T|y:T|T:type{$24}
InvertPermutation|x:T|y:T|T:type{$7}=int32
IsFinite|x:T|y:bool|T:type{$15}
IsInf|x:T|y:bool|T:type{$15}
IsNan|x:T|y:bool|T:type{$15}
IsVariableInitialized|ref:dtype&|is_initialized:bool|dtype:type
IsotonicRegression|input:T|output:output_dtype segments:int32|T:type{$31} output_dtype:type{$16}=float32
L2Loss|t:T|output:T|T:type{$16}
LRN|input:T|output:T|depth_radius:int=5 bias:float=1 alpha:float=1 beta:float=0.5 T:type{$43}=float32
LRNGrad|input_grads:T input_image:T output_image:T|output:T|depth_radius:int=5 bias:float=1 alpha:float=1 beta:float=0.5 T:type{$43}=float32
LeakyRelu|features:T|activations:T|alpha:float=0.200000003 T:type{$16}=float32
LeakyReluGrad|gradients:T features:T|backprops:T|alpha:float=0.200000003 T:type{$16}=float32
LearnedUnigramCandidateSampler!|true_classes:int64|sampled_candidates:int64 true_expected_count:float32 sampled_expected_count:float32|num_true:int>=1 num_sampled:int>=1 unique:bool range_max:int>=1 seed:int=0 seed2:int=0
LeftShift|x:T y:T|z:T|T:type{$24}
Less|x:T y:T|z:bool|T:type{$31}
LessEqual|x:T y:T|z:bool|T:type{$31}
Lgamma|x:T|y:T|T:type{$15}
LinSpace|start:T stop:T num:Tidx|output:T|T:type{$15} Tidx:type{$7}=int32
ListDiff|x:T y:T|out:T idx:out_idx|T:type out_idx:type{$7}=int32
Log|x:T|y:T|T:type{$1}
Log1p|x:T|y:T|T:type{$1}
LogMatrixDeterminant|input:T|sign:T log_abs_determinant:T|T:type{$48}
LogSoftmax|logits:T|logsoftmax:T|T:type{$16}
LogUniformCandidateSampler!|true_classes:int64|sampled_candidates:int64 true_expected_count:float32 sampled_expected_count:float32|num_true:int>=1 num_sampled:int>=1 unique:bool range_max:int>=1 seed:int=0 seed2:int=0
LogicalAnd~|x:bool y:bool|z:bool|
LogicalNot|x:bool|y:bool|
LogicalOr~|x:bool y:bool|z:bool|
LookupTableFindV2!|table_handle:resource keys:Tin default_value:Tout|values:Tout|Tin:type Tout:type
LookupTableImportV2!|table_handle:resource keys:Tin values:Tout||Tin:type Tout:type
LookupTableSizeV2!|table_handle:resource|size:int64|
LoopCond|input:bool|output:bool|
LowerBound|sorted_inputs:T values:T|output:out_type|T:type out_type:type{$7}=int32
Lu|input:T|lu:T p:output_idx_type|T:type{$17} output_idx_type:type{$7}=int32
MatMul|a:T b:T|product:T|transpose_a:bool=false transpose_b:bool=false T:type{$49} grad_a:bool=false grad_b:bool=false
MatrixBandPart|input:T num_lower:Tindex num_upper:Tindex|band:T|T:type Tindex:type{$7}=int64
MatrixDeterminant|input:T|output:T|T:type{$48}
MatrixDiag|diagonal:T|output:T|T:type
MatrixDiagPart|input:T|diagonal:T|T:type
MatrixDiagPartV2|input:T k:int32 padding_value:T|diagonal:T|T:type
MatrixDiagPartV3|input:T k:int32 padding_value:T|diagonal:T|T:type align:string{LEFT_RIGHT,RIGHT_LEFT,LEFT_LEFT,RIGHT_RIGHT}='RIGHT_LEFT'
MatrixDiagV2|diagonal:T k:int32 num_rows:int32 num_cols:int32 padding_value:T|output:T|T:type
MatrixDiagV3|diagonal:T k:int32 num_rows:int32 num_cols:int32 padding_value:T|output:T|T:type align:string{LEFT_RIGHT,RIGHT_LEFT,LEFT_LEFT,RIGHT_RIGHT}='RIGHT_LEFT'
MatrixExponential|input:T|output:T|T:type{$17}
MatrixInverse|input:T|output:T|adjoint:bool=false T:type{$17}
MatrixLogarithm|input:T|output:T|T:type{$8}
MatrixSetDiag|input:T diagonal:T|output:T|T:type
MatrixSetDiagV2|input:T diagonal:T k:int32|output:T|T:type
MatrixSetDiagV3|input:T diagonal:T k:int32|output:T|T:type align:string{LEFT_RIGHT,RIGHT_LEFT,LEFT_LEFT,RIGHT_RIGHT}='RIGHT_LEFT'
MatrixSolve|matrix:T rhs:T|output:T|adjoint:bool=false T:type{$17}
MatrixSolveLs|matrix:T rhs:T l2_regularizer:float64|output:T|T:type{$17} fast:bool=true
MatrixSquareRoot|input:T|output:T|T:type{$17}
MatrixTriangularSolve|matrix:T rhs:T|output:T|lower:bool=true adjoint:bool=false T:type{$50}
Max|input:T reduction_indices:Tidx|output:T|keep_dims:bool=false T:type{$51} Tidx:type{$7}=int32
MaxPool|input:T|output:T|T:type{$52}=float32 ksize:int*>=4 strides:int*>=4 padding:string{SAME,VALID,EXPLICIT} explicit_paddings:int*=[] data_format:string{NHWC,NCHW,NCHW_VECT_C}='NHWC'
MaxPool3D|input:T|output:T|ksize:int*>=5 strides:int*>=5 padding:string{SAME,VALID} data_format:string{NDHWC,NCDHW}='NDHWC' T:type{$43}
MaxPool3DGrad|orig_input:TInput orig_output:TInput grad:T|output:T|ksize:int*>=5 strides:int*>=5 padding:string{SAME,VALID} data_format:string{NDHWC,NCDHW}='NDHWC' T:type{$43}=float32 TInput:type{$43}=float32
MaxPool3DGradGrad|orig_input:T orig_output:T grad:T|output:T|ksize:int*>=5 strides:int*>=5 padding:string{SAME,VALID} data_format:string{NDHWC,NCDHW}='NDHWC' T:type{$31}
MaxPoolGrad|orig_input:T orig_output:T grad:T|output:T|ksize:int*>=4 strides:int*>=4 padding:string{SAME,VALID,EXPLICIT} explicit_paddings:int*=[] data_format:string{NHWC,NCHW}='NHWC' T:type{$31}=float32
MaxPoolGradGrad|orig_input:T orig_output:T grad:T|output:T|ksize:int*>=4 strides:int*>=4 padding:string{SAME,VALID} data_format:string{NHWC,NCHW}='NHWC' T:type{$31}
MaxPoolGradGradV2|orig_input:T orig_output:T grad:T ksize:int32 strides:int32|output:T|padding:string{SAME,VALID} data_format:string{NHWC,NCHW}='NHWC' T:type{$31}
MaxPoolGradGradWithArgmax|input:T grad:T argmax:Targmax|output:T|ksize:int*>=4 strides:int*>=4 padding:string{SAME,VALID} include_batch_in_index:bool=false Targmax:type{$7} T:type{$31}
MaxPoolGradV2|orig_input:T orig_output:T grad:T ksize:int32 strides:int32|output:T|padding:string{SAME,VALID} data_format:string{NHWC,NCHW}='NHWC' T:type{$31}=float32
MaxPoolGradWithArgmax|input:T grad:T argmax:Targmax|output:T|ksize:int*>=4 strides:int*>=4 padding:string{SAME,VALID} include_batch_in_index:bool=false Targmax:type{$7} T:type{$31}
MaxPoolV2|input:T ksize:int32 strides:int32|output:T|T:type{$52}=float32 padding:string{SAME,VALID} data_format:string{NHWC,NCHW,NCHW_VECT_C}='NHWC'
MaxPoolWithArgmax|input:T|output:T argmax:Targmax|ksize:int*>=4 strides:int*>=4 Targmax:type{$7}=int64 padding:string{SAME,VALID} include_batch_in_index:bool=false T:type{$31}
Maximum|x:T y:T|z:T|T:type{$53}
Mean|input:T reduction_indices:Tidx|output:T|keep_dims:bool=false T:type{$10} Tidx:type{$7}=int32
Merge|inputs:N*T|output:T value_index:int32|T:type N:int>=1
MergeSummary|inputs:N*string|summary:string|N:int>=1
Min|input:T reduction_indices:Tidx|output:T|keep_dims:bool=false T:type{$51} Tidx:type{$7}=int32
Minimum|x:T y:T|z:T|T:type{$53}
MirrorPad|input:T paddings:Tpaddings|output:T|T:type Tpaddings:type{$7}=int32 mode:string{REFLECT,SYMMETRIC}
MirrorPadGrad|input:T paddings:Tpaddings|output:T|T:type Tpaddings:type{$7}=int32 mode:string{REFLECT,SYMMETRIC}
Mod|x:T y:T|z:T|T:type{$54}
Mul~|x:T y:T|z:T|T:type{$36}
MulNoNan|x:T y:T|z:T|T:type{$1}
Multinomial!|logits:T num_samples:int32|output:output_dtype|seed:int=0 seed2:int=0 T:type{$31} output_dtype:type{$7}=int64
Ndtri|x:T|y:T|T:type{$15}
Neg|x:T|y:T|T:type{$47}
NextAfter|x1:T x2:T|output:T|T:type{$55}=float32
NextIteration|data:T|output:T|T:type
NoOp|||
NonMaxSuppressionV2|boxes:T scores:T max_output_size:int32 iou_threshold:T_threshold|selected_indices:int32|T:type{$6}=float32 T_threshold:type{$6}=float32
NonMaxSuppressionV3|boxes:T scores:T max_output_size:int32 iou_threshold:T_threshold score_threshold:T_threshold|selected_indices:int32|T:type{$6}=float32 T_threshold:type{$6}=float32
NonMaxSuppressionV4|boxes:T scores:T max_output_size:int32 iou_threshold:T_threshold score_threshold:T_threshold|selected_indices:int32 valid_outputs:int32|T:type{$6}=float32 T_threshold:type{$6}=float32 pad_to_max_output_size:bool=false
NonMaxSuppressionV5|boxes:T scores:T max_output_size:int32 iou_threshold:T score_threshold:T soft_nms_sigma:T|selected_indices:int32 selected_scores:T valid_outputs:int32|T:type{$6}=float32 pad_to_max_output_size:bool=false
NonMaxSuppressionWithOverlaps|overlaps:float32 scores:float32 max_output_size:int32 overlap_threshold:float32 score_threshold:float32|selected_indices:int32|
NotEqual~|x:T y:T|z:bool|T:type incompatible_shape_error:bool=true
NthElement|input:T n:int32|values:T|reverse:bool=false T:type{$31}
OneHot|indices:TI depth:int32 on_value:T off_value:T|output:T|axis:int=-1 T:type TI:type{$56}=int64
OnesLike|x:T|y:T|T:type{$57}
Pack|values:N*T|output:T|N:int>=1 T:type axis:int=0
Pad|input:T paddings:Tpaddings|output:T|T:type Tpaddings:type{$7}=int32
PadV2|input:T paddings:Tpaddings constant_values:T|output:T|T:type Tpaddings:type{$7}=int32
ParallelDynamicStitch|indices:N*int32 data:N*T|merged:T|N:int>=1 T:type
ParseTensor|serialized:string|output:out_type|out_type:type
PartitionedCall|args:[Tin]|output:[Tout]|Tin:type*>=0 Tout:type*>=0 f:func config:string='' config_proto:string='' executor_type:string=''
Placeholder||output:dtype|dtype:type shape:shape=?
PlaceholderV2||output:dtype|dtype:type shape:shape
PlaceholderWithDefault|input:dtype|output:dtype|dtype:type shape:shape
Polygamma|a:T x:T|z:T|T:type{$9}
PopulationCount|x:T|y:uint8|T:type{$24}
Pow|x:T y:T|z:T|T:type{$58}
PreventGradient|input:T|output:T|T:type message:string=''
Print!|input:T data:[U]|output:T|T:type U:type*>=0 message:string='' first_n:int=-1 summarize:int=3
PrintV2!|input:string||output_stream:string='stderr' end:string='<nl>'
Prod|input:T reduction_indices:Tidx|output:T|keep_dims:bool=false T:type{$10} Tidx:type{$7}=int32
PyFunc!|input:[Tin]|output:[Tout]|token:string Tin:type*>=0 Tout:type*>=0
Qr|input:T|q:T r:T|full_matrices:bool=false T:type{$17}
RFFT|input:Treal fft_length:int32|output:Tcomplex|Treal:type{$9}=float32 Tcomplex:type{$8}=complex64
RFFT2D|input:Treal fft_length:int32|output:Tcomplex|Treal:type{$9}=float32 Tcomplex:type{$8}=complex64
RFFT3D|input:Treal fft_length:int32|output:Tcomplex|Treal:type{$9}=float32 Tcomplex:type{$8}=complex64
RFFTND|input:Treal fft_length:int32 axes:int32|output:Tcomplex|Treal:type{$9}=float32 Tcomplex:type{$8}=complex64
RGBToHSV|images:T|output:T|T:type{$16}=float32
RaggedRange|starts:T limits:T deltas:T|rt_nested_splits:Tsplits rt_dense_values:T|T:type{$59}=int32 Tsplits:type{$7}=int64
RandomCrop!|image:T size:int64|output:T|T:type{$5} seed:int=0 seed2:int=0
RandomGamma!|shape:S alpha:T|output:T|seed:int=0 seed2:int=0 S:type{$7} T:type{$25}
RandomGammaGrad|alpha:T sample:T|output:T|T:type{$9}
RandomIndexShuffle|index:dtype seed:Tseed max_index:dtype|output:dtype|rounds:int=4 dtype:type{$60} Tseed:type{$60}
RandomPoisson!|shape:S rate:dtype|output:dtype|seed:int=0 seed2:int=0 S:type{$7} dtype:type{$25}
RandomPoissonV2!|shape:S rate:R|output:dtype|seed:int=0 seed2:int=0 S:type{$7} R:type{$61}=float64 dtype:type{$61}=int64
RandomShuffle!|value:T|output:T|seed:int=0 seed2:int=0 T:type
RandomStandardNormal!|shape:T|output:dtype|seed:int=0 seed2:int=0 dtype:type{$16} T:type{$7}
RandomUniform!|shape:T|output:dtype|seed:int=0 seed2:int=0 dtype:type{$16} T:type{$7}
RandomUniformInt!|shape:T minval:Tout maxval:Tout|output:Tout|seed:int=0 seed2:int=0 Tout:type{$7} T:type{$7}
Range|start:Tidx limit:Tidx delta:Tidx|output:Tidx|Tidx:type{$62}=int32
Rank|input:T|output:int32|T:type
ReadFile|filename:string|contents:string|
ReadVariableOp!|resource:resource|value:dtype|dtype:type
Real|input:T|output:Tout|T:type{$8}=complex64 Tout:type{$9}=float32
RealDiv|x:T y:T|z:T|T:type{$36}
Reciprocal|x:T|y:T|T:type{$47}
ReciprocalGrad|y:T dy:T|z:T|T:type{$1}
ReduceDataset!|input_dataset:variant initial_state:[Tstate] other_arguments:[Targuments]|components:[output_types]|f:func Tstate:type*>=1 Targuments:type*>=0 output_types:type*>=1 output_shapes:shape*>=1 use_inter_op_parallelism:bool=true metadata:string=''
ReduceJoin|inputs:string reduction_indices:int32|output:string|keep_dims:bool=false separator:string=''
RegexFullMatch|input:string pattern:string|output:bool|
RegexReplace|input:string pattern:string rewrite:string|output:string|replace_global:bool=true
Relu|features:T|activations:T|T:type{$63}
Relu6|features:T|activations:T|T:type{$31}
Relu6Grad|gradients:T features:T|backprops:T|T:type{$31}
ReluGrad|gradients:T features:T|backprops:T|T:type{$31}
Reshape|tensor:T shape:Tshape|output:T|T:type Tshape:type{$7}=int32
ResizeArea|images:T size:int32|resized_images:float32|T:type{$64} align_corners:bool=false
ResizeBicubic|images:T size:int32|resized_images:float32|T:type{$64} align_corners:bool=false half_pixel_centers:bool=false
ResizeBicubicGrad|grads:float32 original_image:T|output:T|T:type{$9} align_corners:bool=false half_pixel_centers:bool=false
ResizeBilinear|images:T size:int32|resized_images:float32|T:type{$65} align_corners:bool=false half_pixel_centers:bool=false
ResizeBilinearGrad|grads:float32 original_image:T|output:T|T:type{$66} align_corners:bool=false half_pixel_centers:bool=false
ResizeNearestNeighbor|images:T size:int32|resized_images:T|T:type{$64} align_corners:bool=false half_pixel_centers:bool=false
ResizeNearestNeighborGrad|grads:T size:int32|output:T|T:type{$67} align_corners:bool=false half_pixel_centers:bool=false
ResourceApplyAdaMax!|var:resource m:resource v:resource beta1_power:T lr:T beta1:T beta2:T epsilon:T grad:T||T:type{$10} use_locking:bool=false
ResourceApplyAdadelta!|var:resource accum:resource accum_update:resource lr:T rho:T epsilon:T grad:T||T:type{$10} use_locking:bool=false
ResourceApplyAdagrad!|var:resource accum:resource lr:T grad:T||T:type{$10} use_locking:bool=false update_slots:bool=true
ResourceApplyAdagradDA!|var:resource gradient_accumulator:resource gradient_squared_accumulator:resource grad:T lr:T l1:T l2:T global_step:int64||T:type{$10} use_locking:bool=false
ResourceApplyAdagradV2!|var:resource accum:resource lr:T epsilon:T grad:T||T:type{$10} use_locking:bool=false update_slots:bool=true
ResourceApplyAdam!|var:resource m:resource v:resource beta1_power:T beta2_power:T lr:T beta1:T beta2:T epsilon:T grad:T||T:type{$10} use_locking:bool=false use_nesterov:bool=false
ResourceApplyAdamWithAmsgrad!|var:resource m:resource v:resource vhat:resource beta1_power:T beta2_power:T lr:T beta1:T beta2:T epsilon:T grad:T||T:type{$10} use_locking:bool=false
ResourceApplyAddSign!|var:resource m:resource lr:T alpha:T sign_decay:T beta:T grad:T||T:type{$10} use_locking:bool=false
ResourceApplyCenteredRMSProp!|var:resource mg:resource ms:resource mom:resource lr:T rho:T momentum:T epsilon:T grad:T||T:type{$10} use_locking:bool=false
ResourceApplyFtrl!|var:resource accum:resource linear:resource grad:T lr:T l1:T l2:T lr_power:T||T:type{$10} use_locking:bool=false multiply_linear_by_lr:bool=false
ResourceApplyFtrlV2!|var:resource accum:resource linear:resource grad:T lr:T l1:T l2:T l2_shrinkage:T lr_power:T||T:type{$10} use_locking:bool=false multiply_linear_by_lr:bool=false
ResourceApplyGradientDescent!|var:resource alpha:T delta:T||T:type{$10} use_locking:bool=false
ResourceApplyKerasMomentum!|var:resource accum:resource lr:T grad:T momentum:T||T:type{$10} use_locking:bool=false use_nesterov:bool=false
ResourceApplyMomentum!|var:resource accum:resource lr:T grad:T momentum:T||T:type{$10} use_locking:bool=false use_nesterov:bool=false
ResourceApplyPowerSign!|var:resource m:resource lr:T logbase:T sign_decay:T beta:T grad:T||T:type{$10} use_locking:bool=false
ResourceApplyProximalAdagrad!|var:resource accum:resource lr:T l1:T l2:T grad:T||T:type{$10} use_locking:bool=false
ResourceApplyProximalGradientDescent!|var:resource alpha:T l1:T l2:T delta:T||T:type{$10} use_locking:bool=false
ResourceApplyRMSProp!|var:resource ms:resource mom:resource lr:T rho:T momentum:T epsilon:T grad:T||T:type{$10} use_locking:bool=false
ResourceCountUpTo!|resource:resource|output:T|limit:int T:type{$7}
ResourceGather!|resource:resource indices:Tindices|output:dtype|batch_dims:int=0 validate_indices:bool=true dtype:type Tindices:type{$7}
ResourceGatherNd!|resource:resource indices:Tindices|output:dtype|dtype:type Tindices:type{$7}
ResourceScatterAdd!|resource:resource indices:Tindices updates:dtype||dtype:type{$10} Tindices:type{$7}
ResourceScatterDiv!|resource:resource indices:Tindices updates:dtype||dtype:type{$10} Tindices:type{$7}
ResourceScatterMax!|resource:resource indices:Tindices updates:dtype||dtype:type{$10} Tindices:type{$7}
ResourceScatterMin!|resource:resource indices:Tindices updates:dtype||dtype:type{$10} Tindices:type{$7}
ResourceScatterMul!|resource:resource indices:Tindices updates:dtype||dtype:type{$10} Tindices:type{$7}
ResourceScatterNdAdd!|ref:resource indices:Tindices updates:T||T:type Tindices:type{$7} use_locking:bool=true bad_indices_policy:string=''
ResourceScatterNdMax!|ref:resource indices:Tindices updates:T||T:type Tindices:type{$7} use_locking:bool=true bad_indices_policy:string=''
ResourceScatterNdMin!|ref:resource indices:Tindices updates:T||T:type Tindices:type{$7} use_locking:bool=true bad_indices_policy:string=''
ResourceScatterNdSub!|ref:resource indices:Tindices updates:T||T:type Tindices:type{$7} use_locking:bool=true bad_indices_policy:string=''
ResourceScatterNdUpdate!|ref:resource indices:Tindices updates:T||T:type Tindices:type{$7} use_locking:bool=true bad_indices_policy:string=''
ResourceScatterSub!|resource:resource indices:Tindices updates:dtype||dtype:type{$10} Tindices:type{$7}
ResourceScatterUpdate!|resource:resource indices:Tindices updates:dtype||dtype:type Tindices:type{$7}
ResourceSparseApplyAdadelta!|var:resource accum:resource accum_update:resource lr:T rho:T epsilon:T grad:T indices:Tindices||T:type{$10} Tindices:type{$7} use_locking:bool=false
ResourceSparseApplyAdagrad!|var:resource accum:resource lr:T grad:T indices:Tindices||T:type{$10} Tindices:type{$7} use_locking:bool=false update_slots:bool=true
ResourceSparseApplyAdagradDA!|var:resource gradient_accumulator:resource gradient_squared_accumulator:resource grad:T indices:Tindices lr:T l1:T l2:T global_step:int64||T:type{$10} Tindices:type{$7} use_locking:bool=false
ResourceSparseApplyAdagradV2!|var:resource accum:resource lr:T epsilon:T grad:T indices:Tindices||T:type{$10} Tindices:type{$7} use_locking:bool=false update_slots:bool=true
ResourceSparseApplyCenteredRMSProp!|var:resource mg:resource ms:resource mom:resource lr:T rho:T momentum:T epsilon:T grad:T indices:Tindices||T:type{$10} Tindices:type{$7} use_locking:bool=false
ResourceSparseApplyFtrl!|var:resource accum:resource linear:resource grad:T indices:Tindices lr:T l1:T l2:T lr_power:T||T:type{$10} Tindices:type{$7} use_locking:bool=false multiply_linear_by_lr:bool=false
ResourceSparseApplyFtrlV2!|var:resource accum:resource linear:resource grad:T indices:Tindices lr:T l1:T l2:T l2_shrinkage:T lr_power:T||T:type{$10} Tindices:type{$7} use_locking:bool=false multiply_linear_by_lr:bool=false
ResourceSparseApplyKerasMomentum!|var:resource accum:resource lr:T grad:T indices:Tindices momentum:T||T:type{$10} Tindices:type{$7} use_locking:bool=false use_nesterov:bool=false
ResourceSparseApplyMomentum!|var:resource accum:resource lr:T grad:T indices:Tindices momentum:T||T:type{$10} Tindices:type{$7} use_locking:bool=false use_nesterov:bool=false
ResourceSparseApplyProximalAdagrad!|var:resource accum:resource lr:T l1:T l2:T grad:T indices:Tindices||T:type{$10} Tindices:type{$7} use_locking:bool=false
ResourceSparseApplyProximalGradientDescent!|var:resource alpha:T l1:T l2:T grad:T indices:Tindices||T:type{$10} Tindices:type{$7} use_locking:bool=false
ResourceSparseApplyRMSProp!|var:resource ms:resource mom:resource lr:T rho:T momentum:T epsilon:T grad:T indices:Tindices||T:type{$10} Tindices:type{$7} use_locking:bool=false
ResourceStridedSliceAssign!|ref:resource begin:Index end:Index strides:Index value:T||T:type Index:type{$7} begin_mask:int=0 end_mask:int=0 ellipsis_mask:int=0 new_axis_mask:int=0 shrink_axis_mask:int=0
Restore!|file_pattern:string tensor_name:string|tensor:dt|dt:type preferred_shard:int=-1
RestoreSlice!|file_pattern:string tensor_name:string shape_and_slice:string|tensor:dt|dt:type preferred_shard:int=-1
RestoreV2!|prefix:string tensor_names:string shape_and_slices:string|tensors:[dtypes]|dtypes:type*>=1
Reverse|tensor:T dims:bool|output:T|T:type{$68}
ReverseSequence|input:T seq_lengths:Tlen|output:T|seq_dim:int batch_dim:int=0 T:type Tlen:type{$7}=int64
ReverseV2|tensor:T axis:Tidx|output:T|Tidx:type{$7}=int32 T:type{$69}
RightShift|x:T y:T|z:T|T:type{$24}
Rint|x:T|y:T|T:type{$15}
RngReadAndSkip!|resource:resource alg:int32 delta:uint64|value:int64|
RngSkip!|resource:resource algorithm:int64 delta:int64||
Roll|input:T shift:Tshift axis:Taxis|output:T|T:type Tshift:type{$7} Taxis:type{$7}
Round|x:T|y:T|T:type{$47}
Rsqrt|x:T|y:T|T:type{$1}
RsqrtGrad|y:T dy:T|z:T|T:type{$1}
SampleDistortedBoundingBoxV2!|image_size:T bounding_boxes:float32 min_object_covered:float32|begin:T size:T bboxes:float32|T:type{$70} seed:int=0 seed2:int=0 aspect_ratio_range:float*=[0.75,1.3300000429153442] area_range:float*=[0.05000000074505806,1.0] max_attempts:int=100 use_image_if_no_bounding_boxes:bool=false
Save!|filename:string tensor_names:string data:[T]||T:type*>=1
SaveSlices!|filename:string tensor_names:string shapes_and_slices:string data:[T]||T:type*>=1
SaveV2!|prefix:string tensor_names:string shape_and_slices:string tensors:[dtypes]||dtypes:type*>=1
ScalarSummary|tags:string values:T|summary:string|T:type{$31}
ScaleAndTranslate|images:T size:int32 scale:float32 translation:float32|resized_images:float32|T:type{$71} kernel_type:string='lanczos3' antialias:bool=true
ScaleAndTranslateGrad|grads:T original_image:T scale:float32 translation:float32|output:T|T:type{float32} kernel_type:string='lanczos3' antialias:bool=true
ScatterAdd|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false
ScatterDiv|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false
ScatterMax|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$72} Tindices:type{$7} use_locking:bool=false
ScatterMin|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$72} Tindices:type{$7} use_locking:bool=false
ScatterMul|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false
ScatterNd|indices:Tindices updates:T shape:Tindices|output:T|T:type Tindices:type{$12} bad_indices_policy:string=''
ScatterNdAdd|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false bad_indices_policy:string=''
ScatterNdMax|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false bad_indices_policy:string=''
ScatterNdMin|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false bad_indices_policy:string=''
ScatterNdNonAliasingAdd|input:T indices:Tindices updates:T|output:T|T:type{$73} Tindices:type{$7} bad_indices_policy:string=''
ScatterNdSub|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false bad_indices_policy:string=''
ScatterNdUpdate|ref:T& indices:Tindices updates:T|output_ref:T&|T:type Tindices:type{$7} use_locking:bool=true bad_indices_policy:string=''
ScatterSub|ref:T& indices:Tindices updates:T|output_ref:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false
ScatterUpdate|ref:T& indices:Tindices updates:T|output_ref:T&|T:type Tindices:type{$7} use_locking:bool=true
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
SelfAdjointEig|input:T|output:T|T:type{$74}
SelfAdjointEigV2|input:T|e:T v:T|compute_v:bool=true T:type{$17}
Selu|features:T|activations:T|T:type{$16}
SeluGrad|gradients:T outputs:T|backprops:T|T:type{$16}
SerializeTensor|tensor:T|serialized:string|T:type
SetSize|set_indices:int64 set_values:T set_shape:int64|size:int32|validate_indices:bool=true T:type{$35}
Shape|input:T|output:out_type|T:type out_type:type{$7}=int32
ShapeN|input:N*T|output:N*out_type|N:int>=1 T:type out_type:type{$7}=int32
ShardedFilename|basename:string shard:int32 num_shards:int32|filename:string|
ShardedFilespec|basename:string num_shards:int32|filename:string|
Sigmoid|x:T|y:T|T:type{$1}
SigmoidGrad|y:T dy:T|z:T|T:type{$1}
Sign|x:T|y:T|T:type{$47}
Sin|x:T|y:T|T:type{$1}
Sinh|x:T|y:T|T:type{$1}
Size|input:T|output:out_type|T:type out_type:type{$7}=int32
Slice|input:T begin:Index size:Index|output:T|T:type Index:type{$7}
Softmax|logits:T|softmax:T|T:type{$16}
SoftmaxCrossEntropyWithLogits|features:T labels:T|loss:T backprop:T|T:type{$16}
Softplus|features:T|activations:T|T:type{$16}
SoftplusGrad|gradients:T features:T|backprops:T|T:type{$16}
Softsign|features:T|activations:T|T:type{$16}
SoftsignGrad|gradients:T features:T|backprops:T|T:type{$16}
SpaceToBatch|input:T paddings:Tpaddings|output:T|T:type Tpaddings:type{$7}=int32 block_size:int>=2
SpaceToBatchND|input:T block_shape:Tblock_shape paddings:Tpaddings|output:T|T:type Tblock_shape:type{$7}=int32 Tpaddings:type{$7}=int32
SpaceToDepth|input:T|output:T|T:type block_size:int>=2 data_format:string{NHWC,NCHW,NCHW_VECT_C}='NHWC'
SparseApplyAdagrad|var:T& accum:T& lr:T grad:T indices:Tindices|out:T&|T:type{$10} Tindices:type{$7} use_locking:bool=false update_slots:bool=true
SparseMatMul|a:Ta b:Tb|product:float32|transpose_a:bool=false transpose_b:bool=false a_is_sparse:bool=false b_is_sparse:bool=false Ta:type{$75}=float32 Tb:type{$75}=float32
SparseSegmentMean|data:T indices:Tidx segment_ids:Tsegmentids|output:T|T:type{$15} Tidx:type{$7}=int32 Tsegmentids:type{$7}=int32 sparse_gradient:bool=false
SparseSegmentSqrtN|data:T indices:Tidx segment_ids:Tsegmentids|output:T|T:type{$15} Tidx:type{$7}=int32 Tsegmentids:type{$7}=int32 sparse_gradient:bool=false
SparseSegmentSum|data:T indices:Tidx segment_ids:Tsegmentids|output:T|T:type{$31} Tidx:type{$7}=int32 Tsegmentids:type{$7}=int32 sparse_gradient:bool=false
SparseSoftmaxCrossEntropyWithLogits|features:T labels:Tlabels|loss:T backprop:T|T:type{$16} Tlabels:type{$7}=int64
SparseTensorDenseAdd|a_indices:Tindices a_values:T a_shape:Tindices b:T|output:T|T:type{$10} Tindices:type{$7}
SparseTensorDenseMatMul|a_indices:Tindices a_values:T a_shape:int64 b:T|product:T|T:type Tindices:type{$7}=int64 adjoint_a:bool=false adjoint_b:bool=false
SparseToDense|sparse_indices:Tindices output_shape:Tindices sparse_values:T default_value:T|dense:T|validate_indices:bool=true T:type Tindices:type{$7}
Spence|x:T|y:T|T:type{$15}
Split|split_dim:int32 value:T|output:num_split*T|num_split:int>=1 T:type
SplitV|value:T size_splits:Tlen split_dim:int32|output:num_split*T|num_split:int>=1 T:type Tlen:type{$76}=int64
Sqrt|x:T|y:T|T:type{$1}
SqrtGrad|y:T dy:T|z:T|T:type{$1}
Square|x:T|y:T|T:type{$77}
SquaredDifference~|x:T y:T|z:T|T:type{$18}
Squeeze|input:T|output:T|T:type squeeze_dims:int*>=0=[]
StackPopV2!|handle:resource|elem:elem_type|elem_type:type
StackPushV2!|handle:resource elem:T|output:T|T:type swap_memory:bool=false
StackV2!|max_size:int32|handle:resource|elem_type:type stack_name:string=''
StatefulPartitionedCall!|args:[Tin]|output:[Tout]|Tin:type*>=0 Tout:type*>=0 f:func config:string='' config_proto:string='' executor_type:string=''
StatefulRandomBinomial!|resource:resource algorithm:int64 shape:S counts:T probs:T|output:dtype|S:type{$7} T:type{$61}=float64 dtype:type{$61}=int64
StatefulStandardNormal!|resource:resource shape:shape_dtype|output:dtype|dtype:type=float32 shape_dtype:type=int64
StatefulStandardNormalV2!|resource:resource algorithm:int64 shape:shape_dtype|output:dtype|dtype:type=float32 shape_dtype:type=int64
StatefulTruncatedNormal!|resource:resource algorithm:int64 shape:shape_dtype|output:dtype|dtype:type=float32 shape_dtype:type=int64
StatefulUniform!|resource:resource algorithm:int64 shape:shape_dtype|output:dtype|dtype:type=float32 shape_dtype:type=int64
StatefulUniformFullInt!|resource:resource algorithm:int64 shape:shape_dtype|output:dtype|dtype:type=uint64 shape_dtype:type=int64
StatefulUniformInt!|resource:resource algorithm:int64 shape:shape_dtype minval:dtype maxval:dtype|output:dtype|dtype:type=int64 shape_dtype:type=int64
StatelessCase|branch_index:int32 input:[Tin]|output:[Tout]|Tin:type*>=0 Tout:type*>=0 branches:func*>=1 output_shapes:shape*=[]
StatelessIf|cond:Tcond input:[Tin]|output:[Tout]|Tcond:type Tin:type*>=0 Tout:type*>=0 then_branch:func else_branch:func output_shapes:shape*=[]
StatelessMultinomial|logits:T num_samples:int32 seed:Tseed|output:output_dtype|T:type{$31} Tseed:type{$7}=int64 output_dtype:type{$7}=int64
StatelessParameterizedTruncatedNormal|shape:S seed:Tseed means:dtype stddevs:dtype minvals:dtype maxvals:dtype|output:dtype|S:type{$7} Tseed:type{$7}=int64 dtype:type{$25}
StatelessRandomBinomial|shape:S seed:Tseed counts:T probs:T|output:dtype|S:type{$7} Tseed:type{$7}=int64 T:type{$61}=float64 dtype:type{$61}=int64
StatelessRandomGammaV2|shape:T seed:Tseed alpha:dtype|output:dtype|dtype:type{$25} T:type{$7} Tseed:type{$7}=int64
StatelessRandomGammaV3|shape:shape_dtype key:uint64 counter:uint64 alg:int32 alpha:dtype|output:dtype|dtype:type{$25} shape_dtype:type{$7}=int32
StatelessRandomGetAlg!||alg:int32|
StatelessRandomGetKeyCounter|seed:Tseed|key:uint64 counter:uint64|Tseed:type{$7}=int64
StatelessRandomGetKeyCounterAlg|seed:Tseed|key:uint64 counter:uint64 alg:int32|Tseed:type{$7}=int64
StatelessRandomNormal|shape:T seed:Tseed|output:dtype|dtype:type{$16}=float32 T:type{$7}=int32 Tseed:type{$7}=int64
StatelessRandomNormalV2|shape:Tshape key:uint64 counter:uint64 alg:int32|output:dtype|dtype:type{$16}=float32 Tshape:type{$7}=int32
StatelessRandomPoisson|shape:T seed:Tseed lam:Rtype|output:dtype|Rtype:type{$61} dtype:type{$61} T:type{$7} Tseed:type{$7}=int64
StatelessRandomUniform|shape:T seed:Tseed|output:dtype|dtype:type{$16}=float32 T:type{$7}=int32 Tseed:type{$7}=int64
StatelessRandomUniformFullInt|shape:T seed:Tseed|output:dtype|dtype:type{$78}=uint64 T:type{$7}=int32 Tseed:type{$78}=int64
StatelessRandomUniformFullIntV2|shape:Tshape key:uint64 counter:uint64 alg:int32|output:dtype|dtype:type{$78}=uint64 Tshape:type{$7}=int32
StatelessRandomUniformInt|shape:T seed:Tseed minval:dtype maxval:dtype|output:dtype|dtype:type{$7} T:type{$7} Tseed:type{$7}=int64
StatelessRandomUniformIntV2|shape:Tshape key:uint64 counter:uint64 alg:int32 minval:dtype maxval:dtype|output:dtype|dtype:type{$78} Tshape:type{$7}=int32
StatelessRandomUniformV2|shape:Tshape key:uint64 counter:uint64 alg:int32|output:dtype|dtype:type{$16}=float32 Tshape:type{$7}=int32
StatelessSampleDistortedBoundingBox|image_size:T bounding_boxes:float32 min_object_covered:float32 seed:Tseed|begin:T size:T bboxes:float32|T:type{$70} Tseed:type{$7} aspect_ratio_range:float*=[0.75,1.3300000429153442] area_range:float*=[0.05000000074505806,1.0] max_attempts:int=100 use_image_if_no_bounding_boxes:bool=false
StatelessShuffle|value:T key:uint64 counter:uint64 alg:int32|output:T|T:type
StatelessTruncatedNormal|shape:T seed:Tseed|output:dtype|dtype:type{$16}=float32 T:type{$7}=int32 Tseed:type{$7}=int64
StatelessTruncatedNormalV2|shape:Tshape key:uint64 counter:uint64 alg:int32|output:dtype|dtype:type{$16}=float32 Tshape:type{$7}=int32
StatelessWhile|input:[T]|output:[T]|T:type*>=0 cond:func body:func output_shapes:shape*=[] parallel_iterations:int=10
StaticRegexFullMatch|input:string|output:bool|pattern:string
StaticRegexReplace|input:string|output:string|pattern:string rewrite:string replace_global:bool=true
StopGradient|input:T|output:T|T:type
StridedSlice|input:T begin:Index end:Index strides:Index|output:T|T:type Index:type{$12} begin_mask:int=0 end_mask:int=0 ellipsis_mask:int=0 new_axis_mask:int=0 shrink_axis_mask:int=0
StridedSliceAssign|ref:T& begin:Index end:Index strides:Index value:T|output_ref:T&|T:type Index:type{$7} begin_mask:int=0 end_mask:int=0 ellipsis_mask:int=0 new_axis_mask:int=0 shrink_axis_mask:int=0
StridedSliceGrad|shape:Index begin:Index end:Index strides:Index dy:T|output:T|T:type Index:type{$7} begin_mask:int=0 end_mask:int=0 ellipsis_mask:int=0 new_axis_mask:int=0 shrink_axis_mask:int=0
StringFormat|inputs:[T]|output:string|T:type*>=0 template:string='%s' placeholder:string='%s' summarize:int=3
StringJoin|inputs:N*string|output:string|N:int>=0 separator:string=''
StringLength|input:string|output:int32|unit:string{BYTE,UTF8_CHAR}='BYTE'
StringLower|input:string|output:string|encoding:string=''
StringNGrams|data:string data_splits:Tsplits|ngrams:string ngrams_splits:Tsplits|separator:string ngram_widths:int*>=0 left_pad:string right_pad:string pad_width:int preserve_short_sequences:bool Tsplits:type{$7}=int64
StringSplit|input:string delimiter:string|indices:int64 values:string shape:int64|skip_empty:bool=true
StringSplitV2|input:string sep:string|indices:int64 values:string shape:int64|maxsplit:int=-1
StringStrip|input:string|output:string|
StringToHashBucket|string_tensor:string|output:int64|num_buckets:int>=1
StringToHashBucketFast|input:string|output:int64|num_buckets:int>=1
StringToHashBucketStrong|input:string|output:int64|num_buckets:int>=1 key:int*
StringToNumber|string_tensor:string|output:out_type|out_type:type{$79}=float32
StringUpper|input:string|output:string|encoding:string=''
Sub|x:T y:T|z:T|T:type{$80}
Substr|input:string pos:T len:T|output:string|T:type{$7} unit:string{BYTE,UTF8_CHAR}='BYTE'
Sum|input:T reduction_indices:Tidx|output:T|keep_dims:bool=false T:type{$10} Tidx:type{$7}=int32
Svd|input:T|s:T u:T v:T|compute_uv:bool=true full_matrices:bool=false T:type{$17}
Switch|data:T pred:bool|output_false:T output_true:T|T:type
SymbolicGradient|input:[Tin]|output:[Tout]|Tin:type*>=1 Tout:type*>=1 f:func
Tan|x:T|y:T|T:type{$1}
Tanh|x:T|y:T|T:type{$1}
TanhGrad|y:T dy:T|z:T|T:type{$1}
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
TensorScatterAdd|tensor:T indices:Tindices updates:T|output:T|T:type Tindices:type{$7} bad_indices_policy:string=''
TensorScatterMax|tensor:T indices:Tindices updates:T|output:T|T:type Tindices:type{$7} bad_indices_policy:string=''
TensorScatterMin|tensor:T indices:Tindices updates:T|output:T|T:type Tindices:type{$7} bad_indices_policy:string=''
TensorScatterSub|tensor:T indices:Tindices updates:T|output:T|T:type Tindices:type{$7} bad_indices_policy:string=''
TensorScatterUpdate|tensor:T indices:Tindices updates:T|output:T|T:type Tindices:type{$81} bad_indices_policy:string=''
TensorStridedSliceUpdate|input:T begin:Index end:Index strides:Index value:T|output:T|T:type Index:type{$7} begin_mask:int=0 end_mask:int=0 ellipsis_mask:int=0 new_axis_mask:int=0 shrink_axis_mask:int=0
Tile|input:T multiples:Tmultiples|output:T|T:type Tmultiples:type{$7}=int32
TileGrad|input:T multiples:int32|output:T|T:type
Timestamp!||ts:float64|
ToBool|input:T|output:bool|T:type
TopK|input:T|values:T indices:int32|k:int>=0 sorted:bool=true T:type{$31}
TopKV2|input:T k:Tk|values:T indices:index_type|sorted:bool=true T:type{$31} Tk:type{$12}=int32 index_type:type{$12}=int32
Transpose|x:T perm:Tperm|y:T|T:type Tperm:type{$7}=int32
TridiagonalMatMul|superdiag:T maindiag:T subdiag:T rhs:T|output:T|T:type{$82}
TridiagonalSolve|diagonals:T rhs:T|output:T|partial_pivoting:bool=true perturb_singular:bool=false T:type{$82}
TruncateDiv|x:T y:T|z:T|T:type{$36}
TruncateMod|x:T y:T|z:T|T:type{$83}
TruncatedNormal!|shape:T|output:dtype|seed:int=0 seed2:int=0 dtype:type{$16} T:type{$7}
UnicodeDecode|input:string|row_splits:Tsplits char_values:int32|input_encoding:string errors:string{strict,replace,ignore}='replace' replacement_char:int=65533 replace_control_characters:bool=false Tsplits:type{$7}=int64
UnicodeEncode|input_values:int32 input_splits:Tsplits|output:string|errors:string{ignore,replace,strict}='replace' output_encoding:string{UTF-8,UTF-16-BE,UTF-32-BE} replacement_char:int=65533 Tsplits:type{$7}=int64
UniformCandidateSampler!|true_classes:int64|sampled_candidates:int64 true_expected_count:float32 sampled_expected_count:float32|num_true:int>=1 num_sampled:int>=1 unique:bool range_max:int>=1 seed:int=0 seed2:int=0
Unique|x:T|y:T idx:out_idx|T:type out_idx:type{$7}=int32
UniqueV2|x:T axis:Taxis|y:T idx:out_idx|T:type Taxis:type{$7}=int64 out_idx:type{$7}=int32
UniqueWithCounts|x:T|y:T idx:out_idx count:out_idx|T:type out_idx:type{$7}=int32
UniqueWithCountsV2|x:T axis:Taxis|y:T idx:out_idx count:out_idx|T:type Taxis:type{$7}=int64 out_idx:type{$7}=int32
Unpack|value:T|output:num*T|num:int>=0 T:type axis:int=0
UnravelIndex|indices:Tidx dims:Tidx|output:Tidx|Tidx:type{$7}=int32
UnsortedSegmentJoin|inputs:string segment_ids:Tindices num_segments:Tnumsegments|output:string|separator:string='' Tindices:type{$7} Tnumsegments:type{$7}=int32
UnsortedSegmentMax|data:T segment_ids:Tindices num_segments:Tnumsegments|output:T|T:type{$31} Tindices:type{$7} Tnumsegments:type{$7}=int32
UnsortedSegmentMin|data:T segment_ids:Tindices num_segments:Tnumsegments|output:T|T:type{$31} Tindices:type{$7} Tnumsegments:type{$7}=int32
UnsortedSegmentProd|data:T segment_ids:Tindices num_segments:Tnumsegments|output:T|T:type{$10} Tindices:type{$7} Tnumsegments:type{$7}=int32
UnsortedSegmentSum|data:T segment_ids:Tindices num_segments:Tnumsegments|output:T|T:type{$10} Tindices:type{$12} Tnumsegments:type{$7}=int32
UpperBound|sorted_inputs:T values:T|output:out_type|T:type out_type:type{$7}=int32
VarHandleOp!||resource:resource|container:string='' shared_name:string='' debug_name:string='' dtype:type shape:shape allowed_devices:string*=[]
VarIsInitializedOp!|resource:resource|is_initialized:bool|
Variable!||ref:dtype&|shape:shape dtype:type container:string='' shared_name:string=''
VariableShape!|input:resource|output:out_type|out_type:type{$7}=int32
VariableV2!||ref:dtype&|shape:shape dtype:type container:string='' shared_name:string=''
Where|input:T|index:int64|T:type{$73}=bool
While!|input:[T]|output:[T]|T:type*>=0 cond:func body:func output_shapes:shape*=[] parallel_iterations:int=10
WriteFile!|filename:string contents:string||
Xdivy|x:T y:T|z:T|T:type{$84}
Xlog1py|x:T y:T|z:T|T:type{$84}
Xlogy|x:T y:T|z:T|T:type{$84}
ZerosLike|x:T|y:T|T:type
Zeta|x:T q:T|z:T|T:type{$9}
_Arg!||output:T|T:type index:int>=0
_Retval!|input:T||T:type index:int>=0`;
