import { AssertionError, def, len, NotImplementedError, pyClass, Tuple, ValueError, warn } from "@cognate/py";
import { type Generator as RandomGenerator, randperm } from "../../random/functions.js";
import { Tensor } from "../../tensor/tensor.js";

/** What a loader reads by place: a data set, a list, a tensor. */
export type MapStyle = object;

class DatasetImpl {
  /** The sample of an index; a subclass defines it (or `at`). */
  __getitem__(index: unknown): unknown {
    if (this.at !== DatasetImpl.prototype.at) return this.at(index as number);
    throw new NotImplementedError("Subclasses of Dataset should implement __getitem__.");
  }
  /** `dataset[index]`. */
  at(index: number): unknown {
    return this.__getitem__(index);
  }
  /** `dataset + other`. */
  add(other: DatasetImpl): DatasetImpl {
    return new ConcatDataset([this, other]);
  }
}

/**
 * `torch.utils.data.Dataset`: the base of data sets that are read by index; a subclass defines `__getitem__` and `__len__`.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { len, print } from "@cognate/py";
 * class Squares extends torch.utils.data.Dataset {
 *   __len__() {
 *     return 5;
 *   }
 *   __getitem__(i: number) {
 *     return i * i;
 *   }
 * }
 * const data = new Squares();
 * print(len(data), data.at(3), [...torch.utils.data.DataLoader(data, { batch_size: 2 })]);
 * // prints 5 9 [tensor([0, 1]), tensor([4, 9]), tensor([16])]
 * ```
 */
export const Dataset = pyClass("torch.utils.data.dataset.Dataset", "", DatasetImpl);
export type Dataset = DatasetImpl;

/** `dataset[index]` of anything that has samples by index. */
export function sampleOf(dataset: MapStyle, index: unknown): unknown {
  if (dataset instanceof Tensor) return dataset.at(index as number);
  const own = dataset as { __getitem__?(i: unknown): unknown; at?(i: unknown): unknown };
  if (typeof own.__getitem__ === "function") return own.__getitem__(index);
  if (typeof own.at === "function") return own.at(index);
  return (dataset as Record<string, unknown>)[index as string];
}

/** Samples of several indices at once, by `__getitems__` where the data set has one. */
export function samplesOf(dataset: MapStyle, indices: readonly unknown[]): unknown[] {
  const many = (dataset as { __getitems__?(i: readonly unknown[]): unknown[] }).__getitems__;
  if (typeof many === "function") return many.call(dataset, indices);
  return indices.map((i) => sampleOf(dataset, i));
}

class IterableDatasetImpl extends DatasetImpl {
  /** The samples in their order; a subclass defines it, or `__iter__`. */
  [Symbol.iterator](): Iterator<unknown> {
    return this.__iter__()[Symbol.iterator]();
  }
  __iter__(): Iterable<unknown> {
    throw new NotImplementedError("Subclasses of IterableDataset should implement __iter__.");
  }
  override add(other: DatasetImpl): DatasetImpl {
    return new ChainDataset([this, other]);
  }
}

/** `torch.utils.data.IterableDataset`: the base of data sets that are read from start to end. */
export const IterableDataset = pyClass("torch.utils.data.dataset.IterableDataset", "", IterableDatasetImpl);
export type IterableDataset = IterableDatasetImpl;

class TensorDatasetImpl extends DatasetImpl {
  readonly tensors: Tuple<Tensor>;

  constructor(tensors: readonly Tensor[] = []) {
    super();
    if (tensors.some((t) => t.shape[0] !== tensors[0]!.shape[0]))
      throw new AssertionError("Size mismatch between tensors");
    this.tensors = Tuple.of_(tensors);
  }
  override __getitem__(index: number): Tuple<Tensor> {
    return Tuple.of_(this.tensors.map((t) => t.at(index)));
  }
  override at(index: number): Tuple<Tensor> {
    return this.__getitem__(index);
  }
  __len__(): number {
    return this.tensors[0]!.shape[0]!;
  }
  get length(): number {
    return this.__len__();
  }
}

/**
 * `torch.utils.data.TensorDataset`: samples are the rows of tensors.
 *
 * @throws AssertionError for tensors of different lengths
 */
export const TensorDataset = pyClass(
  "torch.utils.data.dataset.TensorDataset",
  "...tensors",
  TensorDatasetImpl,
);
export type TensorDataset = TensorDatasetImpl;

type Named<T> = Readonly<Record<string, T>>;

class StackDatasetImpl extends DatasetImpl {
  readonly datasets: Tuple<MapStyle> | Named<MapStyle>;

  constructor(datasets: readonly (MapStyle | Named<MapStyle>)[] = []) {
    super();
    if (datasets.length === 0) throw new ValueError("At least one dataset should be passed");
    const [first] = datasets;
    const named = datasets.length === 1 && Object.getPrototypeOf(first) === Object.prototype;
    this.datasets = named ? (first as Named<MapStyle>) : Tuple.of_(datasets);
    const parts = named ? Object.values(first as Named<MapStyle>) : datasets;
    if (parts.some((d) => len(d as never) !== len(parts[0] as never)))
      throw new ValueError("Size mismatch between datasets");
  }
  override __getitem__(index: number): unknown {
    const { datasets } = this;
    if (datasets instanceof Tuple) return Tuple.of_(datasets.map((d) => sampleOf(d, index)));
    return Object.fromEntries(Object.entries(datasets).map(([name, d]) => [name, sampleOf(d, index)]));
  }
  __len__(): number {
    const { datasets } = this;
    return len((datasets instanceof Tuple ? datasets[0] : Object.values(datasets)[0]) as never);
  }
  get length(): number {
    return this.__len__();
  }
}

