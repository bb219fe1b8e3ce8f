import { writeCheckpointState, writeFileAtomic } from "@cognate/formats";
import { ValueError } from "@cognate/py";
import { get_default_graph } from "../../graph/current.js";
import { GraphVariable } from "../../graph/variable.js";
import { folders } from "../../io/file-system.js";
import { exists, removeCheckpoint } from "../../saved/files.js";
import { v1 } from "../make.js";
import { init_from_checkpoint } from "./from-checkpoint.js";

/* The file that says which checkpoints a folder has, and variables that begin as those of a checkpoint. */

/** Writes the file `checkpoint` of a folder. */
export const update_checkpoint_state = v1(
  "update_checkpoint_state",
  "save_dir model_checkpoint_path all_model_checkpoint_paths latest_filename all_model_checkpoint_timestamps last_preserved_timestamp",
  (
    save_dir: string,
    model_checkpoint_path: string,
    all_model_checkpoint_paths: readonly string[] | null = null,
    latest_filename: string | null = null,
    all_model_checkpoint_timestamps: readonly number[] | null = null,
    _last_preserved_timestamp: number | null = null,
  ): void => {
    const all = [...(all_model_checkpoint_paths ?? [])];
    if (all.at(-1) !== model_checkpoint_path) all.push(model_checkpoint_path);
    if (all_model_checkpoint_timestamps && all_model_checkpoint_timestamps.length !== all.length)
      throw new ValueError(
        `Checkpoint timestamps, if provided, must match checkpoint paths (got paths ${all} and timestamps ${all_model_checkpoint_timestamps})`,
      );
    // Within the folder, paths are relative to it.
    const inside = (p: string): string =>
      p.startsWith(`${save_dir}/`) && !save_dir.startsWith("/") ? p.slice(save_dir.length + 1) : p;
    writeFileAtomic(
      `${save_dir}/${latest_filename ?? "checkpoint"}`,
      new TextEncoder().encode(
        writeCheckpointState({
          model_checkpoint_path: inside(model_checkpoint_path),
          all_model_checkpoint_paths: all.map(inside),
        }),
      ),
    );
  },
);
/** Removes the files of a checkpoint. */
export const remove_checkpoint = v1(
  "remove_checkpoint",
  "checkpoint_prefix checkpoint_format_version meta_graph_suffix",
  (checkpoint_prefix: string, _version: unknown = 2, _suffix = "meta"): void =>
    removeCheckpoint(checkpoint_prefix),
);
/** When checkpoints were written, in seconds; those that are gone are left out. */
export const get_checkpoint_mtimes = v1(
  "get_checkpoint_mtimes",
  "checkpoint_prefixes",
  (checkpoint_prefixes: readonly string[]): number[] =>
    checkpoint_prefixes
      .filter((p) => exists(`${p}.index`))
      .map((p) => folders().statSync(`${p}.index`).mtimeMs / 1000),
);

/** The name of a variable in checkpoints. */
const nameOf = (v: GraphVariable): string => v.op.name;

/** Variables whose names match begin with the values of a checkpoint. */
export const warm_start = v1(
  "warm_start",
  "ckpt_to_initialize_from vars_to_warm_start var_name_to_vocab_info var_name_to_prev_var_name:dict",
  (
    ckpt_to_initialize_from: string,
    vars_to_warm_start: unknown = ".*",
    _vocabularies: unknown = null,
    var_name_to_prev_var_name: Readonly<Record<string, string>> | null = null,
  ): void => {
    const g = get_default_graph();
    const of = (key: string): GraphVariable[] =>
      g.get_collection(key).filter((v): v is GraphVariable => v instanceof GraphVariable);
    const matching = (patterns: readonly unknown[], key: string): GraphVariable[] =>
      of(key).filter((v) => patterns.some((p) => new RegExp(`^(?:${String(p)})`).test(nameOf(v))));
    const list: GraphVariable[] =
      vars_to_warm_start === null
        ? []
        : typeof vars_to_warm_start === "string"
          ? matching([vars_to_warm_start], "trainable_variables")
          : (vars_to_warm_start as unknown[]).every((v) => typeof v === "string")
            ? matching(vars_to_warm_start as string[], "variables")
            : (vars_to_warm_start as GraphVariable[]);
    const pairs = list.map((v): [string, GraphVariable] => [
      var_name_to_prev_var_name?.[nameOf(v)] ?? nameOf(v),
      v,
    ]);
    init_from_checkpoint(ckpt_to_initialize_from, new Map(pairs));
  },
);
