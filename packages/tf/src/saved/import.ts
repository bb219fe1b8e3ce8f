import type { FunctionDef, GraphDef, NodeDef } from "@cognate/formats";
import { ValueError } from "@cognate/py";
import { Attrs } from "../core/attrs.js";
import { typeNamed, typeNumbered } from "../core/dtypes.js";
import { inferShapes } from "../core/infer.js";
import { opDef } from "../core/op-def.js";
import { registered } from "../core/registry.js";
import type { Dims } from "../core/row.js";
import { EXECUTORS } from "../graph/executors.js";
import { FuncGraph } from "../graph/func-graph.js";
import { type Graph, outputTypes } from "../graph/graph.js";
import { knownDatum } from "../graph/known.js";
import type { Operation } from "../graph/operation.js";
import { dimsOf } from "../graph/shape.js";
import type { GraphTensor } from "../graph/tensor.js";
import type { DType } from "../shared.js";
import { dimsOfProto, valueOfAttr } from "./attributes.js";

/** The functions of a file by name, made graphs of when they are first called. */
export class Functions {
  private readonly _made = new Map<string, FuncGraph>();
  private readonly _defs: ReadonlyMap<string, FunctionDef>;
  constructor(defs: readonly FunctionDef[]) {
    this._defs = new Map(defs.map((f) => [f.signature?.name ?? "", f]));
  }
  get names(): readonly string[] {
    return [...this._defs.keys()];
  }
  def(name: string): FunctionDef {
    const f = this._defs.get(name);
    if (!f) throw new ValueError(`The file has no function ${name}.`);
    return f;
  }
  /** The graph of a function. */
  graph(name: string): FuncGraph {
    const known = this._made.get(name);
    if (known) return known;
    const g = new FuncGraph(name, null, true);
    this._made.set(name, g);
    fill(g, this.def(name), this);
    return g;
  }
  /** Every type of operation that is used, functions that are called included. */
  types(nodes: readonly NodeDef[]): Set<string> {
    const all = new Set(nodes.map((n) => n.op));
    for (const f of this._defs.values()) for (const n of f.node_def) all.add(n.op);
    return all;
  }
}

/** Types of operations among these that do not compute here. */
export const missingTypes = (types: Iterable<string>): string[] =>
  [...types].filter((t) => !registered(t) && !EXECUTORS[t] && t !== "NoOp").sort();

const FUNCTIONS = Symbol("functions");
/** The functions that a graph's operations call. */
export const functionsOf = (g: Graph): Functions | undefined =>
  g.notes.get(FUNCTIONS) as Functions | undefined;

/** One node's attributes, those that only say where it came from left out. */
function attributes(node: NodeDef): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [k, v] of node.attr) if (!k.startsWith("_")) out[k] = valueOfAttr(v);
  return out;
}

function typesOf(node: NodeDef, attrs: Readonly<Record<string, unknown>>): DType[] {
  const def = opDef(node.op);
  if (def) return outputTypes(def, attrs, registered(node.op)?.row);
  const listed = attrs.Tout ?? attrs.T ?? attrs.dtype;
  return Array.isArray(listed) ? (listed as DType[]) : [];
}

function dimsFor(
  node: NodeDef,
  attrs: Readonly<Record<string, unknown>>,
  inputs: readonly GraphTensor[],
  n: number,
): readonly Dims[] {
  const given = node.attr.get("_output_shapes")?.list?.shape;
  if (given && given.length === n) return given.map(dimsOfProto);
  if (attrs.output_shapes && (attrs.output_shapes as unknown[]).length === n)
    return (attrs.output_shapes as unknown[]).map(dimsOf);
  if (node.op === "Const") return [[...(attrs.value as { shape: readonly number[] }).shape]];
  if (n === 1 && (node.op.startsWith("Placeholder") || node.op.startsWith("Variable")))
    return [dimsOf(attrs.shape)];
  if (n === 1 && (node.op.startsWith("Assign") || node.op.startsWith("Scatter"))) return [inputs[0]!._dims];
  const entry = registered(node.op);
  if (!entry) return new Array<Dims>(n).fill(null);
  try {
    return inferShapes(
      entry.row,
      inputs.map((t) => t._dims),
      inputs.map((t) => t.dtype),
      new Attrs(entry.def, attrs),
      (i) => knownDatum(inputs[i]!),
      n,
    );
  } catch {
    return new Array<Dims>(n).fill(null);
  }
}

type Find = (name: string) => GraphTensor | Operation;

