import { repr, TypeError } from "@cognate/py";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";
import type { Axes } from "./affine.js";
import { checkAxes } from "./rms-normalization.js";

export class UnitNormalizationImpl extends StockLayer {
  declare readonly axis: Axes;

  constructor(axis: Axes = -1, options: LayerOptions = {}) {
    super(options);
    if (!Array.isArray(axis) && !Number.isInteger(axis))
      throw new TypeError(
        `Invalid value for \`axis\` argument: expected an int or a list/tuple of ints. Received: axis=${repr(axis)}`,
      );
    this._take({ axis: typeof axis === "number" ? axis : [...axis] });
    this.supports_masking = true;
    this._build_at_init();
  }
  override call(inputs: Tensor): Tensor {
    return K.normalize(inputs, this.axis, 2, 1e-12);
  }
  override compute_output_shape(input_shape: Shape): Shape {
    return checkAxes(this.axis, input_shape);
  }
}

/** `keras.layers.UnitNormalization`: x divided by its length along axes. */
export const UnitNormalization = stock(
  "normalization.unit_normalization.UnitNormalization",
  "axis **kwargs",
  UnitNormalizationImpl,
);
export type UnitNormalization = UnitNormalizationImpl;
