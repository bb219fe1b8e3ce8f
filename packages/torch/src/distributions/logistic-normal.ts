import type { Tensor } from "../tensor/tensor.js";
import * as constraints from "./constraints.js";
import { Normal } from "./continuous.js";
import { distribution, type Param } from "./distribution.js";
import { FromBase } from "./from-base.js";
import type { Independent } from "./independent.js";
import { StickBreakingTransform } from "./transforms.js";

class LogisticNormalImpl extends FromBase {
  override get arg_constraints() {
    return { loc: constraints.real, scale: constraints.positive };
  }
  constructor(loc: Param, scale: Param, validate_args: boolean | null = null) {
    const base = Normal(loc, scale, { validate_args });
    super(base.batch_shape.length > 0 ? base : base.expand([1]), [StickBreakingTransform()], validate_args);
  }
  override get support() {
    return constraints.simplex;
  }
  private get _normal(): Normal {
    return (this.base_dist as Independent).base_dist as Normal;
  }
  get loc(): Tensor {
    return this._normal.loc;
  }
  get scale(): Tensor {
    return this._normal.scale;
  }
}
/** Vectors of positive numbers with sum 1, made of normal ones by breaking a stick. */
export const LogisticNormal = distribution(
  "logistic_normal.LogisticNormal",
  "loc scale validate_args",
  LogisticNormalImpl,
);
export type LogisticNormal = LogisticNormalImpl;
