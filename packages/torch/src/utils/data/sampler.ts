import { len, NotImplementedError, pyClass, repr, TypeError, ValueError } from "@cognate/py";
import { float64, int64 } from "../../dtype.js";
import { empty } from "../../ops/creation.js";
import { multinomial, Generator as RandomGenerator, randint, randperm } from "../../random/functions.js";
import { tensor } from "../../tensor/factories.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { MapStyle } from "./dataset.js";

/** A 63-bit number from the generator (the global one if none is given), as every data loader draws for an epoch. */
export const drawSeed = (generator: RandomGenerator | null): number | bigint =>
  empty([], { dtype: int64 }).random_({ generator }).item() as number | bigint;

class SamplerImpl {
  /** The indices; a subclass defines it, or `__iter__`. */
  [Symbol.iterator](): Iterator<unknown> {
    return this.__iter__()[Symbol.iterator]();
  }
  __iter__(): Iterable<unknown> {
    throw new NotImplementedError("");
  }
}

/** `torch.utils.data.Sampler`: the base of what says in which order a loader reads. */
export const Sampler = pyClass("torch.utils.data.sampler.Sampler", "", SamplerImpl);
export type Sampler = SamplerImpl;

class SequentialSamplerImpl extends SamplerImpl {
  constructor(readonly data_source: MapStyle) {
    super();
  }
  override *__iter__(): Generator<number> {
    for (let i = 0; i < len(this.data_source as never); i++) yield i;
  }
  __len__(): number {
    return len(this.data_source as never);
  }
}

/** `torch.utils.data.SequentialSampler`: 0, 1, 2 … */
export const SequentialSampler = pyClass(
  "torch.utils.data.sampler.SequentialSampler",
  "data_source",
  SequentialSamplerImpl,
);
export type SequentialSampler = SequentialSamplerImpl;

const numbers = (t: Tensor): number[] => t.tolist() as number[];

class RandomSamplerImpl extends SamplerImpl {
  constructor(
    readonly data_source: MapStyle,
    readonly replacement = false,
    readonly _num_samples: number | null = null,
    readonly generator: RandomGenerator | null = null,
  ) {
    super();
    if (typeof replacement !== "boolean")
      throw new TypeError(`replacement should be a boolean value, but got replacement=${repr(replacement)}`);
    if (!Number.isInteger(this.num_samples) || this.num_samples <= 0)
      throw new ValueError(
        `num_samples should be a positive integer value, but got num_samples=${repr(this.num_samples)}`,
      );
  }
  get num_samples(): number {
    return this._num_samples ?? len(this.data_source as never);
  }
  override *__iter__(): Generator<number> {
    const n = len(this.data_source as never);
    const count = this.num_samples;
    let { generator } = this;
    if (generator === null) {
      const seed = drawSeed(null);
      generator = new RandomGenerator();
      generator.manual_seed(seed);
    }
    if (this.replacement) {
      // In blocks of 32, because that is how PyTorch draws.
      for (let i = 0; i < Math.floor(count / 32); i++)
        yield* numbers(randint({ high: n, size: [32], dtype: int64, generator }));
      yield* numbers(randint({ high: n, size: [count % 32], dtype: int64, generator }));
      return;
    }
    for (let i = 0; i < Math.floor(count / n); i++) yield* numbers(randperm(n, { generator }));
    yield* numbers(randperm(n, { generator })).slice(0, count % n);
  }
  __len__(): number {
    return this.num_samples;
  }
}

/**
 * `torch.utils.data.RandomSampler`: every index once in random order, or `num_samples` draws with replacement.
 *
 * Without a generator it draws a seed from the global one for a generator of its own.
 */
export const RandomSampler = pyClass(
  "torch.utils.data.sampler.RandomSampler",
  "data_source replacement num_samples generator",
  RandomSamplerImpl,
);
export type RandomSampler = RandomSamplerImpl;

class SubsetRandomSamplerImpl extends SamplerImpl {
  constructor(
    readonly indices: readonly number[],
    readonly generator: RandomGenerator | null = null,
  ) {
    super();
  }
  override *__iter__(): Generator<number> {
    const { indices, generator } = this;
    for (const i of numbers(randperm(indices.length, { generator }))) yield indices[i]!;
  }
  __len__(): number {
    return this.indices.length;
  }
}

/** `torch.utils.data.SubsetRandomSampler`: the given indices in random order. */
export const SubsetRandomSampler = pyClass(
  "torch.utils.data.sampler.SubsetRandomSampler",
  "indices generator",
  SubsetRandomSamplerImpl,
);
export type SubsetRandomSampler = SubsetRandomSamplerImpl;

class WeightedRandomSamplerImpl extends SamplerImpl {
  readonly weights: Tensor;

  constructor(
    weights: Iterable<number>,
    readonly num_samples: number,
    readonly replacement = true,
    readonly generator: RandomGenerator | null = null,
  ) {
    super();
    if (!Number.isInteger(num_samples) || num_samples <= 0)
      throw new ValueError(
        `num_samples should be a positive integer value, but got num_samples=${repr(num_samples)}`,
      );
    if (typeof replacement !== "boolean")
      throw new ValueError(`replacement should be a boolean value, but got replacement=${repr(replacement)}`);
    this.weights = tensor(weights, { dtype: float64 });
    if (this.weights.ndim !== 1)
      throw new ValueError(
        `weights should be a 1d sequence but given weights have shape (${this.weights.shape.join(", ")})`,
      );
  }
  override *__iter__(): Generator<number> {
    const { weights, num_samples, replacement, generator } = this;
    yield* numbers(multinomial(weights, num_samples, replacement, { generator }));
  }
  __len__(): number {
    return this.num_samples;
  }
}

/** `torch.utils.data.WeightedRandomSampler`: indices drawn with the given weights. */
export const WeightedRandomSampler = pyClass(
  "torch.utils.data.sampler.WeightedRandomSampler",
  "weights num_samples replacement generator",
  WeightedRandomSamplerImpl,
);
export type WeightedRandomSampler = WeightedRandomSamplerImpl;

class BatchSamplerImpl extends SamplerImpl {
  constructor(
    readonly sampler: Iterable<unknown>,
    readonly batch_size: number,
    readonly drop_last: boolean,
  ) {
    super();
    if (!Number.isInteger(batch_size) || batch_size <= 0)
      throw new ValueError(
        `batch_size should be a positive integer value, but got batch_size=${repr(batch_size)}`,
      );
    if (typeof drop_last !== "boolean")
      throw new ValueError(`drop_last should be a boolean value, but got drop_last=${repr(drop_last)}`);
  }
  override *__iter__(): Generator<unknown[]> {
    let batch: unknown[] = [];
    for (const index of this.sampler) {
      batch.push(index);
      if (batch.length < this.batch_size) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0 && !this.drop_last) yield batch;
  }
  __len__(): number {
    const n = len(this.sampler as never);
    return this.drop_last ? Math.floor(n / this.batch_size) : Math.ceil(n / this.batch_size);
  }
}

/** `torch.utils.data.BatchSampler`: the indices of another sampler in batches. */
export const BatchSampler = pyClass(
  "torch.utils.data.sampler.BatchSampler",
  "sampler batch_size drop_last",
  BatchSamplerImpl,
);
export type BatchSampler = BatchSamplerImpl;
