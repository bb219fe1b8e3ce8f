import type { DTypeLike } from "../../dtype.js";
import { int64 } from "../../dtype.js";
import { tensor } from "../../tensor/factories.js";
import type { Tensor } from "../../tensor/tensor.js";
import { moduleClass } from "../module/keywords.js";
import { channelsOf, makeLazy } from "../module/lazy.js";
import { UninitializedBuffer, UninitializedParameter } from "../parameter.js";
import { BatchNorm1dImpl, BatchNorm2dImpl, BatchNorm3dImpl } from "./batch-norm.js";
import { InstanceNorm1dImpl, InstanceNorm2dImpl, InstanceNorm3dImpl } from "./instance-norm.js";
import type { NormBase } from "./norm-base.js";

/** Gives a norm without channels the placeholders that wait for them. */
function wait(
  self: NormBase,
  affine: boolean,
  track: boolean,
  bias: boolean,
  device: unknown,
  dtype: DTypeLike | null,
): void {
  self.affine = affine;
  self.track_running_stats = track;
  if (affine) {
    self.weight = UninitializedParameter(true, device, dtype);
    if (bias) self.bias = UninitializedParameter(true, device, dtype);
  }
  if (!track) return;
  self.running_mean = UninitializedBuffer(false, device, dtype);
  self.running_var = UninitializedBuffer(false, device, dtype);
  self.num_batches_tracked = tensor(0, { dtype: int64 });
}

const plan = (channels: (input: Tensor) => number) => ({
  known: (self: NormBase): boolean => self.num_features !== 0,
  infer: (self: NormBase, input: Tensor): void => {
    self.num_features = channels(input);
  },
  shapes: (self: NormBase) => self._shapes(),
});

const SIGNATURE = "eps momentum affine track_running_stats device dtype * bias";

function lazyNorm(
  Norm: typeof BatchNorm1dImpl | typeof InstanceNorm1dImpl,
  channels: (input: Tensor) => number,
) {
  class Lazy extends (Norm as typeof BatchNorm1dImpl) {
    constructor(
      eps = 1e-5,
      momentum: number | null = 0.1,
      affine = true,
      track_running_stats = true,
      device: unknown = null,
      dtype: DTypeLike | null = null,
      bias = true,
    ) {
      super(0, eps, momentum, false, false, device, dtype, false);
      wait(this, affine, track_running_stats, bias, device, dtype);
    }
  }
  makeLazy<NormBase>(Lazy, Norm, plan(channels));
  return Lazy;
}

const second = (input: Tensor): number => input.shape[1]!;

/** `torch.nn.LazyBatchNorm1d`: a {@link BatchNorm1d} that learns `num_features` from its first input. */
export const LazyBatchNorm1d = moduleClass(
  "batchnorm.LazyBatchNorm1d",
  SIGNATURE,
  lazyNorm(BatchNorm1dImpl, second),
  "input",
);
export type LazyBatchNorm1d = InstanceType<typeof LazyBatchNorm1d>;
/** `torch.nn.LazyBatchNorm2d`: a {@link BatchNorm2d} that learns `num_features` from its first input. */
export const LazyBatchNorm2d = moduleClass(
  "batchnorm.LazyBatchNorm2d",
  SIGNATURE,
  lazyNorm(BatchNorm2dImpl, second),
  "input",
);
export type LazyBatchNorm2d = InstanceType<typeof LazyBatchNorm2d>;
/** `torch.nn.LazyBatchNorm3d`: a {@link BatchNorm3d} that learns `num_features` from its first input. */
export const LazyBatchNorm3d = moduleClass(
  "batchnorm.LazyBatchNorm3d",
  SIGNATURE,
  lazyNorm(BatchNorm3dImpl, second),
  "input",
);
export type LazyBatchNorm3d = InstanceType<typeof LazyBatchNorm3d>;

const withChannels =
  (axes: number) =>
  (input: Tensor): number =>
    channelsOf(input, axes, `LazyInstanceNorm${axes}d`);

/** `torch.nn.LazyInstanceNorm1d`: an {@link InstanceNorm1d} that learns `num_features` from its first input. */
export const LazyInstanceNorm1d = moduleClass(
  "instancenorm.LazyInstanceNorm1d",
  SIGNATURE,
  lazyNorm(InstanceNorm1dImpl, withChannels(1)),
  "input",
);
export type LazyInstanceNorm1d = InstanceType<typeof LazyInstanceNorm1d>;
/** `torch.nn.LazyInstanceNorm2d`: an {@link InstanceNorm2d} that learns `num_features` from its first input. */
export const LazyInstanceNorm2d = moduleClass(
  "instancenorm.LazyInstanceNorm2d",
  SIGNATURE,
  lazyNorm(InstanceNorm2dImpl, withChannels(2)),
  "input",
);
export type LazyInstanceNorm2d = InstanceType<typeof LazyInstanceNorm2d>;
/** `torch.nn.LazyInstanceNorm3d`: an {@link InstanceNorm3d} that learns `num_features` from its first input. */
export const LazyInstanceNorm3d = moduleClass(
  "instancenorm.LazyInstanceNorm3d",
  SIGNATURE,
  lazyNorm(InstanceNorm3dImpl, withChannels(3)),
  "input",
);
export type LazyInstanceNorm3d = InstanceType<typeof LazyInstanceNorm3d>;