/** `torch.utils.data.StackDataset`: samples of several data sets side by side, as tuples, or as dicts if they are named. */
export const StackDataset = pyClass(
  "torch.utils.data.dataset.StackDataset",
  "...datasets:dict",
  StackDatasetImpl,
);
export type StackDataset = StackDatasetImpl;

class ConcatDatasetImpl extends DatasetImpl {
  readonly datasets: readonly MapStyle[];
  /** Where each data set ends. */
  readonly cumulative_sizes: number[] = [];

  constructor(datasets: Iterable<MapStyle>) {
    super();
    this.datasets = [...datasets];
    if (this.datasets.length === 0) throw new AssertionError("datasets should not be an empty iterable");
    let end = 0;
    for (const d of this.datasets) {
      if (d instanceof IterableDatasetImpl)
        throw new AssertionError("ConcatDataset does not support IterableDataset");
      end += len(d as never);
      this.cumulative_sizes.push(end);
    }
  }
  override __getitem__(index: number): unknown {
    const n = this.__len__();
    if (index < 0 && -index > n)
      throw new ValueError("absolute value of index should not exceed dataset length");
    const i = index < 0 ? n + index : index;
    const k = this.cumulative_sizes.findIndex((end) => i < end);
    return sampleOf(this.datasets[k]!, k === 0 ? i : i - this.cumulative_sizes[k - 1]!);
  }
  __len__(): number {
    return this.cumulative_sizes[this.cumulative_sizes.length - 1]!;
  }
  get length(): number {
    return this.__len__();
  }
}

/** `torch.utils.data.ConcatDataset`: one data set behind the other. */
export const ConcatDataset = pyClass("torch.utils.data.dataset.ConcatDataset", "datasets", ConcatDatasetImpl);
export type ConcatDataset = ConcatDatasetImpl;

class ChainDatasetImpl extends IterableDatasetImpl {
  constructor(readonly datasets: Iterable<DatasetImpl>) {
    super();
  }
  override *__iter__(): Generator<unknown> {
    for (const d of this.datasets) {
      if (!(d instanceof IterableDatasetImpl))
        throw new AssertionError("ChainDataset only supports IterableDataset");
      yield* { [Symbol.iterator]: () => d[Symbol.iterator]() };
    }
  }
  __len__(): number {
    let total = 0;
    for (const d of this.datasets) total += len(d as never);
    return total;
  }
}

/** `torch.utils.data.ChainDataset`: one iterable data set after the other. */
export const ChainDataset = pyClass("torch.utils.data.dataset.ChainDataset", "datasets", ChainDatasetImpl);
export type ChainDataset = ChainDatasetImpl;

class SubsetImpl extends DatasetImpl {
  constructor(
    readonly dataset: MapStyle,
    readonly indices: readonly number[],
  ) {
    super();
  }
  override __getitem__(index: number | readonly number[]): unknown {
    const of = (i: number): number => this.indices.at(i)!;
    return sampleOf(this.dataset, Array.isArray(index) ? index.map(of) : of(index as number));
  }
  __getitems__(indices: readonly number[]): unknown[] {
    return samplesOf(
      this.dataset,
      indices.map((i) => this.indices.at(i)!),
    );
  }
  __len__(): number {
    return this.indices.length;
  }
  get length(): number {
    return this.__len__();
  }
}

/** `torch.utils.data.Subset`: the samples of some indices of a data set. */
export const Subset = pyClass("torch.utils.data.dataset.Subset", "dataset indices", SubsetImpl);
export type Subset = SubsetImpl;

/** Fractions of a length as whole lengths: rounded down, and what is left is dealt out from the first on. */
function lengthsOf(fractions: readonly number[], n: number): number[] {
  const lengths = fractions.map((f, i) => {
    if (f < 0 || f > 1) throw new ValueError(`Fraction at index ${i} is not between 0 and 1`);
    return Math.floor(n * f);
  });
  const left = n - lengths.reduce((a, b) => a + b, 0);
  for (let i = 0; i < left; i++) lengths[i % lengths.length]!++;
  lengths.forEach((length, i) => {
    if (length === 0) warn(`Length of split at index ${i} is 0. This might result in an empty dataset.`);
  });
  return lengths;
}

const total = (xs: readonly number[]): number => xs.reduce((a, b) => a + Number(b), 0);

/**
 * `torch.utils.data.random_split`: disjoint random subsets of the given lengths, or fractions that sum to 1.
 *
 * @throws ValueError for lengths that do not sum to the data set's
 */
export const random_split = def(
  "torch.utils.data.random_split",
  "dataset lengths generator",
  (dataset: MapStyle, lengths: readonly number[], generator: RandomGenerator | null = null): SubsetImpl[] => {
    const n = len(dataset as never);
    const sum = total(lengths);
    const sizes =
      Math.abs(sum - 1) <= 1e-9 && sum <= 1 ? lengthsOf(lengths.map(Number), n) : lengths.map(Number);
    if (total(sizes) !== n)
      throw new ValueError("Sum of input lengths does not equal the length of the input dataset!");
    const indices = randperm(n, { generator }).tolist() as number[];
    let end = 0;
    return sizes.map((size) => new Subset(dataset, indices.slice(end, (end += size))));
  },
);
