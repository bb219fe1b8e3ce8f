import { AutogradError } from "../errors.js";
import { Value } from "../value.js";
import type { GraphNode } from "./node.js";

/** What becomes of values that are kept for backward: packed when a call is recorded, unpacked when it is differentiated. */
export interface SavedHooks {
  pack(value: Value): unknown;
  unpack(packed: unknown): Value;
}

const stack: SavedHooks[] = [];

export const pushSavedHooks = (hooks: SavedHooks): void => void stack.push(hooks);
export const popSavedHooks = (): void => void stack.pop();
/** The hooks in force. */
export const savedHooks = (): SavedHooks | undefined =>
  stack.length > 0 ? stack[stack.length - 1] : undefined;

/** A value kept for backward as it was: array, place in the graph, tangents and version; or what a hook made of it. */
export class Saved {
  private readonly _value: Value | null;
  private readonly _node: GraphNode | null;
  private readonly _output: number;
  private readonly _version: number;
  private readonly _tangents: Value["tangents"];
  private readonly _packed: (() => Value) | null = null;

  constructor(value: Value, node: GraphNode | null, output: number) {
    this._node = node;
    this._output = output;
    this._version = value.array.storage.version;
    this._tangents = value.tangents;
    const hooks = savedHooks();
    this._value = hooks ? null : value;
    if (!hooks) return;
    const packed = hooks.pack(value);
    const { leafNode } = value;
    this._packed = () => {
      const y = new Value(hooks.unpack(packed).array, this._node, this._output);
      y.tangents = this._tangents;
      if (leafNode) y.shareLeaf(leafNode);
      return y;
    };
  }

  unpack(by: GraphNode): Value {
    if (this._packed) return this._packed();
    const v = this._value!;
    if (v.array.storage.version !== this._version)
      throw new AutogradError({
        kind: "modified",
        dtype: v.dtype.name,
        shape: v.shape,
        // What the value has become; nothing for a leaf.
        node: v.node?.name ?? by.name,
        output: v.node ? v.output : -1,
        version: v.array.storage.version,
        expected: this._version,
      });
    if (v.node === this._node && v.output === this._output) return v;
    const kept = new Value(v.array, this._node, this._output);
    kept.tangents = this._tangents;
    return kept;
  }
}
