import { bytesOfArray } from "@cognate/formats";
import { contiguous } from "@cognate/kernel";
import { defaultOf } from "../core/attrs.js";
import { protoName } from "../core/op-def.js";
import type { Datum, Dims } from "../core/row.js";
import { StringArray } from "../core/strings.js";
import { numbers } from "../kernels/tools.js";
import { DType, Value } from "../shared.js";
import type { Operation } from "./operation.js";
import { dimsOf, GraphShape } from "./shape.js";

const pad = (depth: number): string => "  ".repeat(depth);

const shapeLines = (dims: Dims, depth: number, name = "shape"): string[] => {
  if (dims === null)
    return [`${pad(depth)}${name} {`, `${pad(depth + 1)}unknown_rank: true`, `${pad(depth)}}`];
  const inner = dims.flatMap((d) => [
    `${pad(depth + 1)}dim {`,
    `${pad(depth + 2)}size: ${d ?? -1}`,
    `${pad(depth + 1)}}`,
  ]);
  return [`${pad(depth)}${name} {`, ...inner, `${pad(depth)}}`];
};

const FIELD: Readonly<Record<string, string>> = {
  float32: "float_val",
  float64: "double_val",
  int64: "int64_val",
  bool: "bool_val",
};

const escaped = (bytes: Iterable<number>): string => {
  let out = "";
  for (const b of bytes) {
    const c = String.fromCharCode(b);
    if (c === "\n") out += "\\n";
    else if (c === "\t") out += "\\t";
    else if (c === "\r") out += "\\r";
    else if (c === '"' || c === "'" || c === "\\") out += `\\${c}`;
    else out += b >= 32 && b < 127 ? c : `\\${b.toString(8).padStart(3, "0")}`;
  }
  return out;
};

function tensorLines(d: Datum, dtype: DType, depth: number): string[] {
  const shape = (d as Value | StringArray).shape;
  const lines = [
    `${pad(depth)}tensor {`,
    `${pad(depth + 1)}dtype: ${protoName(dtype.name)}`,
    ...shapeLines([...shape], depth + 1, "tensor_shape"),
  ];
  if (d instanceof StringArray)
    for (const s of d.data)
      lines.push(`${pad(depth + 1)}string_val: "${escaped([...s].map((c) => c.charCodeAt(0)))}"`);
  else if (d instanceof Value) {
    const flat: unknown[] = d.dtype.name === "bool" ? numbers(d).map((n) => n !== 0) : numbers(d);
    const alike = flat.length > 0 && flat.every((x) => x === flat[0]);
    if (alike) {
      const v = flat[0];
      lines.push(
        `${pad(depth + 1)}${FIELD[dtype.name] ?? "int_val"}: ${typeof v === "number" ? protoNumber(v) : String(v)}`,
      );
    } else if (flat.length > 0) {
      lines.push(`${pad(depth + 1)}tensor_content: "${escaped(bytesOfArray(contiguous(d.array)))}"`);
    }
  }
  return [...lines, `${pad(depth)}}`];
}

/** A number as protocol buffers' text form prints a float. */
const protoNumber = (v: number): string => {
  const single = Number(Math.fround(v).toPrecision(9));
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(v.toPrecision(digits));
    if (Math.fround(short) === Math.fround(v)) return String(short);
  }
  return String(single);
};

function valueLines(v: unknown, kind: string, depth: number, op: Operation): string[] {
  const at = pad(depth);
  if (v instanceof DType) return [`${at}type: ${protoName(v.name)}`];
  if (kind === "shape" || v instanceof GraphShape) return shapeLines(dimsOf(v), depth);
  if (kind === "tensor") return tensorLines(v as Datum, op.attrs["dtype"] as DType, depth);
  if (typeof v === "boolean") return [`${at}b: ${v}`];
  if (kind === "float") return [`${at}f: ${protoNumber(Number(v))}`];
  if (typeof v === "number" || v instanceof Number || typeof v === "bigint") return [`${at}i: ${v}`];
  if (typeof v === "string") return [`${at}s: "${escaped(new TextEncoder().encode(v))}"`];
  if (Array.isArray(v)) {
    const inner = v.flatMap((item) => valueLines(item, kind, depth + 1, op));
    return [`${at}list {`, ...inner, `${at}}`];
  }
  return [];
}

/** A node in the text form of protocol buffers, as `print(op)` shows it. */
export function nodeText(op: Operation): string {
  const { name, input } = op.node_def;
  const lines = [`name: "${name}"`, `op: "${op.type}"`, ...input.map((i) => `input: "${i}"`)];
  const kinds = new Map(op.def?.attrs.map((a) => [a.name, a.kind]));
  const all = {
    ...Object.fromEntries((op.def?.attrs ?? []).map((a) => [a.name, defaultOf(a)])),
    ...op.attrs,
  };
  for (const [key, v] of Object.entries(all).sort(([a], [b]) => (a < b ? 1 : -1))) {
    if (v === undefined || !kinds.has(key)) continue;
    const value = valueLines(v, kinds.get(key)!, 2, op);
    if (value.length > 0) lines.push("attr {", `  key: "${key}"`, "  value {", ...value, "  }", "}");
  }
  return `${lines.join("\n")}\n`;
}
