import { float32, float64 } from "../../dtype/dtype.js";
import type { Operand } from "../../ops/row.js";
import { collapse } from "../../strided/iterate.js";
import type { Strided } from "../../strided/strided.js";
import { parts, runParts } from "../../threads/pool.js";
import { split } from "../../threads/split.js";
import { abandon, begin, end, give, rooms, scratch, take } from "../call.js";
import { wasm } from "../instance.js";
import type { FastKernel } from "../registry.js";

/** Fewer multiplications than this are done where the arrays are. */
const LEAST = 2048;

/** How c is begun. */
export const FRESH = 0;
export const ADD = 1;
export const COLUMNS = 2;

/** From this many multiplications on a product is worth sharing between threads. */
export const SHARED = 1 << 20;

type Type = "f32" | "f64";

/** Below this many rows, or where all pieces together pack no more than b, threads take columns, each packing its own. */
const FEW = 24;

/** One product on several threads: together they pack b, then each takes some rows of a at a time. */
function sharedProduct(
  type: Type,
  threads: number,
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
): boolean {
  const e = wasm()!;
  const bytes = type === "f32" ? 4 : 8;
  const room = e[`gemm_${type}_room`];
  const columns = split(n, threads, 24, 48);
  if (m < FEW || m * columns.length <= n) {
    const own = rooms(threads, room(m, n, k));
    if (!own) return false;
    runParts(
      `gemm_${type}`,
      columns.map(([from, to]) => [
        ...[m, to - from, k, a, ars, acs, b + from * bcs * bytes, brs, bcs, c + from * bytes, n, 1, mode],
        mode === COLUMNS ? bias + from * bytes : bias,
      ]),
      own,
    );
    return true;
  }
  const packed = scratch(Math.ceil((n * bytes) / 16) * 16 * k);
  const own = packed ? rooms(threads, room(m, 4, k)) : null;
  if (!own) return false;
  runParts(
    `pack_${type}`,
    (n * k >= SHARED >> 4 ? columns : [[0, n]]).map(([from, to]) => [n, k, b, brs, bcs, packed, from!, to!]),
  );
  runParts(
    `gemm_packed_${type}`,
    split(m, threads, 3, 12).map(([from, to]) => [
      ...[to - from, n, k, a + from * ars * bytes, ars, acs, packed, c + from * n * bytes, n, 1, mode, bias],
    ]),
    own,
  );
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
  const type = y.dtype === float32 ? "f32" : y.dtype === float64 ? "f64" : null;
  if (!type) return false;
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
  const threads = batches * rows * n * k >= SHARED ? parts() : 1;
  if (batches === 1 && threads > 1 && (rows < FEW ? n >= 96 : n >= 4)) {
    if (!sharedProduct(type, threads, rows, n, k, pa, ars, acs, pb, brs, bcs, pc, mode, pbias))
      return abandon();
    end();
    return true;
  }
  const own = rooms(batches > 1 ? threads : 1, e[`gemm_${type}_room`](rows, n, k));
  if (!own) return abandon();
  const lists: number[][] = [];
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
    const to = pc + t * m * n * bytes;
    if (own.length === 1)
      e[`gemm_${type}`](rows, n, k, at, ars, acs, bt, brs, bcs, to, n, 1, mode, pbias, own[0]!);
    else lists.push([rows, n, k, at, ars, acs, bt, brs, bcs, to, n, 1, mode, pbias]);
  }
  if (lists.length > 0) runParts(`gemm_${type}`, lists, own);
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
