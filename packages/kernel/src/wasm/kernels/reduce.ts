import { type DType, float32, float64, int32, int64 } from "../../dtype/dtype.js";
import { rowsInMemory, runs } from "../../strided/runs.js";
import { type Strided, sizeOf } from "../../strided/strided.js";
import { runRanges, threadsFor } from "../../threads/pool.js";
import { abandon, begin, end, give, scratch, take, takeRows } from "../call.js";
import { wasm } from "../instance.js";
import type { FastKernel } from "../registry.js";
import { openTables } from "./precise.js";

const LEAST = 256;

type Kind = "sum" | "mean" | "amax" | "amin";

/** Groups of reduced axes one after the other, the innermost first; each leaves a smaller array. */
const reduce =
  (kind: Kind): FastKernel =>
  ([operand], y, params) => {
    const x = operand as Strided;
    const { dims } = params as { dims: readonly number[] };
    if (x.size < LEAST || y.dtype !== float32 || !y.contiguous) return false;
    const e = wasm();
    if (!e) return false;
    const parts = runs(x.shape, dims);
    if (parts.length === 1) return false;
    begin();
    let from = takeRows(x);
    const to = from && give(y);
    if (!to) return abandon();
    let left = x.size;
    const count = x.size / y.size;
    while (parts.length > 1) {
      const inner = parts.length % 2 === 1 ? parts.pop()! : 1;
      const n = parts.pop()!;
      const outer = left / (n * inner);
      left /= n;
      // What stays merges with what stood around the reduced axes.
      parts[parts.length - 1]! *= inner;
      const last = parts.length === 1;
      const at = last ? to : scratch(left * 4);
      const room = inner > 1 ? scratch(inner * 8) : at;
      if (!at || !room) return abandon();
      if (kind === "amax") e.amax_f32(from, outer, n, inner, at);
      else if (kind === "amin") e.amin_f32(from, outer, n, inner, at);
      else {
        const [lines, scale] = [from, last && kind === "mean" ? 1 / count : 1];
        runRanges("sum_f32", outer, inner === 1 ? threadsFor(outer * n) : 1, [1, 1], (i, j) => [
          ...[lines + i * n * 4, j - i, n, inner, scale, at + i * 4, room],
        ]);
      }
      from = at;
    }
    end();
    return true;
  };

type Extreme = `${"amax" | "amin"}_${"f64" | "i32" | "i64"}`;
type Total = "sum_i64" | "sum_i32" | "sum_u8";

/** One run of axes in the order in which elements lie; float64 is added up in the reference's order. */
const rows =
  (name: "sum_f64" | "mean_f64" | Extreme | Total): FastKernel =>
  ([operand], y, params) => {
    const x = operand as Strided;
    if (x.size < LEAST || !y.contiguous) return false;
    const wanted = name.endsWith("_f64") ? float64 : name.startsWith("sum") ? int64 : x.dtype;
    if (y.dtype !== wanted) return false;
    const e = wasm();
    const as = e && rowsInMemory(x, (params as { dims: readonly number[] }).dims);
    if (!as) return false;
    const { outer, n, inner } = as;
    begin();
    const from = take(x);
    const to = from && give(y);
    if (!to) return abandon();
    if (name === "sum_f64") e.sum_f64(from, outer, n, inner, 1, to);
    else if (name === "mean_f64") e.sum_f64(from, outer, n, inner, n, to);
    else e[name](from, outer, n, inner, to);
    end();
    return true;
  };

/** How many of all bytes are set, and what follows from it. */
const counted =
  (answer: (found: number, n: number) => boolean | number): FastKernel =>
  ([operand], y, params) => {
    const x = operand as Strided;
    const { dims } = params as { dims: readonly number[] };
    const e = x.size >= LEAST && x.contiguous && dims.length === x.rank ? wasm() : null;
    if (!e) return false;
    begin();
    const from = take(x);
    if (!from) return abandon();
    const found = answer(e.count_u8(from, x.size), x.size);
    end();
    y.peek[y.offset] = y.dtype.big ? BigInt(found) : Number(found);
    return true;
  };

const KINDS: readonly DType[] = [float32, float64, int32, int64];

