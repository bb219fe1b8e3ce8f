import {
  type BundleInput,
  BundleReader,
  type ByteInput,
  tensorOfProto as fileTensor,
  type MetaGraphDef,
  readSavedModelProto,
  type SavedObject,
  type StructuredValue,
  type TrackableObjectGraph,
} from "@cognate/formats";
import { KeyError, RuntimeError, Tuple, TypeError } from "@cognate/py";
import { datumOf, tensorOf, toTensor } from "../core/convert.js";
import { typeNumbered } from "../core/dtypes.js";
import type { Datum } from "../core/row.js";
import { StringArray, toBytes } from "../core/strings.js";
import { callGraph } from "../graph/control.js";
import type { FuncGraph } from "../graph/func-graph.js";
import { Cell, Store } from "../graph/runtime.js";
import type { Tensor } from "../shared.js";
import { datumOfFile } from "./datum.js";
import { Functions, missingTypes } from "./import.js";
import "./executors.js";
import "../lookup/calls.js";
import "../graph/state-executors.js";
import "../graph/random-executors.js";
import "../graph/tensor-lists.js";

/** The files of a SavedModel, where they do not lie in a folder. */
export interface SavedModelFiles {
  /** `saved_model.pb`. */
  readonly model: ByteInput;
  /** `variables/variables`. */
  readonly variables: BundleInput | null;
}

const VALUE = ".ATTRIBUTES/VARIABLE_VALUE";

/** A function of a SavedModel with the variables that it reads. */
export class ConcreteFunction {
  private readonly _graph: FuncGraph;
  constructor(
    /** Its name in the file. */
    readonly name: string,
    functions: Functions,
    private readonly _bound: readonly Datum[],
    private readonly _names: readonly string[],
    private readonly _output: StructuredValue | undefined,
    private readonly _store: Store,
  ) {
    this._graph = functions.graph(name);
  }
  /** The names of the inputs, in order. */
  get inputs(): readonly string[] {
    return this._names;
  }
  get structured_outputs(): unknown {
    return structure(this._output, (spec) => spec);
  }
  /** Runs the function on tensors by position or by name. @throws TypeError for inputs that do not fit */
  call(...args: unknown[]): unknown {
    const last = args.at(-1);
    const byName =
      args.length === 1 &&
      typeof last === "object" &&
      last !== null &&
      Object.getPrototypeOf(last) === Object.prototype
        ? (last as Record<string, unknown>)
        : null;
    const given = byName ? this._names.map((n) => byName[n]) : args;
    const { inputs } = this._graph;
    const want = inputs.length - this._bound.length;
    const missing = this._names.slice(0, want).filter((_, i) => given[i] === undefined);
    if (missing.length > 0 || given.length > want)
      throw new TypeError(
        `signature_wrapper(${this._names.join(", ")}) missing required arguments: ${missing.join(", ") || "none"}; ${given.length} were given.`,
      );
    const data = inputs.slice(0, want).map((t, i) => datumOf(toTensor(given[i], { dtype: t.dtype })));
    const out = callGraph(this._graph, [...data, ...this._bound], { store: this._store, tracked: false });
    const tensors = out.map((d, i) => tensorOf(d, this._graph.outputs[i]!.dtype));
    return pack(this._output, tensors);
  }
}

/** What a structure says, its tensors mapped in order. */
function structure(s: StructuredValue | undefined, leaf: (spec: unknown) => unknown): unknown {
  if (!s) return null;
  if (s.tensor_spec_value)
    return leaf({ name: s.tensor_spec_value.name, dtype: typeNumbered(s.tensor_spec_value.dtype) });
  if (s.list_value) return s.list_value.values.map((v) => structure(v, leaf));
  if (s.tuple_value) return Tuple.of_(s.tuple_value.values.map((v) => structure(v, leaf)));
  if (s.dict_value) {
    const made = new Map(
      [...s.dict_value.fields.keys()].sort().map((k) => [k, structure(s.dict_value!.fields.get(k), leaf)]),
    );
    return Object.fromEntries(made);
  }
  if (s.named_tuple_value) return Tuple.of_(s.named_tuple_value.values.map((v) => structure(v.value, leaf)));
  if (s.string_value !== undefined) return s.string_value;
  return s.int64_value ?? s.float64_value ?? s.bool_value ?? null;
}
function pack(s: StructuredValue | undefined, tensors: readonly Tensor[]): unknown {
  let at = 0;
  if (!s) return tensors.length === 1 ? tensors[0] : tensors;
  return structure(s, () => tensors[at++]);
}

