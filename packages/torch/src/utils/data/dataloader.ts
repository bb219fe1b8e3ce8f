import { len, pyClass, repr, ValueError } from "@cognate/py";
import { int64 } from "../../dtype.js";
import { index_select } from "../../ops/indexing.js";
import type { Generator as RandomGenerator } from "../../random/functions.js";
import { tensor } from "../../tensor/factories.js";
import type { Tensor } from "../../tensor/tensor.js";
import { default_collate, default_convert } from "./collate.js";
import { IterableDataset, type MapStyle, Subset, sampleOf, samplesOf, TensorDataset } from "./dataset.js";
import { BatchSampler, drawSeed, RandomSampler, SequentialSampler } from "./sampler.js";

type Collate = (samples: never) => unknown;

class DataLoaderImpl<Batch = Tensor[]> {
  readonly batch_size: number | null;
  readonly drop_last: boolean;
  readonly sampler: Iterable<unknown>;
  readonly batch_sampler: Iterable<unknown> | null;
  readonly collate_fn: Collate;
  readonly prefetch_factor: number | null;

  constructor(
    readonly dataset: MapStyle,
    batch_size: number | null = 1,
    shuffle: boolean | null = null,
    sampler: Iterable<unknown> | null = null,
    batch_sampler: Iterable<unknown> | null = null,
    readonly num_workers = 0,
    collate_fn: Collate | null = null,
    readonly pin_memory = false,
    drop_last = false,
    readonly timeout = 0,
    readonly worker_init_fn: unknown = null,
    readonly multiprocessing_context: unknown = null,
    readonly generator: RandomGenerator | null = null,
    prefetch_factor: number | null = null,
    readonly persistent_workers = false,
    readonly pin_memory_device = "",
    readonly in_order = true,
  ) {
    checkWorkers(num_workers, timeout, prefetch_factor, persistent_workers);
    if (isIterable(dataset)) checkIterable(shuffle, sampler, batch_sampler);
    if (sampler !== null && shuffle)
      throw new ValueError("sampler option is mutually exclusive with shuffle");
    if (batch_sampler !== null && (batch_size !== 1 || shuffle || sampler !== null || drop_last))
      throw new ValueError(
        "batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and drop_last",
      );
    if (batch_size === null && batch_sampler === null && drop_last)
      throw new ValueError(
        "batch_size=None option disables auto-batching and is mutually exclusive with drop_last",
      );
    this.sampler =
      sampler ??
      (isIterable(dataset)
        ? { [Symbol.iterator]: forever }
        : shuffle
          ? new RandomSampler(dataset, false, null, generator)
          : new SequentialSampler(dataset));
    this.batch_size = batch_sampler === null ? batch_size : null;
    this.drop_last = drop_last;
    this.batch_sampler =
      batch_sampler ?? (batch_size === null ? null : new BatchSampler(this.sampler, batch_size, drop_last));
    this.collate_fn =
      collate_fn ?? ((this.batch_sampler === null ? default_convert : default_collate) as Collate);
    this.prefetch_factor = prefetch_factor ?? (num_workers > 0 ? 2 : null);
  }

  /** The batches of one epoch. Every epoch draws a number from the global generator (or the loader's), shuffled or not. */
  [Symbol.iterator](): Generator<Batch> {
    const indices = iteratorOf(this.batch_sampler ?? this.sampler);
    drawSeed(this.generator);
    return (isIterable(this.dataset) ? streamed(this, indices) : fetched(this, indices)) as Generator<Batch>;
  }
  /**
   * The same batches without blocking: samples may be promises, and the next batches are on their way while one is used.
   */
  [Symbol.asyncIterator](): AsyncGenerator<Batch> {
    const indices = iteratorOf(this.batch_sampler ?? this.sampler);
    drawSeed(this.generator);
    return (
      isIterable(this.dataset) ? streamedAsync(this, indices) : fetchedAsync(this, indices)
    ) as AsyncGenerator<Batch>;
  }

  /** The number of batches. */
  __len__(): number {
    if (!isIterable(this.dataset)) return len((this.batch_sampler ?? this.sampler) as never);
    const n = len(this.dataset as never);
    if (this.batch_size === null) return n;
    return this.drop_last ? Math.floor(n / this.batch_size) : Math.ceil(n / this.batch_size);
  }
  get length(): number {
    return this.__len__();
  }
}

const isIterable = (dataset: unknown): dataset is IterableDataset => dataset instanceof IterableDataset;

function* forever(): Generator<null> {
  for (;;) yield null;
}

const iteratorOf = (x: Iterable<unknown>): Iterator<unknown> => x[Symbol.iterator]();

function checkWorkers(workers: number, timeout: number, prefetch: number | null, persistent: boolean): void {
  if (workers < 0)
    throw new ValueError(
      "num_workers option should be non-negative; use num_workers=0 to disable multiprocessing.",
    );
  if (timeout < 0) throw new ValueError("timeout option should be non-negative");
  if (workers === 0 && prefetch !== null)
    throw new ValueError(
      "prefetch_factor option could only be specified in multiprocessing.let num_workers > 0 to enable multiprocessing, otherwise set prefetch_factor to None.",
    );
  if (prefetch !== null && prefetch < 0)
    throw new ValueError("prefetch_factor option should be non-negative");
  if (persistent && workers === 0) throw new ValueError("persistent_workers option needs num_workers > 0");
}

function checkIterable(shuffle: unknown, sampler: unknown, batch_sampler: unknown): void {
  const problem = Object.entries({ shuffle: shuffle || null, sampler, batch_sampler }).find(
    ([, v]) => v !== null,
  );
  if (!problem) return;
  const [name, value] = problem;
  throw new ValueError(
    `DataLoader with IterableDataset: expected unspecified ${name} option, but got ${name}=${repr(value)}`,
  );
}

