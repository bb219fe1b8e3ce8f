import {
  BundleReader,
  decodeMessage,
  encodeMessage,
  StringArray as FileStrings,
  type FileTensor,
  OBJECT_GRAPH_KEY,
  readCheckpointState,
  saveBundle,
  TrackableObjectGraph,
  writeCheckpointState,
  writeFileAtomic,
} from "@cognate/formats";
import { Strided } from "@cognate/kernel";
import {
  AssertionError,
  def,
  isPlainObject,
  method,
  nameClass,
  pyClass,
  repr,
  ValueError,
} from "@cognate/py";
import { tensorOf } from "../core/convert.js";
import { int64 } from "../core/dtypes.js";
import { NotFoundError } from "../core/errors.js";
import { codesOf, StringArray } from "../core/strings.js";
import { type Tensor, Value } from "../shared.js";
import { Variable, VariableImpl } from "../variable/variable.js";

/* `tf.train.Checkpoint`: values of variables in files, by the names of the fields that lead to them. */

const KEY = ".ATTRIBUTES/VARIABLE_VALUE";
interface Saved {
  readonly shape: readonly number[];
  assign(value: unknown): unknown;
}
const isVariable = (x: unknown): x is VariableImpl =>
  x instanceof VariableImpl ||
  (typeof x === "object" &&
    x !== null &&
    typeof (x as Partial<Saved>).assign === "function" &&
    "trainable" in x &&
    "shape" in x);

/** What is kept of a thing: fields by their names. */
function childrenOf(x: unknown): [string, unknown][] {
  if (x === null || (typeof x !== "object" && typeof x !== "function") || isVariable(x)) return [];
  if (x instanceof CheckpointImpl)
    return [
      ...x._fields,
      ...(x.save_counter_ ? ([["save_counter", x.save_counter_]] as [string, unknown][]) : []),
    ];
  if (Array.isArray(x)) return x.map((v, i): [string, unknown] => [String(i), v]).filter(([, v]) => keeps(v));
  const own = (x as { variables?: unknown; _trackable_children?: unknown }).variables;
  const entries = Object.entries(x).filter(([k, v]) => !k.startsWith("_") && keeps(v));
  if (entries.length === 0 && Array.isArray(own))
    return own.map((v, i): [string, unknown] => [`_variables/${i}`.replace("_variables/", "variables/"), v]);
  return entries;
}
const keeps = (x: unknown): boolean => {
  if (isVariable(x)) return true;
  if (Array.isArray(x)) return x.length > 0 && x.some(keeps);
  if (isPlainObject(x)) return Object.values(x).some(keeps);
  return (
    (typeof x === "object" || typeof x === "function") &&
    x !== null &&
    ("variables" in x || x instanceof CheckpointImpl)
  );
};
const escaped = (name: string): string => name.replaceAll(".", "..").replaceAll("/", ".S");

interface Node {
  readonly object: unknown;
  readonly path: string;
  readonly children: { node_id: number; local_name: string }[];
}
/** Everything that can be reached, breadth first. */
function graphOf(root: unknown): Node[] {
  const nodes: Node[] = [{ object: root, path: "", children: [] }];
  const ids = new Map<unknown, number>([[root, 0]]);
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]!;
    for (const [name, child] of childrenOf(node.object)) {
      let id = ids.get(child);
      if (id === undefined) {
        id = nodes.length;
        ids.set(child, id);
        nodes.push({
          object: child,
          path: node.path ? `${node.path}/${escaped(name)}` : escaped(name),
          children: [],
        });
      }
      node.children.push({ node_id: id, local_name: name });
    }
  }
  return nodes;
}
const fileTensor = (v: VariableImpl): FileTensor => {
  const d = v._cell?.value ?? (v as unknown as { _value: Value })._value;
  if (d instanceof StringArray)
    return new FileStrings(
      d.data.map((t) => Uint8Array.from(t, (c) => c.charCodeAt(0))),
      d.shape,
    );
  return (d as Value).array;
};
const bareName = (v: VariableImpl): string => (v.name ?? "Variable").replace(/:0$/, "");

