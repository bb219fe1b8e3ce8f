import { ops } from "@cognate/kernel";
import { Tuple, ValueError } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import { compute, promoted } from "../../ops/make.js";
import { InputSpec } from "../input-spec.js";
import {
  type ActivationLike,
  type ConstraintLike,
  type InitializerLike,
  KernelLayer,
  type LayerOptions,
  type Layout,
  type RegularizerLike,
  stock,
} from "../stock.js";
import { enableLora, loraKernel } from "./lora.js";

const LAYOUT: Layout = {
  kernel: { shape: ["input", "units"] },
  bias: { shape: ["units"], when: "use_bias" },
};

export class DenseImpl extends KernelLayer {
  constructor(
    readonly units: number,
    activation: ActivationLike = null,
    use_bias = true,
    kernel_initializer: InitializerLike = "glorot_uniform",
    bias_initializer: InitializerLike = "zeros",
    kernel_regularizer: RegularizerLike | null = null,
    bias_regularizer: RegularizerLike | null = null,
    activity_regularizer: RegularizerLike | null = null,
    kernel_constraint: ConstraintLike | null = null,
    bias_constraint: ConstraintLike | null = null,
    lora_rank: number | null = null,
    lora_alpha: number | null = null,
    quantization_config: unknown = null,
    options: LayerOptions = {},
  ) {
    if (typeof units !== "number" || !Number.isInteger(units) || units <= 0)
      throw new ValueError(
        `Received an invalid value for \`units\`, expected a positive integer. Received: units=${units}`,
      );
    super({ activity_regularizer, ...options });
    this._take({
      activation,
      use_bias,
      kernel_initializer,
      bias_initializer,
      kernel_regularizer,
      bias_regularizer,
      kernel_constraint,
      bias_constraint,
      lora_rank,
      lora_alpha: lora_alpha ?? lora_rank,
      quantization_config,
    });
    this.input_spec = InputSpec({ min_ndim: 2 });
    this.supports_masking = true;
  }
  override build(input_shape: Shape): void {
    const input = input_shape[input_shape.length - 1]!;
    this._weights(LAYOUT, { input, units: this.units });
    this.input_spec = InputSpec({ min_ndim: 2, axes: { "-1": input } });
    this.built = true;
    const { lora_rank } = this as unknown as { lora_rank: number | null };
    if (lora_rank) this.enable_lora(lora_rank);
  }
  override call(inputs: Tensor): Tensor {
    const given = [inputs._value, loraKernel(this, this.kernel), ...(this.bias ? [this.bias._value] : [])];
    const alike = given.every((v) => v.dtype === given[0]!.dtype);
    const [x, kernel, bias = null] = alike ? given : promoted(given).values;
    const y = compute(ops.linear, [x!, kernel!.permute({ axes: [1, 0] }), bias], undefined, "MatMul");
    return this.activation(y);
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    return Tuple.of_<number | null>([...input_shape.slice(0, -1), this.units]);
  }
  /** Freezes the kernel and trains two thin matrices beside it. */
  enable_lora(
    rank: number,
    lora_alpha: number | null = null,
    a_initializer: InitializerLike = "he_uniform",
    b_initializer: InitializerLike = "zeros",
  ): void {
    const [input, units] = this.kernel.shape as readonly number[];
    enableLora(
      this,
      "kernel",
      rank,
      lora_alpha,
      [
        [input!, rank],
        [rank, units!],
      ],
      [a_initializer, b_initializer],
    );
  }
}

/**
 * `keras.layers.Dense`: activation(inputs · kernel + bias) along the last axis, `(…, input)` → `(…, units)`.
 *
 * @param units - length of the last axis of the result
 * @throws ValueError for units that are no positive whole number
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const layer = keras.layers.Dense(2, { kernel_initializer: "ones", activation: "relu" });
 * print(layer(keras.ops.ones([1, 3]))); // prints tf.Tensor([[3. 3.]], shape=(1, 2), dtype=float32)
 * ```
 */
export const Dense = stock(
  "core.dense.Dense",
  "units activation use_bias kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint lora_rank lora_alpha quantization_config **kwargs",
  DenseImpl,
  {
    call: "inputs training?",
    config:
      "units activation use_bias kernel_initializer bias_initializer kernel_regularizer bias_regularizer kernel_constraint bias_constraint quantization_config",
  },
);
export type Dense = DenseImpl;
