import { exportedDType } from "@cognate/formats";
import { asFloat, complex, RuntimeError, str } from "@cognate/py";
import type { Operator } from "../aten/operator.js";
import { operator } from "../aten/resolve.js";
import { set_grad_enabled } from "../autograd/index.js";
import { device } from "../device.js";
import { fromKernel } from "../dtype.js";
import type { Tensor } from "../tensor/tensor.js";

type Json = Readonly<Record<string, unknown>>;

/** The names of a run and what they stand for. */
export type Values = Map<string, unknown>;

export interface GraphNode {
  readonly target: string;
  readonly inputs: readonly { readonly name: string; readonly arg: Json; readonly kind: number | null }[];
  readonly outputs: readonly Json[];
}
export interface Graph {
  readonly inputs: readonly Json[];
  readonly outputs: readonly Json[];
  readonly nodes: readonly GraphNode[];
}

const BY_NAME = 2;

const floatOf = (x: unknown): number =>
  asFloat(
    x === "Infinity" ? Number.POSITIVE_INFINITY : x === "-Infinity" ? Number.NEGATIVE_INFINITY : Number(x),
  );

const named =
  (of: (x: Json) => unknown) =>
  (x: unknown, values: Values): unknown => {
    const { as_name: name } = x as Json;
    return typeof name === "string" ? look(values, name) : of(x as Json);
  };
const symInt = named((x) => x.as_int);
const symFloat = named((x) => floatOf(x.as_float));
const symBool = named((x) => x.as_bool);

function look(values: Values, name: unknown): unknown {
  if (!values.has(String(name)))
    throw new RuntimeError(`the exported program uses ${String(name)} before it is computed`);
  return values.get(String(name));
}
const tensorOf = (x: unknown, values: Values): unknown => look(values, (x as Json).name);
const each =
  (f: (x: unknown, values: Values) => unknown) =>
  (x: unknown, values: Values): unknown[] =>
    (x as unknown[]).map((item) => f(item, values));

/** How arguments are written, by the name of their kind. */
const KINDS: Readonly<Record<string, (x: unknown, values: Values) => unknown>> = {
  as_none: () => null,
  as_tensor: tensorOf,
  as_tensors: each(tensorOf),
  as_nested_tensors: each(each(tensorOf)),
  as_optional_tensor: (x, values) => argument(x as Json, values),
  as_optional_tensors: each((x, values) => argument(x as Json, values)),
  as_int: (x) => x,
  as_ints: (x) => [...(x as unknown[])],
  as_int_lists: (x) => (x as unknown[][]).map((y) => [...y]),
  as_float: floatOf,
  as_floats: each(floatOf),
  as_complex: (x) => complex(Number((x as Json).real), Number((x as Json).imag)),
  as_string: (x) => x,
  as_strings: (x) => [...(x as unknown[])],
  as_bool: (x) => x,
  as_bools: (x) => [...(x as unknown[])],
  as_sym_int: symInt,
  as_sym_ints: each(symInt),
  as_sym_float: symFloat,
  as_sym_floats: each(symFloat),
  as_sym_bool: symBool,
  as_sym_bools: each(symBool),
  as_scalar_type: (x) => {
    const type = exportedDType(x);
    if (!type) throw new RuntimeError(`the element type ${String(x)} does not exist here`);
    return fromKernel(type);
  },
  as_memory_format: () => null,
  as_layout: () => null,
  as_device: (x) => new device(String((x as Json).type)),
  as_graph: (x) => (x as Json).graph,
};

/** The value of an argument: an object with one key, which says its kind. */
export function argument(arg: Json, values: Values): unknown {
  const [kind, x] = Object.entries(arg).find(([key]) => key.startsWith("as_")) ?? [];
  const read = kind === undefined ? undefined : KINDS[kind];
  if (!read) throw new RuntimeError(`an argument of the kind ${String(kind)} does not exist here`);
  return read(x, values);
}

