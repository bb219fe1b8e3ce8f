import { Callable, NotImplementedError, pyClass } from "@cognate/py";
import { type DTypeLike, standardizeDType } from "../backend/dtype.js";
import type { Shape } from "../backend/shape.js";
import type { TensorLike } from "../backend/tensor.js";
import { keywordMethods } from "../keyword-methods.js";
import { constructFrom } from "../saving/construct.js";

type Lengths = readonly number[];

/** What all initializers have in common: called with a shape and an element type, they give first values. */
export class InitializerImpl extends Callable {
  override __call__(shape: Shape, dtype: DTypeLike | null = null): TensorLike {
    return this._make(shape as Lengths, standardizeDType(dtype));
  }
  /** The values of an initializer of the library's own. */
  _make(_shape: Lengths, _dtype: string): TensorLike {
    throw new NotImplementedError("Initializer subclasses must implement the `__call__()` method.");
  }
  get_config(): Record<string, unknown> {
    return {};
  }
  static from_config(config: Record<string, unknown>): unknown {
    return constructFrom(this as never, config);
  }
  /** Another initializer of the same settings. */
  clone(): InitializerImpl {
    const C = this.constructor as unknown as { from_config(config: object): InitializerImpl };
    return C.from_config(this.get_config());
  }
}
/** Initializers are called with a shape, and an element type if it is not the default. */
export interface InitializerImpl {
  (shape: Shape, dtype?: DTypeLike | null | { dtype?: DTypeLike | null }): TensorLike;
}
keywordMethods("Initializer", InitializerImpl, { __call__: "shape dtype **kwargs" });

/**
 * `keras.initializers.Initializer`: the base of initializers of one's own, which override `__call__(shape, dtype)`.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * class Halves extends keras.initializers.Initializer {
 *   override __call__(shape: readonly number[]) {
 *     return keras.ops.full(shape, 0.5);
 *   }
 * }
 * print(new Halves()([2]).numpy()); // prints [0.5 0.5]
 * ```
 */
export const Initializer = pyClass("keras.src.initializers.initializer.Initializer", "", InitializerImpl);
export type Initializer = InitializerImpl;
