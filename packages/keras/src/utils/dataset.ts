import { int64, ops } from "@cognate/kernel";
import { nameClass, Tuple } from "@cognate/py";
import { valueOf } from "../backend/create.js";
import { type Tensor, wrap } from "../backend/tensor.js";
import { apply } from "../ops/make.js";
import * as tree from "../tree.js";

/** Elements from the beginning. */
type Source = () => Iterable<unknown>;

/**
 * A sequence of elements (tensors, or tuples and dicts of them) that can be run through again: what Keras's utilities give
 * where they give a `tf.data.Dataset`.
 */
export class Dataset {
  /** @param count - how many elements there are, `null` if unknown */
  constructor(
    private readonly _source: Source,
    readonly count: number | null,
  ) {}

  /** The slices along the first axis of arrays. */
  static from_tensor_slices(data: unknown): Dataset {
    const tensors = tree.map((x: unknown) => wrap(valueOf(x)), data);
    const first = tree.flatten(tensors)[0] as Tensor;
    const n = first._value.shape[0]!;
    const at = (i: number): unknown =>
      tree.map((x: Tensor) => {
        const v = apply(ops.slice, [x._value], { dim: 0, start: i, step: 1, length: 1 });
        return wrap(apply(ops.reshape, [v], { shape: v.shape.slice(1) }));
      }, tensors);
    return new Dataset(function* () {
      for (let i = 0; i < n; i++) yield at(i);
    }, n);
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this._source()[Symbol.iterator]();
  }
  __len__(): number {
    return this.count ?? 0;
  }
  get length(): number {
    return this.__len__();
  }
  /** The number of elements: int64, −2 if unknown. */
  cardinality(): Tensor {
    return wrap(valueOf(this.count ?? -2, int64));
  }
  map(f: (...element: never[]) => unknown): Dataset {
    const own = f as (...element: unknown[]) => unknown;
    const { _source } = this;
    return new Dataset(function* () {
      for (const x of _source()) yield x instanceof Tuple ? own(...x) : own(x);
    }, this.count);
  }
  take(n: number): Dataset {
    const { _source } = this;
    return new Dataset(
      function* () {
        let left = n;
        if (left === 0) return;
        for (const x of _source()) {
          yield x;
          if (--left === 0) return;
        }
      },
      this.count === null ? null : n < 0 ? this.count : Math.min(n, this.count),
    );
  }
  skip(n: number): Dataset {
    const { _source } = this;
    return new Dataset(
      function* () {
        let i = 0;
        for (const x of _source()) if (i++ >= n) yield x;
      },
      this.count === null ? null : Math.max(this.count - n, 0),
    );
  }
  /** Elements stacked in groups of `size`. */
  batch(size: number, drop_remainder = false): Dataset {
    const { _source } = this;
    const stacked = (elements: readonly unknown[]): unknown =>
      tree.map(
        (...leaves: Tensor[]) =>
          wrap(
            apply(
              ops.stack,
              leaves.map((x) => x._value),
              { dim: 0 },
            ),
          ),
        elements[0],
        ...elements.slice(1),
      );
    return new Dataset(
      function* () {
        let group: unknown[] = [];
        for (const x of _source()) {
          group.push(x);
          if (group.length < size) continue;
          yield stacked(group);
          group = [];
        }
        if (group.length > 0 && !drop_remainder) yield stacked(group);
      },
      this.count === null
        ? null
        : drop_remainder
          ? Math.floor(this.count / size)
          : Math.ceil(this.count / size),
    );
  }
  prefetch(_size: number): Dataset {
    return this;
  }
  /** The elements as NumPy arrays. */
  *as_numpy_iterator(): Generator<unknown> {
    for (const x of this) yield tree.map((leaf: Tensor) => leaf.numpy(), x);
  }
}
nameClass("tensorflow.python.data.ops.dataset_ops.Dataset", Dataset);
