/* What is built twice: with fused multiply-add (relaxed SIMD), and without. See also `common.ts`. */
export {
  elu_f32,
  erf_f32,
  exp_f32,
  gelu_f32,
  gelu_slope_f32,
  gelu_tanh_f32,
  gelu_tanh_slope_f32,
  log_f32,
  mish_f32,
  sigmoid_f32,
  silu_f32,
  softplus_f32,
  tanh_f32,
} from "./elementwise/functions";
export * from "./elementwise/unary";
export { gemm_f32, gemm_f32_room, gemm_packed_f32, pack_f32, packed_f32_size } from "./gemm/f32";
export { gemm_f64, gemm_f64_room, gemm_packed_f64, pack_f64 } from "./gemm/f64";
export * from "./conv/conv";
export * from "./conv/depthwise";
export * from "./conv/winograd";
export * from "./reduce/softmax";
export {
  batch_norm_f32,
  batch_norm_grad_f32,
  layer_norm_f32,
  layer_norm_grad_f32,
} from "./norm/norm";
export * from "./optim/steps";
export * from "./loss/cross-entropy";
export * from "./recurrent/gru";
export * from "./recurrent/lstm";
export * from "./recurrent/rnn";
export * from "./attention/attention";
export * from "./linalg/factors";
export * from "./linalg/lines";
