import { pyClass } from "@cognate/py";
import { string } from "../core/dtypes.js";
import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph } from "../graph/current.js";
import type { GraphTensor } from "../graph/tensor.js";
import { v1 } from "./make.js";

/*
 * `tf.summary`: programs that write summaries run; no event files are written, as nothing here shows them. A summary's
 * value is an empty text.
 */

const one = (kind: string) =>
  v1(
    kind,
    "name tensor collections",
    (name: string, _tensor: unknown, collections: readonly string[] | null = null): GraphTensor => {
      const g = get_default_graph();
      const t = toGraphTensor(g, "", string, name);
      g.add_to_collections(collections ?? ["summaries"], t);
      return t;
    },
  );
export const scalar = one("scalar");
export const histogram = one("histogram");
export const image = one("image");
export const audio = one("audio");
export const text = one("text");
export const tensor_summary = one("tensor_summary");
export const merge = v1(
  "merge",
  "inputs collections name",
  (_inputs: unknown, _collections: unknown = null, name: string | null = null): GraphTensor =>
    toGraphTensor(get_default_graph(), "", string, name ?? "Merge/MergeSummary"),
);
/** A summary of all, `null` where there is none. */
export const merge_all = v1(
  "merge_all",
  "key scope name",
  (key = "summaries", _scope: unknown = null, name: string | null = null): GraphTensor | null =>
    get_default_graph().get_collection(key).length === 0
      ? null
      : toGraphTensor(get_default_graph(), "", string, name ?? "Merge/MergeSummary"),
);

class FileWriterImpl {
  constructor(
    readonly logdir: string,
    _graph: unknown = null,
  ) {}
  get_logdir(): string {
    return this.logdir;
  }
  add_summary(_summary: unknown, _global_step: unknown = null): void {}
  add_graph(_graph: unknown, _global_step: unknown = null): void {}
  add_session_log(_log: unknown, _global_step: unknown = null): void {}
  flush(): void {}
  close(): void {}
  reopen(): void {}
  enter(): this {
    return this;
  }
  exit(): void {}
}
export const FileWriter = pyClass(
  "tensorflow.python.summary.writer.writer.FileWriter",
  "logdir graph max_queue flush_secs graph_def filename_suffix session",
  FileWriterImpl,
);
