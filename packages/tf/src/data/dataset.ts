import { nest, valueOf } from "@cognate/keras/tensorflow";
import { int64 as kernelInt64, rng } from "@cognate/kernel";
import {
  def,
  isPlainObject,
  method,
  nameClass,
  repr,
  StopIteration,
  Tuple,
  TypeError,
  ValueError,
} from "@cognate/py";
import { isTensor, tensorOf, toTensor } from "../core/convert.js";
import { as_dtype, int32, int64, type TypeLike } from "../core/dtypes.js";
import { InvalidArgumentError, OutOfRangeError } from "../core/errors.js";
import { one, op } from "../core/execute.js";
import { function_ } from "../function/function.js";
import { TensorSpec } from "../function/specs.js";
import { dimsOf } from "../graph/shape.js";
import { stack } from "../ops/array.js";
import type { Data } from "../ops/make.js";
import { get_seed } from "../ops/random.js";
import type { Tensor } from "../shared.js";

/* `tf.data.Dataset`: lazy sequences of nested tensors. */

type Element = unknown;
type Spec = unknown;
type Fn = (...args: never[]) => unknown;

export const INFINITE = -1;
export const UNKNOWN = -2;

const isArray = (x: unknown): boolean =>
  isTensor(x) ||
  ArrayBuffer.isView(x) ||
  (typeof x === "object" && x !== null && "dtype" in x && "shape" in x);
/** A JavaScript list whose items are arrays, dicts or tuples is what Python writes as a tuple. */
const isStructure = (x: unknown): x is readonly unknown[] =>
  x instanceof Tuple ||
  (Array.isArray(x) &&
    !isArray(x) &&
    x.length > 0 &&
    x.every((v) => isArray(v) || isPlainObject(v) || v instanceof Tuple || v instanceof DatasetImpl));
const mapStructure = (f: (leaf: unknown) => unknown, x: unknown): unknown => {
  if (isStructure(x)) return Tuple.of_(x.map((v) => mapStructure(f, v)));
  if (isPlainObject(x) && !isArray(x))
    return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, mapStructure(f, v)]));
  return f(x);
};
const leaves = (x: unknown): unknown[] => {
  const out: unknown[] = [];
  mapStructure((v) => {
    out.push(v);
    return v;
  }, x);
  return out;
};
const specOf = (x: unknown): unknown => {
  if (x instanceof DatasetImpl) return new DatasetSpec(x.element_spec);
  const t = toTensor(x);
  return new TensorSpec(dimsOf(t.shape), t.dtype);
};
const zipLeaves = (like: unknown, rows: readonly unknown[][], f: (column: unknown[]) => unknown): unknown => {
  let k = 0;
  return mapStructure(() => {
    const i = k++;
    return f(rows.map((r) => r[i]));
  }, like);
};
/** Tensors of data, in its structure. */
const tensors = (x: unknown): unknown => mapStructure((v) => (v instanceof DatasetImpl ? v : toTensor(v)), x);

class DatasetSpec {
  constructor(readonly element_spec: unknown) {}
  __repr__(): string {
    return `DatasetSpec(${repr(this.element_spec)}, TensorShape([]))`;
  }
}

interface Parts {
  readonly kind: string;
  readonly spec: Spec;
  /** Starts over: each call is one pass. */
  readonly make: () => Iterator<Element>;
  readonly cardinality: number;
}

const args = (x: Element): unknown[] => (x instanceof Tuple ? [...x] : [x]);

/** A function of elements, traced for their specs. */
function traced(fn: Fn, spec: Spec): { call: (x: Element) => unknown; spec: () => Spec } {
  const specs = args(spec as Element);
  if (leaves(spec).some((s) => s instanceof DatasetSpec)) {
    return {
      call: (x) => (fn as (...a: unknown[]) => unknown)(...args(x)),
      spec: () => null,
    };
  }
  let n = 0;
  const named = specs.map((s) =>
    mapStructure(
      (leaf) => new TensorSpec((leaf as TensorSpec)._dims, (leaf as TensorSpec).dtype, `args_${n++}`),
      s,
    ),
  );
  const f = function_(fn as never) as unknown as {
    get_concrete_function(...a: unknown[]): {
      _run(t: Tensor[], a: unknown[]): unknown;
      structured_outputs: unknown;
    };
  };
  const c = f.get_concrete_function(...named);
  const call = (x: Element): unknown => {
    const a = args(x);
    return c._run(a.flatMap((v) => leaves(v)) as Tensor[], a);
  };
  return {
    call,
    spec: () =>
      c.structured_outputs === null
        ? null
        : mapStructure(
            (t) => new TensorSpec(dimsOf((t as Tensor).shape), (t as Tensor).dtype),
            c.structured_outputs,
          ),
  };
}
const tupled = (x: unknown): unknown =>
  Array.isArray(x) && !(x instanceof Tuple) && !isArray(x) ? Tuple.of_(x.map(tupled)) : x;

