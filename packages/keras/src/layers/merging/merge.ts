import { def, repr, Tuple, ValueError } from "@cognate/py";
import { KerasTensor } from "../../backend/keras-tensor.js";
import { type Shape, shapeText } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import type { CallArguments } from "../../call-signature.js";
import * as K from "../../ops/index.js";
import * as tree from "../../tree.js";
import type { LayerCall } from "../make.js";
import { type LayerOptions, StockLayer } from "../stock.js";

/** Shapes as a list prints. */
export const shapesText = (shapes: readonly Shape[]): string => `[${shapes.map(shapeText).join(", ")}]`;

/** Whether a list of shapes, not one shape. */
export const severalShapes = (x: unknown): x is readonly Shape[] =>
  Array.isArray(x) && (x.length === 0 || Array.isArray(x[0]));

type MaybeMask = Tensor | null;

/** What two shapes without their batch axes stretch to. @throws ValueError */
function together(a: Shape, b: Shape): Shape {
  if (a.length < b.length) return together(b, a);
  const lead = a.slice(0, a.length - b.length);
  return [
    ...lead,
    ...b.map((j, k) => {
      const i = a[lead.length + k]!;
      if (i === null || j === null) return null;
      if (i === 1) return j;
      if (j === 1 || i === j) return i;
      throw new ValueError(
        `Inputs have incompatible shapes. Received shapes ${shapeText(a)} and ${shapeText(b)}`,
      );
    }),
  ];
}

/** The base of layers that join tensors place by place. */
export abstract class Merge extends StockLayer {
  declare _reshape_required: boolean;

  constructor(options: LayerOptions = {}) {
    super(options);
    this.supports_masking = true;
    this._take({ _reshape_required: false });
  }
  abstract _merge(inputs: readonly Tensor[]): Tensor;

  override build(input_shape: readonly Shape[]): void {
    if (!severalShapes(input_shape))
      throw new ValueError(
        `A merge layer should be called on a list of inputs. Received: input_shape=${shapeText(input_shape as unknown as Shape)} (not a list of shapes)`,
      );
    if (input_shape.length < 1)
      throw new ValueError(
        `A merge layer should be called on a list of at least 1 input. Received 0 inputs. Full input_shape received: ${shapesText(input_shape)}`,
      );
    const batches = new Set(input_shape.map((s) => s[0] ?? null).filter((n) => n !== null));
    if (batches.size > 1)
      throw new ValueError(
        `Cannot merge tensors with different batch sizes. Received tensors with shapes ${shapesText(input_shape)}`,
      );
    input_shape.map((s): Shape => s.slice(1)).reduce(together);
    this._take({ _reshape_required: new Set(input_shape.map((s) => s.length)).size > 1 });
  }
  override call(inputs: readonly Tensor[]): Tensor {
    if (!Array.isArray(inputs))
      throw new ValueError(
        `A merge layer should be called on a list of inputs. Received: inputs=${repr(inputs)} (not a list of tensors)`,
      );
    if (!this._reshape_required) return this._merge(inputs);
    const rank = Math.max(...inputs.map((x) => x.shape.length));
    return this._merge(
      inputs.map((x) => {
        const [batch, ...rest] = x.shape;
        if (rest.length + 1 === rank) return x;
        return K.reshape(x, [batch!, ...new Array<number>(rank - 1 - rest.length).fill(1), ...rest]);
      }),
    );
  }
  override compute_output_shape(input_shape: readonly Shape[]): Tuple<number | null> {
    const rest = input_shape.map((s): Shape => s.slice(1)).reduce(together);
    const batches = [...new Set(input_shape.map((s) => s[0] ?? null).filter((n) => n !== null))];
    return Tuple.of_<number | null>([batches.length === 1 ? batches[0]! : null, ...rest]);
  }
  override compute_mask(inputs: readonly Tensor[], mask: readonly MaybeMask[] | null = null): MaybeMask {
    if (mask === null || !checkMasks(inputs, mask)) return null;
    if (mask.some((m) => m === null)) return null;
    return (mask as readonly Tensor[]).reduce((a, b) => K.logical_or(a, b));
  }
  override _spec(call: CallArguments): unknown {
    const inputs = call.args[0] as readonly KerasTensor[];
    const shape = this.compute_output_shape(inputs.map((x) => x.shape));
    const record = (tree.flatten(inputs) as KerasTensor[]).every((x) => x.record_history);
    return new KerasTensor(shape, this.compute_dtype, null, record);
  }
}

/** @throws ValueError for masks that are not one an input */
export function checkMasks(inputs: unknown, mask: unknown): mask is readonly MaybeMask[] {
  if (!Array.isArray(mask)) throw new ValueError(`\`mask\` should be a list. Received: mask=${repr(mask)}`);
  if (!Array.isArray(inputs))
    throw new ValueError(`\`inputs\` should be a list. Received: inputs=${repr(inputs)}`);
  if (mask.length !== inputs.length)
    throw new ValueError(
      `The lists \`inputs\` and \`mask\` should have the same length. Received: inputs=${repr(inputs)} of length ${inputs.length}, and mask=${repr(mask)} of length ${mask.length}`,
    );
  return true;
}

/** The mask of a tensor stretched to its last axis. */
export const wideMask = (x: Tensor): MaybeMask =>
  x._keras_mask ? K.broadcast_to(K.expand_dims(x._keras_mask, -1), x.shape) : null;

/** Joins pairs, of which only what the masks let through counts; the mask is where any input's is. */
export function mergeMasked(inputs: readonly Tensor[], f: (a: Tensor, b: Tensor) => Tensor): Tensor {
  let output = inputs[0]!;
  let outputMask = wideMask(output);
  for (let x of inputs.slice(1)) {
    const mask = wideMask(x);
    if (mask) x = K.where(mask, x, output) as Tensor;
    if (outputMask) output = K.where(outputMask, output, x) as Tensor;
    outputMask = mask && outputMask ? K.logical_or(outputMask, mask) : null;
    output = f(output, x);
  }
  if (outputMask) output._keras_mask = K.any(outputMask, -1);
  return output;
}

/** The function that stands for making a layer and calling it: `keras.layers.add([x, y])`. */
export const functional = (name: string, layer: unknown) =>
  def(`keras.layers.${name}`, "inputs **kwargs", (inputs: readonly unknown[], options: LayerOptions = {}) =>
    (layer as (options: LayerOptions) => LayerCall)(options)(inputs as readonly KerasTensor[]),
  );
