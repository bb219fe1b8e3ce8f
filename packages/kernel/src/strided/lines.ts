import { type Data, type DType, float64, type NumericData } from "../dtype/dtype.js";
import { decoderOf, encoderOf } from "./copy.js";
import { storeIntegers } from "./integers.js";
import { collapse, forEachRun, positions } from "./iterate.js";
import { type Strided, sizeOf } from "./strided.js";

/**
 * A line of elements as reductions and scans see it: float64 for every type whose values it holds exactly (complex
 * numbers interleaved), bigints for 64-bit integers.
 */
export type Line = Float64Array | BigInt64Array | BigUint64Array;

/** A line of `n` elements that can hold values of `d`. */
export const newLine = (d: DType, n: number): Line =>
  d.big ? (new d.Data(n) as BigInt64Array) : new Float64Array(n * d.lanes);

/** From this length on a line that lies in memory as it is needed is looked at there instead of being copied. */
const LOOK = 64;

/**
 * Calls `each` for every combination of the axes not in `dims`, row-major, with the elements along `dims` gathered into
 * a line and the running number of the combination. The line is reused between calls and may be the array's own memory:
 * it is read, not written.
 */
export function forEachLine(
  x: Strided,
  dims: readonly number[],
  each: (line: Line, k: number) => void,
): void {
  const outer: number[] = [];
  for (let i = 0; i < x.rank; i++) if (!dims.includes(i)) outer.push(i);
  const read = lineReader(x, dims);
  if (outer.length === 0) {
    each(read(x.offset), 0);
    return;
  }
  const nest = collapse(
    outer.map((d) => x.shape[d]!),
    [outer.map((d) => x.strides[d]!)],
  );
  const last = nest.shape.length - 1;
  const run = nest.shape[last]!;
  const step = nest.strides[0]![last]!;
  let k = 0;
  forEachRun(nest, [x.offset], (at) => {
    for (let i = 0, base = at[0]!; i < run; i++, base += step) each(read(base), k++);
  });
}

/** A function that gives the line along `dims` whose first element stands at a position. */
export function lineReader(x: Strided, dims: readonly number[]): (base: number) => Line {
  const lengths = dims.map((d) => x.shape[d]!);
  const n = sizeOf(lengths);
  const inner = collapse(lengths, [dims.map((d) => x.strides[d]!)]);
  const straight = inner.shape.length === 1;
  const step = inner.strides[0]![0]!;
  const { dtype } = x;
  const all = x.peek;
  if (straight && step === 1 && n >= LOOK && (dtype === float64 || dtype.big || dtype.name === "complex128"))
    return (base) => all.subarray(base * dtype.lanes, (base + n) * dtype.lanes) as Line;
  const line = newLine(dtype, n);
  if (!straight) {
    const at = positions(x.shape, x.strides, dims);
    return (base) => {
      gatherAt(x, all, base, at, line);
      return line;
    };
  }
  if (dtype.big)
    return (base) => {
      const data = all as BigInt64Array;
      for (let i = 0, p = base; i < n; i++, p += step) line[i] = data[p]!;
      return line;
    };
  const to = line as Float64Array;
  if (dtype.lanes === 2)
    return (base) => {
      const data = all as NumericData;
      for (let i = 0, p = 2 * base; i < 2 * n; i += 2, p += 2 * step) {
        to[i] = data[p]!;
        to[i + 1] = data[p + 1]!;
      }
      return line;
    };
  const decode = decoderOf(dtype);
  if (decode)
    return (base) => {
      const data = all as NumericData;
      for (let i = 0, p = base; i < n; i++, p += step) to[i] = decode(data[p]!);
      return line;
    };
  return (base) => {
    const data = all as NumericData;
    for (let i = 0, p = base; i < n; i++, p += step) to[i] = data[p]!;
    return line;
  };
}

/** All elements, row-major, as one line. */
export const wholeLine = (x: Strided): Line =>
  lineReader(
    x,
    x.shape.map((_, i) => i),
  )(x.offset);

function gatherAt(x: Strided, all: Data, base: number, at: Float64Array, line: Line): void {
  const n = at.length;
  if (x.dtype.big) {
    const data = all as BigInt64Array;
    for (let i = 0; i < n; i++) line[i] = data[base + at[i]!]!;
    return;
  }
  const data = all as NumericData;
  const to = line as Float64Array;
  const decode = decoderOf(x.dtype);
  if (x.dtype.lanes === 2)
    for (let i = 0; i < n; i++) {
      const q = 2 * (base + at[i]!);
      to[2 * i] = data[q]!;
      to[2 * i + 1] = data[q + 1]!;
    }
  else if (decode) for (let i = 0; i < n; i++) to[i] = decode(data[base + at[i]!]!);
  else for (let i = 0; i < n; i++) to[i] = data[base + at[i]!]!;
}

/** Writes `n` elements of a line to `y` from position `at` on with a step, converting to its type. */
export function storeLine(y: Strided, at: number, step: number, line: Line, n: number): void {
  const { dtype } = y;
  if (dtype.big) {
    if (line instanceof Float64Array) storeIntegers(y, at, step, line, n);
    else {
      const to = y.peek as BigInt64Array;
      for (let i = 0; i < n; i++) to[at + i * step] = line[i]!;
    }
    return;
  }
  const to = y.peek as NumericData;
  if (dtype.lanes === 2) {
    const from = line as Float64Array;
    for (let i = 0; i < n; i++) {
      to[2 * (at + i * step)] = from[2 * i]!;
      to[2 * (at + i * step) + 1] = from[2 * i + 1]!;
    }
    return;
  }
  if (!(line instanceof Float64Array)) {
    for (let i = 0; i < n; i++) to[at + i * step] = Number(line[i]!);
    return;
  }
  const encode = encoderOf(dtype);
  if (encode) for (let i = 0; i < n; i++) to[at + i * step] = encode(line[i]!);
  else if (step === 1 && n > 16) to.set(line.length === n ? line : line.subarray(0, n), at);
  else for (let i = 0; i < n; i++) to[at + i * step] = line[i]!;
}
