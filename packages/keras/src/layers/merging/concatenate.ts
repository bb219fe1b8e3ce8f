import { def, Tuple, ValueError } from "@cognate/py";
import { type Shape, shapeText } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { type LayerOptions, stock } from "../stock.js";
import { checkMasks, Merge, severalShapes, shapesText } from "./merge.js";

export class ConcatenateImpl extends Merge {
  constructor(
    readonly axis = -1,
    options: LayerOptions = {},
  ) {
    super(options);
  }
  override build(input_shape: readonly Shape[]): void {
    if (!severalShapes(input_shape) || input_shape.length < 1)
      throw new ValueError(
        `A \`Concatenate\` layer should be called on a list of at least 1 input. Received: input_shape=${severalShapes(input_shape) ? shapesText(input_shape) : shapeText(input_shape)}`,
      );
    const rests = input_shape.map((s): Shape => {
      const axis = this.axis < 0 ? this.axis + s.length : this.axis;
      return s.filter((_, i) => i !== axis) as Shape;
    });
    const [first] = rests as [Shape];
    const fits = (s: Shape): boolean =>
      s.length === first.length &&
      s.every((n, i) => {
        const known = new Set(rests.map((r) => r[i]).filter((d) => d !== null));
        return known.size <= 1 || n === null;
      });
    if (!rests.every(fits))
      throw new ValueError(
        `A \`Concatenate\` layer requires inputs with matching shapes except for the concatenation axis. Received: input_shape=${shapesText(input_shape)}`,
      );
  }
  override _merge(inputs: readonly Tensor[]): Tensor {
    return K.concatenate(inputs, this.axis);
  }
  override compute_output_shape(input_shape: readonly Shape[]): Tuple<number | null> {
    if (!severalShapes(input_shape))
      throw new ValueError(
        `A \`Concatenate\` layer should be called on a list of inputs. Received: input_shape=${shapeText(input_shape)}`,
      );
    const out = [...input_shape[0]!];
    const axis = this.axis < 0 ? this.axis + out.length : this.axis;
    const lengths = input_shape.map((s) => s[axis] ?? null);
    out[axis] = lengths.includes(null) ? null : (lengths as number[]).reduce((a, b) => a + b, 0);
    return Tuple.of_<number | null>(out);
  }
  override compute_mask(
    inputs: readonly Tensor[],
    mask: readonly (Tensor | null)[] | null = null,
  ): Tensor | null {
    if (mask === null || !checkMasks(inputs, mask) || mask.every((m) => m === null)) return null;
    const masks = inputs.map((x, i) => {
      const m = mask[i] ?? null;
      if (m === null) return K.ones_like(x, "bool");
      if (m.shape.length >= x.shape.length) return m;
      return K.logical_or(K.expand_dims(m, -1), K.zeros_like(x, "bool"));
    });
    return K.any(K.concatenate(masks, this.axis), -1);
  }
}

/**
 * `keras.layers.Concatenate`: inputs one behind the other along an axis.
 *
 * @throws ValueError for inputs that differ in another axis
 */
export const Concatenate = stock("merging.concatenate.Concatenate", "axis **kwargs", ConcatenateImpl);
export type Concatenate = ConcatenateImpl;
/** `keras.layers.concatenate`: {@link Concatenate} made and called. */
export const concatenate = def(
  "keras.layers.concatenate",
  "inputs axis **kwargs",
  (inputs: readonly unknown[], axis = -1, options: LayerOptions = {}) =>
    Concatenate(axis, options as never)(inputs as never),
);
