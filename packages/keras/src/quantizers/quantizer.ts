import { Callable, NotImplementedError, pyClass, repr, Tuple, ValueError } from "@cognate/py";
import type { Tensor, TensorLike } from "../backend/tensor.js";
import { registerObjects } from "../object-registry.js";
import { constructFrom } from "../saving/construct.js";
import { abs_max_quantize } from "./abs-max.js";

/** What all quantizers have in common: called with a tensor, they give it in fewer bits. */
export class QuantizerImpl extends Callable {
  constructor(readonly output_dtype: string = "int8") {
    super();
  }
  override __call__(x: TensorLike, ..._more: unknown[]): unknown {
    return x;
  }
  get_config(): Record<string, unknown> {
    throw new NotImplementedError(`${repr(this)} does not implement get_config()`);
  }
  static from_config(config: Readonly<Record<string, unknown>>): unknown {
    return constructFrom(this as never, config);
  }
}
/** Quantizers are called with a tensor. */
export interface QuantizerImpl {
  (x: TensorLike, ...more: readonly unknown[]): unknown;
}
/** `keras.quantizers.Quantizer`: the base of quantizers of one's own, which override `__call__(x)`. */
export const Quantizer = pyClass("keras.src.quantizers.quantizers.Quantizer", "output_dtype", QuantizerImpl);
export type Quantizer = QuantizerImpl;

export class AbsMaxQuantizerImpl extends QuantizerImpl {
  readonly axis: Tuple<number> | null;
  readonly value_range: readonly [number, number];
  readonly epsilon: number;

  constructor(
    axis: number | readonly number[] | null = null,
    value_range: readonly [number, number] = Tuple.of_([-127, 127]) as never,
    epsilon = 1e-7,
    output_dtype = "int8",
  ) {
    super(output_dtype);
    this.axis = axis === null ? null : Tuple.of_(typeof axis === "number" ? [axis] : [...axis]);
    this.value_range = value_range;
    this.epsilon = epsilon;
    if (output_dtype === "int8" && (value_range[0] < -128 || value_range[1] > 127))
      throw new ValueError(
        `Quantizer with output_dtype='int8' requires value_range to be within the interval [-128, 127]. Received: value_range=${repr(value_range)}`,
      );
  }
  override __call__(x: TensorLike, ...more: unknown[]): Tuple<Tensor> {
    const [given, named] = more as [unknown, { axis?: unknown }?];
    const own = given !== null && typeof given === "object" && !Array.isArray(given) ? given : named;
    const axis = ((own as { axis?: unknown } | undefined)?.axis ??
      (own === given ? null : given) ??
      this.axis ??
      -1) as number | readonly number[];
    return abs_max_quantize(x, axis, this.value_range, this.output_dtype, this.epsilon) as Tuple<Tensor>;
  }
  override get_config(): Record<string, unknown> {
    return {
      value_range: this.value_range,
      epsilon: this.epsilon,
      output_dtype: this.output_dtype,
      ...(this.axis === null ? {} : { axis: this.axis }),
    };
  }
}
/** What the quantizer gives: the whole numbers and what they were multiplied by. */
export interface AbsMaxQuantizerImpl {
  (x: TensorLike, ...more: readonly unknown[]): Tuple<Tensor>;
}

/**
 * `keras.quantizers.AbsMaxQuantizer`: round(x · r / max|x|) along axes, r the end of the range; and the factor.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const [q, scale] = keras.quantizers.AbsMaxQuantizer({ axis: -1 })(keras.ops.array([[0.5, -1, 0.25]]));
 * print(q); // prints tf.Tensor([[  63 -127   32]], shape=(1, 3), dtype=int8)
 * ```
 */
export const AbsMaxQuantizer = pyClass(
  "keras.src.quantizers.quantizers.AbsMaxQuantizer",
  "axis value_range epsilon output_dtype",
  AbsMaxQuantizerImpl,
);
export type AbsMaxQuantizer = AbsMaxQuantizerImpl;
registerObjects("keras.quantizers", { Quantizer, AbsMaxQuantizer } as never);
