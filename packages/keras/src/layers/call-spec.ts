import { repr, ValueError } from "@cognate/py";
import { KerasTensor } from "../backend/keras-tensor.js";
import { Tensor } from "../backend/tensor.js";
import { Variable } from "../backend/variable.js";
import { bindCall, type CallArguments, type CallSignature } from "../call-signature.js";
import * as tree from "../tree.js";
import type { CallContext } from "./call-context.js";

/** Whether a tensor, with numbers or symbolic. */
export const isTensor = (x: unknown): x is Tensor | KerasTensor =>
  x instanceof Tensor || x instanceof KerasTensor || x instanceof Variable;

const maskOf = (x: unknown): unknown => (x as { _keras_mask?: unknown } | null)?._keras_mask ?? null;

/** A call of a layer: its arguments by name, and which of them are tensors. */
export class CallSpec {
  readonly bound: Map<string, unknown>;
  /** What was given by name though `call` has no such parameter, for the layers inside. */
  private readonly passedOn: Readonly<Record<string, unknown>>;
  /** Arguments that are tensors or structures of them. */
  readonly tensors = new Map<string, unknown>();
  /** Those that are structures. */
  readonly nested = new Set<string>();
  readonly first: unknown;
  /** Whether no tensor is symbolic. */
  readonly eager: boolean;
  /** The keywords of the graph's node where the mode and masks that were filled in are part of them. */
  readonly recorded: Record<string, unknown> | null;

  constructor(
    readonly signature: CallSignature,
    contextNames: ReadonlySet<string>,
    readonly given: CallArguments,
    record: boolean,
  ) {
    const passedOn: Record<string, unknown> = {};
    const kwargs: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(given.kwargs)) {
      const known = !contextNames.has(key) || signature.names.includes(key);
      (known ? kwargs : passedOn)[key] = value;
    }
    this.passedOn = passedOn;
    this.bound = bindCall(signature, { args: given.args, kwargs });
    this.recorded = record ? { ...given.kwargs } : null;
    let eager = true;
    for (const [name, value] of this.bound) {
      if (isTensor(value)) {
        this.tensors.set(name, value);
        if (value instanceof KerasTensor) eager = false;
      } else if (tree.isNested(value)) eager = this.noteNested(name, value) && eager;
    }
    this.eager = eager;
    this.first = this.bound.get(signature.names[0] ?? "") ?? null;
  }

  private noteNested(name: string, value: unknown): boolean {
    const leaves = tree.flatten(value);
    if (leaves.length === 0) return true;
    const tensors = leaves.filter(isTensor);
    if (leaves.every((x) => x === null || x === undefined || isTensor(x))) {
      this.tensors.set(name, value);
      this.nested.add(name);
    } else if (tensors.length > 0)
      throw new ValueError(
        `In a nested call() argument, you cannot mix tensors and non-tensors. Received invalid mixed argument: ${name}=${repr(value)}`,
      );
    return !tensors.some((x) => x instanceof KerasTensor);
  }

  /** Whether `call` has a parameter of that name. */
  has(name: string): boolean {
    return this.signature.names.includes(name);
  }
  private fill(name: string, value: unknown): void {
    this.bound.set(name, value);
    if (this.recorded) this.recorded[name] = value;
  }

  /**
   * An argument such as `training`: the one given, else that of the call around, else the parameter's default; the layers
   * inside take it over.
   */
  resolve(name: string, context: CallContext): void {
    const given = this.bound.get(name) ?? this.passedOn[name];
    const explicit = this.bound.has(name) || name in this.passedOn;
    const inherited = context.values.get(name) ?? null;
    const fallback = this.signature.parameters.find((p) => p.name === name)?.flag;
    const value = explicit ? given : (inherited ?? fallback);
    context.values.set(name, value ?? null);
    if (this.has(name) && value !== null && value !== undefined) this.fill(name, value);
  }

  /** Masks of the tensors, where `call` takes them and none was given; the mask argument if there is one. */
  populateMasks(): unknown {
    const empty = (name: string): boolean =>
      this.has(name) && (this.bound.get(name) === undefined || this.bound.get(name) === null);
    if (this.tensors.size === 1) {
      if (empty("mask")) {
        const [only] = this.tensors.values();
        this.fill("mask", tree.map(maskOf, only));
      }
    } else
      for (const [name, value] of this.tensors)
        if (empty(`${name}_mask`)) this.fill(`${name}_mask`, tree.map(maskOf, value));
    return this.bound.get("mask") ?? null;
  }

  /** The call as it stands now, everything by name. */
  get arguments(): CallArguments {
    const { parameters } = this.signature;
    const positional = parameters.filter((p) => p.keys === null);
    const args: unknown[] = [];
    for (const p of positional) {
      if (!this.bound.has(p.name) || (p.optional && args.length >= this.given.args.length)) break;
      args.push(this.bound.get(p.name));
    }
    const taken = new Set(positional.slice(0, args.length).map((p) => p.name));
    const kwargs = Object.fromEntries([...this.bound].filter(([k]) => !taken.has(k)));
    return { args, kwargs };
  }
  /** The call with symbolic tensors in place of all tensors. */
  symbolic(): CallArguments {
    const { args, kwargs } = this.arguments;
    const swap = (x: unknown): unknown =>
      x instanceof Tensor ? new KerasTensor([...x.shape], x._type.name, null, false) : x;
    return {
      args: tree.map(swap, args) as unknown[],
      kwargs: tree.map(swap, kwargs) as Record<string, unknown>,
    };
  }
}
