import { pyClass, repr } from "@cognate/py";
import { as_dtype, float32, type TypeLike } from "../core/dtypes.js";
import type { Dims } from "../core/row.js";
import { dimsOf, GraphShape } from "../graph/shape.js";
import { TensorShape as BaseShape, type DType, type Tensor } from "../shared.js";
import { setPartialShape } from "../variable/variable.js";

setPartialShape((dims) => new GraphShape(dims, true));

/**
 * `tf.TensorShape`: lengths of axes, `null` where unknown; `null` altogether for an unknown number of axes.
 *
 * @example
 * ```ts
 * import * as tf from "@cognate/tf";
 * import { print } from "@cognate/py";
 * print([tf.TensorShape([2, null])], tf.TensorShape([2, null]).is_compatible_with([2, 5])); // prints [TensorShape([2, None])] True
 * ```
 */
export const TensorShape = new Proxy(BaseShape, {
  apply: (_t, _self, [dims]: [unknown]) => new GraphShape(dimsOf(dims ?? null), true),
  construct: (_t, [dims]: [unknown]) => new GraphShape(dimsOf(dims ?? null), true),
}) as unknown as { (dims: unknown): GraphShape; new (dims: unknown): GraphShape };
export type TensorShape = GraphShape;

// Shapes of eager tensors answer what partly known ones do.
for (const name of Object.getOwnPropertyNames(GraphShape.prototype)) {
  if (Object.hasOwn(BaseShape.prototype, name) || ["constructor", "_dims", "_v2"].includes(name)) continue;
  const d = Object.getOwnPropertyDescriptor(GraphShape.prototype, name)!;
  Object.defineProperty(BaseShape.prototype, name, d);
}
if (!Object.hasOwn(BaseShape.prototype, "_dims"))
  Object.defineProperty(BaseShape.prototype, "_dims", {
    get(this: readonly number[]) {
      return [...this];
    },
    configurable: true,
  });
if (!Object.hasOwn(BaseShape.prototype, "_v2"))
  Object.defineProperty(BaseShape.prototype, "_v2", { value: true, configurable: true });

class TensorSpecImpl {
  readonly shape: GraphShape;
  readonly dtype: DType;
  readonly name: string | null;
  constructor(
    shape: readonly (number | null)[] | BaseShape | null,
    dtype: TypeLike = float32,
    name: string | null = null,
  ) {
    this.shape = new GraphShape(dimsOf(shape), true);
    this.dtype = as_dtype(dtype);
    this.name = name;
  }
  get _dims(): Dims {
    return this.shape._dims;
  }
  is_compatible_with(other: unknown): boolean {
    const { dtype, shape } = other as { dtype: unknown; shape: unknown };
    return (
      as_dtype(dtype as TypeLike) === this.dtype &&
      (this.shape.is_compatible_with(shape as never) as unknown as boolean)
    );
  }
  eq(other: unknown): boolean {
    return (
      other instanceof TensorSpecImpl &&
      other.dtype === this.dtype &&
      repr(other.shape) === repr(this.shape) &&
      other.name === this.name
    );
  }
  ne(other: unknown): boolean {
    return !this.eq(other);
  }
  __repr__(): string {
    return `TensorSpec(shape=${this.shape.__str__()}, dtype=${repr(this.dtype)}, name=${repr(this.name)})`;
  }
  toString(): string {
    return this.__repr__();
  }
}
/** `tf.TensorSpec`: shape and element type of tensors to come. */
export const TensorSpec = Object.assign(
  pyClass("tensorflow.python.framework.tensor.TensorSpec", "shape dtype name", TensorSpecImpl),
  {
    from_tensor(t: Tensor, name: string | null = null): TensorSpecImpl {
      return new TensorSpecImpl(dimsOf(t.shape), t.dtype, name);
    },
    from_spec(s: TensorSpecImpl, name: string | null = null): TensorSpecImpl {
      return new TensorSpecImpl(s._dims, s.dtype, name ?? s.name);
    },
  },
);
export type TensorSpec = TensorSpecImpl;
