import { heapF32, heapF64, heapU8, SLACK } from "../../memory/wasm-memory.js";
import { abandon, begin, scratch } from "../../wasm/call.js";
import type { Exports } from "../../wasm/exports.js";
import { wasm } from "../../wasm/instance.js";
import { runFast } from "../../wasm/registry.js";
import type { BitEngine, BitEngine64 } from "./engine.js";

/*
 * Many numbers at once: a kernel writes an engine's words to WASM memory, where others make numbers of them. Streams are those of
 * one number at a time.
 */

/** Which bits of words make a number of [0, 1). */
export type UniformKind = "upper 53 of 64" | "27 and 26" | "lower 53 of two" | "upper 24" | "lower 24";

const KINDS: Readonly<Record<UniformKind, number>> = {
  "upper 53 of 64": 0,
  "27 and 26": 1,
  "lower 53 of two": 2,
  "upper 24": 3,
  "lower 24": 4,
};

/** Fewer numbers are drawn one by one. */
export const LEAST_BLOCK = 64;
/** Bytes of numbers that are made at once where they do not lie in WASM memory. */
export const CHUNK_BYTES = 1 << 15;
/** Room for the largest state: the Mersenne Twister's key. */
export const STATE_BYTES = 624 * 4 + SLACK;

/** Where a typed array lies in WASM memory; 0 if it does not. */
export const addressOf = (x: ArrayBufferView): number => (x.buffer === heapU8.buffer ? x.byteOffset : 0);

/** Runs `path` with the kernels and room for an engine's state; `false` where there are none. */
export function withState(path: (e: Exports, state: number) => boolean): boolean {
  return runFast(() => {
    const e = wasm();
    if (!e) return false;
    begin();
    const state = scratch(STATE_BYTES);
    const done = state !== 0 && path(e, state);
    abandon();
    return done;
  });
}

/** Writes to `out` piece by piece: straight, or by way of scratch memory. */
function pieces(
  out: Float64Array | Float32Array | Uint32Array,
  from: number,
  count: number,
  write: (ptr: number, n: number) => void,
): boolean {
  const width = out.BYTES_PER_ELEMENT;
  const straight = addressOf(out);
  if (straight !== 0) {
    write(straight + from * width, count);
    return true;
  }
  const chunk = Math.min(count, CHUNK_BYTES / width);
  const ptr = scratch(chunk * width + SLACK);
  if (ptr === 0) return false;
  const heap = width === 8 ? heapF64 : out instanceof Float32Array ? heapF32 : new Uint32Array(heapU8.buffer);
  const at = ptr / width;
  for (let i = 0; i < count; i += chunk) {
    const n = Math.min(chunk, count - i);
    write(ptr, n);
    (out as Float64Array).set(heap.subarray(at, at + n) as Float64Array, from + i);
  }
  return true;
}

/** Fills a stretch with numbers of [0, 1); `false` where no kernel can. */
export function uniformBlocks(
  engine: BitEngine,
  kind: UniformKind,
  out: Float64Array | Float32Array,
  from: number,
  count: number,
): boolean {
  if (count < LEAST_BLOCK || !engine.write32) return false;
  return withState((e, state) =>
    pieces(out, from, count, (ptr, n) => {
      if (kind === "upper 53 of 64") (engine as BitEngine64).write64!(e, state, ptr, n);
      else engine.write32!(e, state, ptr, kind === "27 and 26" || kind === "lower 53 of two" ? 2 * n : n);
      e.words_uniform(KINDS[kind], ptr, n);
    }),
  );
}

/** Fills a stretch with words of 32 bits; `false` where no kernel can. */
export function wordBlocks(engine: BitEngine, out: Uint32Array, from: number, count: number): boolean {
  if (count < LEAST_BLOCK || !engine.write32) return false;
  return withState((e, state) => pieces(out, from, count, (ptr, n) => engine.write32!(e, state, ptr, n)));
}
