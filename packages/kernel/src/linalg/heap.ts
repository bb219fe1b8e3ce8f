import { freeBytes, takeBytes } from "../memory/heap.js";
import { heapF64 } from "../memory/wasm-memory.js";
import type { Exports } from "../wasm/exports.js";
import { wasm } from "../wasm/instance.js";
import { runFast } from "../wasm/registry.js";

/*
 * Factorisations work on lines of matrices. While one runs, its matrices may lie in WASM memory, where kernels do what is long;
 * views of it are good because nothing else takes memory meanwhile.
 */

let kernels: Exports | null = null;
let memory: ArrayBufferLike | null = null;
let next = 0;
let end = 0;

/** Shorter lines are done in JavaScript. */
const LEAST = 24;

/** Runs `f`, whose {@link numbers} (up to `room` of them) lie in WASM memory if there is any. What it returns must not. */
export function onHeap<T>(room: number, f: () => T): T {
  const e = memory ? null : wasm();
  const bytes = room * 8 + 64;
  let ptr = 0;
  if (!e || !runFast(() => (ptr = takeBytes(bytes)) !== 0)) return f();
  try {
    kernels = e;
    memory = heapF64.buffer;
    next = ptr;
    end = ptr + room * 8;
    return f();
  } finally {
    kernels = memory = null;
    freeBytes(ptr, bytes);
  }
}

/** Zeros to work on. */
export function numbers(n: number): Float64Array {
  if (!memory || next + n * 8 > end) return new Float64Array(n);
  const y = new Float64Array(memory, next, n);
  next += n * 8;
  return y.fill(0);
}

/** A copy to work on. */
export function copied(x: Float64Array): Float64Array {
  const y = numbers(x.length);
  y.set(x);
  return y;
}

/** y += s·x of neighbours; `false` where they do not lie in WASM memory. */
export function fastAxpy(
  n: number,
  s: number,
  x: Float64Array,
  xi: number,
  y: Float64Array,
  yi: number,
): boolean {
  if (!memory || n < LEAST || x.buffer !== memory || y.buffer !== memory) return false;
  kernels!.axpy_f64(n, s, x.byteOffset + xi * 8, y.byteOffset + yi * 8);
  return true;
}

/** Σ x·y of neighbours; `undefined` where they do not lie in WASM memory. */
export function fastDot(
  n: number,
  x: Float64Array,
  xi: number,
  y: Float64Array,
  yi: number,
): number | undefined {
  if (!memory || n < LEAST || x.buffer !== memory || y.buffer !== memory) return undefined;
  return kernels!.dot_f64(n, x.byteOffset + xi * 8, y.byteOffset + yi * 8);
}

/** Neighbours of x and y turn by an angle; `false` where they do not lie in WASM memory. */
export function fastRotate(
  n: number,
  x: Float64Array,
  xi: number,
  y: Float64Array,
  yi: number,
  c: number,
  s: number,
): boolean {
  if (!memory || n < LEAST || x.buffer !== memory || y.buffer !== memory) return false;
  kernels!.rotate_f64(n, x.byteOffset + xi * 8, y.byteOffset + yi * 8, c, s);
  return true;
}
