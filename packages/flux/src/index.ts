/**
 * Flux in TypeScript: models, gradients and training in the words of the Julia library. Julia's `train!` is `train_`,
 * `m.(xs)` is `broadcast(m, xs)`, `in => out` are two numbers or one list of two; axes and positions count from 1, features
 * come first, the batch last.
 *
 * @packageDocumentation
 */
export { type ArrayLike, array, FluxArray } from "./array/array.js";
export * from "./array/functions.js";
export { load_torch_state_, type TorchState, torch_state } from "./convert.js";
export { ArgumentError, BoundsError, DimensionMismatch, MethodError } from "./errors.js";
export { type Gradient, Grads, gradient, withgradient } from "./gradient.js";
export {
  Bilinear,
  Chain,
  Dense,
  Dropout,
  Embedding,
  flatten,
  Maxout,
  Parallel,
  Scale,
  SkipConnection,
} from "./layers/basic.js";
export {
  Conv,
  ConvTranspose,
  CrossCor,
  GlobalMaxPool,
  GlobalMeanPool,
  MaxPool,
  MeanPool,
  SamePad,
} from "./layers/conv.js";
export { Layer, pair } from "./layers/layer.js";
export { BatchNorm, LayerNorm, normalise } from "./layers/normalise.js";
export { GRU, GRUCell, LSTM, LSTMCell, Recur, RNN, RNNCell, recurrent, reset_ } from "./layers/recurrent.js";
export * as Losses from "./losses.js";
export { testmode_, trainmode_ } from "./mode.js";
export { onecold, onehot, onehotbatch } from "./onehot.js";
export * from "./optimise/rules.js";
export { Leaf, type StateTree, setup, stop, train_, update_ } from "./optimise/train.js";
export { Params, params, trainables } from "./params.js";
export { f32, f64 } from "./precision.js";
export {
  glorot_normal,
  glorot_uniform,
  identity_init,
  kaiming_normal,
  kaiming_uniform,
  ones32,
  rand32,
  randn32,
  seed_,
  zeros32,
} from "./random.js";