/** Writes a checkpoint of an object's variables. */
function writeCheckpoint(prefix: string, root: unknown): void {
  const nodes = graphOf(root);
  const graph = {
    nodes: nodes.map((n) => ({
      children: n.children,
      attributes: isVariable(n.object)
        ? [{ name: "VARIABLE_VALUE", full_name: bareName(n.object), checkpoint_key: `${n.path}/${KEY}` }]
        : [],
      slot_variables: [],
      has_checkpoint_values: { value: true },
    })),
  };
  const bytes = encodeMessage(TrackableObjectGraph, graph as never);
  const tensors: [string, FileTensor][] = [[OBJECT_GRAPH_KEY, new FileStrings([bytes], [])]];
  for (const n of nodes) if (isVariable(n.object)) tensors.push([`${n.path}/${KEY}`, fileTensor(n.object)]);
  builtin()?.mkdirSync(folderOf(prefix), { recursive: true });
  saveBundle(prefix, tensors);
}

class LoadStatus {
  constructor(
    private readonly missing: readonly string[],
    private readonly unread: readonly string[],
  ) {}
  assert_consumed(): this {
    if (this.unread.length > 0) throw new AssertionError(this.unread[0]!);
    return this.assert_existing_objects_matched();
  }
  assert_existing_objects_matched(): this {
    if (this.missing.length > 0) throw new AssertionError(`No checkpoint value found for ${this.missing[0]}`);
    return this;
  }
  assert_nontrivial_match(): this {
    return this;
  }
  expect_partial(): this {
    return this;
  }
  initialize_or_restore(): void {}
  run_restore_ops(): void {}
}
nameClass("tensorflow.python.checkpoint.checkpoint.CheckpointLoadStatus", LoadStatus);

function openBundle(prefix: string): BundleReader {
  try {
    return new BundleReader(prefix);
  } catch (e) {
    if (!/ENOENT|no such file|cannot be opened|not found/i.test(String((e as Error).message))) throw e;
    throw new NotFoundError(
      `Error when restoring from checkpoint or SavedModel at ${prefix}: Unsuccessful TensorSliceReader constructor: Failed to find any matching files for ${prefix}\nPlease double-check that the path is correct. You may be missing the checkpoint suffix (e.g. the '-1' in 'path/to/ckpt-1').`,
    );
  }
}
const loaded = (t: FileTensor): Tensor =>
  tensorOf(t instanceof Strided ? new Value(t) : new StringArray(t.shape, t.values.map(codesOf)));

function restoreFrom(prefix: string, root: unknown): LoadStatus {
  const bundle = openBundle(prefix);
  const text = bundle.get(OBJECT_GRAPH_KEY) as FileStrings;
  const graph = decodeMessage(TrackableObjectGraph, text.values[0]!, "checkpoint");
  const missing: string[] = [];
  const matched = new Set<number>();
  const queue: [unknown, number][] = [[root, 0]];
  const seen = new Set<unknown>([root]);
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [object, id] = next;
    matched.add(id);
    const node = graph.nodes[id]!;
    if (isVariable(object)) {
      const a = node.attributes.find((x) => x.name === "VARIABLE_VALUE");
      if (a) object.assign(loaded(bundle.get(a.checkpoint_key)));
      else missing.push(repr(object));
      continue;
    }
    for (const [name, child] of childrenOf(object)) {
      if (seen.has(child)) continue;
      seen.add(child);
      const found = node.children.find((c) => c.local_name === name);
      if (found) queue.push([child, found.node_id]);
      else for (const n of graphOf(child)) if (isVariable(n.object)) missing.push(repr(n.object));
    }
  }
  const paths = pathsOf(graph);
  const unread = graph.nodes.flatMap((n, i) => {
    const a = n.attributes[0];
    if (matched.has(i) || !a || a.checkpoint_key.startsWith("save_counter")) return [];
    return [
      `Unresolved object in checkpoint (root).${paths[i]}: attributes {\n  name: "${a.name}"\n  full_name: "${a.full_name}"\n  checkpoint_key: "${a.checkpoint_key}"\n}\nhas_checkpoint_values {\n  value: true\n}\n`,
    ];
  });
  return new LoadStatus(missing, unread);
}
function pathsOf(graph: NonNullable<(typeof TrackableObjectGraph)["decoded"]>): string[] {
  const paths = new Array<string>(graph.nodes.length).fill("");
  const queue = [0];
  const seen = new Set(queue);
  for (let i = queue.shift(); i !== undefined; i = queue.shift())
    for (const c of graph.nodes[i]!.children) {
      if (seen.has(c.node_id)) continue;
      seen.add(c.node_id);
      paths[c.node_id] = paths[i] ? `${paths[i]}.${c.local_name}` : c.local_name;
      queue.push(c.node_id);
    }
  return paths;
}