/** A SavedModel: its signatures, and its objects' functions and variables. */
export class LoadedModel {
  /** The signatures by name: functions from named tensors to named tensors. */
  readonly signatures: Readonly<
    Record<string, ((...args: unknown[]) => unknown) & { readonly concrete: ConcreteFunction }>
  >;
  /** The variables by the names that they were saved under. */
  readonly variables: Readonly<Record<string, Tensor>>;
  private readonly _functions: Functions;
  private readonly _store = new Store();
  private readonly _cells: ReadonlyMap<number, Cell>;
  private readonly _resources = new Map<number, Datum>();

  constructor(
    readonly meta: MetaGraphDef,
    variables: BundleReader | null,
    private readonly _folder: string | null = null,
  ) {
    this._functions = new Functions(meta.graph_def?.library?.function ?? []);
    const objects = meta.object_graph_def;
    if (!objects)
      throw new RuntimeError(
        "The SavedModel has no object graph: it was written by TensorFlow 1; use tf.compat.v1.saved_model.load.",
      );
    this._cells = readVariables(objects.nodes, variables);
    const named = [...this._cells].map(
      ([id, c]) => [objects.nodes[id]!.variable!.name, tensorOf(c.value!)] as const,
    );
    this.variables = Object.fromEntries(named);
    const root = objects.nodes[0]!;
    const child = (o: SavedObject, name: string): SavedObject | undefined => {
      const ref = o.children.find((c) => c.local_name === name);
      return ref && objects.nodes[ref.node_id];
    };
    const list = child(root, "signatures");
    const made: Record<string, ReturnType<LoadedModel["_callable"]>> = {};
    for (const ref of list?.children ?? []) {
      const node = objects.nodes[ref.node_id]!;
      const name =
        node.bare_concrete_function?.concrete_function_name ?? node.function?.concrete_functions[0];
      if (name === undefined) continue;
      const def = meta.signature_def.get(ref.local_name);
      made[ref.local_name] = this._callable(
        name,
        node.bare_concrete_function?.argument_keywords ?? [...(def?.inputs.keys() ?? [])],
      );
    }
    this.signatures = made;
    // The root's own functions are methods: those traced once, by that trace.
    for (const ref of root.children) {
      const node = objects.nodes[ref.node_id]!;
      const [first] = node.function?.concrete_functions ?? [];
      if (first === undefined || ref.local_name in this) continue;
      Object.defineProperty(this, ref.local_name === "__call__" ? "call" : ref.local_name, {
        value: this._callable(first, []),
        enumerable: true,
      });
    }
  }

