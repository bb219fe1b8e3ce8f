/** `torch.nn`: layers, containers, losses, and the base of them all. */
export {
  CELU,
  ELU,
  GELU,
  GLU,
  Hardshrink,
  Hardsigmoid,
  Hardswish,
  Hardtanh,
  LeakyReLU,
  LogSigmoid,
  Mish,
  ReLU,
  ReLU6,
  RReLU,
  SELU,
  Sigmoid,
  SiLU,
  Softplus,
  Softshrink,
  Softsign,
  Tanh,
  Tanhshrink,
  Threshold,
} from "./activation/activation.js";
export { PReLU } from "./activation/prelu.js";
export { LogSoftmax, Softmax, Softmax2d, Softmin } from "./activation/softmax.js";
export { Container } from "./container/container.js";
export { ModuleDict } from "./container/module-dict.js";
export { ModuleList } from "./container/module-list.js";
export { ParameterDict } from "./container/parameter-dict.js";
export { ParameterList } from "./container/parameter-list.js";
export { Sequential } from "./container/sequential.js";
export { Conv1d, Conv2d, Conv3d } from "./conv/conv.js";
export { ConvTranspose1d, ConvTranspose2d, ConvTranspose3d } from "./conv/conv-transpose.js";
export {
  LazyConv1d,
  LazyConv2d,
  LazyConv3d,
  LazyConvTranspose1d,
  LazyConvTranspose2d,
  LazyConvTranspose3d,
} from "./conv/lazy-conv.js";
export { CosineSimilarity, PairwiseDistance } from "./distance/distance.js";
export {
  AlphaDropout,
  Dropout,
  Dropout1d,
  Dropout2d,
  Dropout3d,
  FeatureAlphaDropout,
} from "./dropout/dropout.js";
export { factory_kwargs } from "./factory-kwargs.js";
export * as functional from "./functional/index.js";
export * as init from "./init.js";
export { Bilinear } from "./linear/bilinear.js";
export { Identity } from "./linear/identity.js";
export { LazyLinear } from "./linear/lazy-linear.js";
export { Linear } from "./linear/linear.js";
export { AdaptiveLogSoftmaxWithLoss } from "./loss/adaptive-softmax.js";
export {
  BCELoss,
  BCEWithLogitsLoss,
  CrossEntropyLoss,
  CTCLoss,
  MultiLabelMarginLoss,
  MultiLabelSoftMarginLoss,
  MultiMarginLoss,
  NLLLoss,
  NLLLoss2d,
  SoftMarginLoss,
} from "./loss/classification.js";
export {
  CosineEmbeddingLoss,
  HingeEmbeddingLoss,
  MarginRankingLoss,
  TripletMarginLoss,
  TripletMarginWithDistanceLoss,
} from "./loss/embedding-loss.js";
export { LinearCrossEntropyLoss, LinearCrossEntropyOptions } from "./loss/linear-cross-entropy.js";
export {
  GaussianNLLLoss,
  HuberLoss,
  KLDivLoss,
  L1Loss,
  MSELoss,
  PoissonNLLLoss,
  SmoothL1Loss,
} from "./loss/regression.js";
export { Module } from "./module.js";
export { BatchNorm1d, BatchNorm2d, BatchNorm3d } from "./norm/batch-norm.js";
export { CrossMapLRN2d } from "./norm/cross-map.js";
export { GroupNorm } from "./norm/group-norm.js";
export { InstanceNorm1d, InstanceNorm2d, InstanceNorm3d } from "./norm/instance-norm.js";
export { LayerNorm, RMSNorm } from "./norm/layer-norm.js";
export {
  LazyBatchNorm1d,
  LazyBatchNorm2d,
  LazyBatchNorm3d,
  LazyInstanceNorm1d,
  LazyInstanceNorm2d,
  LazyInstanceNorm3d,
} from "./norm/lazy-norm.js";
export { LocalResponseNorm } from "./norm/local-response-norm.js";
export { SyncBatchNorm } from "./norm/sync-batch-norm.js";
export {
  CircularPad1d,
  CircularPad2d,
  CircularPad3d,
  ConstantPad1d,
  ConstantPad2d,
  ConstantPad3d,
  ReflectionPad1d,
  ReflectionPad2d,
  ReflectionPad3d,
  ReplicationPad1d,
  ReplicationPad2d,
  ReplicationPad3d,
  ZeroPad1d,
  ZeroPad2d,
  ZeroPad3d,
} from "./padding/padding.js";
export { DataParallel } from "./parallel/data-parallel.js";
export {
  Buffer,
  Parameter,
  UninitializedBuffer,
  UninitializedParameter,
} from "./parameter.js";
export {
  AdaptiveAvgPool1d,
  AdaptiveAvgPool2d,
  AdaptiveAvgPool3d,
  AdaptiveMaxPool1d,
  AdaptiveMaxPool2d,
  AdaptiveMaxPool3d,
} from "./pooling/adaptive-pool.js";
export { AvgPool1d, AvgPool2d, AvgPool3d, LPPool1d, LPPool2d, LPPool3d } from "./pooling/avg-pool.js";
export { FractionalMaxPool2d, FractionalMaxPool3d } from "./pooling/fractional-pool.js";
export {
  MaxPool1d,
  MaxPool2d,
  MaxPool3d,
  MaxUnpool1d,
  MaxUnpool2d,
  MaxUnpool3d,
} from "./pooling/max-pool.js";
export { CellBase as RNNCellBase } from "./rnn/cell-base.js";
export { GRU } from "./rnn/gru.js";
export { GRUCell } from "./rnn/gru-cell.js";
export { LSTM } from "./rnn/lstm.js";
export { LSTMCell } from "./rnn/lstm-cell.js";
export { RNN } from "./rnn/rnn.js";
export { RNNBase } from "./rnn/rnn-base.js";
export { RNNCell } from "./rnn/rnn-cell.js";
export { Flatten, Unflatten } from "./shape/flatten.js";
export { Fold, Unfold } from "./shape/fold.js";
export { ChannelShuffle, PixelShuffle, PixelUnshuffle } from "./shape/shuffle.js";
export { Embedding, EmbeddingBag } from "./sparse/embedding.js";
export { TransformerDecoder } from "./transformer/decoder.js";
export { TransformerDecoderLayer } from "./transformer/decoder-layer.js";
export { TransformerEncoder } from "./transformer/encoder.js";
export { TransformerEncoderLayer } from "./transformer/encoder-layer.js";
export { MultiheadAttention } from "./transformer/multihead-attention.js";
export { Transformer } from "./transformer/transformer.js";
export { Upsample, UpsamplingBilinear2d, UpsamplingNearest2d } from "./upsampling/upsample.js";
export * as utils from "./utils/index.js";
