import { className, pyClass, repr, ValueError } from "@cognate/py";
import { KerasTensor } from "../backend/keras-tensor.js";
import type { Shape } from "../backend/shape.js";
import { Tensor } from "../backend/tensor.js";
import { type CallArguments, declareParameters } from "../call-signature.js";
import { hide } from "../hide.js";
import type { LayerCall } from "../layers/make.js";
import * as tree from "../tree.js";
import { Graph } from "./graph.js";
import { OperationImpl } from "./operation.js";

interface Shaped {
  readonly shape: Shape;
}

/** @throws ValueError for inputs of another structure or shape than a graph's */
export function assertInputStructure(owner: object, graph: Graph, inputs: unknown): void {
  if (!tree.sameStructure(inputs, graph.inputsStruct))
    throw new ValueError(
      `Function was called with an invalid input structure. Expected input structure: ${repr(graph.inputsStruct)}\nReceived input structure: ${repr(inputs)}`,
    );
  tree.flatten(inputs).forEach((x, i) => {
    const wanted = graph.inputs[i]!;
    const { shape } = x as Shaped;
    const fits =
      shape.length === wanted.shape.length &&
      shape.every((d, k) => d === null || wanted.shape[k] === null || d === wanted.shape[k]);
    if (!fits)
      throw new ValueError(
        `${className(owner.constructor)} was passed incompatible inputs. For input '${wanted.name}', expected shape ${repr(wanted.shape)}, but received instead a tensor with shape ${String(shape)}.`,
      );
  });
}

class FunctionImpl extends OperationImpl {
  declare readonly _graph: Graph;

  constructor(inputs: unknown, outputs: unknown, name: string | null = null) {
    super(name);
    hide(this, "_graph", new Graph(inputs, outputs));
  }
  get inputs(): readonly KerasTensor[] {
    return this._graph.inputs;
  }
  get outputs(): readonly KerasTensor[] {
    return this._graph.outputs;
  }
  get operations(): OperationImpl[] {
    return [...this._graph.operations];
  }
  override call(inputs: never): unknown {
    assertInputStructure(this, this._graph, inputs);
    return this._graph.run(tree.flatten(inputs), (operation, call) => operation._invoke(call));
  }
  override _spec({ args }: CallArguments): unknown {
    assertInputStructure(this, this._graph, args[0]);
    const symbolic = (x: unknown): unknown =>
      x instanceof Tensor ? new KerasTensor([...x.shape], x._type.name, null, false) : x;
    return this._graph.spec(tree.flatten(args[0]).map(symbolic) as KerasTensor[]);
  }
  compute_output_shape(input_shape: unknown): unknown {
    const inputs = tree.flatten(
      tree.mapShapes((s) => new KerasTensor(s, "float32", null, false), input_shape),
    );
    const typed = inputs.map(
      (x, i) => new KerasTensor((x as KerasTensor).shape, this.inputs[i]!.dtype, null, false),
    );
    return tree.map((x: KerasTensor) => x.shape, this._graph.spec(typed));
  }
}
/** Called on tensors or symbolic tensors. */
interface FunctionImpl extends LayerCall {}
declareParameters(FunctionImpl.prototype.call, "inputs");

/**
 * `keras.Function`: the operations between symbolic inputs and outputs, as a function without state.
 *
 * @throws ValueError where an output does not depend on the inputs alone
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const x = keras.KerasTensor([null, 2]);
 * const f = keras.Function(x, keras.ops.square(x.add(1)));
 * print(f(keras.ops.ones([1, 2]))); // prints tf.Tensor([[4. 4.]], shape=(1, 2), dtype=float32)
 * ```
 */
export const Function = pyClass(
  "keras.src.ops.function.Function",
  "inputs:dict outputs:dict name",
  FunctionImpl,
);
export type Function = FunctionImpl;
