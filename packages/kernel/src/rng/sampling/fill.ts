import type { Data } from "../../dtype/dtype.js";
import { float64 } from "../../dtype/dtype.js";
import { TORTURE } from "../../memory/torture.js";
import { broadcastTo } from "../../strided/broadcast.js";
import { castTo, contiguous } from "../../strided/copy.js";
import type { Strided } from "../../strided/strided.js";
import { wasm } from "../../wasm/instance.js";
import { runFast } from "../../wasm/registry.js";

/** A distribution with its parameters open. */
export type Draw = (a: number, b: number, c: number) => number;

/** Many draws at once, for parameters that are the same for all. */
export type Block = (out: Float64Array, a: number, b: number) => void;

/** The elements of a new row-major array, in WASM memory where it can lie there; a short look. */
export function placeOf(out: Strided): Data {
  if (TORTURE) return out.flat();
  const whole = out.size * out.dtype.itemsize === out.storage.byteLength;
  runFast(() => wasm() !== null && out.storage.pointer(whole) !== 0);
  return out.peekFlat();
}

/** Writes a whole number to a 64-bit element without making a bigint; what does not fit becomes the greatest one. */
export function storeWide(words: Uint32Array, i: number, v: number): void {
  if (v >= 2 ** 63) {
    words[2 * i] = 0xffffffff;
    words[2 * i + 1] = 0x7fffffff;
    return;
  }
  const high = Math.floor(v / 4294967296);
  words[2 * i] = v - high * 4294967296;
  words[2 * i + 1] = high;
}

/**
 * Fills a row-major array with draws, one an element in order. Parameters are numbers, or arrays that stretch to the
 * array's shape. `block` does the same as `draw` for a whole array of float64.
 */
export function fillDraws(
  out: Strided,
  draw: Draw,
  parameters: readonly (number | Strided)[],
  block?: Block,
): Strided {
  if (block && out.dtype === float64 && parameters.every((p) => typeof p === "number")) {
    const [a = 0, b = 0] = parameters as readonly number[];
    block(placeOf(out) as Float64Array, a, b);
    return out;
  }
  const data: Data = out.peekFlat();
  const n = out.size;
  const words = out.dtype.big ? new Uint32Array(data.buffer, data.byteOffset, 2 * n) : undefined;
  const store = (i: number, v: number): void => {
    if (words) storeWide(words, i, v);
    else data[i] = v;
  };
  if (parameters.every((p) => typeof p === "number")) {
    const [a = 0, b = 0, c = 0] = parameters as readonly number[];
    if (words) for (let i = 0; i < n; i++) storeWide(words, i, draw(a, b, c));
    else for (let i = 0; i < n; i++) data[i] = draw(a, b, c);
    return out;
  }
  const [a, b, c] = [0, 1, 2].map((k): ((i: number) => number) => {
    const p = parameters[k] ?? 0;
    if (typeof p === "number") return () => p;
    const values = contiguous(broadcastTo(castTo(p, float64), out.shape)).peekFlat() as Float64Array;
    return (i) => values[i]!;
  }) as [(i: number) => number, (i: number) => number, (i: number) => number];
  for (let i = 0; i < n; i++) store(i, draw(a(i), b(i), c(i)));
  return out;
}

/** Fills a row-major array line by line along its last axis with what `draw` writes to a line. */
export function fillRows(out: Strided, draw: (line: Float64Array, row: number) => void): Strided {
  const data: Data = out.peekFlat();
  const k = out.shape[out.shape.length - 1] ?? 0;
  const line = new Float64Array(k);
  const words = out.dtype.big ? new Uint32Array(data.buffer, data.byteOffset, 2 * out.size) : undefined;
  for (let row = 0; row * k < out.size; row++) {
    draw(line, row);
    for (let j = 0; j < k; j++) {
      if (words) storeWide(words, row * k + j, line[j]!);
      else data[row * k + j] = line[j]!;
    }
  }
  return out;
}
