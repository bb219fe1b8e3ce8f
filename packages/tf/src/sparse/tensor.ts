import { namedTuple, pyClass, TypeError, ValueError } from "@cognate/py";
import { isGraphTensor } from "../core/context.js";
import { isTensor, toTensor } from "../core/convert.js";
import { int64 } from "../core/dtypes.js";
import type { Dims } from "../core/row.js";
import { knownDatum } from "../graph/known.js";
import { compatible, dimsOf, GraphShape, mergeDims } from "../graph/shape.js";
import type { GraphTensor } from "../graph/tensor.js";
import { numbers } from "../kernels/tools.js";
import type { Data } from "../ops/make.js";
import { cast } from "../ops/math.js";
import { withNameScope } from "../ops/name-scope.js";
import { type Tensor, TensorShape, Value } from "../shared.js";

/** `tf.compat.v1.SparseTensorValue`: what a fetched sparse tensor is, and what one is fed. */
export const SparseTensorValue = namedTuple<{ indices: unknown; values: unknown; dense_shape: unknown }>(
  "tensorflow.python.framework.sparse_tensor.SparseTensorValue",
  ["indices", "values", "dense_shape"],
);

/** Data as int64; tensors of other integers are cast. */
const wide = (x: Data, name: string): Tensor =>
  isTensor(x) ? (cast(x, int64) as Tensor) : toTensor(x, { dtype: int64, name });

const staticDims = (t: Tensor): Dims =>
  isGraphTensor(t) ? (t as unknown as GraphTensor)._dims : [...t.shape];

/** The shape that a tensor of lengths says, as far as it is known before the graph runs. */
function shapeOf(lengths: Tensor): Dims {
  if (!isGraphTensor(lengths)) return (lengths.tolist() as unknown[]).map(Number);
  const t = lengths as unknown as GraphTensor;
  const known = knownDatum(t);
  if (known instanceof Value) return numbers(known).map((d) => (d < 0 ? null : d));
  const n = t._dims?.[0];
  return n === null || n === undefined ? null : new Array<null>(n).fill(null);
}
const needsRank = (dims: Dims, rank: number): void => {
  if (dims !== null && dims.length !== rank)
    throw new ValueError(`Shape ${new GraphShape(dims, true)} must have rank ${rank}`);
};
const needsLength = (a: number | null | undefined, b: number | null | undefined): void => {
  if (a != null && b != null && a !== b) throw new ValueError(`Dimensions ${a} and ${b} are not compatible`);
};

class SparseTensorImpl {
  readonly indices: Tensor;
  readonly values: Tensor;
  readonly dense_shape: Tensor;
  _dims: Dims;
  constructor(indices: Data, values: Data, dense_shape: Data) {
    [this.indices, this.values, this.dense_shape] = withNameScope<[Tensor, Tensor, Tensor]>(
      "SparseTensor",
      () => [
        wide(indices, "indices"),
        toTensor(values, { name: "values" }),
        wide(dense_shape, "dense_shape"),
      ],
    );
    const [places, list, lengths] = this._parts.map(staticDims) as [Dims, Dims, Dims];
    needsRank(places, 2);
    needsRank(list, 1);
    needsRank(lengths, 1);
    needsLength(places?.[0], list?.[0]);
    needsLength(places?.[1], lengths?.[0]);
    this._dims = shapeOf(this.dense_shape);
  }
  /** What graphs feed and fetch. */
  get _parts(): readonly Tensor[] {
    return [this.indices, this.values, this.dense_shape];
  }
  _rebuild(parts: readonly unknown[]): unknown {
    return SparseTensorValue(...(parts as [unknown, unknown, unknown]));
  }
  get op(): unknown {
    return (this.values as unknown as { op: unknown }).op;
  }
  get graph(): unknown {
    return (this.indices as unknown as { graph: unknown }).graph;
  }
  get dtype(): Tensor["dtype"] {
    return this.values.dtype;
  }
  /** The shape of the dense tensor, as far as it is known. */
  get shape(): TensorShape {
    return isGraphTensor(this.dense_shape)
      ? new GraphShape(this._dims)
      : new TensorShape(this._dims as readonly number[]);
  }
  get_shape(): TensorShape {
    return this.shape;
  }
  /** Adds what is known about the shape. @throws ValueError where it contradicts */
  set_shape(shape: unknown): void {
    const given = dimsOf(shape);
    if (!compatible(this._dims, given))
      throw new ValueError(
        `Tensor's shape ${new GraphShape(this._dims, true)} is not compatible with supplied shape ${new GraphShape(given, true)}.`,
      );
    this._dims = mergeDims(this._dims, given);
  }
  /** The same places with other values. */
  with_values(new_values: Data): SparseTensorImpl {
    return new SparseTensorImpl(this.indices, new_values, this.dense_shape);
  }
  consumers(): readonly unknown[] {
    const of = (t: Tensor): readonly unknown[] => (t as unknown as GraphTensor).consumers();
    return [...of(this.indices), ...of(this.values), ...of(this.dense_shape)];
  }
  /** Runs what the parts need in a session. */
  eval(feed_dict: unknown = null, session: unknown = null): unknown {
    const run = (t: Tensor): unknown => (t as unknown as GraphTensor).eval(feed_dict, session);
    return SparseTensorValue(run(this.indices), run(this.values), run(this.dense_shape));
  }
  __repr__(): string {
    return `SparseTensor(indices=${this.indices}, values=${this.values}, dense_shape=${this.dense_shape})`;
  }
  toString(): string {
    return this.__repr__();
  }
}
/**
 * `tf.SparseTensor`: places [N, rank] and values [N] of what is not zero, and the shape [rank].
 *
 * @throws ValueError for parts that do not fit together
 *
 * @example
 * ```ts
 * import * as tf from "@cognate/tf";
 * import { print } from "@cognate/py";
 * const s = tf.SparseTensor([[0, 1], [1, 2]], [1.5, 2.5], [2, 3]);
 * print(tf.sparse.to_dense(s).numpy().tolist()); // prints [[0, 1.5, 0], [0, 0, 2.5]]
 * ```
 */
export const SparseTensor = pyClass(
  "tensorflow.python.framework.sparse_tensor.SparseTensor",
  "indices values dense_shape",
  SparseTensorImpl,
);
export type SparseTensor = SparseTensorImpl;

/** What stands for a sparse tensor in arguments. */
export type Sparse = SparseTensor | InstanceType<typeof SparseTensorValue>;
export const isSparse = (x: unknown): x is Sparse =>
  x instanceof SparseTensorImpl || x instanceof (SparseTensorValue as unknown as new () => object);

/** @throws TypeError for what is no sparse tensor */
export function sparse(x: unknown): SparseTensor {
  if (x instanceof SparseTensorImpl) return x;
  if (x instanceof (SparseTensorValue as unknown as new () => object)) {
    const v = x as unknown as { indices: Data; values: Data; dense_shape: Data };
    return new SparseTensorImpl(v.indices, v.values, v.dense_shape);
  }
  throw new TypeError("Input must be a SparseTensor.");
}