/** The position of an extreme along the last axes, or among all elements. */
const position =
  (larger: 0 | 1): FastKernel =>
  ([operand], y, params) => {
    const x = operand as Strided;
    const { dims, last } = params as { dims: readonly number[]; last?: boolean };
    const kind = KINDS.indexOf(x.dtype);
    if (x.size < LEAST || kind < 0 || last || !x.contiguous || !y.contiguous) return false;
    const parts = runs(x.shape, dims);
    if (parts.length !== 2) return false;
    const e = wasm();
    if (!e) return false;
    begin();
    const from = take(x);
    const to = from && give(y);
    if (!to) return abandon();
    e.position(kind, larger, from, parts[0]!, parts[1]!, to);
    end();
    return true;
  };

/** Running sums from the front. */
const cumulate =
  (name: "cumsum_f32" | "cumsum_f64" | "cumsum_i64"): FastKernel =>
  ([operand], y, params) => {
    const x = operand as Strided;
    const { dim, reverse, exclusive } = params as { dim: number; reverse?: boolean; exclusive?: boolean };
    if (x.size < LEAST || x.rank === 0 || reverse || exclusive || x.dtype !== y.dtype || !y.contiguous)
      return false;
    const e = wasm();
    if (!e) return false;
    begin();
    const n = x.shape[dim]!;
    const inner = sizeOf(x.shape.slice(dim + 1));
    const from = takeRows(x);
    const room = from && scratch(inner * 8);
    const to = room && give(y);
    if (!to) return abandon();
    e[name](from, x.size / (n * inner), n, inner, to, room);
    end();
    return true;
  };

type Softmax = `${"softmax" | "log_softmax"}_${"f32" | "f64"}`;
type SoftmaxGrad = `${"softmax" | "log_softmax"}_grad_${"f32" | "f64"}`;

/** The type of a kernel by its name. */
const typeOf = (name: string): DType => (name.endsWith("64") ? float64 : float32);

const lines =
  (name: Softmax): FastKernel =>
  ([operand], y, params) => {
    const x = operand as Strided;
    const { dim } = params as { dim: number };
    if (x.size < LEAST || dim !== x.rank - 1 || y.dtype !== typeOf(name) || !y.contiguous) return false;
    const e = wasm();
    if (!e) return false;
    openTables(e);
    begin();
    const from = takeRows(x);
    const to = from && give(y);
    if (!to) return abandon();
    const n = x.shape[dim]!;
    e[name](from, x.size / n, n, to);
    end();
    return true;
  };

const lineGradients =
  (name: SoftmaxGrad): FastKernel =>
  ([gradient, result], out, params) => {
    const [g, y] = [gradient as Strided, result as Strided];
    const { dim } = params as { dim: number };
    if (y.size < LEAST || dim !== y.rank - 1 || out.dtype !== typeOf(name) || !out.contiguous) return false;
    const e = wasm();
    if (!e) return false;
    openTables(e);
    begin();
    const pg = takeRows(g);
    const py = pg && takeRows(y);
    const to = py && give(out);
    if (!to) return abandon();
    const n = y.shape[dim]!;
    e[name](pg, py, y.size / n, n, to);
    end();
    return true;
  };

const named = <N extends string>(names: readonly N[], make: (name: N) => FastKernel) =>
  Object.fromEntries(names.map((name) => [name, make(name)]));

export const REDUCTIONS: Readonly<Record<string, FastKernel>> = {
  sum_f32: reduce("sum"),
  mean_f32: reduce("mean"),
  amax_f32: reduce("amax"),
  amin_f32: reduce("amin"),
  ...named(
    [
      "sum_f64",
      "mean_f64",
      "amax_f64",
      "amin_f64",
      "amax_i32",
      "amin_i32",
      "amax_i64",
      "amin_i64",
      "sum_i64",
      "sum_i32",
      "sum_u8",
    ],
    rows,
  ),
  any_u8: counted((found) => found > 0),
  all_u8: counted((found, n) => found === n),
  count_u8: counted((found) => found),
  argmax: position(1),
  argmin: position(0),
  ...named(["cumsum_f32", "cumsum_f64", "cumsum_i64"], cumulate),
  ...named(["softmax_f32", "log_softmax_f32", "softmax_f64", "log_softmax_f64"], lines),
  ...named(
    ["softmax_grad_f32", "log_softmax_grad_f32", "softmax_grad_f64", "log_softmax_grad_f64"],
    lineGradients,
  ),
};
