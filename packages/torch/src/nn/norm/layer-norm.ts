import { Tuple } from "@cognate/py";
import type { DTypeLike } from "../../dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import * as init from "../init.js";
import { moduleClass } from "../module/keywords.js";
import { fieldsText } from "../module/option-layer.js";
import { allocateWeights } from "../module/weights.js";
import { ModuleImpl } from "../module.js";
import type { Parameter } from "../parameter.js";

const LAYOUT = { weight: ["normalized_shape"], bias: ["normalized_shape"] };

class LayerNormImpl extends ModuleImpl {
  normalized_shape: Tuple<number>;
  eps: number;
  elementwise_affine: boolean;
  declare weight: Parameter | null;
  declare bias: Parameter | null;

  constructor(
    normalized_shape: number | readonly number[],
    eps = 1e-5,
    elementwise_affine = true,
    bias = true,
    device: unknown = null,
    dtype: DTypeLike | null = null,
  ) {
    super();
    this.normalized_shape = axesOf(normalized_shape);
    this.eps = eps;
    this.elementwise_affine = elementwise_affine;
    const without = !elementwise_affine ? ["weight", "bias"] : bias ? [] : ["bias"];
    allocateWeights(this, LAYOUT, { normalized_shape: this.normalized_shape }, { device, dtype }, without);
    this.reset_parameters();
  }

  reset_parameters(): void {
    if (this.weight !== null) init.ones_(this.weight);
    if (this.bias !== null) init.zeros_(this.bias);
  }
  override forward(input: Tensor): Tensor {
    return F.layer_norm(input, this.normalized_shape, this.weight, this.bias, this.eps);
  }
  override extra_repr(): string {
    return `${this.normalized_shape}, ${fieldsText(this, ["eps", "elementwise_affine"], ["eps"])}, bias=${this.bias === null ? "False" : "True"}`;
  }
}

/** The lengths of the last axes that are normalised together. */
const axesOf = (shape: number | readonly number[]): Tuple<number> =>
  Tuple.of_(typeof shape === "number" ? [shape] : shape);

interface LayerNormImpl {
  (input: Tensor): Tensor;
}

/**
 * `torch.nn.LayerNorm`: (x − mean) / √(var + ε)·weight + bias over the last axes, whose lengths are `normalized_shape`.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const norm = torch.nn.LayerNorm([2, 3]);
 * print(norm, norm(torch.arange(6, { dtype: torch.float32 }).view(1, 2, 3)).sum().item() < 1e-6);
 * // prints LayerNorm((2, 3), eps=1e-05, elementwise_affine=True, bias=True) True
 * ```
 */
export const LayerNorm = moduleClass(
  "normalization.LayerNorm",
  "normalized_shape eps elementwise_affine bias device dtype",
  LayerNormImpl,
  "input",
);
export type LayerNorm = LayerNormImpl;

class RMSNormImpl extends ModuleImpl {
  normalized_shape: Tuple<number>;
  eps: number | null;
  elementwise_affine: boolean;
  declare weight: Parameter | null;

  constructor(
    normalized_shape: number | readonly number[],
    eps: number | null = null,
    elementwise_affine = true,
    device: unknown = null,
    dtype: DTypeLike | null = null,
  ) {
    super();
    this.normalized_shape = axesOf(normalized_shape);
    this.eps = eps;
    this.elementwise_affine = elementwise_affine;
    const { weight } = LAYOUT;
    const sizes = { normalized_shape: this.normalized_shape };
    allocateWeights(this, { weight }, sizes, { device, dtype }, elementwise_affine ? [] : ["weight"]);
    this.reset_parameters();
  }

  reset_parameters(): void {
    if (this.weight !== null) init.ones_(this.weight);
  }
  override forward(x: Tensor): Tensor {
    return F.rms_norm(x, this.normalized_shape, this.weight, this.eps);
  }
  override extra_repr(): string {
    return `${this.normalized_shape}, ${fieldsText(this, ["eps", "elementwise_affine"], ["eps"])}`;
  }
}

interface RMSNormImpl {
  (x: Tensor): Tensor;
}

/** `torch.nn.RMSNorm`: x / √(mean(x²) + ε)·weight over the last axes; ε is the type's machine epsilon if left out. */
export const RMSNorm = moduleClass(
  "normalization.RMSNorm",
  "normalized_shape eps elementwise_affine device dtype",
  RMSNormImpl,
  "x",
);
export type RMSNorm = RMSNormImpl;
