import { int64, ops, type rng } from "@cognate/kernel";
import { nameClass, Tuple } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { valueOf } from "../backend/create.js";
import { type Tensor, wrap } from "../backend/tensor.js";
import { apply } from "../ops/make.js";
import { operationSeed, shuffleWords } from "../random/state.js";
import * as tree from "../tree.js";

/** Elements from the beginning. */
type Source = () => Iterable<unknown>;

/**
 * A sequence of elements (tensors, or tuples and dicts of them) that can be run through again: what Keras's utilities give
 * where they give a `tf.data.Dataset`.
 */
export class Dataset {
  /** Names of the classes, where the elements come from folders. */
  declare class_names: readonly string[] | null;
  /** Where the elements come from, if from files. */
  declare file_paths: readonly string[];

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

  /** The elements of a list as they are. */
  static from_list(list: readonly unknown[]): Dataset {
    return new Dataset(() => list, list.length);
  }
  /** What a function makes of each element; lists become tuples. */
  each(f: (element: never) => unknown): Dataset {
    const { _source } = this;
    return new Dataset(function* () {
      for (const x of _source()) {
        const y = f(x as never);
        yield Array.isArray(y) ? Tuple.of_(y) : y;
      }
    }, this.count);
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
  /** Elements in the order in which a buffer of `size` of them gives them out at random, anew in every pass. */
  shuffle(size: number, seed: number | null = null): Dataset {
    const { _source } = this;
    const pass = shuffleWords(seed ?? operationSeed());
    return new Dataset(() => shuffled(_source()[Symbol.iterator](), size, pass()), this.count);
  }
  /** Groups of `size` elements whose shapes differ, filled up with zeros at the end. */
  padded_batch(size: number): Dataset {
    const { _source, count } = this;
    return new Dataset(
      function* () {
        let group: unknown[] = [];
        for (const x of _source()) {
          group.push(x);
          if (group.length < size) continue;
          yield stacked(group, true);
          group = [];
        }
        if (group.length > 0) yield stacked(group, true);
      },
      count === null ? null : Math.ceil(count / size),
    );
  }
  /** The elements as NumPy arrays. */
  *as_numpy_iterator(): Generator<unknown> {
    for (const x of this) yield tree.map((leaf: Tensor) => leaf.numpy(), x);
  }
}
/** Tensors of one place of several elements as one; texts stay a list. */
function joined(leaves: readonly (Tensor | string)[], pad: boolean): unknown {
  if (typeof leaves[0] === "string") return leaves;
  const values = (leaves as readonly Tensor[]).map((x) => x._value);
  const sizes = values[0]!.shape.map((_, i) => Math.max(...values.map((v) => v.shape[i]!)));
  const parts = pad ? values.map((v) => filled(v, sizes)) : values;
  return wrap(apply(ops.stack, parts, { dim: 0 }));
}
/** Zeros behind an array along each axis. */
const filled = (v: Value, sizes: readonly number[]): Value =>
  sizes.reduce((x, n, dim) => {
    const missing = n - x.shape[dim]!;
    if (missing === 0) return x;
    const zeros = x.full(x.shape.with(dim, missing), 0) as Value;
    return apply(ops.cat, [x, zeros], { dim });
  }, v);
const stacked = (elements: readonly unknown[], pad = false): unknown =>
  tree.map((...leaves: (Tensor | string)[]) => joined(leaves, pad), elements[0], ...elements.slice(1));

/** What a buffer of elements gives out at random while it is filled up from a source. */
function* shuffled(source: Iterator<unknown>, size: number, words: rng.SingleWords): Generator<unknown> {
  const buffer: unknown[] = [];
  let [start, end] = [0, 0];
  for (let more = true; ; ) {
    while (more && end - start < size) {
      const next = source.next();
      if (next.done) more = false;
      else buffer[end++ % size] = next.value;
    }
    if (start === end) return;
    const at = (start + (words.next() % (end - start))) % size;
    const first = start % size;
    const out = buffer[at];
    buffer[at] = buffer[first];
    start++;
    yield out;
  }
}

nameClass("tensorflow.python.data.ops.dataset_ops.Dataset", Dataset);
