import { float32 } from "../../dtype/dtype.js";
import type { Strided } from "../../strided/strided.js";
import { abandon, begin, end, give, scratch, takeRows } from "../call.js";
import { wasm } from "../instance.js";
import type { FastKernel } from "../registry.js";

const LEAST = 256;

type Kind = "sum" | "mean" | "amax" | "amin";

/** The shape as alternating runs of axes that stay and axes that are reduced, from outermost on: `[kept, reduced, kept, …]`. */
function runs(shape: readonly number[], dims: readonly number[]): number[] {
  const out = [1];
  shape.forEach((n, i) => {
    if (n === 1) return;
    const reduced = dims.includes(i);
    if (reduced === (out.length % 2 === 0)) out[out.length - 1]! *= n;
    else out.push(n);
  });
  return out;
}

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
      else e.sum_f32(from, outer, n, inner, last && kind === "mean" ? 1 / count : 1, at, room);
      from = at;
    }
    end();
    return true;
  };

const lines =
  (name: "softmax_f32" | "log_softmax_f32"): FastKernel =>
  ([operand], y, params) => {
    const x = operand as Strided;
    const { dim } = params as { dim: number };
    if (x.size < LEAST || dim !== x.rank - 1 || y.dtype !== float32 || !y.contiguous) return false;
    const e = wasm();
    if (!e) return false;
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
  (name: "softmax_grad_f32" | "log_softmax_grad_f32"): FastKernel =>
  ([gradient, result], out, params) => {
    const [g, y] = [gradient as Strided, result as Strided];
    const { dim } = params as { dim: number };
    if (y.size < LEAST || dim !== y.rank - 1 || out.dtype !== float32 || !out.contiguous) return false;
    const e = wasm();
    if (!e) return false;
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

export const REDUCTIONS: Readonly<Record<string, FastKernel>> = {
  sum_f32: reduce("sum"),
  mean_f32: reduce("mean"),
  amax_f32: reduce("amax"),
  amin_f32: reduce("amin"),
  softmax_f32: lines("softmax_f32"),
  log_softmax_f32: lines("log_softmax_f32"),
  softmax_grad_f32: lineGradients("softmax_grad_f32"),
  log_softmax_grad_f32: lineGradients("log_softmax_grad_f32"),
};
