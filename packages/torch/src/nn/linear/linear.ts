import type { DTypeLike } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import * as init from "../init.js";
import { moduleClass } from "../module/keywords.js";
import { fieldsText } from "../module/option-layer.js";
import { allocateWeights, fanIn } from "../module/weights.js";
import { ModuleImpl } from "../module.js";
import type { Parameter } from "../parameter.js";

/** Names and shapes of the weights. */
export const LAYOUT = { weight: ["out_features", "in_features"], bias: ["out_features"] };

/** Draws a weight and its bias as PyTorch does for linear and convolution layers: uniform in ±1/√fan_in. */
export function resetAffine(weight: Tensor, bias: Tensor | null): void {
  init.kaiming_uniform_(weight, Math.sqrt(5));
  if (bias === null) return;
  const n = fanIn(weight.shape);
  const bound = n > 0 ? 1 / Math.sqrt(n) : 0;
  init.uniform_(bias, -bound, bound);
}

export class LinearImpl extends ModuleImpl {
  in_features: number;
  out_features: number;
  declare weight: Parameter;
  declare bias: Parameter | null;

  constructor(
    in_features: number,
    out_features: number,
    bias = true,
    device: unknown = null,
    dtype: DTypeLike | null = null,
  ) {
    super();
    this.in_features = in_features;
    this.out_features = out_features;
    allocateWeights(this, LAYOUT, { in_features, out_features }, { device, dtype }, bias ? [] : ["bias"]);
    this.reset_parameters();
  }

  reset_parameters(): void {
    resetAffine(this.weight, this.bias);
  }
  override forward(input: Tensor): Tensor {
    return F.linear(input, this.weight, this.bias);
  }
  override extra_repr(): string {
    return `${fieldsText(this, ["in_features", "out_features"])}, bias=${this.bias === null ? "False" : "True"}`;
  }
}

export interface LinearImpl {
  (input: Tensor): Tensor;
}

/**
 * `torch.nn.Linear`: y = x·Wᵀ + b.
 *
 * @param in_features - length of the last axis of x
 * @param out_features - length of the last axis of y
 * @throws RuntimeError for an x of another last axis
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * torch.manual_seed(0);
 * const fc = torch.nn.Linear(3, 2);
 * print(fc, fc.weight.shape);
 * print(fc.bias);
 * // prints
 * // Linear(in_features=3, out_features=2, bias=True) torch.Size([2, 3])
 * // Parameter containing:
 * // tensor([-0.0114,  0.4578], requires_grad=True)
 * ```
 */
export const Linear = moduleClass(
  "linear.Linear",
  "in_features out_features bias device dtype",
  LinearImpl,
  "input",
);
export type Linear = LinearImpl;
