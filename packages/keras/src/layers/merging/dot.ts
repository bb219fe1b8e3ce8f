import { def, repr, Tuple, TypeError, ValueError } from "@cognate/py";
import { type Shape, shapeText } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { type LayerOptions, stock } from "../stock.js";
import { Merge, severalShapes, shapesText } from "./merge.js";

type Axes = number | readonly number[];

/** x·y over one axis of each, example by example. @throws ValueError */
function batchDot(x: Tensor, y: Tensor, [a, b]: readonly [number, number]): Tensor {
  const [m, n] = [[...x.shape], [...y.shape]];
  const both = `${shapeText(m)} and ${shapeText(n)}`;
  if (m.length < 2 || n.length < 2)
    throw new ValueError(`Cannot do batch_dot on inputs with rank < 2. Received inputs with shapes ${both}.`);
  if (m[0] !== n[0])
    throw new ValueError(
      `Cannot do batch_dot on inputs with different batch sizes. Received inputs with shapes ${both}.`,
    );
  if (a === 0 || b === 0)
    throw new ValueError(
      "Cannot perform batch_dot over axis 0. If your inputs are not batched, add a dummy batch dimension to your inputs using keras.ops.expand_dims(x, 0)",
    );
  if (m[a] !== n[b])
    throw new ValueError(
      `Cannot do batch_dot on inputs with shapes ${both} with axes=[${a}, ${b}]. x.shape[${a}] != y.shape[${b}] (${m[a]} != ${n[b]}).`,
    );
  const letters = "abcdefghijklm";
  const left = m.map((_, i) => (i === 0 ? "z" : i === a ? "y" : letters[i]!));
  const right = n.map((_, i) => (i === 0 ? "z" : i === b ? "y" : letters[i]!.toUpperCase()));
  const out = ["z", ...left, ...right].filter((l, i) => i === 0 || (l !== "z" && l !== "y"));
  const z = K.einsum(`${left.join("")},${right.join("")}->${out.join("")}`, x, y);
  return out.length === 1 ? K.expand_dims(z, 1) : z;
}

export class DotImpl extends Merge {
  constructor(
    readonly axes: Axes,
    readonly normalize = false,
    options: LayerOptions = {},
  ) {
    super(options);
    if (typeof axes === "number") return;
    if (!Array.isArray(axes))
      throw new TypeError(
        `Invalid type for argument \`axes\`: it should be a list or an int. Received: axes=${String(axes)}`,
      );
    if (axes.length !== 2)
      throw new ValueError(
        `Invalid format for argument \`axes\`: it should contain two elements. Received: axes=${repr(axes)}`,
      );
    if (!axes.every((a) => Number.isInteger(a)))
      throw new ValueError(
        `Invalid format for argument \`axes\`: list elements should be integers. Received: axes=${repr(axes)}`,
      );
  }
  _axesFor(shapes: readonly Shape[]): [number, number] {
    const pair = typeof this.axes === "number" ? [this.axes, this.axes] : this.axes;
    return pair.map((a, i) => (a < 0 ? a + shapes[i]!.length : a)) as [number, number];
  }
  override build(input_shape: readonly Shape[]): void {
    if (!severalShapes(input_shape) || input_shape.length !== 2)
      throw new ValueError(
        `A \`Dot\` layer should be called on a list of 2 inputs. Received: input_shape=${severalShapes(input_shape) ? shapesText(input_shape) : shapeText(input_shape)}`,
      );
    const [m, n] = input_shape as [Shape, Shape];
    const [a, b] = this._axesFor(input_shape);
    if (m[a] !== n[b])
      throw new ValueError(
        `Incompatible input shapes: axis values ${m[a] ?? "None"} (at axis ${a}) != ${n[b] ?? "None"} (at axis ${b}). Full input shapes: ${shapeText(m)}, ${shapeText(n)}`,
      );
  }
  override _merge(inputs: readonly Tensor[]): Tensor {
    if (inputs.length !== 2)
      throw new ValueError(
        `A \`Dot\` layer should be called on exactly 2 inputs. Received: inputs=${repr(inputs)}`,
      );
    const axes = this._axesFor(inputs.map((x) => x.shape));
    const [x, y] = this.normalize ? inputs.map((v, i) => K.normalize(v, axes[i]!)) : inputs;
    return batchDot(x!, y!, axes);
  }
  override compute_output_shape(input_shape: readonly Shape[]): Tuple<number | null> {
    const [a, b] = this._axesFor(input_shape);
    const [m, n] = input_shape as [Shape, Shape];
    const out = [...m.filter((_, i) => i !== a), ...n.filter((_, i) => i !== b && i !== 0)];
    return Tuple.of_<number | null>(out.length === 1 ? [...out, 1] : out);
  }
  override compute_mask(): null {
    return null;
  }
}

/** `keras.layers.Dot`: products of two inputs summed over one axis of each, example by example. */
export const Dot = stock("merging.dot.Dot", "axes normalize **kwargs", DotImpl);
export type Dot = DotImpl;
/** `keras.layers.dot`: {@link Dot} made and called. */
export const dot = def(
  "keras.layers.dot",
  "inputs axes normalize **kwargs",
  (inputs: readonly unknown[], axes: Axes = -1, normalize = false, options: LayerOptions = {}) =>
    Dot(axes, normalize, options as never)(inputs as never),
);
