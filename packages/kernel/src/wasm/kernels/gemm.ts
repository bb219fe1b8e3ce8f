import { float32, float64 } from "../../dtype/dtype.js";
import type { Operand } from "../../ops/row.js";
import { collapse } from "../../strided/iterate.js";
import type { Strided } from "../../strided/strided.js";
import { parts, runParts } from "../../threads/pool.js";
import { split } from "../../threads/split.js";
import { abandon, begin, end, give, scratch, take } from "../call.js";
import { wasm } from "../instance.js";
import type { FastKernel } from "../registry.js";

/** Fewer multiplications than this are done where the arrays are. */
const LEAST = 2048;

/** How c is begun. */
export const FRESH = 0;
export const ADD = 1;
export const COLUMNS = 2;
export const ROWS = 3;

/** From this many multiplications on a product is worth sharing between threads. */
const SHARED = 1 << 20;

/** One product, cut along the longer side of the result; each thread packs its own panels. */
function sharedProduct(
  name: "gemm_f32" | "gemm_f64",
  m: number,
  n: number,
  k: number,
  a: number,
  ars: number,
  acs: number,
  b: number,
  brs: number,
  bcs: number,
  c: number,
  mode: number,
  bias: number,
  room: number,
): boolean {
  const lists: number[][] = [];
  const bytes = name === "gemm_f32" ? 4 : 8;
  const roomFor = wasm()![`${name}_room`];
  const byRows = m >= n;
  // Bounds at whole panels keep every sum in the same order for any number of threads.
  for (const [from, to] of split(byRows ? m : n, parts(), 8, 16)) {
    const count = to - from;
    const [rows, columns] = byRows ? [count, n] : [m, count];
    const own = lists.length === 0 ? room : scratch(roomFor(rows, columns, k));
    if (!own) return false;
    const moved = mode === (byRows ? ROWS : COLUMNS) ? bias + from * bytes : bias;
    lists.push([
      rows,
      columns,
      k,
      byRows ? a + from * ars * bytes : a,
      ars,
      acs,
      byRows ? b : b + from * bcs * bytes,
      brs,
      bcs,
      byRows ? c + from * n * bytes : c + from * bytes,
      n,
      1,
      mode,
      moved,
      own,
    ]);
  }
  runParts(name, lists);
  return true;
}

/**
 * y = a·b over the last two axes of operands of one shape of leading axes, each of any strides, with `bias` added to every
 * row. The operands' leading axes are walked here; where b is the same for all, rows of all run on as one matrix.
 */
export function multiply(a: Strided, b: Strided, bias: Strided | null, y: Strided): boolean {
  const r = y.rank;
  const [m, n, k] = [y.shape[r - 2]!, y.shape[r - 1]!, a.shape[r - 1]!];
  if (y.size * k < LEAST || !y.contiguous) return false;
  if (bias && (bias.size !== n || (n > 1 && bias.strides[bias.rank - 1] !== 1))) return false;
  const e = wasm();
  if (!e) return false;
  const name = y.dtype === float32 ? "gemm_f32" : y.dtype === float64 ? "gemm_f64" : null;
  if (!name) return false;
  const bytes = y.dtype.itemsize;
  begin();
  const pa = take(a);
  const pb = pa && take(b);
  const pbias = bias ? take(bias) : 0;
  const pc = pb && give(y);
  if (!pc || (bias && !pbias)) return abandon();
  const mode = bias ? COLUMNS : FRESH;
  const [acs, brs, bcs] = [a.strides[r - 1]!, b.strides[r - 2]!, b.strides[r - 1]!];
  let [rows, ars] = [m, a.strides[r - 2]!];
  let batches = y.size / (m * n);
  let shared = batches > 1;
  for (let i = 0; i < r - 2 && shared; i++) if (b.strides[i] !== 0 && y.shape[i] !== 1) shared = false;
  if (shared) {
    const nest = collapse(y.shape.slice(0, -1), [a.strides.slice(0, -1)]);
    if (nest.shape.length === 1) [rows, ars, batches] = [nest.shape[0]!, nest.strides[0]![0]!, 1];
  }
  const room = scratch(e[`${name}_room`](rows, n, k));
  if (!room) return abandon();
  if (batches === 1 && rows * n * k >= SHARED && rows >= 16 && n >= 16) {
    if (!sharedProduct(name, rows, n, k, pa, ars, acs, pb, brs, bcs, pc, mode, pbias, room)) return abandon();
    end();
    return true;
  }
  for (let t = 0; t < batches; t++) {
    let rest = t;
    let [at, bt] = [pa, pb];
    if (batches > 1)
      for (let i = r - 3; i >= 0; i--) {
        const c = rest % y.shape[i]!;
        rest = (rest - c) / y.shape[i]!;
        at += c * a.strides[i]! * bytes;
        bt += c * b.strides[i]! * bytes;
      }
    e[name](rows, n, k, at, ars, acs, bt, brs, bcs, pc + t * m * n * bytes, n, 1, mode, pbias, room);
  }
  end();
  return true;
}

const gemm: FastKernel = ([a, b], y) => multiply(a as Strided, b as Strided, null, y);

/** y = x·wᵀ + b for a matrix x and w `[out, in]`. */
const linear: FastKernel = ([x, w, bias]: readonly Operand[], y) => {
  const m = w as Strided;
  const turned = m.view([m.shape[1]!, m.shape[0]!], [m.strides[1]!, m.strides[0]!]);
  return multiply(x as Strided, turned, bias as Strided | null, y);
};

export const PRODUCTS: Readonly<Record<string, FastKernel>> = {
  gemm_f32: gemm,
  gemm_f64: gemm,
  linear_f32: linear,
  linear_f64: linear,
};
