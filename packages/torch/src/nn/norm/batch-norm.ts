import { ValueError } from "@cognate/py";
import type { DTypeLike } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import { moduleClass } from "../module/keywords.js";
import { NORM_SIGNATURE, NormBase } from "./norm-base.js";

/** The ranks that each of the classes takes, and how its error says them. */
const RANKS = { 1: [[2, 3], "2D or 3D"], 2: [[4], "4D"], 3: [[5], "5D"] } as const;

export abstract class BatchNormBase extends NormBase {
  override forward(input: Tensor): Tensor {
    this._check_input_dim(input);
    const tracks = this.training && this.track_running_stats && this.num_batches_tracked !== null;
    if (tracks) this.num_batches_tracked!.add_(1);
    // Without momentum the running statistics are plain means over all batches.
    const factor = this.momentum ?? (tracks ? 1 / Number(this.num_batches_tracked!.item()) : 0);
    const uses = !this.training || this.track_running_stats;
    return F.batch_norm(
      input,
      uses ? this.running_mean : null,
      uses ? this.running_var : null,
      this.weight,
      this.bias,
      this.training || (this.running_mean === null && this.running_var === null),
      factor,
      this.eps,
    );
  }
}

/** The class for a number of axes besides batch and channel. */
function batchNorm(axes: 1 | 2 | 3) {
  const [ranks, words] = RANKS[axes];
  return class extends BatchNormBase {
    constructor(
      num_features: number,
      eps = 1e-5,
      momentum: number | null = 0.1,
      affine = true,
      track_running_stats = true,
      device: unknown = null,
      dtype: DTypeLike | null = null,
      bias = true,
    ) {
      super({ num_features, eps, momentum, affine, track_running_stats, device, dtype, bias });
    }
    override _check_input_dim(input: Tensor): void {
      if (!(ranks as readonly number[]).includes(input.ndim))
        throw new ValueError(`expected ${words} input (got ${input.ndim}D input)`);
    }
  };
}

export const [BatchNorm1dImpl, BatchNorm2dImpl, BatchNorm3dImpl] = [batchNorm(1), batchNorm(2), batchNorm(3)];

/** `torch.nn.BatchNorm1d`: {@link BatchNorm2d} for `[N, C]` and `[N, C, L]`. */
export const BatchNorm1d = moduleClass("batchnorm.BatchNorm1d", NORM_SIGNATURE, BatchNorm1dImpl, "input");
export type BatchNorm1d = InstanceType<typeof BatchNorm1d>;

/**
 * `torch.nn.BatchNorm2d`: (x − mean) / √(var + ε)·weight + bias for each channel of `[N, C, H, W]`.
 *
 * In training mean and (biased) variance are the batch's, and the running ones, with the unbiased variance, move towards
 * them by `momentum`; `null` makes those plain means over all batches. In evaluation the running ones are used.
 *
 * @throws ValueError for an input of another rank
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const bn = torch.nn.BatchNorm2d(2);
 * bn(torch.arange(16, { dtype: torch.float32 }).view(2, 2, 2, 2));
 * print(bn.running_mean, bn.num_batches_tracked); // prints tensor([0.5500, 0.9500]) tensor(1)
 * ```
 */
export const BatchNorm2d = moduleClass("batchnorm.BatchNorm2d", NORM_SIGNATURE, BatchNorm2dImpl, "input");
export type BatchNorm2d = InstanceType<typeof BatchNorm2d>;

/** `torch.nn.BatchNorm3d`: {@link BatchNorm2d} for `[N, C, D, H, W]`. */
export const BatchNorm3d = moduleClass("batchnorm.BatchNorm3d", NORM_SIGNATURE, BatchNorm3dImpl, "input");
export type BatchNorm3d = InstanceType<typeof BatchNorm3d>;
