import {
  encodeMessage,
  type MetaGraphDef as MetaGraphType,
  nodeFileSystem,
  SavedModelProto,
  saveBundle,
  writeFileAtomic,
} from "@cognate/formats";
import { AssertionError, pyClass, ValueError } from "@cognate/py";
import { withGraph } from "../core/context.js";
import { StringArray } from "../core/strings.js";
import { get_default_graph } from "../graph/current.js";
import { keywordMethods } from "../graph/keyword-methods.js";
import { knownDatum } from "../graph/known.js";
import type { Operation } from "../graph/operation.js";
import type { SessionImpl } from "../graph/session.js";
import type { GraphTensor } from "../graph/tensor.js";
import { GraphVariable } from "../graph/variable.js";
import { fileOfDatum } from "../saved/datum.js";
import { baseOf, exists, makeFolder } from "../saved/files.js";
import type { MetaGraphDef } from "../saved/messages.js";
import { v1 } from "./make.js";
import { predict_signature_def, type Signature, type TensorInfo } from "./signatures.js";
import { metaGraph } from "./train/meta-graph.js";

interface Files {
  readFileSync(path: string): Uint8Array;
  writeFileSync(path: string, bytes: Uint8Array): void;
  readdirSync(path: string): string[];
}
const INIT = "__saved_model_init_op";

/** What one graph of a SavedModel is written with. */
type Options = readonly [
  tags: readonly string[],
  signature_def_map: Readonly<Record<string, Signature>> | null,
  assets_collection: readonly GraphTensor[] | null,
  init: Operation | null,
];

const infoMap = (x: Signature["inputs"]): Map<string, TensorInfo> => new Map(Object.entries(x));

