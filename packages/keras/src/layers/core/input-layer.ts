import { def, repr, type, ValueError, warn } from "@cognate/py";
import { type DTypeLike, standardizeDType } from "../../backend/dtype.js";
import { KerasTensor } from "../../backend/keras-tensor.js";
import { type Shape, type ShapeTuple, shapesEqual, standardizeShape } from "../../backend/shape.js";
import { hide } from "../../hide.js";
import { Node } from "../../ops/node.js";
import { LayerImpl } from "../layer.js";
import { layerClass } from "../make.js";

/** Names of Keras 2 for the shape. */
interface LegacyShapes {
  input_shape?: Shape;
  batch_input_shape?: Shape;
}

export class InputLayerImpl extends LayerImpl {
  declare readonly _batchShape: ShapeTuple;
  declare readonly _inputType: string;
  readonly sparse: boolean;
  readonly ragged: boolean;
  readonly optional: boolean;

  constructor(
    shape: Shape | null = null,
    batch_size: number | null = null,
    dtype: DTypeLike | null = null,
    sparse: boolean | null = null,
    ragged: boolean | null = null,
    batch_shape: Shape | null = null,
    input_tensor: KerasTensor | null = null,
    optional = false,
    name: string | null = null,
    { input_shape, batch_input_shape }: LegacyShapes = {},
  ) {
    super({ name });
    if (input_shape) warn("Argument `input_shape` is deprecated. Use `shape` instead.");
    const own = input_shape ?? shape;
    const full = batch_input_shape ?? batch_shape;
    const tensor = input_tensor ?? placeholder(own, batch_size, full, dtype, name);
    if (input_tensor !== null) refuseOther(tensor, own, batch_size, full, dtype);
    hide(this, "_batchShape", tensor.shape);
    hide(this, "_inputType", tensor.dtype);
    this.sparse = Boolean(sparse);
    this.ragged = Boolean(ragged);
    new Node(this, { args: [], kwargs: {} }, tensor);
    this.built = true;
    this.optional = optional;
  }

  override call(): unknown {
    return undefined;
  }
  get batch_shape(): ShapeTuple {
    return this._batchShape;
  }
  override get dtype(): string {
    return this._inputType;
  }
  override get_config(): Record<string, unknown> {
    const { batch_shape, dtype, sparse, ragged, name, optional } = this;
    return { batch_shape, dtype, sparse, ragged, name, optional };
  }
}

function placeholder(
  shape: Shape | null,
  batch_size: number | null,
  batch_shape: Shape | null,
  dtype: DTypeLike | null,
  name: string | null,
): KerasTensor {
  if (shape !== null && batch_shape !== null)
    throw new ValueError("You cannot pass both `shape` and `batch_shape` at the same time.");
  if (batch_size !== null && batch_shape !== null)
    throw new ValueError("You cannot pass both `batch_size` and `batch_shape` at the same time.");
  if (shape === null && batch_shape === null) throw new ValueError("You must pass a `shape` argument.");
  const full = batch_shape ?? [batch_size, ...standardizeShape(shape)];
  return new KerasTensor(full, standardizeDType(dtype), name);
}

/** @throws ValueError where a given tensor is not of the shape or type that was given, too */
function refuseOther(
  tensor: KerasTensor,
  shape: Shape | null,
  batch_size: number | null,
  batch_shape: Shape | null,
  dtype: DTypeLike | null,
): void {
  if (!(tensor instanceof KerasTensor))
    throw new ValueError(
      `Argument \`input_tensor\` must be a KerasTensor. Received invalid type: input_tensor=${repr(tensor)} (of type ${repr(type(tensor))})`,
    );
  const wrong = (name: string): ValueError =>
    new ValueError(
      `When providing the \`input_tensor\` argument, you cannot provide an incompatible \`${name}\` argument.`,
    );
  if (batch_size !== null && tensor.shape[0] !== batch_size) throw wrong("batch_size");
  if (shape !== null && !shapesEqual(shape, tensor.shape.slice(1))) throw wrong("shape");
  if (batch_shape !== null && !shapesEqual(batch_shape, tensor.shape)) throw wrong("batch_shape");
  if (dtype !== null && standardizeDType(dtype) !== tensor.dtype) throw wrong("dtype");
}

/** `keras.layers.InputLayer`: the layer behind {@link Input}. */
export const InputLayer = layerClass(
  "keras.src.layers.core.input_layer.InputLayer",
  "shape batch_size dtype sparse ragged batch_shape input_tensor optional name **kwargs",
  InputLayerImpl,
);
export type InputLayer = InputLayerImpl;

/**
 * `keras.Input`: a symbolic tensor, where a model's graph begins.
 *
 * @param shape - without the batch axis; `null` where a length is not known
 * @param batch_shape - with the batch axis, instead
 * @throws ValueError for no shape or two
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * print(keras.Input([null, 8]).shape); // prints (None, None, 8)
 * ```
 */
export const Input = def(
  "keras.Input",
  "shape batch_size dtype sparse ragged batch_shape name tensor optional",
  (
    shape: Shape | null = null,
    batch_size: number | null = null,
    dtype: DTypeLike | null = null,
    sparse: boolean | null = null,
    ragged: boolean | null = null,
    batch_shape: Shape | null = null,
    name: string | null = null,
    tensor: KerasTensor | null = null,
    optional = false,
  ): KerasTensor =>
    new InputLayerImpl(shape, batch_size, dtype, sparse, ragged, batch_shape, tensor, optional, name)
      .output as KerasTensor,
);
