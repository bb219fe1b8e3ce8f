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
export const savedHooks = (): SavedHooks | undefined => stack[stack.length - 1];

/** A value kept for backward as it was: array, place in the graph, tangents and version; or what a hook made of it. */
export class Saved {
  readonly #value: Value | null;
  readonly #node: GraphNode | null;
  readonly #output: number;
  readonly #version: number;
  readonly #tangents: Value["tangents"];
  readonly #packed: (() => Value) | null = null;

  constructor(value: Value, node = value.node, output = value.output) {
    this.#node = node;
    this.#output = output;
    this.#version = value.array.storage.version;
    this.#tangents = value.tangents;
    const hooks = savedHooks();
    this.#value = hooks ? null : value;
    if (!hooks) return;
    const packed = hooks.pack(value);
    const { leafNode } = value;
    this.#packed = () => {
      const y = new Value(hooks.unpack(packed).array, this.#node, this.#output);
      y.tangents = this.#tangents;
      if (leafNode) y.shareLeaf(leafNode);
      return y;
    };
  }

  unpack(by: GraphNode): Value {
    if (this.#packed) return this.#packed();
    const v = this.#value!;
    if (v.array.storage.version !== this.#version)
      throw new AutogradError({
        kind: "modified",
        dtype: v.dtype.name,
        shape: v.shape,
        // What the value has become; nothing for a leaf.
        node: v.node?.name ?? by.name,
        output: v.node ? v.output : -1,
        version: v.array.storage.version,
        expected: this.#version,
      });
    if (v.node === this.#node && v.output === this.#output) return v;
    const kept = new Value(v.array, this.#node, this.#output);
    kept.tangents = this.#tangents;
    return kept;
  }
}
