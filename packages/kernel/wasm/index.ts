export * from "./elementwise/binary";
export * from "./elementwise/compare";
export * from "./elementwise/copy";
export * from "./elementwise/unary";
export {
  gemm_f32,
  gemm_f32_room,
  gemm_packed_f32,
  pack_all_f32,
  packed_f32_size,
} from "./gemm/f32";
export { axpy_f64, dot_f64, gemm_f64, gemm_f64_room } from "./gemm/f64";
export * from "./conv/conv";
export { amax_f32, amin_f32, sum_f32 } from "./reduce/reduce";
export * from "./reduce/softmax";
export {
  batch_norm_f32,
  batch_norm_grad_f32,
  layer_norm_f32,
  layer_norm_grad_f32,
} from "./norm/norm";
export * from "./optim/steps";
export * from "./pool/pool";
export * from "./recurrent/lstm";
export * from "./attention/attention";
