import {
  BundleReader,
  type CheckpointState,
  readCheckpointState,
  saveBundle,
  writeCheckpointState,
  writeFileAtomic,
} from "@cognate/formats";
import { isPlainObject, pyClass, Tuple, TypeError, ValueError } from "@cognate/py";
import { withGraph } from "../../core/context.js";
import { tensorOf } from "../../core/convert.js";
import { NotFoundError } from "../../core/errors.js";
import { get_default_graph, inDefault } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import { keywordMethods } from "../../graph/keyword-methods.js";
import type { SessionImpl } from "../../graph/session.js";
import { bracketText } from "../../graph/shape.js";
import type { GraphVariable } from "../../graph/variable.js";
import { datumOfFile, fileOfDatum } from "../../saved/datum.js";
import { baseOf, exists, folderOf, makeFolder, removeCheckpoint } from "../../saved/files.js";
import { type MetaGraphDef, metaGraphOf } from "../../saved/messages.js";
import { v1 } from "../make.js";
import { addMetaGraph, metaGraph } from "./meta-graph.js";

/** Variables by the names that they have in checkpoints. */
function namedVariables(given: unknown): Map<string, GraphVariable> {
  if (given === null || given === undefined) {
    const g = get_default_graph();
    const all = [
      ...g.get_collection("variables"),
      ...g.get_collection("saveable_objects"),
    ] as GraphVariable[];
    return new Map(all.map((v) => [v.op.name, v]));
  }
  if (given instanceof Map) return given as Map<string, GraphVariable>;
  if (Array.isArray(given)) return new Map((given as GraphVariable[]).map((v) => [v.op.name, v]));
  if (isPlainObject(given)) return new Map(Object.entries(given as Record<string, GraphVariable>));
  throw new TypeError("Variables to save should be passed in a dict or a list");
}

class SaverImpl {
  private readonly _vars: Map<string, GraphVariable>;
  private _last: [string, number][] = [];
  constructor(
    var_list: unknown = null,
    readonly reshape = false,
    _sharded = false,
    readonly max_to_keep: number | null = 5,
    readonly keep_checkpoint_every_n_hours = 10000,
    _name: string | null = null,
    _restore_sequentially = false,
    _saver_def: unknown = null,
    _builder: unknown = null,
    _defer_build = false,
    allow_empty = false,
  ) {
    this._vars = inDefault(() => namedVariables(var_list));
    if (this._vars.size === 0 && !allow_empty) throw new ValueError("No variables to save");
  }
  get last_checkpoints(): string[] {
    return this._last.map(([p]) => p);
  }
  set_last_checkpoints(paths: readonly string[]): void {
    this._last = paths.map((p) => [p, 0]);
  }
  recover_last_checkpoints(paths: readonly string[]): void {
    this.set_last_checkpoints(paths.filter((p) => exists(`${p}.index`)));
  }

