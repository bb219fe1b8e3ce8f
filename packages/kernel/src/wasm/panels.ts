import { exp } from "../math/precise/exp.js";
import { freeBytes, takeBytes } from "../memory/heap.js";
import { heapF64, SLACK } from "../memory/wasm-memory.js";
import type { Strided } from "../strided/strided.js";
import { parts, runParts } from "../threads/pool.js";
import { split } from "../threads/split.js";
import { abandon, begin, end, giveAndTake, scratch, take } from "./call.js";
import { wasm } from "./instance.js";
import { openTables } from "./kernels/precise.js";
import { runFast } from "./registry.js";

/** Rows that lie side by side. */
const SIDE = 8;
/** From this many multiplications on a row of products is shared between threads. */
const SHARED = 1 << 17;

const gone =
  typeof FinalizationRegistry === "undefined"
    ? null
    : new FinalizationRegistry<readonly [ptr: number, bytes: number]>(([ptr, bytes]) =>
        freeBytes(ptr, bytes),
      );

/**
 * Rows of a float64 matrix in WASM memory, for inner products of one row with many; rows may change places. The memory is
 * given back by {@link release}, or when the object is forgotten.
 */
export class WasmRows {
  private constructor(
    private readonly ptr: number,
    private readonly bytes: number,
    private readonly squares: number,
    readonly count: number,
    readonly width: number,
  ) {
    gone?.register(this, [ptr, bytes], this);
  }

  /** A copy of `count` rows of `width`; `null` where kernels cannot run. */
  static from(data: Float64Array, count: number, width: number): WasmRows | null {
    const padded = Math.ceil(count / SIDE) * SIDE;
    const bytes = (padded * width + count) * 8 + SLACK;
    let rows: WasmRows | null = null;
    runFast(() => {
      const e = wasm();
      const ptr = e ? takeBytes(bytes) : 0;
      if (!e || ptr === 0) return false;
      openTables(e);
      const heap = heapF64;
      const base = ptr >>> 3;
      const squares = base + padded * width;
      for (let j = 0; j < padded; j++) {
        let s = 0;
        for (let k = 0, at = base + place(j, width); k < width; k++, at += SIDE) {
          const v = j < count ? data[j * width + k]! : 0;
          heap[at] = v;
          s += v * v;
        }
        if (j < count) heap[squares + j] = s;
      }
      rows = new WasmRows(ptr, bytes, squares << 3, count, width);
      return true;
    });
    return rows;
  }

  /** ⟨xᵢ, xᵢ⟩ */
  square(i: number): number {
    return heapF64[(this.squares >>> 3) + i]!;
  }

  /** out[j − from] = ⟨xᵢ, xⱼ⟩ for from ≤ j < to. */
  dots(i: number, from: number, to: number, out: Float64Array): void {
    this.run("panel_dots", i, from, to, out, []);
  }

  /** out[j − from] = e^(−γ·|xᵢ − xⱼ|²) for from ≤ j < to. */
  gaussian(gamma: number, i: number, from: number, to: number, out: Float64Array): void {
    this.run("panel_rbf", i, from, to, out, [this.squares, -gamma]);
  }

  private run(
    name: "panel_dots" | "panel_rbf",
    i: number,
    from: number,
    to: number,
    out: Float64Array,
    more: readonly number[],
  ): void {
    const { ptr, width } = this;
    const n = to - from;
    begin();
    const y = scratch(n * 8 + SLACK);
    if (y === 0) throw new RangeError("WASM memory has no room for a row of products.");
    const shared = n * width >= SHARED ? parts() : 1;
    if (shared > 1)
      runParts(
        name,
        split(n, shared, SIDE * 2, SIDE * 32).map(([a, b]) => [
          ptr,
          width,
          i,
          from + a,
          from + b,
          y + a * 8,
          ...more,
        ]),
      );
    else (wasm()![name] as (...args: readonly number[]) => void)(ptr, width, i, from, to, y, ...more);
    out.set(heapF64.subarray(y >>> 3, (y >>> 3) + n));
    abandon();
  }

  /** Exchanges two rows. */
  swap(i: number, j: number): void {
    const { ptr, width, squares } = this;
    const heap = heapF64;
    let [a, b] = [(ptr >>> 3) + place(i, width), (ptr >>> 3) + place(j, width)];
    for (let k = 0; k < width; k++, a += SIDE, b += SIDE) {
      const v = heap[a]!;
      heap[a] = heap[b]!;
      heap[b] = v;
    }
    const v = heap[(squares >>> 3) + i]!;
    heap[(squares >>> 3) + i] = heap[(squares >>> 3) + j]!;
    heap[(squares >>> 3) + j] = v;
  }

  /** Gives the memory back; the rows must not be used any more. */
  release(): void {
    gone?.unregister(this);
    freeBytes(this.ptr, this.bytes);
  }
}

const place = (j: number, width: number): number => (j - (j % SIDE)) * width + (j % SIDE);

/**
 * Turns inner products into values of a Gaussian kernel in place: x[r, j] becomes e^(−γ·(own[r] + others[j] − 2·x[r, j])).
 * All are float64 without gaps.
 */
export function gaussianInPlace(x: Strided, own: Strided, others: Strided, gamma: number): void {
  const [rows, n] = x.shape as readonly [number, number];
  if (x.size >= 64 && runFast(() => fastGaussian(x, own, others, gamma, rows, n))) return;
  const [values, a, b] = [x.peek, own.peek, others.peek] as [Float64Array, Float64Array, Float64Array];
  for (let r = 0, at = x.offset; r < rows; r++)
    for (let j = 0; j < n; j++, at++)
      values[at] = exp(-gamma * (a[own.offset + r]! + b[others.offset + j]! - 2 * values[at]!));
}

function fastGaussian(
  x: Strided,
  own: Strided,
  others: Strided,
  gamma: number,
  rows: number,
  n: number,
): boolean {
  const e = wasm();
  if (!e) return false;
  openTables(e);
  begin();
  const to = giveAndTake(x);
  const a = to && take(own);
  const b = a && take(others);
  if (!b) return abandon();
  const count = rows * n >= 1 << 15 ? parts() : 1;
  runParts(
    "rbf_rows",
    split(rows, count, 1, 1).map(([i, j]) => [to + i * n * 8, j - i, n, a + i * 8, b, -gamma]),
  );
  end();
  return true;
}