const folderOf = (path: string): string => (path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".");
const baseOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
const encoder = new TextEncoder();

class CheckpointImpl {
  readonly _fields: [string, unknown][] = [];
  save_counter_: VariableImpl | null = null;
  constructor(root: unknown = null, kwargs: Readonly<Record<string, unknown>> = {}) {
    const given = isPlainObject(root) && !isVariable(root) ? { ...(root as object), ...kwargs } : kwargs;
    if (root !== null && given === kwargs) {
      if (isVariable(root) || !keeps(root)) this._fields.push(["root", root]);
      else this._fields.push(...childrenOf(root));
      Object.defineProperty(this, "root", { value: root });
    }
    for (const [k, v] of Object.entries(given)) {
      this._fields.push([k, v]);
      Object.defineProperty(this, k, { value: v, enumerable: true });
    }
  }
  get save_counter(): VariableImpl {
    this.save_counter_ ??= Variable(0, {
      trainable: false,
      name: "save_counter",
      dtype: int64,
    }) as VariableImpl;
    return this.save_counter_;
  }
  /** Writes `<prefix>` exactly. */
  write(file_prefix: string): string {
    writeCheckpoint(file_prefix, this);
    return file_prefix;
  }
  /** Writes `<prefix>-<n>`, n counting the saves, and notes it as the latest of its folder. */
  save(file_prefix: string): string {
    this.save_counter.assign_add(1);
    const path = `${file_prefix}-${Number(this.save_counter.item())}`;
    writeCheckpoint(path, this);
    updateState(folderOf(path), [path]);
    return path;
  }
  read(save_path: string): LoadStatus {
    return restoreFrom(save_path, this);
  }
  /** Reads a checkpoint into the variables that are there. @throws NotFoundError */
  restore(save_path: string | null): LoadStatus {
    if (save_path === null) return new LoadStatus([], []);
    void this.save_counter;
    return restoreFrom(save_path, this);
  }
}
function updateState(folder: string, paths: readonly string[]): void {
  const names = paths.map(baseOf);
  writeFileAtomic(
    `${folder}/checkpoint`,
    encoder.encode(
      writeCheckpointState({
        model_checkpoint_path: names[names.length - 1] ?? "",
        all_model_checkpoint_paths: names,
      }),
    ),
  );
}

/**
 * `tf.train.Checkpoint`: variables by the names of the fields that lead to them, written as TensorFlow writes them.
 * `tf.train.Checkpoint({ v }).save("folder/ck")` writes `folder/ck-1`; `restore` of that path assigns the values to the variables
 * under the same names.
 */
export const Checkpoint = pyClass(
  "tensorflow.python.checkpoint.checkpoint.Checkpoint",
  "root:dict **kwargs",
  CheckpointImpl,
);
export type Checkpoint = CheckpointImpl;

/** The path of a folder's latest checkpoint, `null` if there is none. */
export const latest_checkpoint = def(
  "tensorflow.train.latest_checkpoint",
  "checkpoint_dir latest_filename",
  (checkpoint_dir: string, latest_filename: string | null = null): string | null => {
    try {
      const { model_checkpoint_path: p } = readCheckpointState(
        `${checkpoint_dir}/${latest_filename ?? "checkpoint"}`,
      );
      return p.startsWith("/") ? p : `${checkpoint_dir}/${p}`;
    } catch {
      return null;
    }
  },
);
/** Names and shapes of a checkpoint's tensors. */
export const list_variables = def(
  "tensorflow.train.list_variables",
  "ckpt_dir_or_file",
  (path: string): [string, number[]][] => {
    const bundle = openBundle(latest_checkpoint(path) ?? path);
    return bundle.names.map((n) => Object.assign([n, [...bundle.entry(n).shape]] as [string, number[]]));
  },
);
/** One of a checkpoint's tensors. */
export const load_variable = def(
  "tensorflow.train.load_variable",
  "ckpt_dir_or_file name",
  (path: string, name: string): unknown =>
    loaded(openBundle(latest_checkpoint(path) ?? path).get(name.replace(/:0$/, ""))).numpy(),
);

