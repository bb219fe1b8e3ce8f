import { className } from "@cognate/py";
import { nameScope } from "../../backend/scope.js";
import type { Tensor, TensorLike } from "../../backend/tensor.js";
import type { Variable } from "../../backend/variable.js";
import { hide } from "../../hide.js";
import * as K from "../../ops/index.js";
import { abs_max_quantize, abs_max_quantize_grouped_with_zero_point } from "../../quantizers/abs-max.js";
import type { QuantizationConfig } from "../../quantizers/config.js";
import { pack_int4, unpack_int4 } from "../../quantizers/int4.js";
import { dequantize_with_sz_map } from "../../quantizers/parameters.js";
import { AbsMaxQuantizer as AbsMax, type AbsMaxQuantizer } from "../../quantizers/quantizer.js";
import type { LayerImpl } from "../layer.js";

/*
 * Layers whose weight is kept in whole numbers: `w ≈ q / scale` by output (eight bits, or four in one block), or
 * `w ≈ (q − zero) · scale` by block of inputs (four bits). Sources: Keras 3.15, `dense.py`, `einsum_dense.py`, `embedding.py`.
 */

/** A weight in whole numbers. */
export interface Whole {
  readonly value: Tensor;
  readonly scale: Tensor;
  readonly zero: Tensor | null;
}

/** The fields of a quantized layer; the weight's name is in front: `kernel_scale`. */
interface Fields {
  g_idx?: Variable;
  _int4_block_size?: number | null;
  inputs_quantizer?: AbsMaxQuantizer | null;
  quantization_config: QuantizationConfig | null;
  [name: string]: unknown;
}
export const fieldsOf = (layer: LayerImpl): Fields => layer as unknown as Fields;

/** The rows of one block of a weight in four bits, or none where all rows are one or there are eight bits. */
export function blockSize(layer: LayerImpl, mode: string, config: unknown): number | null {
  if (mode !== "int4") return null;
  const given = (config as { block_size?: number | null } | null)?.block_size;
  const own = given !== undefined ? given : (layer.dtype_policy as { block_size?: number }).block_size;
  return own === undefined || own === -1 ? null : own;
}

/** A matrix in four bits, packed along its last axis; `axis` is the one that scales reduce. */
export function fourBits(
  w: TensorLike,
  axis: 0 | -1,
  config: QuantizationConfig | null,
  block: number | null,
): Whole {
  let [value, scale, zero]: (Tensor | null)[] = [null, null, null];
  if (block === null) {
    const by = config?.weight_quantizer ?? AbsMax(axis, [-8, 7]);
    [value, scale] = by(w) as Tensor[] as [Tensor, Tensor];
    scale = K.squeeze(scale, axis) as Tensor;
  } else {
    const turned = (t: TensorLike): Tensor => (axis === 0 ? t : K.transpose(t)) as Tensor;
    [value, scale, zero] = [...abs_max_quantize_grouped_with_zero_point(turned(w), block)].map(turned);
  }
  return { value: pack_int4(value as Tensor, -1)[0] as Tensor, scale: scale!, zero: zero ?? null };
}

/** A weight in eight bits, with scales along axes. */
export const eightBits = (
  w: TensorLike,
  axis: number | readonly number[],
  config: QuantizationConfig | null,
): readonly [value: Tensor, scale: Tensor] => {
  const by = config?.weight_quantizer;
  const [value, scale] = by ? by(w) : (abs_max_quantize(w, axis) as Tensor[]);
  return [value as Tensor, scale as Tensor];
};

/** The shapes of a quantized weight's variables. */
interface Shapes {
  readonly value: readonly number[];
  readonly scale: readonly number[];
  /** How many inputs the blocks divide, where there are blocks. */
  readonly inputs?: number;
  readonly block?: number | null;
}

