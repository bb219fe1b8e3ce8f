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

const LAYOUT = { weight: ["out_features", "in1_features", "in2_features"], bias: ["out_features"] };

class BilinearImpl extends ModuleImpl {
  in1_features: number;
  in2_features: number;
  out_features: number;
  declare weight: Parameter;
  declare bias: Parameter | null;

  constructor(
    in1_features: number,
    in2_features: number,
    out_features: number,
    bias = true,
    device: unknown = null,
    dtype: DTypeLike | null = null,
  ) {
    super();
    this.in1_features = in1_features;
    this.in2_features = in2_features;
    this.out_features = out_features;
    const sizes = { in1_features, in2_features, out_features };
    allocateWeights(this, LAYOUT, sizes, { device, dtype }, bias ? [] : ["bias"]);
    this.reset_parameters();
  }

  reset_parameters(): void {
    if (this.in1_features <= 0)
      throw new ValueError(`in1_features must be > 0, but got (in1_features=${this.in1_features})`);
    const bound = 1 / Math.sqrt(this.in1_features);
    init.uniform_(this.weight, -bound, bound);
    if (this.bias !== null) init.uniform_(this.bias, -bound, bound);
  }
  override forward(input1: Tensor, input2: Tensor): Tensor {
    return F.bilinear(input1, input2, this.weight, this.bias);
  }
  override extra_repr(): string {
    return `${fieldsText(this, ["in1_features", "in2_features", "out_features"])}, bias=${this.bias === null ? "False" : "True"}`;
  }
}

interface BilinearImpl {
  (input1: Tensor, input2: Tensor): Tensor;
}

/** `torch.nn.Bilinear`: y = x₁ᵀ·A·x₂ + b, one matrix A for each output. */
export const Bilinear = moduleClass(
  "linear.Bilinear",
  "in1_features in2_features out_features bias device dtype",
  BilinearImpl,
  "input1 input2",
);
export type Bilinear = BilinearImpl;
