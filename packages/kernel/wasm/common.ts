/* What has no use for fused multiply-add, or must not have it: one build. */
export * from "./elementwise/binary";
export * from "./elementwise/binary64";
export * from "./elementwise/cast";
export * from "./elementwise/compare";
export * from "./elementwise/copy";
export { unfinished } from "./elementwise/flag";
export * from "./elementwise/integer";
export * from "./elementwise/pick";
export * from "./elementwise/unary64";
export { fft_lines } from "./fft/lines";
export * from "./pool/pool";
export { table_f64, undone_f64 } from "./precise/tables";
export { amax_f32, amin_f32, sum_f32 } from "./reduce/reduce";
export * from "./reduce/reduce64";
export * from "./reduce/softmax64";
export * from "./rows/panels";
export * from "./sort/radix";
export * from "./sort/values";
