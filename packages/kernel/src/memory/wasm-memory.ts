/*
 * The one WebAssembly memory that kernels compute in, and typed views of all of it. It is shared between threads where
 * the platform allows that. Views are replaced when the memory grows: read them anew after each allocation.
 */

const PAGE = 65536;
/** Addresses below belong to the compiler and to the scratch space of calls. */
export const SCRATCH_START = 32768;
export const SCRATCH_BYTES = 1 << 20;
export const HEAP_START = SCRATCH_START + SCRATCH_BYTES;
/** Kernels may read this far behind an array. */
export const SLACK = 64;

export let memory: WebAssembly.Memory | null = null;
export let heapU8 = new Uint8Array(0);
export let heapI32 = new Int32Array(0);
export let heapF32 = new Float32Array(0);
export let heapF64 = new Float64Array(0);
export let heapI64 = new BigInt64Array(0);

function look(): void {
  const buffer = memory!.buffer as ArrayBuffer;
  heapU8 = new Uint8Array(buffer);
  heapI32 = new Int32Array(buffer);
  heapF32 = new Float32Array(buffer);
  heapF64 = new Float64Array(buffer);
  heapI64 = new BigInt64Array(buffer);
}

/**
 * Whether a memory can be seen by other threads here: in Node, and in pages that are cross-origin isolated.
 * `COGNATE_MEMORY=unshared` says no, so that tests see what any other page gets.
 */
export function canShare(): boolean {
  const g = globalThis as {
    crossOriginIsolated?: boolean;
    process?: { versions?: { node?: string }; env?: Record<string, string | undefined> };
  };
  return (
    typeof SharedArrayBuffer !== "undefined" &&
    (g.process?.versions?.node !== undefined
      ? g.process.env?.COGNATE_MEMORY !== "unshared"
      : g.crossOriginIsolated === true)
  );
}

/** Takes the memory; small devices may refuse a large maximum. `false` if there is none to be had. */
export function openMemory(): boolean {
  if (memory) return true;
  for (const shared of canShare() ? [true, false] : [false])
    for (const maximum of [65536, 32768, 16384, 4096])
      try {
        memory = new WebAssembly.Memory({ initial: 128, maximum, shared });
        look();
        return true;
      } catch {
        // The next smaller one.
      }
  return false;
}

/** Makes the memory at least `bytes` long, with room to spare if that can be had. */
export function growTo(bytes: number): boolean {
  const have = heapU8.byteLength;
  if (bytes <= have) return true;
  for (const want of [Math.max(bytes, Math.min(have * 2, have + (64 << 20))), bytes])
    try {
      memory!.grow(Math.ceil((want - have) / PAGE));
      look();
      return true;
    } catch {
      // Less, or nothing.
    }
  return false;
}
