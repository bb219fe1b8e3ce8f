import { def, isPlainObject, repr, Tuple } from "@cognate/py";
import { currentGraph, isGraphTensor } from "../core/context.js";
import { datumOf, isTensor, toTensor } from "../core/convert.js";
import { op } from "../core/execute.js";
import { operationOutput } from "../function/function.js";
import { summary } from "../kernels/summary.js";

/** The text of what is printed; tensors outside of structures stand bare. */
function shown(x: unknown, entries: number, inside: boolean): string {
  if (isTensor(x)) return summary(datumOf(toTensor(x)), entries);
  if (Array.isArray(x)) {
    const parts = x.map((v) => shown(v, entries, true)).join(", ");
    return x instanceof Tuple ? `(${parts}${x.length === 1 ? "," : ""})` : `[${parts}]`;
  }
  if (isPlainObject(x))
    return `{${Object.entries(x)
      .map(([k, v]) => `'${k}': ${shown(v, entries, true)}`)
      .join(", ")}}`;
  if (typeof x === "string") return inside ? `'${x}'` : x;
  return repr(x ?? null);
}

interface Stream {
  write(text: string): unknown;
}
/** Writes to the stream that was asked for, past what a function holds back. */
export function writeTo(stream: unknown, text: string): void {
  if (
    typeof stream === "object" &&
    stream !== null &&
    typeof (stream as Partial<Stream>).write === "function"
  ) {
    (stream as Stream).write(text);
    return;
  }
  const held = operationOutput();
  if (held) {
    held(text);
    return;
  }
  const err = (globalThis as { process?: { stderr?: Stream } }).process?.stderr;
  if (err) err.write(text);
  else console.error(text.replace(/\n$/, ""));
}

/**
 * `tf.print`: texts and tensors in full, when the graph runs; to standard error unless told otherwise.
 *
 * @param output_stream - an object with `write`, as `sys.stdout` in Python
 */
export const print_ = def(
  "tensorflow.print",
  "...inputs output_stream summarize sep end name",
  (
    inputs: readonly unknown[],
    output_stream: unknown = null,
    summarize: number | null = 3,
    sep = " ",
    end = "\n",
    _name: string | null = null,
  ): null => {
    const n = summarize ?? 3;
    if (!currentGraph()) {
      writeTo(output_stream, inputs.map((x) => shown(x, n, false)).join(sep) + end);
      return null;
    }
    // In a graph the tensors are filled into a template when it runs.
    const found: unknown[] = [];
    const template = (x: unknown, inside: boolean): string => {
      if (isGraphTensor(x) || isTensor(x)) {
        found.push(x);
        return "\u0001";
      }
      if (Array.isArray(x))
        return x instanceof Tuple
          ? `(${x.map((v) => template(v, true)).join(", ")}${x.length === 1 ? "," : ""})`
          : `[${x.map((v) => template(v, true)).join(", ")}]`;
      if (isPlainObject(x))
        return `{${Object.entries(x)
          .map(([k, v]) => `'${k}': ${template(v, true)}`)
          .join(", ")}}`;
      return shown(x, n, inside);
    };
    const text = inputs.map((x) => template(x, false)).join(sep);
    const line = op("StringFormat", [found.map((x) => toTensor(x))], {
      template: text,
      placeholder: "\u0001",
      summarize: n,
    })[0];
    op("PrintV2", [line], { output_stream: output_stream ?? "stderr", end });
    return null;
  },
);