  private _callable(name: string, keywords: readonly string[]) {
    const saved = this.meta.object_graph_def!.concrete_functions.get(name);
    const bound = (saved?.bound_inputs ?? []).map((id) => this._boundTo(id));
    const names =
      keywords.length > 0
        ? keywords
        : this._functions
            .def(name)
            .signature!.input_arg.slice(0, -bound.length || undefined)
            .map((a) => a.name);
    let concrete: ConcreteFunction | undefined;
    const get = (): ConcreteFunction => {
      if (!concrete) {
        const missing = missingTypes(this._typesOf(name));
        if (missing.length > 0)
          throw new RuntimeError(
            `The function ${name} uses operations that have no counterpart here: ${missing.join(", ")}.`,
          );
        concrete = new ConcreteFunction(
          name,
          this._functions,
          bound,
          names,
          saved?.output_signature,
          this._store,
        );
      }
      return concrete;
    };
    const f = (...args: unknown[]): unknown => get().call(...args);
    return Object.defineProperty(f, "concrete", { get }) as typeof f & {
      readonly concrete: ConcreteFunction;
    };
  }
  /** Types of operations that a function and those that it calls use. */
  private _typesOf(name: string): Set<string> {
    const types = new Set<string>();
    const seen = new Set<string>();
    const stack = [name];
    for (let f = stack.pop(); f !== undefined; f = stack.pop()) {
      if (seen.has(f)) continue;
      seen.add(f);
      for (const node of this._functions.def(f).node_def) {
        types.add(node.op);
        for (const a of node.attr.values()) {
          if (a.func) stack.push(a.func.name);
          for (const l of a.list?.func ?? []) stack.push(l.name);
        }
      }
    }
    return types;
  }
  private _boundTo(id: number): Datum {
    const cell = this._cells.get(id);
    if (cell) return cell;
    const node = this.meta.object_graph_def!.nodes[id]!;
    if (node.asset) return this._asset(node);
    if (node.resource) return this._resource(id, node);
    if (node.constant) {
      const def = this.meta.graph_def!.node.find((n) => n.name === node.constant!.operation);
      const tensor = def?.attr.get("value")?.tensor;
      if (tensor) return datumOfFile(fileTensor(tensor));
    }
    throw new RuntimeError(
      `A function of the SavedModel reads an object (object ${id}), which is not loaded here.`,
    );
  }
  /** The path of a file that belongs to the model. */
  private _asset(node: SavedObject): Datum {
    const file = this.meta.asset_file_def[node.asset!.asset_file_def_index]!;
    return new StringArray([], [toBytes(`${this._folder ?? "."}/assets/${file.filename}`)]);
  }
  /** A table: made by one function of the file, filled by another. */
  private _resource(id: number, node: SavedObject): Datum {
    const known = this._resources.get(id);
    if (known) return known;
    const run = (method: string): readonly Datum[] => {
      const at = node.children.find((c) => c.local_name === method)?.node_id;
      const found = at === undefined ? undefined : this.meta.object_graph_def!.nodes[at];
      const name =
        found?.function?.concrete_functions[0] ?? found?.bare_concrete_function?.concrete_function_name;
      if (name === undefined) return [];
      const bound = this.meta.object_graph_def!.concrete_functions.get(name)?.bound_inputs ?? [];
      const graph = this._functions.graph(name);
      return callGraph(
        graph,
        bound.map((b) => this._boundTo(b)),
        { store: this._store, tracked: false },
      );
    };
    const [handle] = run("_create_resource");
    if (!handle)
      throw new RuntimeError(`The SavedModel does not say how its resource (object ${id}) is made.`);
    this._resources.set(id, handle);
    run("_initialize");
    return handle;
  }
}

/** The variables of the object graph by their numbers, with the values of the checkpoint. */
function readVariables(nodes: readonly SavedObject[], bundle: BundleReader | null): Map<number, Cell> {
  const cells = new Map<number, Cell>();
  const graph: TrackableObjectGraph | undefined = bundle?.objectGraph();
  nodes.forEach((node, id) => {
    if (!node.variable) return;
    const attribute = graph?.nodes[id]?.attributes.find((a) => a.name === "VARIABLE_VALUE");
    const key = attribute?.checkpoint_key;
    if (!bundle || key === undefined)
      throw new KeyError(
        `The SavedModel's checkpoint has no value for the variable ${node.variable.name} (${VALUE}).`,
      );
    const cell = new Cell(node.variable.name);
    cell.value = datumOfFile(bundle.get(key));
    cells.set(id, cell);
  });
  return cells;
}

/** Chooses the graph of these tags, the only one where none are given. @throws RuntimeError where there is none */
export function chooseGraph(graphs: readonly MetaGraphDef[], tags: readonly string[] | null): MetaGraphDef {
  const found =
    tags === null
      ? graphs.length === 1
        ? graphs[0]
        : undefined
      : graphs.find((g) => [...(g.meta_info_def?.tags ?? [])].sort().join() === [...tags].sort().join());
  if (!found)
    throw new RuntimeError(
      `MetaGraphDef associated with tags {${(tags ?? []).map((t) => ` '${t}'`).join(",")} } could not be found in SavedModel, with available tags '[${graphs.map((g) => `{${(g.meta_info_def?.tags ?? []).map((t) => `'${t}'`).join(", ")}}`).join(", ")}]'.`,
    );
  return found;
}

/**
 * Opens a SavedModel: a folder, or its files.
 *
 * @throws FormatError for broken files; RuntimeError for tags that it does not have
 */
export function loadSavedModel(
  input: string | SavedModelFiles,
  tags: readonly string[] | null = null,
): LoadedModel {
  const files: SavedModelFiles =
    typeof input === "string"
      ? { model: `${input}/saved_model.pb`, variables: `${input}/variables/variables` }
      : input;
  const meta = chooseGraph(readSavedModelProto(files.model).meta_graphs, tags);
  const needs = meta.object_graph_def?.nodes.some((n) => n.variable) ?? true;
  return new LoadedModel(
    meta,
    files.variables && needs ? new BundleReader(files.variables) : null,
    typeof input === "string" ? input : null,
  );
}
