import { unpack } from "./code.js";
import { wasmMode } from "./mode.js";

const PAGE = 65536;
/** The compiler's own data lie below. */
const START = 1024;

/**
 * Memory of its own with kernels over it. Arrays are taken from it once and stay where they are; all of it is garbage when
 * nobody holds it any more.
 */
export class Arena<Kernels> {
  readonly kernels: Kernels;
  readonly buffer: ArrayBuffer;
  private top: number;

  protected constructor(
    module: WebAssembly.Module,
    bytes: number,
    imports: WebAssembly.ModuleImports = {},
    private readonly start = START,
  ) {
    const memory = new WebAssembly.Memory({ initial: Math.ceil((bytes + start) / PAGE) });
    this.buffer = memory.buffer as ArrayBuffer;
    this.kernels = new WebAssembly.Instance(module, { env: { memory, ...imports } })
      .exports as unknown as Kernels;
    this.top = start;
  }

  private take(bytes: number): number {
    const at = this.top;
    if (at + bytes > this.buffer.byteLength) return -1;
    this.top = Math.ceil((at + bytes) / 16) * 16;
    return at;
  }
  /** An array in the arena, null where there is no room left. */
  u8(length: number): Uint8Array<ArrayBuffer> | null {
    const at = this.take(length);
    return at < 0 ? null : new Uint8Array(this.buffer, at, length);
  }
  u16(length: number): Uint16Array<ArrayBuffer> | null {
    const at = this.take(length * 2);
    return at < 0 ? null : new Uint16Array(this.buffer, at, length);
  }
  u32(length: number): Uint32Array<ArrayBuffer> | null {
    const at = this.take(length * 4);
    return at < 0 ? null : new Uint32Array(this.buffer, at, length);
  }
  i32(length: number): Int32Array<ArrayBuffer> | null {
    const at = this.take(length * 4);
    return at < 0 ? null : new Int32Array(this.buffer, at, length);
  }
  f32(length: number): Float32Array<ArrayBuffer> | null {
    const at = this.take(length * 4);
    return at < 0 ? null : new Float32Array(this.buffer, at, length);
  }
  f64(length: number): Float64Array<ArrayBuffer> | null {
    const at = this.take(length * 8);
    return at < 0 ? null : new Float64Array(this.buffer, at, length);
  }
  /** Bytes of the arena. */
  get size(): number {
    return this.buffer.byteLength;
  }
  /** How far it is taken, for {@link reset}. */
  get mark(): number {
    return this.top;
  }
  /** Gives back what was taken since `mark`, by default everything; such arrays must not be used any more. */
  reset(mark = this.start): void {
    this.top = mark;
  }
  /** Whether an array lies in here, so that kernels reach it by its `byteOffset`. */
  holds(array: { readonly buffer: ArrayBufferLike }): boolean {
    return array.buffer === this.buffer;
  }
}

/** The compiled code of arenas; null where WASM is switched off or the platform does not know these instructions. */
export function arenaCode(text: string, length: number): () => WebAssembly.Module | null {
  let compiled: WebAssembly.Module | null | undefined;
  return () => {
    if (compiled !== undefined) return compiled;
    compiled = null;
    if (wasmMode() === "off") return null;
    try {
      compiled = new WebAssembly.Module(unpack(text, [length])[0]!);
    } catch {
      // Nothing else to do than to run the loops.
    }
    return compiled;
  };
}

/** An arena of so many bytes, null where there can be none. */
export function openArena<A>(
  code: () => WebAssembly.Module | null,
  bytes: number,
  make: (module: WebAssembly.Module) => A,
): A | null {
  const module = code();
  if (!module || bytes > 0xfff00000) return null;
  try {
    return make(module);
  } catch {
    return null;
  }
}
