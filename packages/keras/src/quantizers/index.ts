/** `keras.quantizers`: numbers in fewer bits. */

import { isClass, isPlainObject, ValueError } from "@cognate/py";
import { byBothNames, deserialized, type Registered, serialized } from "../object-registry.js";
import { Int4QuantizationConfig, Int8QuantizationConfig, QuantizationConfig } from "./config.js";
import { AbsMaxQuantizer, Quantizer } from "./quantizer.js";

export { abs_max_quantize, abs_max_quantize_grouped_with_zero_point } from "./abs-max.js";
export { fake_quant_with_min_max_vars } from "./fake-quant.js";
export { compute_float8_amax_history, compute_float8_scale, quantize_and_dequantize } from "./float8.js";
export { pack_int4, unpack_int4 } from "./int4.js";
export { AbsMaxQuantizer, Int4QuantizationConfig, Int8QuantizationConfig, QuantizationConfig, Quantizer };

const OBJECTS: Readonly<Record<string, Registered>> = byBothNames<Registered>([
  Quantizer,
  AbsMaxQuantizer,
  QuantizationConfig,
  Int8QuantizationConfig,
  Int4QuantizationConfig,
] as never);

/** A quantizer as files hold it. */
export const serialize = (quantizer: unknown): unknown => serialized(quantizer);
/** A quantizer from what files hold. */
export const deserialize = (
  config: unknown,
  custom_objects: Readonly<Record<string, unknown>> | null = null,
): unknown => deserialized(config, OBJECTS, custom_objects);
/** The quantizer that an argument stands for. @throws ValueError */
export function get(identifier: unknown): unknown {
  if (identifier === null || identifier === undefined) return null;
  const found = isPlainObject(identifier)
    ? deserialize(identifier)
    : typeof identifier === "string"
      ? OBJECTS[identifier]
      : identifier;
  if (typeof found !== "function")
    throw new ValueError(`Could not interpret quantizer identifier: ${String(identifier)}`);
  return isClass(found) ? new (found as unknown as new () => object)() : found;
}