type Loader = DataLoaderImpl<unknown>;
const collate = (loader: Loader, samples: unknown): unknown =>
  (loader.collate_fn as (x: unknown) => unknown)(samples);

/** The samples of one entry of the sampler: several where the loader makes batches. */
function fetchOne(loader: Loader, entry: unknown): unknown {
  if (loader.batch_sampler === null) return collate(loader, sampleOf(loader.dataset, entry));
  const indices = entry as readonly unknown[];
  return rows(loader, indices) ?? collate(loader, samplesOf(loader.dataset, indices));
}

/** Whole batches of rows at once, where stacking them one by one gives the same. */
function rows(loader: Loader, indices: readonly unknown[]): Tensor[] | undefined {
  if (loader.collate_fn !== (default_collate as Collate)) return undefined;
  let { dataset } = loader;
  let at = indices as readonly number[];
  while (dataset.constructor === Subset) {
    const subset = dataset as Subset;
    at = at.map((i) => subset.indices.at(i)!);
    dataset = subset.dataset;
  }
  if (dataset.constructor !== TensorDataset) return undefined;
  const { tensors } = dataset as TensorDataset;
  const n = tensors[0]?.shape[0] ?? 0;
  if (tensors.some((t) => t.requires_grad) || !at.every((i) => Number.isInteger(i) && i >= 0 && i < n))
    return undefined;
  const index = tensor(at, { dtype: int64 });
  return tensors.map((t) => index_select(t, 0, index));
}

function* fetched(loader: Loader, indices: Iterator<unknown>): Generator<unknown> {
  for (let next = indices.next(); !next.done; next = indices.next()) yield fetchOne(loader, next.value);
}

/** The next `count` samples of a stream; fewer at its end. */
function take(samples: Iterator<unknown>, count: number): unknown[] {
  const out: unknown[] = [];
  while (out.length < count) {
    const next = samples.next();
    if (next.done) break;
    out.push(next.value);
  }
  return out;
}

function* streamed(loader: Loader, indices: Iterator<unknown>): Generator<unknown> {
  const samples = iteratorOf(loader.dataset as IterableDataset);
  for (let entry = indices.next(); !entry.done; entry = indices.next()) {
    const count = loader.batch_sampler === null ? 1 : (entry.value as unknown[]).length;
    const batch = take(samples, count);
    if (batch.length === 0 || (loader.drop_last && batch.length < count)) return;
    yield collate(loader, loader.batch_sampler === null ? batch[0] : batch);
    if (batch.length < count) return;
  }
}

/** Lets the page or the event loop have its turn. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

async function fetchOneAsync(loader: Loader, entry: unknown): Promise<unknown> {
  await turn();
  if (loader.batch_sampler === null) return collate(loader, await sampleOf(loader.dataset, entry));
  const indices = entry as readonly unknown[];
  const batch = rows(loader, indices);
  if (batch) return batch;
  return collate(loader, await Promise.all(await samplesOf(loader.dataset, indices)));
}

async function* fetchedAsync(loader: Loader, indices: Iterator<unknown>): AsyncGenerator<unknown> {
  const ahead: Promise<unknown>[] = [];
  const more = (): void => {
    const next = indices.next();
    if (next.done) return;
    const batch = fetchOneAsync(loader, next.value);
    // Its error belongs to the turn of this batch, not to the moment when it happens.
    batch.catch(() => undefined);
    ahead.push(batch);
  };
  for (let i = 0; i <= (loader.prefetch_factor ?? 2); i++) more();
  while (ahead.length > 0) {
    const batch = await ahead.shift();
    more();
    yield batch;
  }
}

async function* streamedAsync(loader: Loader, indices: Iterator<unknown>): AsyncGenerator<unknown> {
  const dataset = loader.dataset as Partial<AsyncIterable<unknown>> & Iterable<unknown>;
  const samples = dataset[Symbol.asyncIterator]?.() ?? dataset[Symbol.iterator]();
  for (let entry = indices.next(); !entry.done; entry = indices.next()) {
    const count = loader.batch_sampler === null ? 1 : (entry.value as unknown[]).length;
    const batch: unknown[] = [];
    for (let next = await samples.next(); !next.done; next = await samples.next()) {
      batch.push(await next.value);
      if (batch.length === count) break;
    }
    if (batch.length === 0 || (loader.drop_last && batch.length < count)) return;
    yield await collate(loader, loader.batch_sampler === null ? batch[0] : batch);
    await turn();
    if (batch.length < count) return;
  }
}

/**
 * `torch.utils.data.DataLoader`: the samples of a data set in batches, in order, shuffled or as a sampler says. Iterate it
 * with `for`, or with `for await`, which leaves the page responsive and accepts samples that are promises.
 *
 * Under a seed the order is PyTorch's. Workers are not processes here: `num_workers` changes nothing.
 *
 * @throws ValueError for options that exclude each other
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const { DataLoader, TensorDataset } = torch.utils.data;
 * const data = TensorDataset(torch.arange(5).mul(10), torch.arange(5));
 * for (const [x, y] of DataLoader(data, { batch_size: 2, drop_last: true })) print(x, y);
 * // prints
 * // tensor([ 0, 10]) tensor([0, 1])
 * // tensor([20, 30]) tensor([2, 3])
 * ```
 */
export const DataLoader = pyClass(
  "torch.utils.data.dataloader.DataLoader",
  "dataset batch_size shuffle sampler batch_sampler num_workers collate_fn pin_memory drop_last timeout worker_init_fn multiprocessing_context generator * prefetch_factor persistent_workers pin_memory_device in_order",
  DataLoaderImpl,
);
export type DataLoader<Batch = Tensor[]> = DataLoaderImpl<Batch>;
