import type { DTypeLike } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import * as init from "../init.js";
import { moduleClass } from "../module/keywords.js";
import { fieldsText } from "../module/option-layer.js";
import { allocateWeights } from "../module/weights.js";
import { ModuleImpl } from "../module.js";
import type { Parameter } from "../parameter.js";

const LAYOUT = { weight: ["num_parameters"] };

class PReLUImpl extends ModuleImpl {
  num_parameters: number;
  init: number;
  declare weight: Parameter;

  constructor(num_parameters = 1, slope = 0.25, device: unknown = null, dtype: DTypeLike | null = null) {
    super();
    this.num_parameters = num_parameters;
    this.init = slope;
    allocateWeights(this, LAYOUT, { num_parameters }, { device, dtype });
    this.reset_parameters();
  }

  reset_parameters(): void {
    init.constant_(this.weight, this.init);
  }
  override forward(input: Tensor): Tensor {
    return F.prelu(input, this.weight);
  }
  override extra_repr(): string {
    return fieldsText(this, ["num_parameters"]);
  }
}

interface PReLUImpl {
  (input: Tensor): Tensor;
}

/** `torch.nn.PReLU`: x where positive, else a·x with a learned a, one for all channels or one each. */
export const PReLU = moduleClass("activation.PReLU", "num_parameters init device dtype", PReLUImpl, "input");
export type PReLU = PReLUImpl;
