import { ValueError } from "@cognate/py";
import { type Shape, shapeText } from "../../backend/shape.js";
import type { Variable } from "../../backend/variable.js";
import { type Layout, StockLayer } from "../stock.js";

/** The scale and the shift after a normalisation. */
export const AFFINE: Layout = {
  gamma: { shape: ["...features"], when: "scale", autocast: false },
  beta: { shape: ["...features"], when: "center", autocast: false },
};

export type Axes = number | readonly number[];

/** Normalisations with a scale and a shift along an axis. */
export abstract class Affine extends StockLayer {
  declare readonly axis: Axes;
  declare readonly epsilon: number;
  declare readonly center: boolean;
  declare readonly scale: boolean;
  declare gamma: Variable | null;
  declare beta: Variable | null;

  override compute_output_shape(input_shape: Shape): Shape {
    const axes = typeof this.axis === "number" ? [this.axis] : this.axis;
    for (const axis of axes)
      if (axis >= input_shape.length || axis < -input_shape.length)
        throw new ValueError(
          `Axis ${axis} is out of bounds for input shape ${shapeText(input_shape)}. Received: axis=${typeof this.axis === "number" ? this.axis : `[${this.axis.join(", ")}]`}`,
        );
    return input_shape;
  }
}