/** A batch of elements: leaves stacked. */
const batched = (items: readonly Element[]): Element => {
  const rows = items.map(leaves);
  return zipLeaves(items[0], rows, (column) => {
    if (column[0] instanceof DatasetImpl) return column[0];
    const shapes = column.map((t) => [...(t as Tensor).shape].join());
    const odd = shapes.findIndex((s) => s !== shapes[0]);
    if (odd > 0)
      throw new InvalidArgumentError(
        `{{function_node __wrapped__IteratorGetNext_output_types_${rows[0]!.length}_device_/job:localhost/replica:0/task:0/device:CPU:0}} Cannot batch tensors with different shapes in component 0. First element had shape [${shapes[0]}] and element ${odd} had shape [${shapes[odd]}]. [Op:IteratorGetNext] name: `,
      );
    return stack(column as Data[]);
  });
};
const withBatch = (spec: Spec, n: number | null): Spec =>
  mapStructure(
    (s) =>
      s instanceof DatasetSpec
        ? s
        : new TensorSpec(
            (s as TensorSpec)._dims === null ? null : [n, ...(s as TensorSpec)._dims!],
            (s as TensorSpec).dtype,
          ),
    spec,
  );
const withoutBatch = (spec: Spec): Spec =>
  mapStructure(
    (s) =>
      new TensorSpec(
        (s as TensorSpec)._dims === null ? null : (s as TensorSpec)._dims!.slice(1),
        (s as TensorSpec).dtype,
      ),
    spec,
  );

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

const known = (n: number): boolean => n >= 0;

