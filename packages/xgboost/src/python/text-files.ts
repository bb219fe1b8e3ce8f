import { bytesOf, FileError } from "@cognate/formats";
import type { MetaInfo } from "../data/meta-info.js";
import type { Rows } from "../data/storage.js";
import { XGBoostError } from "../errors.js";

/** Features and what else a text file says of its rows. */
export interface TextData {
  readonly rows: Rows;
  readonly info: Partial<Pick<MetaInfo, "labels" | "weights">> & { readonly qid?: Uint32Array };
}

const number = (text: string, line: number): number => {
  const v = Number(text);
  if (text === "" || Number.isNaN(v)) {
    if (/^[+-]?nan$/i.test(text)) return Number.NaN;
    throw new XGBoostError(`Invalid number ${JSON.stringify(text)} in line ${line + 1}`);
  }
  return v;
};

/** `label[:weight] [qid:n] index:value …`, indices from 0. */
function libsvm(lines: readonly string[]): TextData {
  const indptr = [0];
  const indices: number[] = [];
  const values: number[] = [];
  const labels: number[] = [];
  const weights: number[] = [];
  const qid: number[] = [];
  let cols = 0;
  lines.forEach((line, i) => {
    const words = line.replace(/#.*/, "").trim().split(/\s+/);
    if (words[0] === "") return;
    const [label, weight] = words[0]!.split(":");
    labels.push(number(label!, i));
    if (weight !== undefined) weights.push(number(weight, i));
    for (const word of words.slice(1)) {
      const [key, value] = word.split(":");
      if (key === "qid") qid.push(number(value ?? "", i));
      else {
        const index = number(key!, i);
        cols = Math.max(cols, index + 1);
        indices.push(index);
        // An index alone stands for the value 1.
        values.push(value === undefined ? 1 : number(value, i));
      }
    }
    indptr.push(indices.length);
  });
  return {
    rows: {
      kind: "sparse",
      rows: labels.length,
      cols,
      indptr: Uint32Array.from(indptr),
      indices: Uint32Array.from(indices),
      values: Float32Array.from(values),
    },
    info: {
      labels: Float32Array.from(labels),
      ...(weights.length > 0 ? { weights: Float32Array.from(weights) } : {}),
      ...(qid.length > 0 ? { qid: Uint32Array.from(qid) } : {}),
    },
  };
}

/** Numbers between delimiters; one column may be the label, one the weight. */
function csv(lines: readonly string[], options: URLSearchParams): TextData {
  const delimiter = options.get("delimiter") ?? ",";
  const labelAt = Number(options.get("label_column") ?? -1);
  const weightAt = Number(options.get("weight_column") ?? -1);
  const labels: number[] = [];
  const weights: number[] = [];
  const values: number[] = [];
  let cols = 0;
  lines.forEach((line, i) => {
    if (line.trim() === "") return;
    const cells = line.split(delimiter).map((c) => c.trim());
    let width = 0;
    cells.forEach((cell, k) => {
      // An empty cell is missing.
      const v = cell === "" ? Number.NaN : number(cell, i);
      if (k === labelAt) labels.push(v);
      else if (k === weightAt) weights.push(v);
      else {
        values.push(v);
        width++;
      }
    });
    if (values.length === width) cols = width;
    if (width !== cols) throw new XGBoostError(`Line ${i + 1} has ${width} features, expected ${cols}`);
  });
  return {
    rows: {
      kind: "dense",
      rows: cols === 0 ? 0 : values.length / cols,
      cols,
      values: Float32Array.from(values),
    },
    info: {
      ...(labelAt >= 0 ? { labels: Float32Array.from(labels) } : {}),
      ...(weights.length > 0 ? { weights: Float32Array.from(weights) } : {}),
    },
  };
}

function linesOf(path: string): string[] {
  try {
    return new TextDecoder().decode(bytesOf(path)).split(/\r?\n/);
  } catch (error) {
    if (error instanceof FileError && error.reason === "ENOENT")
      throw new XGBoostError(
        `Check failed: files_.size() != 0U (0 vs. 0) : Cannot find any files that matches the URI pattern ${path}`,
      );
    throw error;
  }
}

/** Reads `path?format=libsvm` or `path?format=csv&label_column=0`. @throws XGBoostError */
export function readTextFile(uri: string): TextData {
  const at = uri.indexOf("?");
  const path = (at < 0 ? uri : uri.slice(0, at)).replace(/^file:\/\//, "");
  const options = new URLSearchParams(at < 0 ? "" : uri.slice(at + 1).replace(/#.*/, ""));
  const format = options.get("format");
  if (format === null)
    throw new XGBoostError(
      "Check failed: name_args.size() == 2 (1 vs. 2) : URI parameter `format` is required for loading text data: filename?format=csv",
    );
  if (format !== "libsvm" && format !== "csv") throw new XGBoostError(`Unknown data type ${format}`);
  const lines = linesOf(path);
  return format === "libsvm" ? libsvm(lines) : csv(lines, options);
}
