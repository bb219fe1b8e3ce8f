import { ValueError } from "@cognate/py";
import type { DTypeLike } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import * as init from "../init.js";
import { moduleClass } from "../module/keywords.js";
import { fieldsText } from "../module/option-layer.js";
import { allocateWeights } from "../module/weights.js";
import { ModuleImpl } from "../module.js";
import type { Parameter } from "../parameter.js";

const LAYOUT = { weight: ["num_channels"], bias: ["num_channels"] };

class GroupNormImpl extends ModuleImpl {
  num_groups: number;
  num_channels: number;
  eps: number;
  affine: boolean;
  declare weight: Parameter | null;
  declare bias: Parameter | null;

  constructor(
    num_groups: number,
    num_channels: number,
    eps = 1e-5,
    affine = true,
    device: unknown = null,
    dtype: DTypeLike | null = null,
    bias = true,
  ) {
    super();
    if (num_channels % num_groups !== 0)
      throw new ValueError(`num_channels (${num_channels}) must be divisible by num_groups (${num_groups})`);
    this.num_groups = num_groups;
    this.num_channels = num_channels;
    this.eps = eps;
    this.affine = affine;
    const without = !affine ? ["weight", "bias"] : bias ? [] : ["bias"];
    allocateWeights(this, LAYOUT, { num_channels }, { device, dtype }, without);
    this.reset_parameters();
  }

  reset_parameters(): void {
    if (this.weight !== null) init.ones_(this.weight);
    if (this.bias !== null) init.zeros_(this.bias);
  }
  override forward(input: Tensor): Tensor {
    return F.group_norm(input, this.num_groups, this.weight, this.bias, this.eps);
  }
  override extra_repr(): string {
    return `${this.num_groups}, ${this.num_channels}, ${fieldsText(this, ["eps", "affine"], ["eps"])}, bias=${this.bias === null ? "False" : "True"}`;
  }
}

interface GroupNormImpl {
  (input: Tensor): Tensor;
}

/** `torch.nn.GroupNorm`: the channels of each sample in groups, each normalised by its own mean and variance. */
export const GroupNorm = moduleClass(
  "normalization.GroupNorm",
  "num_groups num_channels eps affine device dtype * bias",
  GroupNormImpl,
  "input",
);
export type GroupNorm = GroupNormImpl;