/** Gives the names of an output, or of its parts, to what was computed. */
function bind(output: Json, value: unknown, values: Values): void {
  const [kind, x] = Object.entries(output).find(([key]) => key.startsWith("as_")) ?? [];
  if (kind === "as_tensors" || kind === "as_optional_tensors")
    (x as Json[]).forEach((part, i) => {
      const name = part.name ?? (part.as_tensor as Json | undefined)?.name;
      if (typeof name === "string") values.set(name, (value as unknown[])[i]);
    });
  else {
    const name = (x as Json | null)?.name ?? (x as Json | null)?.as_name;
    if (typeof name === "string") values.set(name, value);
  }
}

const operands = (x: readonly unknown[]): unknown[] => x.flat();

/** Operators that take graphs. */
const HIGHER: Readonly<Record<string, Operator>> = {
  cond: ([test, yes, no, ...inputs]) => {
    const chosen = Number((test as Tensor).item?.() ?? test) !== 0 ? yes : no;
    return runGraph(chosen as Graph, operands(inputs));
  },
  wrap_with_set_grad_enabled: ([enabled, graph, ...inputs]) =>
    set_grad_enabled(enabled as boolean, () => runGraph(graph as Graph, inputs)),
  wrap_with_autocast: ([, , , , graph, ...inputs]) => runGraph(graph as Graph, inputs),
};

/** Conditions that hold by themselves here: there is one device and one layout, and sizes are numbers. */
const CHECKS = new Set([
  "_assert_tensor_metadata",
  "sym_constrain_range",
  "sym_constrain_range_for_size",
  "_assert_async",
]);

const PYTHON: Readonly<Record<string, string>> = {
  truediv: "div",
  floordiv: "floordiv",
  mod: "remainder",
  and_: "__and__",
  or_: "__or__",
  not_: "__not__",
};

/** The operator of a node, or `undefined`. */
export function targetOf(target: string): Operator | undefined {
  const [, space, name] = /^torch\.ops\.(\w+)\.(\w+)(?:\.\w+)?$/.exec(target) ?? [];
  if (space === "higher_order") return Object.hasOwn(HIGHER, name!) ? HIGHER[name!] : undefined;
  if (space === "aten") {
    if (CHECKS.has(name!)) return () => null;
    if (name === "_assert_scalar")
      return ([ok, message]) => {
        if (!ok) throw new RuntimeError(str(message));
        return null;
      };
    return operator(name!);
  }
  const [, python] = /^(?:_operator|math|torch)\.(\w+)$/.exec(target) ?? [];
  return python === undefined ? undefined : operator(PYTHON[python] ?? python);
}

/** The targets of a graph, and of the graphs within it, that do not exist here. */
export function unsupportedTargets(graph: Graph, out = new Set<string>()): Set<string> {
  for (const node of graph.nodes) {
    if (!targetOf(node.target)) out.add(node.target.replace(/^torch\.ops\./, ""));
    for (const { arg } of node.inputs) {
      const inner = arg.as_graph as Json | undefined;
      if (inner) unsupportedTargets(inner.graph as Graph, out);
    }
  }
  return out;
}

/** Runs a graph within a graph: one value, or a list of several. */
function runGraph(graph: Graph, inputs: readonly unknown[]): unknown {
  const values: Values = new Map();
  graph.inputs.forEach((input, i) => {
    bind(input, inputs[i], values);
  });
  const out = evaluate(graph, values);
  return out.length === 1 ? out[0] : out;
}

/** Computes the nodes in order and gives the outputs. */
export function evaluate(graph: Graph, values: Values): unknown[] {
  for (const node of graph.nodes) {
    const run = targetOf(node.target);
    if (!run) throw new RuntimeError(`${node.target} does not exist here`);
    const args: unknown[] = [];
    const keywords: Record<string, unknown> = {};
    for (const { name, arg, kind } of node.inputs) {
      const value = argument(arg, values);
      if (kind === BY_NAME) keywords[name] = value;
      else args.push(value);
    }
    const value = run(args, keywords);
    if (node.outputs.length === 1) {
      const single =
        node.target.startsWith("torch.ops.higher_order") && Array.isArray(value) ? value[0] : value;
      bind(node.outputs[0]!, single, values);
    } else
      node.outputs.forEach((output, i) => {
        bind(output, (value as unknown[])[i], values);
      });
  }
  return graph.outputs.map((output) => argument(output, values));
}
