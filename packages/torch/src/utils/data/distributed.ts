import { len, pyClass, RuntimeError, ValueError } from "@cognate/py";
import { Generator as RandomGenerator, randperm } from "../../random/functions.js";
import type { MapStyle } from "./dataset.js";
import { Sampler } from "./sampler.js";

class DistributedSamplerImpl extends Sampler {
  epoch = 0;
  readonly num_samples: number;
  readonly total_size: number;

  constructor(
    readonly dataset: MapStyle,
    readonly num_replicas: number | null = null,
    readonly rank: number | null = null,
    readonly shuffle = true,
    readonly seed = 0,
    readonly drop_last = false,
  ) {
    super();
    if (num_replicas === null || rank === null)
      throw new RuntimeError(
        "Default process group has not been initialized, please make sure to call init_process_group.",
      );
    if (rank >= num_replicas || rank < 0)
      throw new ValueError(`Invalid rank ${rank}, rank should be in the interval [0, ${num_replicas - 1}]`);
    const n = len(dataset as never);
    const uneven = drop_last && n % num_replicas !== 0;
    this.num_samples = Math.ceil((uneven ? n - num_replicas : n) / num_replicas);
    this.total_size = this.num_samples * num_replicas;
  }

  override *__iter__(): Generator<number> {
    const n = len(this.dataset as never);
    const order = this.shuffle ? this._shuffled(n) : Array.from({ length: n }, (_, i) => i);
    const [first, step] = [this.rank!, this.num_replicas!];
    // Where samples are too few, the order begins anew.
    for (let i = first; i < this.total_size; i += step) yield order[i % n]!;
  }
  private _shuffled(n: number): number[] {
    const generator = new RandomGenerator();
    generator.manual_seed(this.seed + this.epoch);
    return randperm(n, { generator }).tolist() as number[];
  }
  __len__(): number {
    return this.num_samples;
  }
  /** Sets the epoch, which changes the order. */
  set_epoch(epoch: number): void {
    this.epoch = epoch;
  }
}

/**
 * `torch.utils.data.DistributedSampler`: every `num_replicas`-th index from `rank` on, in an order that all of them shuffle alike.
 *
 * There are no processes here, so that both numbers must be given.
 */
export const DistributedSampler = pyClass(
  "torch.utils.data.distributed.DistributedSampler",
  "dataset num_replicas rank shuffle seed drop_last",
  DistributedSamplerImpl,
);
export type DistributedSampler = DistributedSamplerImpl;
