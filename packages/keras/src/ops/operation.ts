import {
  AttributeError,
  Callable,
  className,
  NotImplementedError,
  repr,
  Tuple,
  type,
  ValueError,
} from "@cognate/py";
import { autoName } from "../backend/global-state.js";
import { anySymbolic, type KerasTensor } from "../backend/keras-tensor.js";
import { withArguments } from "../backend/traceback.js";
import {
  bindCall,
  type CallArguments,
  type CallSignature,
  declareParameters,
  parametersOf,
  placeCall,
  splitArguments,
} from "../call-signature.js";
import { hide } from "../hide.js";
import { inferSpec } from "./infer.js";
import { Node } from "./node.js";

/** Says what a class's `call` takes, as minifiers rename parameters: `"inputs training? mask?"`. */
export function declareCall(C: { readonly prototype: object }, text: string): void {
  declareParameters((C.prototype as { call: Function }).call, text);
}

/**
 * What layers and the operations of `keras.ops` have in common: called on symbolic tensors, they become nodes of a graph.
 */
export abstract class OperationImpl extends Callable {
  name: string;
  declare readonly _inbound_nodes: Node[];
  declare readonly _outbound_nodes: Node[];

  constructor(name: string | null = null) {
    super();
    const own = name ?? autoName(className(this.constructor));
    if (typeof own !== "string" || own.includes("/"))
      throw new ValueError(
        `Argument \`name\` must be a string and cannot contain character \`/\`. Received: name=${own} (of type ${repr(type(own))})`,
      );
    this.name = own;
    hide(this, "_inbound_nodes", []);
    hide(this, "_outbound_nodes", []);
  }

  /** What the operation computes of tensors with numbers. */
  abstract call(...args: never[]): unknown;

  /** What `call` takes. */
  get _signature(): CallSignature {
    return parametersOf(this.call as Function);
  }

  override __call__(...raw: unknown[]): unknown {
    return this._invoke(splitArguments(this._signature, raw));
  }
  /** A call whose keywords are told from its inputs: computes, or adds a node to the graph. */
  _invoke(call: CallArguments): unknown {
    if (!anySymbolic(call.args) && !anySymbolic([call.kwargs])) return this._compute(call);
    const outputs = this._symbolic(call);
    new Node(this, call, outputs);
    return outputs;
  }
  /** A node of the graph, whatever the arguments are. */
  symbolic_call(...raw: unknown[]): unknown {
    const call = splitArguments(this._signature, raw);
    const outputs = this._symbolic(call);
    new Node(this, call, outputs);
    return outputs;
  }
  /** {@link _spec}, with errors that say whose they are. */
  _symbolic(call: CallArguments): unknown {
    try {
      return this._spec(call);
    } catch (e) {
      throw withArguments(e, `${className(this.constructor)}.call()`, [
        ["args", Tuple.of_(call.args)],
        ["kwargs", call.kwargs],
      ]);
    }
  }
  /** `call` with arguments at their places. */
  _compute(call: CallArguments): unknown {
    const s = this._signature;
    return this._callBound(s, bindCall(s, call));
  }
  /** `call` with arguments by name, with errors that say whose they are. */
  _callBound(s: CallSignature, bound: ReadonlyMap<string, unknown>): unknown {
    try {
      return (this.call as (...args: unknown[]) => unknown)(...placeCall(s, bound));
    } catch (e) {
      throw withArguments(
        e,
        `${className(this.constructor)}.call()`,
        s.names.map((name) => [name, bound.get(name)] as const),
      );
    }
  }
  /** Symbolic tensors for what `call` would give. */
  _spec(call: CallArguments): unknown {
    const s = this._signature;
    try {
      return inferSpec(
        (filled) => (this.call as (...args: unknown[]) => unknown)(...placeCall(s, bindCall(s, filled))),
        call,
      );
    } catch (e) {
      if (!(e instanceof Error)) throw e;
      const C = e.constructor as new (message: string) => Error;
      const name = className(this.constructor);
      throw new C(
        `Could not automatically infer the output shape / dtype of '${this.name}' (of type ${name}). Either the \`${name}.call()\` method is incorrect, or you need to implement the \`${name}.compute_output_spec() / compute_output_shape()\` method. Error encountered:\n\n${e.message}`,
      );
    }
  }

  /** What the operation was first called on. */
  get input(): KerasTensor | readonly KerasTensor[] {
    return this._nodeTensors("input_tensors", "input");
  }
  /** What it gave then. */
  get output(): KerasTensor | readonly KerasTensor[] {
    return this._nodeTensors("output_tensors", "output");
  }
  _nodeTensors(kind: "input_tensors" | "output_tensors", name: string): KerasTensor | readonly KerasTensor[] {
    const node = this._inbound_nodes[0];
    if (!node)
      throw new AttributeError(
        `The layer ${this.name} has never been called and thus has no defined ${name}.`,
      );
    const tensors = node[kind];
    return tensors.length === 1 ? tensors[0]! : [...tensors];
  }

  /** What the operation is made of again (`from_config`). */
  get_config(): Record<string, unknown> {
    throw new NotImplementedError();
  }
  _obj_type(): string {
    return "Operation";
  }
  __repr__(): string {
    return `<Operation name=${this.name}>`;
  }
}