/** Makes a quantized weight's variables in place of the weight. */
export function wholeWeights(
  layer: LayerImpl,
  name: string,
  { value, scale, inputs, block = null }: Shapes,
): void {
  const fixed = (
    own: string,
    shape: readonly number[],
    dtype: string | null,
    initializer: string,
  ): Variable =>
    nameScope(
      layer.name,
      () => layer.add_weight({ name: own, shape, initializer, dtype, trainable: false } as never),
      layer,
      layer.path?.split("/").slice(0, -1).join("/") ?? null,
    );
  hide(layer, `_${name}`, fixed(name, value, "int8", "zeros"));
  hide(layer, `${name}_scale`, fixed(`${name}_scale`, scale, null, "ones"));
  hide(layer, "_int4_block_size", block);
  if (block !== null && inputs !== undefined) {
    hide(layer, `${name}_zero`, fixed(`${name}_zero`, scale, "int8", "zeros"));
    const places = fixed("g_idx", [inputs], "float32", "zeros");
    places.assign(K.floor_divide(K.arange(inputs, null, null, "float32"), block) as Tensor);
    hide(layer, "g_idx", places);
  }
  hide(layer, "_is_quantized", true);
}

/** How a layer's inputs are quantized, too. */
export const quantizeInputs = (layer: LayerImpl, mode: string, config: QuantizationConfig | null): void =>
  hide(layer, "inputs_quantizer", config ? config.activation_quantizer : mode === "int8" ? AbsMax() : null);

/** Sets the variables that {@link wholeWeights} made. */
function assignWhole(layer: LayerImpl, name: string, { value, scale, zero }: Whole): void {
  const f = fieldsOf(layer);
  (f[`_${name}`] as Variable).assign(value);
  (f[`${name}_scale`] as Variable).assign(scale);
  if (zero !== null) (f[`${name}_zero`] as Variable).assign(zero);
}

/** A weight in four bits as floats. */
export function unpacked(layer: LayerImpl, name: string, length: number): Tensor {
  const f = fieldsOf(layer);
  const whole = unpack_int4(f[`_${name}`] as never, length, -1) as Tensor;
  if (f._int4_block_size === null || f._int4_block_size === undefined) return whole;
  return K.cast(
    dequantize_with_sz_map(
      whole,
      f[`${name}_scale`] as never,
      f[`${name}_zero`] as never,
      f.g_idx as never,
      0,
    ),
    layer.compute_dtype,
  ) as Tensor;
}

/** The variables of a quantized layer in the order that files have. */
export const wholeVariables = (layer: LayerImpl, name: string): Variable[] =>
  [`_${name}`, "bias", `${name}_scale`, `${name}_zero`, "g_idx"].flatMap((n) =>
    fieldsOf(layer)[n] ? [fieldsOf(layer)[n] as Variable] : [],
  );

/** What {@link LayerImpl.quantize} asks for. */
interface Wanted {
  readonly mode: string;
  readonly config: QuantizationConfig;
  readonly type_check: boolean;
}

/**
 * Puts whole numbers in the place of a layer's weight; `whole` makes them, by blocks of so many rows or all as one.
 *
 * @throws NotImplementedError for a class of the user's own
 */
export function quantizeWeight(
  layer: LayerImpl,
  ofClass: string,
  name: string,
  { mode, config, type_check }: Wanted,
  whole: (block: number | null) => Whole,
): void {
  if (type_check && className(layer.constructor) !== ofClass) throw layer._notImplemented("quantize");
  hide(layer, "quantization_config", config);
  const weight = fieldsOf(layer)[name] as Variable;
  const block = blockSize(layer, mode, config);
  const numbers = whole(block);
  layer._untrack_variable(weight);
  layer.quantized_build([...weight.shape], mode, config);
  assignWhole(layer, name, numbers);
  if (layer.dtype_policy.quantization_mode !== null) return;
  const named = mode === "int4" ? `int4/${block ?? -1}` : mode;
  layer.dtype_policy = `${named}_from_${layer.dtype_policy.name}`;
}
