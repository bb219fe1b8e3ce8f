import { valueOf } from "@cognate/keras/tensorflow";
import { int64 as kernelInt64 } from "@cognate/kernel";
import { nameClass, repr, StopIteration, TypeError } from "@cognate/py";
import { tensorOf } from "../core/convert.js";
import { InvalidArgumentError, OutOfRangeError } from "../core/errors.js";
import type { TensorSpec } from "../function/specs.js";
import type { Tensor } from "../shared.js";
import { type Parts, slices } from "./passes.js";
import {
  AnyDataset,
  type Element,
  type Fn,
  leaves,
  mapStructure,
  type Spec,
  withoutBatch,
} from "./structure.js";

/** Cardinalities that are no counts. */
export const INFINITE = -1;
export const UNKNOWN = -2;

/** An iteration over a data set. */
class OwnedIterator {
  private readonly _it: Iterator<Element>;
  private _done = false;
  constructor(readonly _dataset: DatasetImpl) {
    this._it = _dataset._parts.make();
  }
  get element_spec(): Spec {
    return this._dataset.element_spec;
  }
  next(): IteratorResult<Element> {
    if (this._done) return { done: true, value: undefined };
    const r = this._it.next();
    if (r.done) this._done = true;
    return r;
  }
  __next__(): Element {
    const r = this.next();
    if (r.done) throw new StopIteration();
    return r.value;
  }
  get_next(): Element {
    const r = this.next();
    if (r.done)
      throw new OutOfRangeError(
        "{{function_node __wrapped__IteratorGetNext_output_types_1_device_/job:localhost/replica:0/task:0/device:CPU:0}} End of sequence [Op:IteratorGetNext] name: ",
      );
    return r.value;
  }
  __iter__(): this {
    return this;
  }
  [Symbol.iterator](): this {
    return this;
  }
}
nameClass("tensorflow.python.data.ops.iterator_ops.OwnedIterator", OwnedIterator);

export const known = (n: number): boolean => n >= 0;

export class DatasetImpl extends AnyDataset {
  constructor(readonly _parts: Parts) {
    super();
  }
  override get element_spec(): Spec {
    return this._parts.spec;
  }
  cardinality(): Tensor {
    return tensorOf(valueOf(this._parts.cardinality, kernelInt64));
  }
  __len__(): number {
    const n = this._parts.cardinality;
    if (n === INFINITE) throw new TypeError("The dataset is infinite.");
    if (n === UNKNOWN) throw new TypeError("The dataset length is unknown.");
    return n;
  }
  get length(): number {
    return this.__len__();
  }
  __iter__(): OwnedIterator {
    return new OwnedIterator(this);
  }
  [Symbol.iterator](): OwnedIterator {
    return new OwnedIterator(this);
  }
  *as_numpy_iterator(): Generator<unknown> {
    for (const x of this)
      yield mapStructure(
        (t) => (t instanceof DatasetImpl ? [...t.as_numpy_iterator()] : (t as Tensor).numpy()),
        x,
      );
  }
  /** Elements as they come, without what iterating from outside adds. */
  _each(): Iterable<Element> {
    const { make } = this._parts;
    return { [Symbol.iterator]: make } as Iterable<Element>;
  }
  _with(kind: string, make: () => Iterator<Element>, more: Partial<Parts> = {}): DatasetImpl {
    return new DatasetImpl({
      kind,
      make,
      spec: this._parts.spec,
      cardinality: this._parts.cardinality,
      ...(this._parts.deferred ? { deferred: this._parts.deferred } : {}),
      ...more,
    });
  }
  __repr__(): string {
    return `<${this._parts.kind} element_spec=${repr(this._parts.spec)}>`;
  }
  override toString(): string {
    return this.__repr__();
  }
  apply(f: (d: DatasetImpl) => DatasetImpl): DatasetImpl {
    return f(this);
  }
  unbatch(): DatasetImpl {
    const self = this;
    return this._with(
      "_UnbatchDataset",
      function* () {
        for (const x of self._each()) yield* slices(x);
      },
      { spec: withoutBatch(this._parts.spec), cardinality: unbatchedSize(this._parts) },
    );
  }
  with_options(_options: unknown): DatasetImpl {
    return this._with("_OptionsDataset", this._parts.make);
  }
  options(): object {
    return {};
  }
  get_single_element(): Element {
    const it = this._parts.make();
    const first = it.next();
    const wrap = (m: string): InvalidArgumentError =>
      new InvalidArgumentError(
        `{{function_node __wrapped__DatasetToSingleElement_output_types_${leaves(this._parts.spec).length}_device_/job:localhost/replica:0/task:0/device:CPU:0}} ${m} [Op:DatasetToSingleElement] name: `,
      );
    if (first.done) throw wrap("Dataset was empty.");
    if (!it.next().done) throw wrap("Dataset had more than one element.");
    return first.value;
  }
}
const unbatchedSize = ({ cardinality, spec }: Parts): number => {
  const first = (leaves(spec)[0] as TensorSpec)._dims?.[0];
  return known(cardinality) && typeof first === "number"
    ? cardinality * first
    : cardinality === INFINITE
      ? INFINITE
      : UNKNOWN;
};

interface DatasetMethods {
  map(map_func: Fn, ...more: unknown[]): DatasetImpl;
  filter(predicate: Fn, ...more: unknown[]): DatasetImpl;
  take_while(predicate: Fn, ...more: unknown[]): DatasetImpl;
  batch(batch_size: unknown, ...more: unknown[]): DatasetImpl;
  padded_batch(batch_size: unknown, ...more: unknown[]): DatasetImpl;
  /** Elements in random order, drawn from a buffer of that size. */
  shuffle(buffer_size: unknown, ...more: unknown[]): DatasetImpl;
  repeat(count?: unknown, ...more: unknown[]): DatasetImpl;
  take(count: unknown, ...more: unknown[]): DatasetImpl;
  skip(count: unknown, ...more: unknown[]): DatasetImpl;
  prefetch(buffer_size: unknown, ...more: unknown[]): DatasetImpl;
  cache(filename?: unknown, ...more: unknown[]): DatasetImpl;
  concatenate(dataset: DatasetImpl, ...more: unknown[]): DatasetImpl;
  enumerate(start?: unknown, ...more: unknown[]): DatasetImpl;
  flat_map(map_func: Fn, ...more: unknown[]): DatasetImpl;
  /** Elements whose making raises an error of TensorFlow are passed over. */
  ignore_errors(log_warning?: boolean, ...more: unknown[]): DatasetImpl;
  interleave(map_func: Fn, ...more: unknown[]): DatasetImpl;
  window(size: unknown, ...more: unknown[]): DatasetImpl;
  shard(num_shards: unknown, index: unknown): DatasetImpl;
  reduce(initial_state: unknown, reduce_func: Fn): unknown;
  scan(initial_state: unknown, scan_func: Fn): DatasetImpl;
  unique(...more: unknown[]): DatasetImpl;
  rebatch(batch_size: unknown, ...more: unknown[]): DatasetImpl;
  group_by_window(key_func: Fn, reduce_func: Fn, ...more: unknown[]): DatasetImpl;
  bucket_by_sequence_length(
    length_func: Fn,
    boundaries: readonly number[],
    sizes: readonly number[],
    ...more: unknown[]
  ): DatasetImpl;
}
export interface DatasetImpl extends DatasetMethods {}
