import { ops } from "@cognate/kernel";
import { Tuple, ValueError } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import type { Variable } from "../../backend/variable.js";
import * as K from "../../ops/index.js";
import { compute, promoted } from "../../ops/make.js";
import type { QuantizationConfig } from "../../quantizers/config.js";
import { unpack_int4 } from "../../quantizers/int4.js";
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
import { enableLora, loraAdded, loraKernel } from "./lora.js";
import {
  blockSize,
  eightBits,
  fieldsOf,
  fourBits,
  quantizeInputs,
  quantizeWeight,
  unpacked,
  wholeVariables,
  wholeWeights,
} from "./quantized.js";

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
    if (this.quantization_mode === null) this._weights(LAYOUT, { input, units: this.units });
    else {
      this.quantized_build([input, this.units], this.quantization_mode, fieldsOf(this).quantization_config);
      this._weights({ bias: LAYOUT.bias! }, { units: this.units });
    }
    this.input_spec = InputSpec({ min_ndim: 2, axes: { "-1": input } });
    this.built = true;
    const { lora_rank } = this as unknown as { lora_rank: number | null };
    if (lora_rank) this.enable_lora(lora_rank);
  }
  override quantized_build(
    [input, units]: readonly [number, number],
    mode: string,
    config: QuantizationConfig | null = null,
  ): void {
    const block = blockSize(this, mode, config);
    quantizeInputs(this, mode, config);
    const groups = block === null ? [] : [Math.ceil(input / block)];
    wholeWeights(this, "kernel", {
      value: [input, mode === "int4" ? Math.ceil(units / 2) : units],
      scale: [...groups, units],
      inputs: input,
      block,
    });
    Object.defineProperty(this, "kernel", {
      get: () =>
        mode === "int4" ? unpack_int4(fieldsOf(this)._kernel as never, units, -1) : fieldsOf(this)._kernel,
      configurable: true,
    });
  }
  override _quantize(mode: string, config: QuantizationConfig, type_check: boolean): void {
    quantizeWeight(this, "Dense", "kernel", { mode, config, type_check }, (block) => {
      if (mode === "int4") return fourBits(this.kernel, 0, config, block);
      const [value, scale] = eightBits(this.kernel, 0, config);
      return { value, scale: K.squeeze(scale, 0) as Tensor, zero: null };
    });
  }
  override quantized_call(inputs: Tensor): Tensor {
    const f = fieldsOf(this);
    const scale = K.convert_to_tensor(f.kernel_scale as never) as Tensor;
    const isFour = this.quantization_mode === "int4";
    const grouped = isFour && (f._int4_block_size ?? null) !== null;
    const whole = (
      isFour ? unpacked(this, "kernel", this.units) : K.convert_to_tensor(f._kernel as never)
    ) as Tensor;
    const product = K.custom_gradient((x: Tensor) => {
      const back = (upstream: Tensor): Tensor => {
        const w = grouped ? whole : K.divide(K.cast(whole, this.compute_dtype), scale);
        return K.matmul(upstream, K.transpose(w as Tensor)) as Tensor;
      };
      if (grouped || !f.inputs_quantizer) {
        const y = K.cast(K.matmul(x, whole), this.compute_dtype);
        return [grouped ? y : K.divide(y, scale), back] as const;
      }
      const [q, of] = f.inputs_quantizer(x, -1) as Tensor[] as [Tensor, Tensor];
      const y = K.cast(K.matmul(q, whole), this.compute_dtype);
      return [K.divide(y, K.multiply(scale, of)), back] as const;
    });
    let y = product(inputs) as Tensor;
    if (f.lora_enabled) y = loraAdded(this, y, K.matmul(inputs, f.lora_kernel_a as never) as Tensor);
    return this.activation(this.bias ? (K.add(y, this.bias) as Tensor) : y);
  }
  override _stored(): Variable[] {
    return this.quantization_mode === null ? super._stored() : wholeVariables(this, "kernel");
  }
  override call(inputs: Tensor): Tensor {
    if (this.quantization_mode !== null) return this.quantized_call(inputs);
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