  /** Writes the variables of a session; gives the path without its endings. */
  save(
    sess: SessionImpl,
    save_path: string,
    global_step: unknown = null,
    latest_filename: string | null = null,
    meta_graph_suffix = "meta",
    write_meta_graph = true,
    write_state = true,
  ): string {
    const step =
      global_step === null
        ? null
        : typeof global_step === "number"
          ? global_step
          : Number(sess.run(global_step));
    const path = step === null ? save_path : `${save_path}-${step}`;
    const folder = folderOf(path);
    makeFolder(folder);
    const tensors = [...this._vars].map(([name, v]) => {
      const cell = sess.store.cell(v.op, v.op.name);
      return [name, fileOfDatum(cell.value ?? missingValue(v))] as const;
    });
    saveBundle(path, tensors);
    this._last = [...this._last.filter(([p]) => p !== path), [path, Date.now() / 1000]];
    while (this.max_to_keep && this._last.length > this.max_to_keep) removeCheckpoint(this._last.shift()![0]);
    if (write_state) {
      const inside = (p: string): string => (folderOf(p) === folder ? baseOf(p) : p);
      writeFileAtomic(
        `${folder}/${latest_filename ?? "checkpoint"}`,
        new TextEncoder().encode(
          writeCheckpointState({
            model_checkpoint_path: inside(path),
            all_model_checkpoint_paths: this._last.map(([p]) => inside(p)),
          }),
        ),
      );
    }
    if (write_meta_graph) this.export_meta_graph(`${path}.${meta_graph_suffix}`);
    return path;
  }
  /** Gives the variables of a session the values of a checkpoint. @throws ValueError, NotFoundError */
  restore(sess: SessionImpl, save_path: string | null): void {
    if (save_path === null) throw new ValueError("Can't load save_path when it is None.");
    if (!exists(`${save_path}.index`))
      throw new ValueError(`The passed save_path is not a valid checkpoint: ${save_path}`);
    const bundle = new BundleReader(save_path);
    for (const [name, v] of this._vars) {
      if (!bundle.has(name))
        throw new NotFoundError(
          `Restoring from checkpoint failed. This is most likely due to a Variable name or other graph key that is missing from the checkpoint. Please ensure that you have not altered the graph expected based on the checkpoint. Original error:\n\nKey ${name} not found in checkpoint`,
        );
      const value = datumOfFile(bundle.get(name));
      const { shape } = value as { shape: readonly number[] };
      const dims = v.shape._dims;
      if (dims !== null && dims.join() !== shape.join())
        throw new ValueError(
          `Restoring from checkpoint failed. This is most likely due to a mismatch between the current graph and the graph from the checkpoint. Please ensure that you have not altered the graph expected based on the checkpoint. Original error:\n\nAssign requires shapes of both tensors to match. lhs shape= ${bracketText(dims)} rhs shape= ${bracketText(shape)}`,
        );
      sess.store.cell(v.op, v.op.name).value = value;
    }
  }
  /** The graph, its variables and collections of numbers and texts, as a file. */
  export_meta_graph(
    filename: string | null = null,
    collection_list: readonly string[] | null = null,
  ): MetaGraphDef {
    const g = [...this._vars.values()][0]?.graph ?? get_default_graph();
    const meta = metaGraph(g, this._vars, this.max_to_keep ?? 0, collection_list);
    if (filename !== null) writeFileAtomic(filename, meta.SerializeToString());
    return meta;
  }
}
const missingValue = (v: GraphVariable): never => {
  throw new ValueError(`Attempting to use uninitialized value ${v.op.name}`);
};
keywordMethods("Saver", SaverImpl, {
  save: "sess save_path global_step latest_filename meta_graph_suffix write_meta_graph write_state",
  restore: "sess save_path",
  export_meta_graph: "filename collection_list",
});

/**
 * `tf.train.Saver`: writes and reads the variables of sessions.
 *
 * @param var_list - variables, or a dict of them by the names to use; all where left out
 */
export const Saver = pyClass(
  "tensorflow.python.training.saver.Saver",
  "var_list:dict reshape sharded max_to_keep keep_checkpoint_every_n_hours name restore_sequentially saver_def builder defer_build allow_empty",
  SaverImpl,
);

/** Adds the graph of a `.meta` file to the default graph; gives a saver for its variables. */
export const import_meta_graph = v1(
  "import_meta_graph",
  "meta_graph_or_file clear_devices import_scope",
  (
    meta_graph_or_file: string | Uint8Array | MetaGraphDef,
    _clear_devices = false,
    import_scope: string | null = null,
  ): SaverImpl => {
    const meta = metaGraphOf(meta_graph_or_file);
    const g = get_default_graph();
    const made = addMetaGraph(g, meta, import_scope ? `${import_scope}/` : "");
    return new SaverImpl(
      [...made.values()],
      false,
      false,
      meta.saver_def?.max_to_keep ?? 5,
      10000,
      null,
      false,
      null,
      null,
      false,
      true,
    );
  },
);

