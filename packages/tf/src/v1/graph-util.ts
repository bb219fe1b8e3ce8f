import type { GraphDef as GraphDefType, NodeDef } from "@cognate/formats";
import { AssertionError, ValueError, warn } from "@cognate/py";
import { opDef } from "../core/op-def.js";
import type { SessionImpl } from "../graph/session.js";
import { attrOfValue } from "../saved/attributes.js";
import { GraphDef, graphDefOf } from "../saved/messages.js";
import { v1 } from "./make.js";
import { import_graph_def } from "./saved-model.js";

/* `tf.graph_util`. */

export { import_graph_def };

const base = (input: string): string => input.replace(/^\^/, "").split(":")[0]!;

/** The nodes that some nodes need, these included, in the graph's order. @throws AssertionError for names that it lacks */
export const extract_sub_graph = v1(
  "extract_sub_graph",
  "graph_def dest_nodes",
  (graph_def: unknown, dest_nodes: readonly string[]): GraphDef => {
    const def = graphDefOf(graph_def);
    if (typeof dest_nodes === "string") throw new TypeError("dest_nodes must be an iterable of strings.");
    const byName = new Map(def.node.map((n) => [n.name, n]));
    for (const d of dest_nodes) if (!byName.has(d)) throw new AssertionError(`${d} is not in graph`);
    const kept = new Set<string>();
    const stack = [...dest_nodes];
    for (let name = stack.pop(); name !== undefined; name = stack.pop()) {
      if (kept.has(name)) continue;
      kept.add(name);
      stack.push(...(byName.get(name)?.input ?? []).map(base));
    }
    return new GraphDef({ ...(def as GraphDefType), node: def.node.filter((n) => kept.has(n.name)) });
  },
);
/** The nodes that outputs need, variables replaced by constants of their values in a session. */
export const convert_variables_to_constants = v1(
  "convert_variables_to_constants",
  "sess input_graph_def output_node_names variable_names_whitelist variable_names_blacklist",
  (
    sess: SessionImpl,
    input_graph_def: unknown,
    output_node_names: readonly string[],
    variable_names_whitelist: readonly string[] | null = null,
    variable_names_blacklist: readonly string[] | null = null,
  ): GraphDef => {
    const def = extract_sub_graph(
      input_graph_def as never,
      output_node_names as never,
    ) as unknown as GraphDef;
    const frozen = (n: NodeDef): boolean =>
      /^Variable(V2)?$/.test(n.op) &&
      (variable_names_whitelist === null || variable_names_whitelist.includes(n.name)) &&
      !(variable_names_blacklist ?? []).includes(n.name);
    const constant = opDef("Const")!;
    let many = 0;
    const node = def.node.map((n): NodeDef => {
      if (!frozen(n)) return n;
      many++;
      const op = sess.graph.get_operation_by_name(n.name) as { outputs: readonly { dtype: unknown }[] };
      const value = sess.store.cell(op, n.name).read();
      const attr: NodeDef["attr"] = new Map();
      attr.set("dtype", attrOfValue(constant, "dtype", op.outputs[0]!.dtype)!);
      attr.set("value", attrOfValue(constant, "value", value)!);
      return { name: n.name, op: "Const", input: [], device: n.device, attr };
    });
    warn(
      `INFO:tensorflow:Froze ${many} variables.\nINFO:tensorflow:Converted ${many} variables to const ops.`,
    );
    return new GraphDef({ node, versions: def.versions });
  },
);
/** The graph without nodes that only pass on what they are given, and without checks of numbers. */
export const remove_training_nodes = v1(
  "remove_training_nodes",
  "input_graph protected_nodes",
  (input_graph: unknown, protected_nodes: readonly string[] | null = null): GraphDef => {
    const def = graphDefOf(input_graph);
    const keep = new Set(protected_nodes ?? []);
    const unchecked = def.node
      .filter((n) => n.op !== "CheckNumerics" || keep.has(n.name))
      .map((n) => ({ ...n, input: [...n.input] }));
    const checks = new Map(
      def.node.filter((n) => n.op === "CheckNumerics" && !keep.has(n.name)).map((n) => [n.name, n.input[0]!]),
    );
    const through = (table: ReadonlyMap<string, string>, input: string): string => {
      let name = input;
      for (let next = table.get(base(name)); next !== undefined; next = table.get(base(name))) name = next;
      return name;
    };
    for (const n of unchecked) n.input = n.input.map((i) => through(checks, i));
    const waits = (n: NodeDef): boolean => n.input.some((i) => i.startsWith("^"));
    const awaited = new Set(unchecked.flatMap((n) => n.input.filter((i) => i.startsWith("^")).map(base)));
    const passing = new Map(
      unchecked
        .filter((n) => n.op === "Identity" && !keep.has(n.name) && !waits(n) && !awaited.has(n.name))
        .map((n) => [n.name, n.input[0]!]),
    );
    const node = unchecked
      .filter((n) => !passing.has(n.name))
      .map((n) => ({ ...n, input: n.input.map((i) => through(passing, i)) }));
    return new GraphDef({ ...(def as GraphDefType), node });
  },
);
/** Whether a node has no kernel but the CPU's: texts, and int32 where devices keep it in the host's memory. */
export const must_run_on_cpu = (node: { readonly op?: string; readonly name?: string }): boolean =>
  ["Where", "DynamicPartition", "DecodeJpeg", "DecodePng", "StringJoin"].includes(node.op ?? "");
export const tensor_shape_from_node_def_name = v1(
  "tensor_shape_from_node_def_name",
  "graph input_name",
  (graph: { get_tensor_by_name(name: string): { get_shape(): unknown } }, input_name: string): unknown => {
    if (!input_name) throw new ValueError("The name of the tensor is empty.");
    return graph.get_tensor_by_name(input_name.includes(":") ? input_name : `${input_name}:0`).get_shape();
  },
);
