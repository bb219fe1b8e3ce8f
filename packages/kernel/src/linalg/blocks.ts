import { heapF64 } from "../memory/wasm-memory.js";
import { abandon, begin, scratch } from "../wasm/call.js";
import { wasm } from "../wasm/instance.js";
import { ADD } from "../wasm/kernels/gemm.js";
import { runFast } from "../wasm/registry.js";
import { axpy } from "./vector.js";

/** Rows and columns of a block; from twice that on real matrices are factored block by block. */
export const BLOCK = 32;

/** Fewer multiplications than this are done where the numbers are. */
const LEAST = 1 << 14;

/** A part of a matrix: where it begins, and how far apart its rows and columns are. */
export interface Part {
  readonly data: Float64Array;
  readonly at: number;
  readonly row: number;
  readonly column: number;
}

/** c −= a·b for real a (m×k), b (k×n) and c, whose columns lie side by side. */
export function subtractProduct(m: number, n: number, k: number, a: Part, b: Part, c: Part): void {
  if (m * n * k >= LEAST && runFast(() => fastProduct(m, n, k, a, b, c))) return;
  for (let i = 0; i < m; i++)
    for (let p = 0; p < k; p++) {
      const s = -a.data[a.at + i * a.row + p * a.column]!;
      axpy(1, n, s, 0, b.data, b.at + p * b.row, b.column, c.data, c.at + i * c.row, 1);
    }
}

/** A part copied to where it lies without gaps, times `sign`. */
function bring(rows: number, columns: number, x: Part, sign: number): number {
  const ptr = scratch(rows * columns * 8);
  if (ptr === 0) return 0;
  const heap = heapF64;
  for (let i = 0, o = ptr >>> 3; i < rows; i++, o += columns) {
    const from = x.at + i * x.row;
    if (x.column === 1 && sign === 1) heap.set(x.data.subarray(from, from + columns), o);
    else for (let j = 0, s = from; j < columns; j++, s += x.column) heap[o + j] = sign * x.data[s]!;
  }
  return ptr;
}

function fastProduct(m: number, n: number, k: number, a: Part, b: Part, c: Part): boolean {
  const e = wasm();
  if (!e) return false;
  begin();
  const pa = bring(m, k, a, -1);
  const pb = pa && bring(k, n, b, 1);
  const pc = pb && bring(m, n, c, 1);
  const room = pc && scratch(e.gemm_f64_room(m, n, k));
  if (!room) return abandon();
  e.gemm_f64(m, n, k, pa, k, 1, pb, n, 1, pc, n, 1, ADD, 0, room);
  for (let i = 0, o = pc >>> 3; i < m; i++, o += n) c.data.set(heapF64.subarray(o, o + n), c.at + i * c.row);
  abandon();
  return true;
}