/** Adds nodes; `find` says what their inputs are. */
function addNode(g: Graph, node: NodeDef, find: Find, prefix: string): Operation {
  const attrs = attributes(node);
  const inputs: GraphTensor[] = [];
  const controls: Operation[] = [];
  for (const name of node.input) {
    if (name.startsWith("^")) controls.push(find(name) as Operation);
    else inputs.push(find(name) as GraphTensor);
  }
  const types = typesOf(node, attrs);
  const dims = dimsFor(node, attrs, inputs, types.length);
  return g.addOp({
    type: node.op,
    name: `${prefix}${node.name}/`,
    inputs,
    attrs,
    controls,
    outputs: types.map((t, i) => [t, dims[i] ?? null] as const),
  });
}

/** Nodes so that each comes after what it needs; a loop of TensorFlow 1 has no such order. */
function inOrder(nodes: readonly NodeDef[], base: (input: string) => string): NodeDef[] {
  const byName = new Map(nodes.map((n) => [n.name, n]));
  const out: NodeDef[] = [];
  const state = new Map<NodeDef, 1 | 2>();
  for (const root of nodes) {
    const stack: { node: NodeDef; next: number }[] = [{ node: root, next: 0 }];
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      if (top.next === 0) {
        if (state.get(top.node) === 2) {
          stack.pop();
          continue;
        }
        state.set(top.node, 1);
      }
      const input = top.node.input[top.next++];
      if (input === undefined) {
        if (state.get(top.node) !== 2) out.push(top.node);
        state.set(top.node, 2);
        stack.pop();
        continue;
      }
      const dep = byName.get(base(input));
      if (!dep || state.get(dep) === 2) continue;
      if (state.get(dep) === 1)
        throw new ValueError(
          `The graph has a loop of TensorFlow 1's control flow through ${dep.name} (${dep.op}), which does not run here.`,
        );
      stack.push({ node: dep, next: 0 });
    }
  }
  return out;
}

const plainBase = (input: string): string => input.replace(/^\^/, "").split(":")[0]!;

/** Adds the nodes of a file's graph to a graph; names get the prefix. */
export function importNodes(
  g: Graph,
  def: GraphDef,
  prefix = "",
  inputMap: ReadonlyMap<string, GraphTensor> = new Map(),
): void {
  const functions = new Functions(def.library?.function ?? []);
  g.notes.set(FUNCTIONS, functions);
  const find: Find = (name) => {
    if (name.startsWith("^")) return g.get_operation_by_name(prefix + name.slice(1));
    const full = name.includes(":") ? name : `${name}:0`;
    const mapped = inputMap.get(name) ?? inputMap.get(full);
    return mapped ?? g.get_tensor_by_name(prefix + full);
  };
  for (const node of inOrder(def.node, plainBase)) addNode(g, node, find, prefix);
}

/** Makes the graph of a function: its arguments become inputs, and its results are named by `node:argument:index`. */
function fill(g: FuncGraph, f: FunctionDef, functions: Functions): void {
  g.notes.set(FUNCTIONS, functions);
  const args = f.signature?.input_arg ?? [];
  const byArg = new Map<string, GraphTensor>();
  for (const a of args) {
    const type = typeNumbered(a.type) ?? typeNamed("variant");
    byArg.set(a.name, g.input({ dtype: type, _dims: argDims(f, args.indexOf(a)) }, `${a.name}/`));
  }
  const find: Find = (name) => {
    if (name.startsWith("^")) {
      const own = name.slice(1);
      return byArg.get(own)?.op ?? g.get_operation_by_name(own);
    }
    const [node, arg, index] = name.split(":") as [string, string | undefined, string | undefined];
    if (arg === undefined) return byArg.get(node)!;
    const op = g.get_operation_by_name(node);
    return op.outputs[offsetOf(op, arg) + Number(index ?? 0)]!;
  };
  const nodes = f.node_def;
  for (const node of inOrder(nodes, (input) => input.replace(/^\^/, "").split(":")[0]!))
    addNode(g, node, find, "");
  g.outputs = (f.signature?.output_arg ?? []).map((o) => find(f.ret.get(o.name)!) as GraphTensor);
  const targets = [...f.control_ret.values()].map((n) => g.get_operation_by_name(n));
  if (targets.length > 0) g.notes.set("targets", targets);
}
const argDims = (f: FunctionDef, i: number): Dims => {
  const shapes = f.attr.get("_input_shapes")?.list?.shape;
  return shapes?.[i] ? dimsOfProto(shapes[i]) : null;
};

/** Where the outputs of an argument begin among an operation's. */
function offsetOf(op: Operation, arg: string): number {
  let at = 0;
  for (const o of op.def?.outputs ?? []) {
    if (o.name === arg) return at;
    at += o.numberAttr
      ? Number(op.attrs[o.numberAttr])
      : o.typeListAttr
        ? (op.attrs[o.typeListAttr] as unknown[]).length
        : 1;
  }
  return 0;
}
