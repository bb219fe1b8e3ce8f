import type { DTypeLike } from "../../dtype.js";
import { int64 } from "../../dtype.js";
import { ones, zeros } from "../../ops/creation.js";
import { tensor } from "../../tensor/factories.js";
import type { Tensor } from "../../tensor/tensor.js";
import * as init from "../init.js";
import { fieldsText } from "../module/option-layer.js";
import type { LocalMetadata, StateDict } from "../module/state-dict.js";
import { allocateWeights, shapesOf } from "../module/weights.js";
import { ModuleImpl } from "../module.js";
import type { Parameter } from "../parameter.js";

const LAYOUT = { weight: ["num_features"], bias: ["num_features"] };
/** Buffers, beside the number num_batches_tracked. */
const STATISTICS = { running_mean: ["num_features"], running_var: ["num_features"] };

/** The arguments of batch and instance norm. */
export interface NormOptions {
  readonly num_features: number;
  readonly eps: number;
  readonly momentum: number | null;
  readonly affine: boolean;
  readonly track_running_stats: boolean;
  readonly device: unknown;
  readonly dtype: DTypeLike | null;
  readonly bias: boolean;
}

/** What batch norm and instance norm share: weights a channel, and running statistics. */
export abstract class NormBase extends ModuleImpl {
  static override readonly _version: number = 2;

  num_features: number;
  eps: number;
  momentum: number | null;
  affine: boolean;
  track_running_stats: boolean;
  declare weight: Parameter | null;
  declare bias: Parameter | null;
  declare running_mean: Tensor | null;
  declare running_var: Tensor | null;
  declare num_batches_tracked: Tensor | null;

  constructor(o: NormOptions) {
    super();
    this.num_features = o.num_features;
    this.eps = o.eps;
    this.momentum = o.momentum;
    this.affine = o.affine;
    this.track_running_stats = o.track_running_stats;
    const without = !o.affine ? ["weight", "bias"] : o.bias ? [] : ["bias"];
    allocateWeights(this, LAYOUT, { num_features: o.num_features }, o, without);
    const factory = { device: o.device, dtype: o.dtype } as never;
    const tracks = o.track_running_stats;
    const shapes = this._shapes();
    this.register_buffer("running_mean", tracks ? zeros(shapes.running_mean!, factory) : null);
    this.register_buffer("running_var", tracks ? ones(shapes.running_var!, factory) : null);
    this.register_buffer("num_batches_tracked", tracks ? tensor(0, { dtype: int64 }) : null);
    this.reset_parameters();
  }

  /** The shapes of weights and statistics, when the number of channels is known. */
  _shapes(): Record<string, number[]> {
    return shapesOf({ ...LAYOUT, ...STATISTICS }, { num_features: this.num_features });
  }

  /** @throws ValueError for an input of another rank */
  abstract _check_input_dim(input: Tensor): void;

  reset_running_stats(): void {
    if (!this.track_running_stats) return;
    this.running_mean!.zero_();
    this.running_var!.fill_(1);
    this.num_batches_tracked!.zero_();
  }
  reset_parameters(): void {
    this.reset_running_stats();
    if (!this.affine) return;
    init.ones_(this.weight!);
    if (this.bias !== null) init.zeros_(this.bias);
  }

  override extra_repr(): string {
    const floats = fieldsText(this, ["eps", "momentum"], ["eps", "momentum"]);
    const bias = this.bias === null ? "False" : "True";
    return `${this.num_features}, ${floats}, ${fieldsText(this, ["affine"])}, bias=${bias}, ${fieldsText(this, ["track_running_stats"])}`;
  }

  /** State dicts of before version 2 have no num_batches_tracked. */
  override _load_from_state_dict(
    state_dict: StateDict,
    prefix: string,
    local_metadata: LocalMetadata,
    strict: boolean,
    missing_keys: string[],
    unexpected_keys: string[],
    error_msgs: string[],
  ): void {
    const key = `${prefix}num_batches_tracked`;
    if ((local_metadata.version ?? 1) < 2 && this.track_running_stats && !(key in state_dict))
      state_dict[key] = this.num_batches_tracked ?? tensor(0, { dtype: int64 });
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

export interface NormBase {
  (input: Tensor): Tensor;
}

/** The names of the constructors' parameters. */
export const NORM_SIGNATURE = "num_features eps momentum affine track_running_stats device dtype * bias";
