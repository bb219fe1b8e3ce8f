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

/** Whether all of these lie in WASM memory, where kernels may run. */
export const resident = (...xs: readonly Float64Array[]): boolean =>
  memory !== null && xs.every((x) => x.buffer === memory);

/** The kernels; only where {@link resident} said so. */
export const kernelsHere = (): Exports => kernels!;

/** The address of an element. */
export const addressOf = (x: Float64Array, i: number): number => x.byteOffset + 8 * i;

/** Rotations that are kept until there are this many. */
const KEPT = 4096;

/** How many {@link numbers} the rotations of a matrix take. */
export const rotationRoom = (rows: number): number => 3 * KEPT + 16 * rows;

/** Rotations of neighbouring rows of a matrix, put off until many can be done at once. */
export class Rotations {
  private _count = 0;
  private readonly _rows: number;
  private readonly _list: Float64Array;
  private readonly _room: Float64Array;

  private constructor(
    private readonly _z: Float64Array,
    private readonly _columns: number,
  ) {
    this._rows = _z.length / _columns;
    this._list = numbers(3 * KEPT);
    this._room = numbers(16 * this._rows);
  }

  /** `null` where the matrix does not lie in WASM memory or there is no room. */
  static of(z: Float64Array, columns: number): Rotations | null {
    if (!resident(z) || next + 8 * rotationRoom(z.length / columns) > end) return null;
    return new Rotations(z, columns);
  }

  /** Rows i and i + 1 turn by an angle. */
  add(i: number, c: number, s: number): void {
    if (this._count === KEPT) this.done();
    const at = 3 * this._count++;
    this._list[at] = i;
    this._list[at + 1] = c;
    this._list[at + 2] = s;
  }

  /** Does what was put off. */
  done(): void {
    const { _list, _z, _room } = this;
    if (this._count > 0)
      kernels!.rotate_rows_f64(
        _list.byteOffset,
        this._count,
        _z.byteOffset,
        this._rows,
        this._columns,
        _room.byteOffset,
      );
    this._count = 0;
  }
}
