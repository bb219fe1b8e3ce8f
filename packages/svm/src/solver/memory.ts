import { MachineArena } from "@cognate/kernel";

/** Where a solver's arrays lie: in an arena, where kernels reach them, or anywhere. */
export class SolverMemory {
  private constructor(readonly arena: MachineArena | null) {}

  /** Memory for `bytes` in which kernels run, where there are any. */
  static of(bytes: number): SolverMemory {
    return new SolverMemory(MachineArena.of(bytes));
  }

  /** Zeros. */
  f64(n: number): Float64Array<ArrayBuffer> {
    return this.arena?.f64(n)?.fill(0) ?? new Float64Array(n);
  }
  i32(n: number): Int32Array<ArrayBuffer> {
    return this.arena?.i32(n)?.fill(0) ?? new Int32Array(n);
  }
  /** Anything. */
  f32(n: number): Float32Array<ArrayBuffer> {
    return this.arena?.f32(n) ?? new Float32Array(n);
  }

  /** The arena, where it holds all of these. */
  holding(...arrays: readonly { readonly buffer: ArrayBufferLike }[]): MachineArena | null {
    const { arena } = this;
    return arena && arrays.every((a) => arena.holds(a)) ? arena : null;
  }

  /** Calls `f`, and gives back what it took. */
  during<T>(f: () => T): T {
    const mark = this.arena?.mark;
    try {
      return f();
    } finally {
      this.arena?.reset(mark);
    }
  }

  /** Gives everything back; nothing of it may be used any more. */
  release(): void {
    this.arena?.release();
  }
}

/** Bytes that the cached rows and the state of a problem of n samples take, whose rows have `width` values. */
export function problemBytes(n: number, width: number, cacheSize: number): number {
  return rowsWithin(width, cacheSize) * width * 4 + n * 128 + width * 64 + 4096;
}

/** How many rows of `n` float32 a cache of so many megabytes keeps, at least two. */
export function rowsWithin(n: number, megabytes: number): number {
  // An arena's addresses end at 4 GB.
  const bytes = Math.min(megabytes, 2048) * 2 ** 20;
  return Math.min(n, Math.max(Math.floor(bytes / 4 / Math.max(n, 1)), 2));
}
