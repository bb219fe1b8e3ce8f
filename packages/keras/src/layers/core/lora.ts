import { ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { castValue } from "../../backend/create.js";
import { kernelType } from "../../backend/dtype.js";
import type { Tensor } from "../../backend/tensor.js";
import type { Variable } from "../../backend/variable.js";
import { hide } from "../../hide.js";
import type { InitializerLike } from "../../initializers/index.js";
import * as K from "../../ops/index.js";
import type { LayerImpl } from "../layer.js";

/*
 * Low-rank adaptation (Hu et al., 2021): a frozen weight and the product of two thin matrices that learn.
 */

interface LoraFields {
  lora_enabled?: boolean;
  lora_rank: number | null;
  lora_alpha: number | null;
  [name: string]: unknown;
}

const fieldsOf = (layer: LayerImpl): LoraFields => layer as unknown as LoraFields;

/** The weight as the layer computes with it. */
export function loraKernel(layer: LayerImpl, weight: Variable, name = "kernel"): Value {
  const f = fieldsOf(layer);
  const own = weight._value;
  if (!f.lora_enabled) return own;
  const [a, b] = ["a", "b"].map((k) => f[`lora_${name}_${k}`] as Variable);
  const delta = a!._value.matmul(b!._value).mul((f.lora_alpha ?? 1) / (f.lora_rank ?? 1)) as Value;
  return own.add(castValue(delta, own.dtype)).cast({ dtype: kernelType(layer.compute_dtype) }) as Value;
}

/** A layer's result with what the thin matrices make of their share of the input. */
export function loraAdded(layer: LayerImpl, y: Tensor, share: Tensor, name = "kernel"): Tensor {
  const f = fieldsOf(layer);
  const more = K.matmul(share, f[`lora_${name}_b`] as never);
  return K.cast(
    K.add(y, K.multiply((f.lora_alpha ?? 1) / (f.lora_rank ?? 1), more)),
    layer.compute_dtype,
  ) as Tensor;
}

/** Freezes a weight and adds the two matrices. @throws ValueError */
export function enableLora(
  layer: LayerImpl,
  name: string,
  rank: number,
  alpha: number | null,
  shapes: readonly (readonly number[])[],
  initializers: readonly InitializerLike[],
): void {
  const f = fieldsOf(layer);
  if (f[`${name}_constraint`])
    throw new ValueError(
      `Lora is incompatible with ${name === "kernel" ? "kernel" : "embedding"} constraints. In order to enable lora on this layer, remove the \`${name}_constraint\` argument.`,
    );
  if (!layer.built) throw new ValueError("Cannot enable lora on a layer that isn't yet built.");
  if (f.lora_enabled) throw new ValueError("lora is already enabled. This can only be done once per layer.");
  layer._unlock_state();
  ["a", "b"].forEach((k, i) => {
    hide(
      layer,
      `lora_${name}_${k}`,
      layer.add_weight({
        name: `lora_${name}_${k}`,
        shape: shapes[i]!,
        initializer: initializers[i]!,
        dtype: "float32",
        regularizer: f[`${name}_regularizer`] as never,
      }),
    );
  });
  ((f[`_${name}`] ?? f[name]) as Variable).trainable = false;
  layer._lock_state();
  hide(layer, "lora_enabled", true);
  hide(layer, "lora_rank", rank);
  hide(layer, "lora_alpha", alpha ?? rank);
}
