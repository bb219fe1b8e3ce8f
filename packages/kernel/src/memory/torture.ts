import { heapU8 } from "./wasm-memory.js";

/*
 * Two ways to run the suites that find wrong use of memory. Both put every array, however small, into WASM memory where a
 * kernel uses it. `COGNATE_MEMORY=torture` moves everything wherever a fast kernel may run: it finds views that were kept too
 * long. `COGNATE_MEMORY=sweep` frees what is dead before each block that a kernel takes and fills free memory with NaN: it
 * finds blocks that were freed while somebody had them, kernels that write beyond their arrays, and uses of what backward gave back.
 */
const g = globalThis as { process?: { env?: Record<string, string | undefined> } };
const mode = g.process?.env?.COGNATE_MEMORY;

/** Everything is moved wherever a kernel may run. */
export const MOVES = mode === "torture";
/** The dead are looked for at each allocation. */
export const SWEEPS = mode === "sweep";
export const TORTURE = MOVES || SWEEPS;
/** Bytes behind each block that nobody may write. */
export const GUARD = SWEEPS ? 64 : 0;

/** Memory that is nobody's reads as NaN, of every width. */
export function spoil(ptr: number, bytes: number): void {
  heapU8.fill(0xff, ptr, ptr + bytes);
}

const MARK = 0xff;

export function setGuard(ptr: number, bytes: number, size: number): void {
  spoil(ptr, bytes);
  heapU8.fill(MARK, ptr + bytes, ptr + size);
}

export function checkGuard(ptr: number, bytes: number, size: number): void {
  for (let i = bytes; i < size; i++)
    if (heapU8[ptr + i] !== MARK)
      throw new Error(`Something was written ${i - bytes} bytes behind a block of ${bytes} bytes.`);
}

/** What was given back at once, as nobody's any more. */
export const released = new WeakSet<object>();

export function refuseReleased(body: object): void {
  if (released.has(body)) throw new Error("An array was used after its memory had been given back.");
}
