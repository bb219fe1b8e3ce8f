import { ValueError } from "@cognate/py";
import { type Shape, shapeText } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import type { Variable } from "../../backend/variable.js";
import * as K from "../../ops/index.js";
import { type LayerOptions, type Layout, StockLayer, stock } from "../stock.js";
import type { Axes } from "./affine.js";

const LAYOUT: Layout = { scale: { shape: ["...features"], initializer: "ones" } };

/** @throws ValueError for an axis that a shape has not */
export function checkAxes(axis: Axes, shape: Shape, more = ""): Shape {
  for (const a of typeof axis === "number" ? [axis] : axis)
    if (a >= shape.length || a < -shape.length)
      throw new ValueError(`Axis ${a} is out of bounds for input shape ${shapeText(shape)}.${more}`);
  return shape;
}

export class RMSNormalizationImpl extends StockLayer {
  declare axis: Axes;
  declare scale: Variable;
  declare readonly epsilon: number;

  constructor(axis: Axes = -1, epsilon = 1e-6, options: LayerOptions = {}) {
    super(options);
    this._take({ axis, epsilon });
  }
  override build(input_shape: Shape): void {
    const axes = typeof this.axis === "number" ? [this.axis] : [...this.axis].sort((a, b) => a - b);
    this._take({ axis: axes });
    this._weights(LAYOUT, { features: axes.map((a) => input_shape.at(a)!) });
    this.built = true;
  }
  override call(x: Tensor): Tensor {
    return K.rms_normalization(x, this.scale, this.axis, Number(this.epsilon));
  }
  override compute_output_shape(input_shape: Shape): Shape {
    const text = typeof this.axis === "number" ? `${this.axis}` : `[${this.axis.join(", ")}]`;
    return checkAxes(this.axis, input_shape, ` Received: axis=${text}`);
  }
}

/** `keras.layers.RMSNormalization`: x/√(mean x² + ε)·scale over axes. */
export const RMSNormalization = stock(
  "normalization.rms_normalization.RMSNormalization",
  "axis epsilon **kwargs",
  RMSNormalizationImpl,
  { call: "x" },
);
export type RMSNormalization = RMSNormalizationImpl;
