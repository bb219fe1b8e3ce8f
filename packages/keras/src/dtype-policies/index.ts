export { DTypePolicy, type DTypePolicyLike, get, get as deserialize, serialize } from "./dtype-policy.js";
export { Int4DTypePolicy, QUANTIZATION_MODES, QuantizedDTypePolicy } from "./quantized.js";
