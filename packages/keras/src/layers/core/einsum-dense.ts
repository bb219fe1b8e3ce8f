import { Tuple, ValueError } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import { type Tensor, wrap } from "../../backend/tensor.js";
import type { Variable } from "../../backend/variable.js";
import { hide } from "../../hide.js";
import { VarianceScaling } from "../../initializers/index.js";
import * as K from "../../ops/index.js";
import type { QuantizationConfig } from "../../quantizers/config.js";
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
import { adjusted, type EinsumScales, einsumScales, restored } from "./einsum-quantized.js";
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
  kernel: { shape: ["...kernel_shape"], prefix: "own_kernel" },
  bias: { shape: ["...bias_shape"], when: "bias_axes" },
};

interface Shapes {
  readonly kernel: readonly number[];
  readonly bias: readonly number[];
  readonly output: (number | null)[];
  readonly input_axes: readonly number[];
  readonly output_axes: readonly number[];
}

/** The shapes of weights and output that an equation asks for. @throws ValueError */
function analyze(equation: string, bias_axes: string | null, input: Shape, partial: Shape): Shapes {
  const dotted = equation.replaceAll("...", "0");
  const plain = /^([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)/.exec(dotted);
  const left = plain ? null : /^0([a-zA-Z]+),([a-zA-Z]+)->0([a-zA-Z]+)/.exec(dotted);
  const right = plain || left ? null : /^([a-zA-Z]{2,})0,([a-zA-Z]+)->([a-zA-Z]+)0/.exec(dotted);
  const match = plain ?? left ?? right;
  if (!match)
    throw new ValueError(
      `Invalid einsum equation '${equation}'. Equations must be in the form [X],[Y]->[Z], ...[X],[Y]->...[Z], or [X]...,[Y]->[Z]....`,
    );
  const [, inputs, weights, outputs] = match as unknown as [string, string, string, string];
  const elided = input.length - inputs.length;
  const output = [input[0]!, ...partial];
  if (elided > 0 && left) output.splice(1, 0, ...input.slice(1, elided));
  else if (elided > 0) output.push(...input.slice(input.length - elided));
  const shift = left ? elided : 0;
  const inputAt = (letter: string): number | null => input[inputs.indexOf(letter) + shift]!;
  const outputAt = (letter: string): number | null => output[outputs.indexOf(letter) + shift]!;
  for (const letter of inputs) {
    if (!outputs.includes(letter)) continue;
    const [a, b] = [inputAt(letter), outputAt(letter)];
    if (b !== null && b !== undefined && a !== b)
      throw new ValueError(
        `Input shape and output shape do not match at shared dimension '${letter}'. Input shape is ${a ?? "None"}, and output shape is ${b}.`,
      );
  }
  for (const letter of outputs)
    if (!inputs.includes(letter) && !weights.includes(letter))
      throw new ValueError(
        `Dimension '${letter}' was specified in the output '${outputs}' but has no corresponding dim in the input spec '${inputs}' or weight spec '${outputs}'`,
      );
  const input_axes: number[] = [];
  const output_axes: number[] = [];
  const kernel = [...weights].map((letter, i) => {
    if (outputs.includes(letter)) {
      output_axes.push(i);
      return outputAt(letter)!;
    }
    if (inputs.includes(letter)) {
      input_axes.push(i);
      return inputAt(letter)!;
    }
    throw new ValueError(
      `Weight dimension '${letter}' did not have a match in either the input spec '${inputs}' or the output spec '${outputs}'. For this layer, the weight must be fully specified.`,
    );
  });
  for (const letter of bias_axes ?? "")
    if (!outputs.includes(letter))
      throw new ValueError(
        `Bias dimension '${letter}' was requested, but is not part of the output spec '${outputs}'`,
      );
  const first = Math.min(...[...(bias_axes ?? "")].map((l) => outputs.indexOf(l)));
  const bias = bias_axes
    ? [...outputs.slice(first)].map((l) => (bias_axes.includes(l) ? outputAt(l)! : 1))
    : [];
  if (!left && bias_axes) for (let i = 0; i < elided; i++) bias.push(1);
  return { kernel, bias, output, input_axes, output_axes };
}

export class EinsumDenseImpl extends KernelLayer {
  declare readonly partial_output_shape: Tuple<number | null>;
  declare readonly bias_axes: string | null;

  constructor(
    readonly equation: string,
    output_shape: number | Shape,
    activation: ActivationLike = null,
    bias_axes: string | null = null,
    kernel_initializer: InitializerLike = "glorot_uniform",
    bias_initializer: InitializerLike = "zeros",
    kernel_regularizer: RegularizerLike | null = null,
    bias_regularizer: RegularizerLike | null = null,
    kernel_constraint: ConstraintLike | null = null,
    bias_constraint: ConstraintLike | null = null,
    lora_rank: number | null = null,
    lora_alpha: number | null = null,
    gptq_unpacked_column_size: number | null = null,
    quantization_config: unknown = null,
    options: LayerOptions = {},
  ) {
    super(options);
    this._take({
      partial_output_shape: Tuple.of_(typeof output_shape === "number" ? [output_shape] : [...output_shape]),
      bias_axes,
      activation,
      kernel_initializer,
      bias_initializer,
      kernel_regularizer,
      bias_regularizer,
      kernel_constraint,
      bias_constraint,
      lora_rank,
      lora_alpha: lora_alpha ?? lora_rank,
      gptq_unpacked_column_size,
      quantization_config,
    });
  }
  override build(input_shape: Shape): void {
    const { kernel, bias, input_axes, output_axes } = analyze(
      this.equation,
      this.bias_axes,
      input_shape,
      this.partial_output_shape,
    );
    this.input_spec = InputSpec({ ndim: input_shape.length });
    const fields = this as unknown as Record<string, InitializerLike>;
    const given = fields.kernel_initializer as unknown as {
      seed?: unknown;
      input_axes?: unknown;
      output_axes?: unknown;
      constructor: { from_config(config: object): InitializerLike };
      get_config(): Record<string, unknown>;
    };
    const scaled =
      (given as unknown) instanceof (VarianceScaling as unknown as new () => object) &&
      ((given.input_axes ?? null) === null || (given.output_axes ?? null) === null);
    this._take({
      own_kernel_initializer: scaled
        ? given.constructor.from_config({ ...given.get_config(), seed: given.seed, input_axes, output_axes })
        : given,
      own_kernel_regularizer: fields.kernel_regularizer,
      own_kernel_constraint: fields.kernel_constraint,
    });
    if (this.quantization_mode === null) this._weights(LAYOUT, { kernel_shape: kernel, bias_shape: bias });
    else {
      this.quantized_build(kernel, this.quantization_mode, fieldsOf(this).quantization_config);
      this._weights({ bias: LAYOUT.bias! }, { bias_shape: bias });
    }
    this.built = true;
    const { lora_rank } = this as unknown as { lora_rank: number | null };
    if (lora_rank) this.enable_lora(lora_rank);
  }
  /** How scales lie beside the output. */
  get _scales(): EinsumScales {
    return einsumScales(this.equation, (this.input_spec as { ndim: number }).ndim);
  }
  override quantized_build(
    shape: readonly number[],
    mode: string,
    config: QuantizationConfig | null = null,
  ): void {
    const { kernel } = this._scales;
    const block = blockSize(this, mode, config);
    quantizeInputs(this, mode, config);
    hide(this, "_kernel_shape", shape);
    const rows = kernel.reduced.reduce((n, i) => n * shape[i]!, 1);
    const columns = shape.reduce((n, d) => n * d, 1) / rows;
    const by = (n: number): number[] => (block === null ? [n] : [Math.ceil(rows / block), n]);
    const plain = adjusted(
      K.ones(shape.map((d, i) => (kernel.reduced.includes(i) ? 1 : d))) as Tensor,
      kernel,
    );
    wholeWeights(this, "kernel", {
      value: mode === "int4" ? [rows, Math.ceil(columns / 2)] : shape,
      scale: mode === "int4" ? by(columns) : (plain.shape as readonly number[]),
      inputs: rows,
      block,
    });
    Object.defineProperty(this, "kernel", {
      get: () => (mode === "int4" ? this._floatKernel() : fieldsOf(this)._kernel),
      configurable: true,
    });
  }
  /** A kernel in four bits as floats, in its own shape. */
  _floatKernel(): Tensor {
    const f = fieldsOf(this);
    const shape = f._kernel_shape as readonly number[];
    const { reduced } = this._scales.kernel;
    const columns = shape.reduce((n, d, i) => (reduced.includes(i) ? n : n * d), 1);
    const whole = unpacked(this, "kernel", columns);
    const flat =
      (f._int4_block_size ?? null) === null
        ? K.divide(K.cast(whole, this.compute_dtype), f.kernel_scale as never)
        : whole;
    return K.reshape(flat, shape) as Tensor;
  }
  override _quantize(mode: string, config: QuantizationConfig, type_check: boolean): void {
    quantizeWeight(this, "EinsumDense", "kernel", { mode, config, type_check }, (block) => {
      const { kernel } = this._scales;
      if (mode === "int4") {
        const shape = this.kernel.shape as readonly number[];
        const rows = kernel.reduced.reduce((n, i) => n * shape[i]!, 1);
        return fourBits(K.reshape(this.kernel, [rows, -1]) as Tensor, 0, null, block);
      }
      const [value, scale] = eightBits(this.kernel, kernel.reduced, config);
      return { value, scale: adjusted(scale, kernel), zero: null };
    });
  }
  override quantized_call(inputs: Tensor): Tensor {
    const f = fieldsOf(this);
    const { input, kernel, gradient } = this._scales;
    const four = this.quantization_mode === "int4";
    const scale = K.convert_to_tensor(f.kernel_scale as never) as Tensor;
    const whole = four ? this._floatKernel() : (K.convert_to_tensor(f._kernel as never) as Tensor);
    const product = K.custom_gradient((x: Tensor) => {
      const back = (upstream: Tensor): Tensor => {
        const w = four ? whole : K.divide(K.cast(whole, this.compute_dtype), restored(scale, kernel));
        return K.einsum(gradient, upstream, w as Tensor) as Tensor;
      };
      const factors = four ? [] : [scale];
      let given = x;
      if (f.inputs_quantizer) {
        const [q, of] = f.inputs_quantizer(x, input.reduced) as Tensor[] as [Tensor, Tensor];
        given = q;
        factors.unshift(adjusted(of, input));
      }
      const y = K.cast(K.einsum(this.equation, given, whole), this.compute_dtype) as Tensor;
      if (factors.length === 0) return [y, back] as const;
      return [
        K.divide(
          y,
          factors.reduce((a, b) => K.multiply(a, b) as Tensor),
        ),
        back,
      ] as const;
    });
    let y = product(inputs) as Tensor;
    if (f.lora_enabled)
      y = loraAdded(this, y, K.einsum(this.equation, inputs, f.lora_kernel_a as never) as Tensor);
    return this.activation(this.bias ? (K.add(y, this.bias) as Tensor) : y);
  }
  override _stored(): Variable[] {
    return this.quantization_mode === null ? super._stored() : wholeVariables(this, "kernel");
  }
  override call(inputs: Tensor): Tensor {
    if (this.quantization_mode !== null) return this.quantized_call(inputs);
    const y = K.einsum(this.equation, inputs, wrap(loraKernel(this, this.kernel)));
    return this.activation(this.bias ? K.add(y, this.bias) : y);
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    return Tuple.of_(analyze(this.equation, this.bias_axes, input_shape, this.partial_output_shape).output);
  }
  override get_config(): Record<string, unknown> {
    const { output_shape: _, ...config } = super.get_config();
    const entries = Object.entries(config);
    const at = entries.findIndex(([k]) => k === "equation");
    entries.splice(at, 0, ["output_shape", this.partial_output_shape]);
    return Object.fromEntries(entries);
  }
  /** Freezes the kernel and trains two thin matrices beside it. */
  enable_lora(
    rank: number,
    lora_alpha: number | null = null,
    a_initializer: InitializerLike = "he_uniform",
    b_initializer: InitializerLike = "zeros",
  ): void {
    const shape = [...this.kernel.shape];
    const shapes = [
      [...shape.slice(0, -1), rank],
      [rank, shape.at(-1)!],
    ];
    enableLora(this, "kernel", rank, lora_alpha, shapes, [a_initializer, b_initializer]);
  }
}

/**
 * `keras.layers.EinsumDense`: a Dense layer whose product is any sum over axes that an equation names.
 *
 * @param equation - inputs and kernel to output: `"abc,cd->abd"`, also with `...` on one side
 * @param output_shape - without the batch axis; `null` where a length follows from the inputs
 * @param bias_axes - the letters of the output's axes that the bias has
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const layer = keras.layers.EinsumDense("abc,cd->abd", [null, 64], { bias_axes: "d" });
 * print(layer(keras.Input([32, 128])).shape); // prints (None, None, 64)
 * ```
 */
export const EinsumDense = stock(
  "core.einsum_dense.EinsumDense",
  "equation output_shape activation bias_axes kernel_initializer bias_initializer kernel_regularizer bias_regularizer kernel_constraint bias_constraint lora_rank lora_alpha gptq_unpacked_column_size quantization_config **kwargs",
  EinsumDenseImpl,
  {
    call: "inputs training?",
    config:
      "equation activation bias_axes kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint quantization_config",
  },
);
export type EinsumDense = EinsumDenseImpl;
