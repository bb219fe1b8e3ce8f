export * from "./elementwise/binary";
export * from "./elementwise/compare";
export * from "./elementwise/copy";
export * from "./elementwise/unary";
export * from "./gemm/f32";
export { amax_f32, amin_f32, sum_f32 } from "./reduce/reduce";
export * from "./reduce/softmax";
