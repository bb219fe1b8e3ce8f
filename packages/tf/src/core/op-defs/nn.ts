// Written by test-fixtures/tf/op-defs/generate.py from TensorFlow 2.21.0's registry of operations. Do not edit.

export const nn = `AvgPool|value:T|output:T|ksize:int*>=4 strides:int*>=4 padding:string{SAME,VALID} data_format:string{NHWC,NCHW}='NHWC' T:type{$16}
AvgPool3D|input:T|output:T|ksize:int*>=5 strides:int*>=5 padding:string{SAME,VALID} data_format:string{NDHWC,NCDHW}='NDHWC' T:type{$16}
AvgPool3DGrad|orig_input_shape:int32 grad:T|output:T|ksize:int*>=5 strides:int*>=5 padding:string{SAME,VALID} data_format:string{NDHWC,NCDHW}='NDHWC' T:type{$16}
AvgPoolGrad|orig_input_shape:int32 grad:T|output:T|ksize:int*>=4 strides:int*>=4 padding:string{SAME,VALID} data_format:string{NHWC,NCHW}='NHWC' T:type{$16}
BiasAdd|value:T bias:T|output:T|T:type{$10} data_format:string{NHWC,NCHW}='NHWC'
BiasAddGrad|out_backprop:T|output:T|T:type{$10} data_format:string{NHWC,NCHW}='NHWC'
BiasAddV1|value:T bias:T|output:T|T:type{$10}
CTCLoss|inputs:T labels_indices:int64 labels_values:int32 sequence_length:int32|loss:T gradient:T|preprocess_collapse_repeated:bool=false ctc_merge_repeated:bool=true ignore_longer_outputs_than_inputs:bool=false T:type{$9}=float32
CTCLossV2|inputs:float32 labels_indices:int64 labels_values:int32 sequence_length:int32|loss:float32 gradient:float32|preprocess_collapse_repeated:bool=false ctc_merge_repeated:bool=true ignore_longer_outputs_than_inputs:bool=false
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
DepthwiseConv2dNative|input:T filter:T|output:T|T:type{$16} strides:int* padding:string{SAME,VALID,EXPLICIT} explicit_paddings:int*=[] data_format:string{NHWC,NCHW}='NHWC' dilations:int*=[1,1,1,1]
DepthwiseConv2dNativeBackpropFilter|input:T filter_sizes:int32 out_backprop:T|output:T|T:type{$16} strides:int* padding:string{SAME,VALID,EXPLICIT} explicit_paddings:int*=[] data_format:string{NHWC,NCHW}='NHWC' dilations:int*=[1,1,1,1]
DepthwiseConv2dNativeBackpropInput|input_sizes:int32 filter:T out_backprop:T|output:T|T:type{$16} strides:int* padding:string{SAME,VALID,EXPLICIT} explicit_paddings:int*=[] data_format:string{NHWC,NCHW}='NHWC' dilations:int*=[1,1,1,1]
Dilation2D|input:T filter:T|output:T|T:type{$31} strides:int*>=4 rates:int*>=4 padding:string{SAME,VALID}
Dilation2DBackpropFilter|input:T filter:T out_backprop:T|filter_backprop:T|T:type{$31} strides:int*>=4 rates:int*>=4 padding:string{SAME,VALID}
Dilation2DBackpropInput|input:T filter:T out_backprop:T|in_backprop:T|T:type{$31} strides:int*>=4 rates:int*>=4 padding:string{SAME,VALID}
Elu|features:T|activations:T|T:type{$16}
EluGrad|gradients:T outputs:T|backprops:T|T:type{$16}
FakeQuantWithMinMaxArgs|inputs:float32|outputs:float32|min:float=-6 max:float=6 num_bits:int=8 narrow_range:bool=false
FakeQuantWithMinMaxArgsGradient|gradients:float32 inputs:float32|backprops:float32|min:float=-6 max:float=6 num_bits:int=8 narrow_range:bool=false
FakeQuantWithMinMaxVars|inputs:float32 min:float32 max:float32|outputs:float32|num_bits:int=8 narrow_range:bool=false
FakeQuantWithMinMaxVarsGradient|gradients:float32 inputs:float32 min:float32 max:float32|backprops_wrt_input:float32 backprop_wrt_min:float32 backprop_wrt_max:float32|num_bits:int=8 narrow_range:bool=false
FakeQuantWithMinMaxVarsPerChannel|inputs:float32 min:float32 max:float32|outputs:float32|num_bits:int=8 narrow_range:bool=false
FakeQuantWithMinMaxVarsPerChannelGradient|gradients:float32 inputs:float32 min:float32 max:float32|backprops_wrt_input:float32 backprop_wrt_min:float32 backprop_wrt_max:float32|num_bits:int=8 narrow_range:bool=false
FractionalAvgPool|value:T|output:T row_pooling_sequence:int64 col_pooling_sequence:int64|pooling_ratio:float*>=4 pseudo_random:bool=false overlapping:bool=false deterministic:bool=false seed:int=0 seed2:int=0 T:type{$42}
FractionalAvgPoolGrad|orig_input_tensor_shape:int64 out_backprop:T row_pooling_sequence:int64 col_pooling_sequence:int64|output:T|overlapping:bool=false T:type{$42}
FractionalMaxPool|value:T|output:T row_pooling_sequence:int64 col_pooling_sequence:int64|pooling_ratio:float*>=4 pseudo_random:bool=false overlapping:bool=false deterministic:bool=false seed:int=0 seed2:int=0 T:type{$42}
FractionalMaxPoolGrad|orig_input:T orig_output:T out_backprop:T row_pooling_sequence:int64 col_pooling_sequence:int64|output:T|overlapping:bool=false T:type{$42}
FusedBatchNorm|x:T scale:T offset:T mean:T variance:T|y:T batch_mean:T batch_variance:T reserve_space_1:T reserve_space_2:T|T:type{float32} epsilon:float=9.99999975e-05 exponential_avg_factor:float=1 data_format:string{NHWC,NCHW}='NHWC' is_training:bool=true
FusedBatchNormGrad|y_backprop:T x:T scale:T reserve_space_1:T reserve_space_2:T|x_backprop:T scale_backprop:T offset_backprop:T reserve_space_3:T reserve_space_4:T|T:type{float32} epsilon:float=9.99999975e-05 data_format:string{NHWC,NCHW}='NHWC' is_training:bool=true
FusedBatchNormGradV2|y_backprop:T x:T scale:float32 reserve_space_1:U reserve_space_2:U|x_backprop:T scale_backprop:U offset_backprop:U reserve_space_3:U reserve_space_4:U|T:type{$43} U:type{float32} epsilon:float=9.99999975e-05 data_format:string{NHWC,NCHW}='NHWC' is_training:bool=true
FusedBatchNormGradV3|y_backprop:T x:T scale:float32 reserve_space_1:U reserve_space_2:U reserve_space_3:U|x_backprop:T scale_backprop:U offset_backprop:U reserve_space_4:U reserve_space_5:U|T:type{$43} U:type{float32} epsilon:float=9.99999975e-05 data_format:string{NHWC,NCHW,NDHWC,NCDHW}='NHWC' is_training:bool=true
FusedBatchNormV2|x:T scale:U offset:U mean:U variance:U|y:T batch_mean:U batch_variance:U reserve_space_1:U reserve_space_2:U|T:type{$43} U:type{float32} epsilon:float=9.99999975e-05 exponential_avg_factor:float=1 data_format:string{NHWC,NCHW}='NHWC' is_training:bool=true
FusedBatchNormV3|x:T scale:U offset:U mean:U variance:U|y:T batch_mean:U batch_variance:U reserve_space_1:U reserve_space_2:U reserve_space_3:U|T:type{$43} U:type{$44} epsilon:float=9.99999975e-05 exponential_avg_factor:float=1 data_format:string{NHWC,NCHW,NDHWC,NCDHW}='NHWC' is_training:bool=true
InTopK|predictions:float32 targets:T|precision:bool|k:int T:type{$7}=int32
InTopKV2|predictions:float32 targets:T k:T|precision:bool|T:type{$7}=int32
IsotonicRegression|input:T|output:output_dtype segments:int32|T:type{$31} output_dtype:type{$16}=float32
L2Loss|t:T|output:T|T:type{$16}
LRN|input:T|output:T|depth_radius:int=5 bias:float=1 alpha:float=1 beta:float=0.5 T:type{$43}=float32
LRNGrad|input_grads:T input_image:T output_image:T|output:T|depth_radius:int=5 bias:float=1 alpha:float=1 beta:float=0.5 T:type{$43}=float32
LeakyRelu|features:T|activations:T|alpha:float=0.200000003 T:type{$16}=float32
LeakyReluGrad|gradients:T features:T|backprops:T|alpha:float=0.200000003 T:type{$16}=float32
LogSoftmax|logits:T|logsoftmax:T|T:type{$16}
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
Relu|features:T|activations:T|T:type{$64}
Relu6|features:T|activations:T|T:type{$31}
Relu6Grad|gradients:T features:T|backprops:T|T:type{$31}
ReluGrad|gradients:T features:T|backprops:T|T:type{$31}
Selu|features:T|activations:T|T:type{$16}
SeluGrad|gradients:T outputs:T|backprops:T|T:type{$16}
Sigmoid|x:T|y:T|T:type{$1}
SigmoidGrad|y:T dy:T|z:T|T:type{$1}
Softmax|logits:T|softmax:T|T:type{$16}
SoftmaxCrossEntropyWithLogits|features:T labels:T|loss:T backprop:T|T:type{$16}
Softplus|features:T|activations:T|T:type{$16}
SoftplusGrad|gradients:T features:T|backprops:T|T:type{$16}
Softsign|features:T|activations:T|T:type{$16}
SoftsignGrad|gradients:T features:T|backprops:T|T:type{$16}
SparseSoftmax|sp_indices:int64 sp_values:T sp_shape:int64|output:T|T:type{$25}
SparseSoftmaxCrossEntropyWithLogits|features:T labels:Tlabels|loss:T backprop:T|T:type{$16} Tlabels:type{$7}=int64`;