class BuilderImpl {
  readonly _graphs: MetaGraphDef[] = [];
  _saved = false;
  constructor(readonly _folder: string) {
    const files = nodeFileSystem() as unknown as Files | undefined;
    if (exists(_folder) && (files?.readdirSync(_folder).length ?? 0) > 0)
      throw new AssertionError(
        `Export directory ${_folder} already exists, and isn't empty. Please choose a different export directory, or delete all the contents of the specified directory.`,
      );
    makeFolder(_folder);
  }
  _assets(tensors: readonly GraphTensor[] | null, meta: MetaGraphType): void {
    const files = nodeFileSystem() as unknown as Files | undefined;
    for (const t of tensors ?? []) {
      const known = knownDatum(t);
      if (!(known instanceof StringArray)) continue;
      const path = known.data[0]!;
      makeFolder(`${this._folder}/assets`);
      files?.writeFileSync(`${this._folder}/assets/${baseOf(path)}`, files.readFileSync(path));
      meta.asset_file_def.push({
        tensor_info: { name: t.name, dtype: 0, tensor_shape: undefined },
        filename: baseOf(path),
      } as never);
    }
  }
  _add(sess: SessionImpl, [tags, signatures, assets, init]: Options): void {
    const g = sess.graph;
    const all = withGraph(g, () => [
      ...g.get_collection("variables"),
      ...g.get_collection("saveable_objects"),
    ]).filter((v): v is GraphVariable => v instanceof GraphVariable);
    if (init !== null) g.add_to_collection("saved_model_main_op", init);
    const meta = metaGraph(g, new Map(all.map((v) => [v.op.name, v])));
    const own = meta as unknown as MetaGraphType;
    own.meta_info_def!.tags = [...tags];
    for (const [key, s] of Object.entries(signatures ?? {}))
      own.signature_def.set(key, {
        inputs: infoMap(s.inputs),
        outputs: infoMap(s.outputs),
        method_name: s.method_name,
        defaults: new Map(),
      } as never);
    if (init !== null)
      own.signature_def.set(INIT, {
        inputs: new Map(),
        outputs: new Map([
          [INIT, { name: init.name, dtype: 0, tensor_shape: { dim: [], unknown_rank: true } }],
        ]),
        method_name: "",
        defaults: new Map(),
      } as never);
    this._assets(assets, own);
    this._graphs.push(meta);
  }
  /** Adds the session's graph and writes the values of its variables. */
  add_meta_graph_and_variables(
    sess: SessionImpl,
    tags: readonly string[],
    signature_def_map: Readonly<Record<string, Signature>> | null = null,
    assets_collection: readonly GraphTensor[] | null = null,
    legacy_init_op: Operation | null = null,
    _clear_devices = false,
    main_op: Operation | null = null,
  ): void {
    if (this._saved)
      throw new AssertionError(
        "Graph state including variables and assets has already been saved. Please invoke `add_meta_graph()` instead.",
      );
    if (legacy_init_op !== null && main_op !== null)
      throw new ValueError("Only one of `main_op` and `legacy_init_op` can be specified.");
    this._add(sess, [tags, signature_def_map, assets_collection, main_op ?? legacy_init_op]);
    const vars = sess.graph
      .get_collection("variables")
      .filter((v): v is GraphVariable => v instanceof GraphVariable);
    makeFolder(`${this._folder}/variables`);
    if (vars.length > 0)
      saveBundle(
        `${this._folder}/variables/variables`,
        vars.map((v) => [v.op.name, fileOfDatum(sess.store.cell(v.op, v.op.name).read())] as const),
      );
    this._saved = true;
  }
  /** Adds another graph, whose variables are those that were written. */
  add_meta_graph(
    tags: readonly string[],
    signature_def_map: Readonly<Record<string, Signature>> | null = null,
    assets_collection: readonly GraphTensor[] | null = null,
    legacy_init_op: Operation | null = null,
    _clear_devices = false,
    main_op: Operation | null = null,
  ): void {
    if (!this._saved)
      throw new AssertionError(
        "Graph state including variables and assets has not been saved yet. Please invoke `add_meta_graph_and_variables()` first.",
      );
    this._add({ graph: get_default_graph() } as SessionImpl, [
      tags,
      signature_def_map,
      assets_collection,
      main_op ?? legacy_init_op,
    ]);
  }
  /** Writes the file; gives its path. */
  save(_as_text = false): string {
    const path = `${this._folder}/saved_model.pb`;
    writeFileAtomic(
      path,
      encodeMessage(SavedModelProto, {
        saved_model_schema_version: 1n,
        meta_graphs: this._graphs as unknown as MetaGraphType[],
      } as never),
    );
    return path;
  }
}
keywordMethods("SavedModelBuilder", BuilderImpl, {
  add_meta_graph_and_variables:
    "sess tags signature_def_map:dict assets_collection legacy_init_op clear_devices main_op strip_default_attrs saver",
  add_meta_graph:
    "tags signature_def_map:dict assets_collection legacy_init_op clear_devices main_op strip_default_attrs saver",
});
/** Writes graphs, with the variables of a session, as a SavedModel into a new folder. */
export const SavedModelBuilder = pyClass(
  "tensorflow.python.saved_model.builder_impl.SavedModelBuilder",
  "export_dir",
  BuilderImpl,
);
/** A session's graph with one signature for serving. */
export const simple_save = v1(
  "simple_save",
  "session export_dir inputs:dict outputs:dict legacy_init_op",
  (
    session: SessionImpl,
    export_dir: string,
    inputs: Readonly<Record<string, GraphTensor>>,
    outputs: Readonly<Record<string, GraphTensor>>,
    legacy_init_op: Operation | null = null,
  ): void => {
    const builder = new BuilderImpl(export_dir);
    builder.add_meta_graph_and_variables(
      session,
      ["serve"],
      { serving_default: predict_signature_def(inputs as never, outputs as never) as Signature },
      session.graph.get_collection("asset_filepaths") as GraphTensor[],
      null,
      false,
      legacy_init_op,
    );
    builder.save();
  },
);