class CheckpointReaderImpl {
  constructor(private readonly bundle: BundleReader) {}
  has_tensor(name: string): boolean {
    return this.bundle.has(name);
  }
  get_tensor(name: string): unknown {
    return loaded(this.bundle.get(name)).numpy();
  }
  get_variable_to_shape_map(): Record<string, number[]> {
    return Object.fromEntries(this.bundle.names.map((n) => [n, [...this.bundle.entry(n).shape]]));
  }
  get_variable_to_dtype_map(): Record<string, string> {
    return Object.fromEntries(this.bundle.names.map((n) => [n, this.bundle.entry(n).type]));
  }
}
export const load_checkpoint = def(
  "tensorflow.train.load_checkpoint",
  "ckpt_dir_or_file",
  (path: string): CheckpointReaderImpl =>
    new CheckpointReaderImpl(openBundle(latest_checkpoint(path) ?? path)),
);

class CheckpointManagerImpl {
  private _paths: string[] = [];
  constructor(
    readonly checkpoint: CheckpointImpl,
    readonly directory: string,
    readonly max_to_keep: number | null,
    _hours: number | null = null,
    readonly checkpoint_name = "ckpt",
  ) {
    if (max_to_keep !== null && max_to_keep <= 0)
      throw new ValueError(
        `Expected a positive integer or \`None\` for \`max_to_keep\`, got ${max_to_keep}.`,
      );
    try {
      this._paths = readCheckpointState(`${directory}/checkpoint`).all_model_checkpoint_paths.map((p) =>
        p.startsWith("/") ? p : `${directory}/${p}`,
      );
    } catch {
      this._paths = [];
    }
  }
  get checkpoints(): string[] {
    return [...this._paths];
  }
  get latest_checkpoint(): string | null {
    return this._paths[this._paths.length - 1] ?? null;
  }
  declare save: (checkpoint_number?: number | null) => string;
  _save(checkpoint_number: number | null): string {
    this.checkpoint.save_counter.assign_add(1);
    const n = checkpoint_number ?? Number(this.checkpoint.save_counter.item());
    const path = `${this.directory}/${this.checkpoint_name}-${n}`;
    this.checkpoint.write(path);
    this._paths.push(path);
    while (this.max_to_keep !== null && this._paths.length > this.max_to_keep)
      removeBundle(this._paths.shift()!);
    updateState(this.directory, this._paths);
    return path;
  }
  restore_or_initialize(): string | null {
    if (this.latest_checkpoint) this.checkpoint.restore(this.latest_checkpoint);
    return this.latest_checkpoint;
  }
}
Object.assign(CheckpointManagerImpl.prototype, {
  save: method(
    def(
      "CheckpointManager.save",
      "self checkpoint_number",
      (self: CheckpointManagerImpl, checkpoint_number: number | null = null): string =>
        self._save(checkpoint_number),
    ),
  ),
});
interface Files {
  rmSync(path: string, options: object): void;
  mkdirSync(path: string, options: object): void;
}
interface Process {
  getBuiltinModule?(name: string): Files;
}
const builtin = (): Files | undefined =>
  (globalThis as { process?: Process }).process?.getBuiltinModule?.("node:fs");
function removeBundle(prefix: string): void {
  for (const end of [".index", ".data-00000-of-00001"]) builtin()?.rmSync(`${prefix}${end}`, { force: true });
}
/** `tf.train.CheckpointManager`: keeps so many of the latest checkpoints. */
export const CheckpointManager = pyClass(
  "tensorflow.python.checkpoint.checkpoint_management.CheckpointManager",
  "checkpoint directory max_to_keep keep_checkpoint_every_n_hours checkpoint_name step_counter checkpoint_interval init_fn last_checkpoint_step",
  CheckpointManagerImpl,
);
export type CheckpointManager = CheckpointManagerImpl;