/** The default graph, or another, with its variables and collections; written where a file is named. */
export const export_meta_graph = v1(
  "export_meta_graph",
  "filename meta_info_def graph_def saver_def collection_list as_text graph export_scope clear_devices clear_extraneous_savers strip_default_attrs save_debug_info",
  (
    filename: string | null = null,
    _info: unknown = null,
    _def: unknown = null,
    _saver: unknown = null,
    collection_list: readonly string[] | null = null,
    _text = false,
    graph: Graph | null = null,
  ): MetaGraphDef => {
    const g = graph ?? get_default_graph();
    const meta = metaGraph(
      g,
      withGraph(g, () => namedVariables(null)),
      5,
      collection_list,
    );
    if (filename !== null) {
      makeFolder(folderOf(filename));
      writeFileAtomic(filename, meta.SerializeToString());
    }
    return meta;
  },
);

export const get_checkpoint_state = v1(
  "get_checkpoint_state",
  "checkpoint_dir latest_filename",
  (checkpoint_dir: string, latest_filename: string | null = null): CheckpointState | null => {
    const path = `${checkpoint_dir}/${latest_filename ?? "checkpoint"}`;
    if (!exists(path)) return null;
    const state = readCheckpointState(path);
    const join = (p: string): string => (p.startsWith("/") ? p : `${checkpoint_dir}/${p}`);
    return {
      ...state,
      model_checkpoint_path: join(state.model_checkpoint_path),
      all_model_checkpoint_paths: state.all_model_checkpoint_paths.map(join),
    };
  },
);
/** The path of the newest checkpoint in a directory, `null` where there is none. */
export const latest_checkpoint = v1(
  "latest_checkpoint",
  "checkpoint_dir latest_filename",
  (checkpoint_dir: string, latest_filename: string | null = null): string | null => {
    const state = get_checkpoint_state(checkpoint_dir, latest_filename) as CheckpointState | null;
    const path = state?.model_checkpoint_path;
    return path && exists(`${path}.index`) ? path : null;
  },
);
export const checkpoint_exists = v1(
  "checkpoint_exists",
  "checkpoint_prefix",
  (checkpoint_prefix: string): boolean => exists(`${checkpoint_prefix}.index`),
);

/** Reads single tensors of a checkpoint. */
export class CheckpointReader {
  private readonly _bundle: BundleReader;
  constructor(path: string) {
    this._bundle = new BundleReader(path);
  }
  get_variable_to_shape_map(): Record<string, number[]> {
    return Object.fromEntries(this._bundle.names.map((n) => [n, [...this._bundle.entry(n).shape]]));
  }
  get_variable_to_dtype_map(): Record<string, unknown> {
    return Object.fromEntries(this._bundle.names.map((n) => [n, this._bundle.entry(n).type]));
  }
  has_tensor(name: string): boolean {
    return this._bundle.has(name);
  }
  get_tensor(name: string): unknown {
    if (!this._bundle.has(name)) throw new NotFoundError(`Key ${name} not found in checkpoint`);
    return tensorOf(datumOfFile(this._bundle.get(name))).numpy();
  }
}
const prefixOf = (path: string): string =>
  exists(`${path}.index`) ? path : ((latest_checkpoint(path) as string | null) ?? path);
export const NewCheckpointReader = v1(
  "NewCheckpointReader",
  "filepattern",
  (filepattern: string): CheckpointReader => new CheckpointReader(filepattern),
);
export const load_checkpoint = v1(
  "load_checkpoint",
  "ckpt_dir_or_file",
  (path: string): CheckpointReader => new CheckpointReader(prefixOf(path)),
);
export const load_variable = v1(
  "load_variable",
  "ckpt_dir_or_file name",
  (path: string, name: string): unknown => new CheckpointReader(prefixOf(path)).get_tensor(name),
);
export const list_variables = v1("list_variables", "ckpt_dir_or_file", (path: string): Tuple<unknown>[] =>
  Object.entries(new CheckpointReader(prefixOf(path)).get_variable_to_shape_map())
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([n, s]) => Tuple.of_<unknown>([n, s])),
);
