import { fmt, str, warn } from "@cognate/py";
import { constantDatum, tensorOf } from "../core/convert.js";
import { as_dtype, type TypeLike } from "../core/dtypes.js";
import type { Datum } from "../core/row.js";
import { truthOf } from "../graph/control.js";
import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph } from "../graph/current.js";
import { registerExecutors } from "../graph/executors.js";
import type { Operation } from "../graph/operation.js";
import { RunProblem } from "../graph/run-problem.js";
import type { GraphTensor } from "../graph/tensor.js";
import type { DType } from "../shared.js";
import { v1 } from "./make.js";

const shown = (d: Datum): string => str(tensorOf(d).numpy());

/** The first elements as the runtime lists them: texts as they are, rows in brackets. */
function summary(d: Datum, most = 3): string {
  const value = tensorOf(d).tolist();
  let left = most;
  const one = (x: unknown): string =>
    typeof x === "boolean"
      ? x
        ? "1"
        : "0"
      : x instanceof Uint8Array
        ? new TextDecoder().decode(x)
        : fmt("%s", x).replace(/\.0$/, "");
  const walk = (x: unknown): string => {
    if (!Array.isArray(x)) {
      left--;
      return one(x);
    }
    const parts: string[] = [];
    const rows = Array.isArray(x[0]);
    for (const item of x) {
      if (left <= 0) {
        parts.push("...");
        break;
      }
      parts.push(rows ? `[${walk(item)}]` : walk(item));
    }
    return parts.join(rows ? "" : " ").replace(/ \.\.\.$/, "...");
  };
  return walk(value);
}

registerExecutors({
  PyFunc: (op) => (inputs) => {
    const f = op.attrs.func as (...args: unknown[]) => unknown;
    const out = f(...inputs.map((d) => tensorOf(d).numpy()));
    const types = op.attrs.Tout as readonly DType[];
    const list =
      op.outputs.length === 1 &&
      !(Array.isArray(out) && out.length === 1 && types.length === 1 && op.attrs.listed)
        ? [out]
        : (out as readonly unknown[]);
    return types.map((t, i) => constantDatum(list[i], t));
  },
  _Print: (op) => (inputs) => {
    warn(
      `${String(op.attrs.message)}${inputs
        .slice(1)
        .map((d) => `[${shown(d)}]`)
        .join("")}`,
    );
    return [inputs[0]!];
  },
  Assert:
    () =>
    ([condition, ...data]) => {
      if (!truthOf(condition!))
        throw new RunProblem(`assertion failed: ${data.map((d) => `[${summary(d)}]`).join(" ")}`);
      return [];
    },
});
/** A function of NumPy arrays as an operation; no gradient goes through it. */
export const py_func = v1(
  "py_func",
  "func inp Tout stateful name",
  (
    func: (...args: never[]) => unknown,
    inp: readonly unknown[],
    Tout: TypeLike | readonly TypeLike[],
    _stateful = true,
    name: string | null = null,
  ): unknown => {
    const g = get_default_graph();
    const listed = Array.isArray(Tout);
    const types = (listed ? (Tout as readonly TypeLike[]) : [Tout as TypeLike]).map((t) => as_dtype(t));
    const op = g.addOp({
      type: "PyFunc",
      name: name ?? "PyFunc",
      inputs: inp.map((x, i) => toGraphTensor(g, x, undefined, `input_${i}`)),
      attrs: { func, Tout: types, listed },
      outputs: types.map((t) => [t, null] as const),
    });
    return listed ? [...op.outputs] : op.outputs[0];
  },
);
export const numpy_function = py_func;

/** The tensor; its value and others go to the standard error stream when it is computed. */
export const Print = v1(
  "Print",
  "input_ data message first_n summarize name",
  (
    input_: unknown,
    data: readonly unknown[],
    message = "",
    _first_n: unknown = null,
    _summarize: unknown = null,
    name: string | null = null,
  ): GraphTensor => {
    const g = get_default_graph();
    const x = toGraphTensor(g, input_);
    return g.addOp({
      type: "_Print",
      name: name ?? "Print",
      inputs: [x, ...data.map((d) => toGraphTensor(g, d))],
      attrs: { message },
      outputs: [[x.dtype, x._dims]],
    }).outputs[0]!;
  },
);

/** An operation that fails where the condition does not hold. */
export const Assert = v1(
  "Assert",
  "condition data summarize name",
  (
    condition: unknown,
    data: readonly unknown[],
    _summarize: unknown = null,
    name: string | null = null,
  ): Operation => {
    const g = get_default_graph();
    return g.addOp({
      type: "Assert",
      name: name ?? "Assert",
      inputs: [toGraphTensor(g, condition), ...data.map((d) => toGraphTensor(g, d))],
    });
  },
);
