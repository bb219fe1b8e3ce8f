import { unpack } from "./code.js";
import { wasmMode } from "./mode.js";
import { TREES, TREES_LENGTH } from "./trees.generated.js";

/** Kernels of decision trees; addresses are bytes in the arena's memory. Sources: packages/kernel/wasm/trees. */
export interface TreeKernels {
  hist_dense16(hist: number, gpair: number, rows: number, count: number, bins: number, cols: number): void;
  hist_dense32(hist: number, gpair: number, rows: number, count: number, bins: number, cols: number): void;
  hist_sparse16(hist: number, gpair: number, rows: number, count: number, bins: number, rowPtr: number): void;
  hist_sparse32(hist: number, gpair: number, rows: number, count: number, bins: number, rowPtr: number): void;
  hist_subtract(out: number, a: number, b: number, count: number): void;
  partition8(rows: number, spare: number, count: number, column: number, left: number): number;
  bin_rows(
    values: number,
    count: number,
    cols: number,
    cuts: number,
    ptrs: number,
    kinds: number,
    bins: number,
    wide: number,
    missing: number,
    columns: number,
    stride: number,
  ): void;
  walk_ids(nodes: number, depth: number, rows: number, stride: number, count: number, out: number): void;
  walk_add(
    nodes: number,
    depth: number,
    rows: number,
    stride: number,
    count: number,
    leaves: number,
    out: number,
    gap: number,
  ): void;
  walk_add_present(
    nodes: number,
    depth: number,
    rows: number,
    stride: number,
    count: number,
    leaves: number,
    out: number,
    gap: number,
  ): void;
  scan_bins(
    hist: number,
    begin: number,
    end: number,
    grad: number,
    hess: number,
    gain: number,
    lambda: number,
    alpha: number,
    least: number,
    out: number,
  ): void;
  scan_column(
    rows: number,
    values: number,
    from: number,
    to: number,
    step: number,
    position: number,
    gpair: number,
    nodes: number,
    list: number,
    count: number,
    feature: number,
    lambda: number,
    alpha: number,
    least: number,
    eps: number,
  ): void;
}

const PAGE = 65536;
/** The compiler's own data lie below. */
const START = 1024;

/**
 * Memory of its own with the kernels of trees over it. Arrays are taken from it once and stay where they are; all of it is
 * garbage when nobody holds it any more.
 */
export class TreeArena {
  readonly kernels: TreeKernels;
  readonly buffer: ArrayBuffer;
  private top = START;

  private constructor(module: WebAssembly.Module, bytes: number) {
    const memory = new WebAssembly.Memory({ initial: Math.ceil((bytes + START) / PAGE) });
    this.buffer = memory.buffer as ArrayBuffer;
    this.kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as TreeKernels;
  }

  /** An arena of so many bytes, null where WASM is switched off or there is no room. */
  static of(bytes: number): TreeArena | null {
    const code = compile();
    if (!code || bytes > 0xfff00000) return null;
    try {
      return new TreeArena(code, bytes);
    } catch {
      return null;
    }
  }

  private take(bytes: number): number {
    const at = this.top;
    if (at + bytes > this.buffer.byteLength) return -1;
    this.top = Math.ceil((at + bytes) / 16) * 16;
    return at;
  }
  /** An array in the arena, null where there is no room left. */
  u8(length: number): Uint8Array | null {
    const at = this.take(length);
    return at < 0 ? null : new Uint8Array(this.buffer, at, length);
  }
  u16(length: number): Uint16Array | null {
    const at = this.take(length * 2);
    return at < 0 ? null : new Uint16Array(this.buffer, at, length);
  }
  u32(length: number): Uint32Array | null {
    const at = this.take(length * 4);
    return at < 0 ? null : new Uint32Array(this.buffer, at, length);
  }
  i32(length: number): Int32Array | null {
    const at = this.take(length * 4);
    return at < 0 ? null : new Int32Array(this.buffer, at, length);
  }
  f32(length: number): Float32Array | null {
    const at = this.take(length * 4);
    return at < 0 ? null : new Float32Array(this.buffer, at, length);
  }
  f64(length: number): Float64Array | null {
    const at = this.take(length * 8);
    return at < 0 ? null : new Float64Array(this.buffer, at, length);
  }
  /** Bytes of the arena. */
  get size(): number {
    return this.buffer.byteLength;
  }
  /** Gives everything back; arrays taken before must not be used any more. */
  reset(): void {
    this.top = START;
  }
  /** Whether an array lies in here, so that kernels reach it by its `byteOffset`. */
  holds(array: { readonly buffer: ArrayBufferLike }): boolean {
    return array.buffer === this.buffer;
  }
}

let compiled: WebAssembly.Module | null | undefined;

function compile(): WebAssembly.Module | null {
  if (compiled !== undefined) return compiled;
  compiled = null;
  if (wasmMode() === "off") return null;
  try {
    compiled = new WebAssembly.Module(unpack(TREES, [TREES_LENGTH])[0]!);
  } catch {
    // The platform does not know these instructions.
  }
  return compiled;
}