export class DatasetImpl {
  constructor(readonly _parts: Parts) {}
  get element_spec(): Spec {
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
      ...more,
    });
  }
  __repr__(): string {
    return `<${this._parts.kind} element_spec=${repr(this._parts.spec)}>`;
  }
  toString(): string {
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

/** The rows of all leaves. */
function* slices(x: Element): Generator<Element> {
  const parts = leaves(x).map((t) => {
    const v = t as Tensor;
    return op("Unpack", [v], { num: v.shape[0]!, axis: 0 });
  });
  const n = parts[0]!.length;
  for (let i = 0; i < n; i++) {
    let k = 0;
    yield mapStructure(() => parts[k++]![i]!, x);
  }
}

const int = (x: unknown): number => Number(isTensor(x) ? toTensor(x).item() : x);

/** The order in which a buffer of that size gives elements out, drawn anew at each pass. */
class Shuffler {
  private readonly _words: rng.SingleWords;
  private readonly _fixed: readonly [number, number] | null;
  constructor(seed: number | bigint, seed2: number | bigint, again: boolean) {
    const seeds =
      Number(seed) === 0 && Number(seed2) === 0
        ? [Math.floor(Math.random() * 2 ** 31), Math.floor(Math.random() * 2 ** 31)]
        : [Number(seed), Number(seed2)];
    this._words = new rng.SingleWords(rng.Philox4x32.fromSeeds(BigInt(seeds[0]!), BigInt(seeds[1]!)));
    this._fixed = again ? null : [seeds[0]!, seeds[1]!];
  }
  /** The words of one pass. */
  pass(): rng.SingleWords {
    const [a, b] = this._fixed ?? [this._words.next(), this._words.next()];
    return new rng.SingleWords(rng.Philox4x32.fromSeeds(BigInt(a), BigInt(b)));
  }
}
function* shuffled(source: Iterator<Element>, size: number, words: rng.SingleWords): Generator<Element> {
  const buffer: Element[] = [];
  let [start, end] = [0, 0];
  let more = true;
  for (;;) {
    while (more && end - start < size) {
      const r = source.next();
      if (r.done) more = false;
      else buffer[end++ % size] = r.value;
    }
    if (start === end) return;
    const at = (start + (words.next() % (end - start))) % size;
    const first = start % size;
    const out = buffer[at];
    buffer[at] = buffer[first];
    buffer[first] = undefined;
    start++;
    yield out;
  }
}

type D = DatasetImpl;
const m = (name: string, signature: string, f: (self: never, ...rest: never[]) => unknown) =>
  method(def(`Dataset.${name}`, signature as "self", f as (self: D) => unknown));

Object.assign(DatasetImpl.prototype, {
  map: m("map", "self map_func num_parallel_calls deterministic synchronous use_unbounded_threadpool name", ((
    self: D,
    map_func: Fn,
    parallel: unknown = null,
    _d: unknown = null,
    _s: unknown = null,
    _u: unknown = false,
    _n: unknown = null,
  ) => {
    const f = traced(map_func, self._parts.spec);
    const spec = f.spec() ?? firstSpec(self, (x) => f.call(x));
    return self._with(
      parallel === null ? "_MapDataset" : "_ParallelMapDataset",
      function* () {
        for (const x of self._each()) yield tensors(tupled(f.call(x)));
      },
      { spec: tupled(spec) },
    );
  }) as never),
  filter: m("filter", "self predicate name", ((self: D, predicate: Fn, _n: unknown = null) => {
    const f = traced(predicate, self._parts.spec);
    return self._with(
      "_FilterDataset",
      function* () {
        for (const x of self._each()) if (toTensor(f.call(x)).__bool__()) yield x;
      },
      { cardinality: self._parts.cardinality === INFINITE ? INFINITE : UNKNOWN },
    );
  }) as never),
  take_while: m("take_while", "self predicate name", ((self: D, predicate: Fn, _n: unknown = null) => {
    const f = traced(predicate, self._parts.spec);
    return self._with(
      "_TakeWhileDataset",
      function* () {
        for (const x of self._each()) {
          if (!toTensor(f.call(x)).__bool__()) return;
          yield x;
        }
      },
      { cardinality: UNKNOWN },
    );
  }) as never),
  batch: m("batch", "self batch_size drop_remainder num_parallel_calls deterministic name", ((
    self: D,
    batch_size: unknown,
    drop_remainder: unknown = false,
    parallel: unknown = null,
    _d: unknown = null,
    _n: unknown = null,
  ) => {
    const n = int(batch_size);
    if (n < 1)
      throw new InvalidArgumentError(
        "{{function_node __wrapped__BatchDatasetV2_device_/job:localhost/replica:0/task:0/device:CPU:0}} Batch size must be greater than zero. [Op:BatchDatasetV2] name: ",
      );
    const drop = Boolean(drop_remainder);
    const c = self._parts.cardinality;
    return self._with(
      parallel === null ? "_BatchDataset" : "_ParallelBatchDataset",
      function* () {
        let items: Element[] = [];
        for (const x of self._each()) {
          items.push(x);
          if (items.length === n) {
            yield batched(items);
            items = [];
          }
        }
        if (items.length > 0 && !drop) yield batched(items);
      },
      {
        spec: withBatch(self._parts.spec, drop ? n : null),
        cardinality: known(c) ? (drop ? Math.floor(c / n) : Math.ceil(c / n)) : c,
      },
    );
  }) as never),
  padded_batch: m("padded_batch", "self batch_size padded_shapes padding_values drop_remainder name", ((
    self: D,
    batch_size: unknown,
    padded_shapes: unknown = null,
    padding_values: unknown = null,
    drop_remainder: unknown = false,
    _n: unknown = null,
  ) => {
    const n = int(batch_size);
    const drop = Boolean(drop_remainder);
    const specs = leaves(self._parts.spec) as TensorSpec[];
    const wanted =
      padded_shapes === null ? specs.map((s) => s._dims!) : shapesOf(padded_shapes, specs.length);
    const values =
      padding_values === null
        ? specs.map(() => null)
        : leaves(padding_values).length === specs.length
          ? leaves(padding_values)
          : specs.map(() => padding_values);
    const c = self._parts.cardinality;
    let k = 0;
    const spec = mapStructure(
      (s) => new TensorSpec([drop ? n : null, ...wanted[k++]!], (s as TensorSpec).dtype),
      self._parts.spec,
    );
    return self._with(
      "_PaddedBatchDataset",
      function* () {
        let items: Element[] = [];
        const pack = (list: Element[]): Element => {
          const rows = list.map(leaves);
          let i = 0;
          return zipLeaves(list[0], rows, (column) => {
            const at = i++;
            return padded(column as Tensor[], wanted[at]!, values[at]);
          });
        };
        for (const x of self._each()) {
          items.push(x);
          if (items.length === n) {
            yield pack(items);
            items = [];
          }
        }
        if (items.length > 0 && !drop) yield pack(items);
      },
      { spec, cardinality: known(c) ? (drop ? Math.floor(c / n) : Math.ceil(c / n)) : c },
    );
  }) as never),
  shuffle: m("shuffle", "self buffer_size seed reshuffle_each_iteration name", ((
    self: D,
    buffer_size: unknown,
    seed: number | null = null,
    reshuffle: boolean | null = null,
    _n: unknown = null,
  ) => {
    const size = int(buffer_size);
    const [a, b] = get_seed(seed);
    if (size < 1 && size !== -2)
      throw new InvalidArgumentError(
        "{{function_node __wrapped__ShuffleDatasetV3_device_/job:localhost/replica:0/task:0/device:CPU:0}} `buffer_size` must be positive or `UNKNOWN_CARDINALITY` [Op:ShuffleDatasetV3] name: ",
      );
    const shuffler = new Shuffler(a, b, reshuffle ?? true);
    return self._with("_ShuffleDataset", () =>
      shuffled(self._parts.make(), size < 0 ? Math.max(1, self.__len__()) : size, shuffler.pass()),
    );
  }) as never),
  repeat: m("repeat", "self count name", ((self: D, count: unknown = null, _n: unknown = null) => {
    const n = count === null ? -1 : int(count);
    const c = self._parts.cardinality;
    return self._with(
      "_RepeatDataset",
      function* () {
        for (let i = 0; n < 0 || i < n; i++) {
          let some = false;
          for (const x of self._each()) {
            some = true;
            yield x;
          }
          if (!some) return;
        }
      },
      { cardinality: n < 0 ? (c === 0 ? 0 : INFINITE) : known(c) ? c * n : n === 0 ? 0 : c },
    );
  }) as never),
  take: m("take", "self count name", ((self: D, count: unknown, _n: unknown = null) => {
    const n = int(count);
    const c = self._parts.cardinality;
    return self._with(
      "_TakeDataset",
      function* () {
        let i = 0;
        if (n === 0) return;
        for (const x of self._each()) {
          yield x;
          if (++i === n) return;
        }
      },
      { cardinality: n < 0 ? c : c === INFINITE ? n : known(c) ? Math.min(c, n) : UNKNOWN },
    );
  }) as never),
  skip: m("skip", "self count name", ((self: D, count: unknown, _n: unknown = null) => {
    const n = int(count);
    const c = self._parts.cardinality;
    return self._with(
      "_SkipDataset",
      function* () {
        let i = 0;
        for (const x of self._each()) if (n >= 0 && i++ >= n) yield x;
      },
      { cardinality: n < 0 ? 0 : known(c) ? Math.max(0, c - n) : c },
    );
  }) as never),
  prefetch: m("prefetch", "self buffer_size name", ((self: D, _size: unknown, _n: unknown = null) =>
    self._with("_PrefetchDataset", self._parts.make)) as never),
  cache: m("cache", "self filename name", ((self: D, _file: unknown = "", _n: unknown = null) => {
    let kept: Element[] | null = null;
    return self._with("CacheDataset", function* () {
      if (kept) {
        yield* kept;
        return;
      }
      const list: Element[] = [];
      for (const x of self._each()) {
        list.push(x);
        yield x;
      }
      kept = list;
    });
  }) as never),
  concatenate: m("concatenate", "self dataset name", ((self: D, dataset: D, _n: unknown = null) => {
    const [a, b] = [self._parts.cardinality, dataset._parts.cardinality];
    const first = leaves(self._parts.spec) as TensorSpec[];
    const second = leaves(dataset._parts.spec) as TensorSpec[];
    first.forEach((s, i) => {
      if (s.dtype !== second[i]?.dtype)
        throw new TypeError(
          `Incompatible types of input datasets: ${repr(self._parts.spec)} vs. ${repr(dataset._parts.spec)}.`,
        );
    });
    return self._with(
      "_ConcatenateDataset",
      function* () {
        yield* self._each();
        yield* dataset._each();
      },
      { cardinality: known(a) && known(b) ? a + b : a === INFINITE || b === INFINITE ? INFINITE : UNKNOWN },
    );
  }) as never),
  enumerate: m("enumerate", "self start name", ((self: D, start: unknown = 0, _n: unknown = null) => {
    const from = int(start);
    return self._with(
      "_ZipDataset",
      function* () {
        let i = from;
        for (const x of self._each()) yield Tuple.of_([toTensor(i++, { dtype: int64 }), x]);
      },
      { spec: Tuple.of_([new TensorSpec([], int64), self._parts.spec]) },
    );
  }) as never),
  flat_map: m("flat_map", "self map_func name", ((self: D, map_func: Fn, _n: unknown = null) => {
    const call = (x: Element): D => (map_func as (...a: unknown[]) => D)(...args(x));
    return self._with(
      "_FlatMapDataset",
      function* () {
        for (const x of self._each()) yield* call(x)._each();
      },
      { spec: innerSpec(self, call), cardinality: UNKNOWN },
    );
  }) as never),
  interleave: m(
    "interleave",
    "self map_func cycle_length block_length num_parallel_calls deterministic name",
    ((
      self: D,
      map_func: Fn,
      cycle_length: unknown = null,
      block_length: unknown = null,
      parallel: unknown = null,
      _d: unknown = null,
      _n: unknown = null,
    ) => {
      const cycle =
        cycle_length === null || int(cycle_length) < 0 ? (parallel === null ? 1 : 4) : int(cycle_length);
      const block = block_length === null ? 1 : int(block_length);
      const call = (x: Element): D => (map_func as (...a: unknown[]) => D)(...args(x));
      return self._with(
        parallel === null ? "_InterleaveDataset" : "_ParallelInterleaveDataset",
        () => interleaved(self._parts.make(), call, cycle, block),
        { spec: innerSpec(self, call), cardinality: UNKNOWN },
      );
    }) as never,
  ),
  window: m("window", "self size shift stride drop_remainder name", ((
    self: D,
    size: unknown,
    shift: unknown = null,
    stride: unknown = 1,
    drop_remainder: unknown = false,
    _n: unknown = null,
  ) => {
    const [n, by, step] = [int(size), shift === null ? int(size) : int(shift), int(stride)];
    const c = self._parts.cardinality;
    const reach = (n - 1) * step + 1;
    return self._with(
      "_WindowDataset",
      function* () {
        const it = self._parts.make();
        const buffer: Element[] = [];
        let more = true;
        for (;;) {
          while (more && buffer.length < reach) {
            const r = it.next();
            if (r.done) more = false;
            else buffer.push(r.value);
          }
          if (buffer.length === 0 || (drop_remainder && buffer.length < reach)) return;
          const own = buffer.filter((_, i) => i % step === 0).slice(0, n);
          yield windowOf(own, self._parts.spec);
          for (let i = 0; i < by; i++) {
            if (buffer.length > 0) buffer.shift();
            else if (more && it.next().done) more = false;
          }
        }
      },
      {
        spec: mapStructure((s) => new DatasetSpec(s), self._parts.spec),
        cardinality: known(c)
          ? drop_remainder
            ? Math.max(0, Math.floor((c - reach) / by) + 1)
            : Math.ceil(c / by)
          : c,
      },
    );
  }) as never),
  shard: m("shard", "self num_shards index name", ((
    self: D,
    num_shards: unknown,
    index: unknown,
    _n: unknown = null,
  ) => {
    const [n, k] = [int(num_shards), int(index)];
    const c = self._parts.cardinality;
    return self._with(
      "_ShardDataset",
      function* () {
        let i = 0;
        for (const x of self._each()) if (i++ % n === k) yield x;
      },
      { cardinality: known(c) ? Math.floor(c / n) + (k < c % n ? 1 : 0) : c },
    );
  }) as never),
  reduce: m("reduce", "self initial_state reduce_func name", ((
    self: D,
    initial_state: unknown,
    reduce_func: Fn,
    _n: unknown = null,
  ) => {
    let state = tensors(initial_state);
    for (const x of self._each())
      state = tensors(
        tupled((reduce_func as (...a: unknown[]) => unknown)(state, x instanceof Tuple ? x : x)),
      );
    return state;
  }) as never),
  scan: m("scan", "self initial_state scan_func name", ((
    self: D,
    initial_state: unknown,
    scan_func: Fn,
    _n: unknown = null,
  ) => {
    const run = function* (): Generator<Element> {
      let state = tensors(initial_state);
      for (const x of self._each()) {
        const [next, out] = (scan_func as (...a: unknown[]) => [unknown, unknown])(state, x);
        state = tensors(tupled(next));
        yield tensors(tupled(out));
      }
    };
    const first = run().next();
    return self._with("_ScanDataset", run, {
      spec: first.done ? self._parts.spec : mapStructure(specOf, first.value),
    });
  }) as never),
  unique: m("unique", "self name", ((self: D, _n: unknown = null) =>
    self._with(
      "_UniqueDataset",
      function* () {
        const seen = new Set<string>();
        for (const x of self._each()) {
          const key = repr((x as Tensor).numpy());
          if (!seen.has(key)) {
            seen.add(key);
            yield x;
          }
        }
      },
      { cardinality: UNKNOWN },
    )) as never),
  rebatch: m("rebatch", "self batch_size drop_remainder name", ((
    self: D,
    batch_size: unknown,
    drop_remainder: unknown = false,
    _n: unknown = null,
  ) => {
    if (leaves(self._parts.spec).some((s) => (s as TensorSpec)._dims?.length === 0))
      throw new ValueError(
        "Invalid `batch_sizes`. Expected dataset with rank of >= 1 but found a dataset with scalar elements. Fix the issue by adding the `batch` transformation to the dataset.",
      );
    return (self.unbatch() as unknown as { batch(n: unknown, d: unknown): D }).batch(
      batch_size,
      drop_remainder,
    );
  }) as never),
  group_by_window: m("group_by_window", "self key_func reduce_func window_size window_size_func name", ((
    self: D,
    key_func: Fn,
    reduce_func: Fn,
    window_size: unknown = null,
    size_func: Fn | null = null,
    _n: unknown = null,
  ) => {
    const run = function* (): Generator<Element> {
      const groups = new Map<string, { key: Tensor; items: Element[] }>();
      const give = (g: { key: Tensor; items: Element[] }): D =>
        (reduce_func as (...a: unknown[]) => D)(g.key, windowOf(g.items, self._parts.spec));
      for (const x of self._each()) {
        const key = toTensor((key_func as (...a: unknown[]) => unknown)(...args(x)));
        const name = String(key.item());
        const g = groups.get(name) ?? { key, items: [] };
        groups.set(name, g);
        g.items.push(x);
        const n =
          window_size !== null
            ? int(window_size)
            : int((size_func as unknown as (k: Tensor) => unknown)(key));
        if (g.items.length === n) {
          groups.delete(name);
          yield* give(g)._each();
        }
      }
      for (const g of [...groups.values()].sort((a, b) => Number(a.key.item()) - Number(b.key.item())))
        yield* give(g)._each();
    };
    const first = run().next();
    return self._with("_GroupByWindowDataset", run, {
      spec: first.done ? self._parts.spec : mapStructure(specOf, first.value),
      cardinality: UNKNOWN,
    });
  }) as never),
  bucket_by_sequence_length: m(
    "bucket_by_sequence_length",
    "self element_length_func bucket_boundaries bucket_batch_sizes padded_shapes padding_values pad_to_bucket_boundary no_padding drop_remainder name",
    ((
      self: D,
      length_func: Fn,
      boundaries: readonly number[],
      sizes: readonly number[],
      padded_shapes: unknown = null,
      padding_values: unknown = null,
      _pad = false,
      no_padding = false,
      drop_remainder = false,
      _n: unknown = null,
    ) => {
      const bucket = (...x: unknown[]): number => {
        const n = int((length_func as (...a: unknown[]) => unknown)(...x));
        const i = boundaries.findIndex((b) => n < b);
        return i < 0 ? boundaries.length : i;
      };
      type Chain = {
        group_by_window(...a: unknown[]): D;
        batch(...a: unknown[]): D;
        padded_batch(...a: unknown[]): D;
      };
      return (self as unknown as Chain).group_by_window(
        (...x: unknown[]) => toTensor(bucket(...x), { dtype: int64 }),
        (k: Tensor, d: D) => {
          const n = sizes[int(k)]!;
          return no_padding
            ? (d as unknown as Chain).batch(n, drop_remainder)
            : (d as unknown as Chain).padded_batch(n, padded_shapes, padding_values, drop_remainder);
        },
        null,
        (k: Tensor) => sizes[int(k)]!,
      );
    }) as never,
  ),
  ragged_batch: m("ragged_batch", "self batch_size drop_remainder row_splits_dtype name", ((
    self: D,
    batch_size: unknown,
    drop_remainder: unknown = false,
    _t: unknown = null,
    _n: unknown = null,
  ) => (self as unknown as { batch(n: unknown, d: unknown): D }).batch(batch_size, drop_remainder)) as never),
});

const innerSpec = (self: D, call: (x: Element) => D): Spec => {
  const first = self._parts.make().next();
  return first.done ? self._parts.spec : call(first.value)._parts.spec;
};
const firstSpec = (self: D, f: (x: Element) => unknown): Spec => {
  const first = self._parts.make().next();
  return first.done ? self._parts.spec : mapStructure(specOf, tupled(f(first.value)));
};
const windowOf = (items: readonly Element[], spec: Spec): unknown => {
  const make = (pick: (x: Element) => Element, s: Spec): D =>
    new DatasetImpl({
      kind: "_VariantDataset",
      spec: s,
      cardinality: UNKNOWN,
      make: () => items.map(pick)[Symbol.iterator](),
    });
  if (!isStructure(spec) && !isPlainObject(spec)) return make((x) => x, spec);
  let k = 0;
  return mapStructure((s) => {
    const i = k++;
    return make((x) => leaves(x)[i], s);
  }, spec);
};
const shapesOf = (x: unknown, n: number): (readonly (number | null)[])[] => {
  if (n === 1 && Array.isArray(x) && x.every((v) => typeof v === "number" || v === null))
    return [x as (number | null)[]];
  if (Array.isArray(x) && (x as { _dims?: unknown })._dims === undefined)
    return x.map((v) => [...(v as (number | null)[])]);
  if (isPlainObject(x)) return Object.values(x).map((v) => [...(v as (number | null)[])]);
  return [[...(x as (number | null)[])]];
};
function padded(column: readonly Tensor[], wanted: readonly (number | null)[], value: unknown): Tensor {
  const rank = column[0]!.shape.length;
  const lengths = Array.from({ length: rank }, (_, i) => {
    const most = Math.max(...column.map((t) => t.shape[i]!));
    const w = wanted[i];
    if (w !== null && w !== undefined && w !== -1) {
      if (most > w)
        throw new InvalidArgumentError(
          `{{function_node __wrapped__IteratorGetNext_output_types_1_device_/job:localhost/replica:0/task:0/device:CPU:0}} Attempted to pad to a smaller size than the input element. [Op:IteratorGetNext] name: `,
        );
      return w;
    }
    return most;
  });
  const fill =
    value === null || value === undefined
      ? column[0]!.dtype.name === "string"
        ? toTensor("")
        : toTensor(0, { dtype: column[0]!.dtype })
      : toTensor(value, { dtype: column[0]!.dtype });
  return stack(
    column.map((t) =>
      rank === 0
        ? t
        : one("PadV2", [
            t,
            toTensor(
              lengths.map((n, i) => [0, n - t.shape[i]!]),
              { dtype: int32 },
            ),
            fill,
          ]),
    ) as Data[],
  );
}
function* interleaved(
  source: Iterator<Element>,
  call: (x: Element) => D,
  cycle: number,
  block: number,
): Generator<Element> {
  const open: (Iterator<Element> | null)[] = new Array<Iterator<Element> | null>(cycle).fill(null);
  let ended = false;
  let at = 0;
  let count = 0;
  for (;;) {
    const current = open[at];
    if (current) {
      const r = current.next();
      if (!r.done) {
        yield r.value;
        if (++count === block) {
          count = 0;
          at = (at + 1) % cycle;
        }
        continue;
      }
      open[at] = null;
      count = 0;
      at = (at + 1) % cycle;
      if (ended && open.every((o) => o === null)) return;
      continue;
    }
    if (!ended) {
      const r = source.next();
      if (r.done) ended = true;
      else {
        open[at] = call(r.value)._parts.make();
        continue;
      }
    }
    if (open.every((o) => o === null)) return;
    count = 0;
    at = (at + 1) % cycle;
  }
}

const slicesOf = (x: unknown): D => {
  const given = tensors(x);
  const list = leaves(given) as Tensor[];
  if (list.some((t) => t.shape.length === 0))
    throw new ValueError("Unbatching a tensor is only supported for rank >= 1");
  const n = list[0]!.shape[0]!;
  const odd = list.find((t) => t.shape[0] !== n);
  if (odd) throw new ValueError(`Dimensions ${n} and ${odd.shape[0]} are not compatible`);
  return new DatasetImpl({
    kind: "_TensorSliceDataset",
    spec: withoutBatch(mapStructure(specOf, given)),
    cardinality: n,
    make: () => slices(given),
  });
};

/** How data sets are made. */
export const makers = {
  from_tensor_slices: def(
    "Dataset.from_tensor_slices",
    "tensors:dict name",
    (x: unknown, _n: unknown = null): D => slicesOf(x),
  ),
  from_tensors: def("Dataset.from_tensors", "tensors:dict name", (x: unknown, _n: unknown = null): D => {
    const given = tensors(x);
    return new DatasetImpl({
      kind: "_TensorDataset",
      spec: mapStructure(specOf, given),
      cardinality: 1,
      make: () => [given][Symbol.iterator](),
    });
  }),
  range: def(
    "Dataset.range",
    "...args output_type name",
    (list: readonly unknown[], output_type: TypeLike = int64, _n: unknown = null): D => {
      const [a, b, c] = list.map(int);
      const [start, stop, step] = list.length === 1 ? [0, a!, 1] : [a!, b!, c ?? 1];
      if (step === 0)
        throw new InvalidArgumentError(
          "{{function_node __wrapped__RangeDataset_device_/job:localhost/replica:0/task:0/device:CPU:0}} step must be a non-zero integer. [Op:RangeDataset] name: ",
        );
      const n = Math.max(0, Math.ceil((stop - start) / step));
      const type = as_dtype(output_type);
      return new DatasetImpl({
        kind: "_RangeDataset",
        spec: new TensorSpec([], type),
        cardinality: n,
        make: function* () {
          for (let i = 0; i < n; i++) yield toTensor(start + i * step, { dtype: type });
        },
      });
    },
  ),
  from_generator: def(
    "Dataset.from_generator",
    "generator output_types output_shapes args output_signature name",
    (
      generator: (...a: unknown[]) => Iterable<unknown>,
      output_types: unknown = null,
      output_shapes: unknown = null,
      given: readonly unknown[] = [],
      output_signature: unknown = null,
      _n: unknown = null,
    ): D => {
      if (typeof generator !== "function") throw new TypeError("`generator` must be a Python callable.");
      if (output_signature === null && output_types === null)
        throw new TypeError("Either `output_signature` or `output_types` must be specified.");
      const spec = output_signature ?? mapTypes(output_types, output_shapes);
      const signature = tupled(spec);
      const specs = leaves(signature) as TensorSpec[];
      return new DatasetImpl({
        kind: "_FlatMapDataset",
        spec: signature,
        cardinality: UNKNOWN,
        make: function* () {
          for (const item of generator(...given)) {
            let k = 0;
            const flat: unknown[] = isStructureLike(signature)
              ? nest.flatten(item).length === specs.length
                ? nest.flatten(item)
                : [...(item as Iterable<unknown>)]
              : [item];
            yield mapStructure(() => {
              const i = k++;
              const s = specs[i]!;
              let t: Tensor;
              try {
                t = toTensor(flat[i], { dtype: s.dtype });
              } catch {
                throw new InvalidArgumentError(
                  `TypeError: \`generator\` yielded an element that could not be converted to the expected type. The expected type was ${s.dtype.name}, but the yielded element was ${repr(item)}.`,
                );
              }
              if (!s.shape.is_compatible_with(t.shape as never))
                throw new InvalidArgumentError(
                  `TypeError: \`generator\` yielded an element of shape ${String(t.shape)} where an element of shape ${String(s.shape)} was expected.`,
                );
              return t;
            }, signature);
          }
        },
      });
    },
  ),
  zip: def(
    "Dataset.zip",
    "...args datasets name",
    (list: readonly unknown[], datasets: unknown = null, _n: unknown = null): D => {
      const given = list.length > 1 ? Tuple.of_(list) : (list[0] ?? datasets);
      const structure = given instanceof DatasetImpl ? Tuple.of_([given]) : tupled(given);
      const all = leaves(structure) as D[];
      if (all.some((d) => !(d instanceof DatasetImpl)))
        throw new TypeError(
          `Invalid \`datasets\`. \`datasets\` is expected to be a (nested) structure of \`tf.data.Dataset\` objects. Python \`list\` is not supported and you should use \`tuple\` instead.`,
        );
      const sizes = all.map((d) => d._parts.cardinality);
      const finite = sizes.filter(known);
      let k = 0;
      const spec = mapStructure(() => all[k++]!._parts.spec, structure);
      return new DatasetImpl({
        kind: "_ZipDataset",
        spec,
        cardinality: sizes.includes(UNKNOWN) ? UNKNOWN : finite.length === 0 ? INFINITE : Math.min(...finite),
        make: function* () {
          const its = all.map((d) => d._parts.make());
          for (;;) {
            const next = its.map((it) => it.next());
            if (next.some((r) => r.done)) return;
            let i = 0;
            yield mapStructure(() => next[i++]!.value, structure);
          }
        },
      });
    },
  ),
  counter: def(
    "Dataset.counter",
    "start step dtype name",
    (start: unknown = 0, step: unknown = 1, dtype: TypeLike = int64, _n: unknown = null): D => {
      const type = as_dtype(dtype);
      return new DatasetImpl({
        kind: "_CounterDataset",
        spec: new TensorSpec([], type),
        cardinality: INFINITE,
        make: function* () {
          for (let i = int(start); ; i += int(step)) yield toTensor(i, { dtype: type });
        },
      });
    },
  ),
  random: def(
    "Dataset.random",
    "seed rerandomize_each_iteration name",
    (seed: number | null = null, _again: unknown = null, _n: unknown = null): D => {
      const [a, b] = get_seed(seed);
      return new DatasetImpl({
        kind: "_RandomDataset",
        spec: new TensorSpec([], int64),
        cardinality: INFINITE,
        make: function* () {
          const words = new rng.SingleWords(rng.Philox4x32.fromSeeds(BigInt(a), BigInt(b)));
          for (;;) yield toTensor(words.next(), { dtype: int64 });
        },
      });
    },
  ),
  choose_from_datasets: def(
    "Dataset.choose_from_datasets",
    "datasets choice_dataset stop_on_empty_dataset",
    (datasets: readonly D[], choice: D, stop_on_empty = true): D =>
      datasets[0]!._with(
        "_DirectedInterleaveDataset",
        function* () {
          const its = datasets.map((d) => d._parts.make());
          const ended = its.map(() => false);
          for (const c of choice._each()) {
            const k = int(c);
            if (ended[k]) continue;
            const r = its[k]!.next();
            if (r.done) {
              if (stop_on_empty) return;
              ended[k] = true;
              continue;
            }
            yield r.value;
          }
        },
        { cardinality: UNKNOWN },
      ),
  ),
};
const isStructureLike = (x: unknown): boolean =>
  x instanceof Tuple || (isPlainObject(x) && !(x instanceof TensorSpec));
const mapTypes = (types: unknown, shapes: unknown): unknown => {
  if (Array.isArray(types))
    return Tuple.of_(types.map((t, i) => mapTypes(t, shapes === null ? null : (shapes as unknown[])[i])));
  if (isPlainObject(types) && !("as_datatype_enum" in types))
    return Object.fromEntries(
      Object.entries(types).map(([k, t]) => [
        k,
        mapTypes(t, shapes === null ? null : (shapes as Record<string, unknown>)[k]),
      ]),
    );
  return new TensorSpec(shapes as never, types as TypeLike);
};

interface DatasetMethods {
  map(map_func: Fn, ...more: unknown[]): Dataset;
  filter(predicate: Fn, ...more: unknown[]): Dataset;
  take_while(predicate: Fn, ...more: unknown[]): Dataset;
  batch(batch_size: unknown, ...more: unknown[]): Dataset;
  padded_batch(batch_size: unknown, ...more: unknown[]): Dataset;
  /** Elements in random order, drawn from a buffer of that size. */
  shuffle(buffer_size: unknown, ...more: unknown[]): Dataset;
  repeat(count?: unknown, ...more: unknown[]): Dataset;
  take(count: unknown, ...more: unknown[]): Dataset;
  skip(count: unknown, ...more: unknown[]): Dataset;
  prefetch(buffer_size: unknown, ...more: unknown[]): Dataset;
  cache(filename?: unknown, ...more: unknown[]): Dataset;
  concatenate(dataset: Dataset, ...more: unknown[]): Dataset;
  enumerate(start?: unknown, ...more: unknown[]): Dataset;
  flat_map(map_func: Fn, ...more: unknown[]): Dataset;
  interleave(map_func: Fn, ...more: unknown[]): Dataset;
  window(size: unknown, ...more: unknown[]): Dataset;
  shard(num_shards: unknown, index: unknown): Dataset;
  reduce(initial_state: unknown, reduce_func: Fn): unknown;
  scan(initial_state: unknown, scan_func: Fn): Dataset;
  unique(...more: unknown[]): Dataset;
  rebatch(batch_size: unknown, ...more: unknown[]): Dataset;
  group_by_window(key_func: Fn, reduce_func: Fn, ...more: unknown[]): Dataset;
  bucket_by_sequence_length(
    length_func: Fn,
    boundaries: readonly number[],
    sizes: readonly number[],
    ...more: unknown[]
  ): Dataset;
}
export interface DatasetImpl extends DatasetMethods {}
export type Dataset = DatasetImpl;

/**
 * `tf.data.Dataset`: a sequence of tensors (or tuples and dicts of them) that is made as it is iterated.
 *
 * @example
 * ```ts
 * import * as tf from "@cognate/tf";
 * import { print } from "@cognate/py";
 * tf.random.set_seed(5);
 * const d = tf.data.Dataset.range(10).shuffle(4, { seed: 1 }).batch(5);
 * for (const x of d) print(x);
 * // prints
 * // tf.Tensor([0 4 3 6 2], shape=(5,), dtype=int64)
 * // tf.Tensor([8 1 7 9 5], shape=(5,), dtype=int64)
 * ```
 */
export const Dataset = Object.assign(DatasetImpl, makers);
nameClass("tensorflow.python.data.ops.dataset_ops.DatasetV2", DatasetImpl);
