import { className, ValueError, warn } from "@cognate/py";
import type { DTypeLike } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import { moduleClass } from "../module/keywords.js";
import type { LocalMetadata, StateDict } from "../module/state-dict.js";
import { NORM_SIGNATURE, NormBase, type NormOptions } from "./norm-base.js";

export abstract class InstanceNormBase extends NormBase {
  /** Axes besides batch and channel. */
  readonly _axes: number;

  constructor(axes: number, options: NormOptions) {
    super(options);
    this._axes = axes;
  }

  override _check_input_dim(input: Tensor): void {
    const n = this._axes + 1;
    if (input.ndim !== n && input.ndim !== n + 1)
      throw new ValueError(`expected ${n}D or ${n + 1}D input (got ${input.ndim}D input)`);
  }
  override forward(input: Tensor): Tensor {
    this._check_input_dim(input);
    const channel = input.ndim - this._axes - 1;
    const size = input.shape[channel]!;
    if (size !== this.num_features) {
      if (this.affine)
        throw new ValueError(
          `expected input's size at dim=${channel} to match num_features (${this.num_features}), but got: ${size}.`,
        );
      warn(
        `input's size at dim=${channel} does not match num_features. You can silence this warning by not passing in num_features, which is not used because affine=False`,
      );
    }
    return channel === 0 ? this._normalize(input.unsqueeze(0)).squeeze(0) : this._normalize(input);
  }
  _normalize(input: Tensor): Tensor {
    return F.instance_norm(
      input,
      this.running_mean,
      this.running_var,
      this.weight,
      this.bias,
      this.training || !this.track_running_stats,
      this.momentum ?? 0,
      this.eps,
    );
  }

  /** State dicts of the first version hold statistics that are no longer kept. */
  override _load_from_state_dict(
    state_dict: StateDict,
    prefix: string,
    local_metadata: LocalMetadata,
    strict: boolean,
    missing_keys: string[],
    unexpected_keys: string[],
    error_msgs: string[],
  ): void {
    if (local_metadata.version === undefined && !this.track_running_stats) {
      const keys = ["running_mean", "running_var"]
        .map((name) => prefix + name)
        .filter((k) => k in state_dict);
      if (keys.length > 0) error_msgs.push(oldStatistics(keys, className(this.constructor)));
      for (const key of keys) delete state_dict[key];
    }
    super._load_from_state_dict(
      state_dict,
      prefix,
      local_metadata,
      strict,
      missing_keys,
      unexpected_keys,
      error_msgs,
    );
  }
}

const oldStatistics = (keys: readonly string[], C: string): string =>
  `Unexpected running stats buffer(s) ${keys.map((k) => `"${k}"`).join(" and ")} for ${C} with track_running_stats=False. If state_dict is a checkpoint saved before 0.4.0, this may be expected because ${C} does not track running stats by default since 0.4.0. Please remove these keys from state_dict. If the running stats are actually needed, instead set track_running_stats=True in ${C} to enable them. See the documentation of ${C} for details.`;

/** The class for a number of axes besides batch and channel. */
function instanceNorm(axes: 1 | 2 | 3) {
  return class extends InstanceNormBase {
    constructor(
      num_features: number,
      eps = 1e-5,
      momentum = 0.1,
      affine = false,
      track_running_stats = false,
      device: unknown = null,
      dtype: DTypeLike | null = null,
      bias = true,
    ) {
      super(axes, { num_features, eps, momentum, affine, track_running_stats, device, dtype, bias });
    }
  };
}

export const [InstanceNorm1dImpl, InstanceNorm2dImpl, InstanceNorm3dImpl] = [
  instanceNorm(1),
  instanceNorm(2),
  instanceNorm(3),
];

/** `torch.nn.InstanceNorm1d`: {@link InstanceNorm2d} for `[N, C, L]` and `[C, L]`. */
export const InstanceNorm1d = moduleClass(
  "instancenorm.InstanceNorm1d",
  NORM_SIGNATURE,
  InstanceNorm1dImpl,
  "input",
);
export type InstanceNorm1d = InstanceType<typeof InstanceNorm1d>;

/** `torch.nn.InstanceNorm2d`: each channel of each sample of `[N, C, H, W]` normalised by its own mean and variance. */
export const InstanceNorm2d = moduleClass(
  "instancenorm.InstanceNorm2d",
  NORM_SIGNATURE,
  InstanceNorm2dImpl,
  "input",
);
export type InstanceNorm2d = InstanceType<typeof InstanceNorm2d>;

/** `torch.nn.InstanceNorm3d`: {@link InstanceNorm2d} for `[N, C, D, H, W]`. */
export const InstanceNorm3d = moduleClass(
  "instancenorm.InstanceNorm3d",
  NORM_SIGNATURE,
  InstanceNorm3dImpl,
  "input",
);
export type InstanceNorm3d = InstanceType<typeof InstanceNorm3d>;
