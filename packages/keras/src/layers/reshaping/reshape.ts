import { Tuple, ValueError } from "@cognate/py";
import { type Shape, shapeText } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { type LayerOptions, ShapeLayer, stock } from "../stock.js";

/** The target with its one −1 resolved where the lengths are known. @throws ValueError for sizes that do not fit */
export function reshapedTo(from: Shape, target: Shape, name: string): (number | null)[] {
  const unknown = target.filter((d) => d === -1).length;
  if (unknown > 1)
    throw new ValueError(
      `There must be at most one unknown dimension (-1) in \`${name}\`. Received: ${name}=${shapeText(target)}.`,
    );
  if (from.includes(null)) return target.map((d) => (d === -1 ? null : d));
  const size = (from as number[]).reduce((n, d) => n * d, 1);
  const known = target.reduce<number>((n, d) => (d === -1 || d === null ? n : n * d), 1);
  if (unknown === 0) {
    if (known !== size)
      throw new ValueError(
        `The total size of the tensor must be unchanged. Received: input_shape=${shapeText(from)}, ${name}=${shapeText(target)}`,
      );
    return [...target];
  }
  if (known === 0 || size % known !== 0)
    throw new ValueError(
      `The total size of the tensor must be unchanged, however, the input size cannot by divided by the specified dimensions in ${name}. Received: input_shape=${shapeText(from)}, ${name}=${shapeText(target)}`,
    );
  return target.map((d) => (d === -1 ? size / known : d));
}

export class ReshapeImpl extends ShapeLayer {
  readonly target_shape: Tuple<number>;

  constructor(target_shape: readonly number[], options: LayerOptions = {}) {
    super(options);
    this.target_shape = Tuple.of_([...target_shape].map(Number));
    if (this.target_shape.filter((d) => d === -1).length > 1)
      throw new ValueError(
        `There must be at most one unknown dimension (-1) in \`target_shape\`. Received: target_shape=${this.target_shape}.`,
      );
    this.built = true;
  }
  override call(inputs: Tensor): Tensor {
    const [batch, ...rest] = inputs.shape;
    const shape = reshapedTo(rest, this.target_shape, "target_shape");
    return K.reshape(inputs, [batch!, ...shape.map((d) => d ?? -1)]);
  }
  override compute_output_shape(input_shape: Shape): Tuple<number | null> {
    return Tuple.of_<number | null>([
      input_shape[0]!,
      ...reshapedTo(input_shape.slice(1), this.target_shape, "target_shape"),
    ]);
  }
}

/** `keras.layers.Reshape`: the axes behind the batch in another shape, of which one length may be −1. */
export const Reshape = stock("reshaping.reshape.Reshape", "target_shape **kwargs", ReshapeImpl);
export type Reshape = ReshapeImpl;
