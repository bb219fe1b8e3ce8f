import {
  decodeMessage,
  encodeMessage,
  type GraphDef as GraphDefType,
  type MetaGraphDef as MetaGraphType,
  VariableDef,
} from "@cognate/formats";
import type { Graph } from "../../graph/graph.js";
import { Operation } from "../../graph/operation.js";
import { GraphTensor } from "../../graph/tensor.js";
import { GraphVariable } from "../../graph/variable.js";
import { graphDef } from "../../saved/export.js";
import { importNodes } from "../../saved/import.js";
import { MetaGraphDef } from "../../saved/messages.js";
import { saveNodes } from "../../saved/save-nodes.js";

type Collections = MetaGraphType["collection_def"];
type Collection = Collections extends Map<string, infer C> ? C : never;

function variableProto(v: GraphVariable): Uint8Array {
  return encodeMessage(VariableDef, {
    variable_name: v.name,
    initializer_name: v.initializer.name,
    snapshot_name: v._snapshot.name,
    initial_value_name: v.initial_value.name,
    trainable: v.trainable,
  });
}

const NONE = { node_list: undefined, bytes_list: undefined, int64_list: undefined, float_list: undefined };
/** A collection as files hold it; `undefined` for what they cannot hold. */
function collection(list: readonly unknown[], kept: ReadonlySet<string>): Collection | undefined {
  const all = (f: (x: unknown) => boolean): boolean => list.length > 0 && list.every(f);
  if (all((x) => x instanceof GraphVariable))
    return { ...NONE, bytes_list: { value: (list as GraphVariable[]).map(variableProto) } } as Collection;
  if (all((x) => x instanceof Operation || x instanceof GraphTensor)) {
    const nodes = (list as (Operation | GraphTensor)[]).filter((x) =>
      kept.has(x instanceof Operation ? x.name : x.op.name),
    );
    return nodes.length === 0
      ? undefined
      : ({ ...NONE, node_list: { value: nodes.map((x) => x.name) } } as Collection);
  }
  if (all((x) => typeof x === "string"))
    return {
      ...NONE,
      bytes_list: { value: (list as string[]).map((s) => new TextEncoder().encode(s)) },
    } as Collection;
  if (all((x) => typeof x === "number" && Number.isInteger(x)))
    return { ...NONE, int64_list: { value: list as number[] } } as Collection;
  if (all((x) => typeof x === "number"))
    return { ...NONE, float_list: { value: list as number[] } } as Collection;
  return undefined;
}

/** A graph with its variables, collections, and what a Saver of these variables needs. */
export function metaGraph(
  g: Graph,
  variables: ReadonlyMap<string, GraphVariable>,
  keep = 5,
  only: readonly string[] | null = null,
): MetaGraphDef {
  const def = graphDef(g);
  const kept = new Set((def.node ?? []).map((n) => n.name));
  const own = new Map([...variables].filter(([, v]) => v instanceof GraphVariable && kept.has(v.op.name)));
  const saver = own.size > 0 ? saveNodes(g, own) : null;
  const collections = new Map<string, Collection>();
  for (const [key, list] of g.collections) {
    if (only && !only.includes(key)) continue;
    const c = collection(list, kept);
    if (c) collections.set(key, c);
  }
  return new MetaGraphDef({
    meta_info_def: {
      meta_graph_version: "",
      tags: [],
      tensorflow_version: "2.21.0",
      tensorflow_git_version: "",
      stripped_default_attrs: false,
    },
    graph_def: { ...def, node: [...(def.node ?? []), ...(saver?.nodes ?? [])] } as GraphDefType,
    ...(saver
      ? {
          saver_def: {
            filename_tensor_name: saver.filename,
            save_tensor_name: saver.save,
            restore_op_name: saver.restore,
            max_to_keep: keep,
            sharded: false,
            keep_checkpoint_every_n_hours: 10000,
            version: 2,
          },
        }
      : {}),
    collection_def: collections as Collections,
  } as Partial<MetaGraphType>);
}

/** Adds a file's graph and its collections to a graph; gives its variables by their names. */
export function addMetaGraph(
  g: Graph,
  meta: MetaGraphType,
  prefix: string,
  inputMap?: ReadonlyMap<string, GraphTensor>,
): Map<string, GraphVariable> {
  importNodes(g, meta.graph_def!, prefix, inputMap);
  const made = new Map<string, GraphVariable>();
  for (const [key, c] of meta.collection_def) {
    for (const bytes of c.bytes_list?.value ?? []) {
      if (!/variables$/.test(key)) continue;
      const def = decodeMessage(VariableDef, bytes);
      const v = made.get(def.variable_name) ?? GraphVariable.of_(g, prefix, def);
      made.set(def.variable_name, v);
      g.add_to_collection(key, v);
    }
    for (const name of c.node_list?.value ?? []) g.add_to_collection(key, g.as_graph_element(prefix + name));
    for (const n of [...(c.int64_list?.value ?? []), ...(c.float_list?.value ?? [])])
      g.add_to_collection(key, Number(n));
  }
  return made;
}
