import { type Data, type DType, float64, type NumericData } from "../dtype/dtype.js";
import { decoderOf, encoderOf } from "./copy.js";
import { collapse, forEachRun } from "./iterate.js";
import { contiguousStrides, type Shape, type Strided, sizeOf } from "./strided.js";

/**
 * A line of elements as reductions and scans see it: float64 for every type whose values it holds exactly (complex
 * numbers interleaved), bigints for 64-bit integers.
 */
export type Line = Float64Array | BigInt64Array | BigUint64Array;

/** A line of `n` elements that can hold values of `d`. */
export const newLine = (d: DType, n: number): Line =>
  d.big ? (new d.Data(n) as BigInt64Array) : new Float64Array(n * d.lanes);

/** Positions (relative, in elements) of all index combinations of `dims`, row-major. */
function positions(
  shape: Shape,
  strides: readonly number[],
  dims: readonly number[],
): Int32Array | Float64Array {
  const lengths = dims.map((d) => shape[d]!);
  const n = sizeOf(lengths);
  const out = new Float64Array(n);
  if (n === 0) return out;
  const nest = collapse(lengths, [dims.map((d) => strides[d]!), contiguousStrides(lengths)]);
  const last = nest.shape.length - 1;
  const run = nest.shape[last]!;
  const [from, to] = [nest.strides[0]![last]!, nest.strides[1]![last]!];
  forEachRun(nest, [0, 0], (at) => {
    for (let i = 0; i < run; i++) out[at[1]! + i * to] = at[0]! + i * from;
  });
  return out;
}

/**
 * Calls `each` for every combination of the axes not in `dims`, with the elements along `dims` gathered into a line
 * (reused between calls) and the running number of the combination.
 */
export function forEachLine(
  x: Strided,
  dims: readonly number[],
  each: (line: Line, k: number) => void,
): void {
  const outer = x.shape.map((_, i) => i).filter((i) => !dims.includes(i));
  const inner = positions(x.shape, x.strides, dims);
  const bases = positions(x.shape, x.strides, outer);
  const n = inner.length;
  const line = newLine(x.dtype, n);
  const decode = decoderOf(x.dtype);
  // Taken per call: `each` may allocate.
  for (let k = 0; k < bases.length; k++) {
    const base = x.offset + bases[k]!;
    if (x.dtype.big) {
      const data = x.data as BigInt64Array;
      for (let i = 0; i < n; i++) line[i] = data[base + inner[i]!]!;
    } else {
      const data = x.data as NumericData;
      const to = line as Float64Array;
      if (x.dtype.lanes === 2)
        for (let i = 0; i < n; i++) {
          const q = 2 * (base + inner[i]!);
          to[2 * i] = data[q]!;
          to[2 * i + 1] = data[q + 1]!;
        }
      else if (decode) for (let i = 0; i < n; i++) to[i] = decode(data[base + inner[i]!]!);
      else for (let i = 0; i < n; i++) to[i] = data[base + inner[i]!]!;
    }
    each(line, k);
  }
}

/** Writes `n` elements of a line to `y` from position `at` on with a step, converting to its type. */
export function storeLine(
  y: Strided,
  at: number,
  step: number,
  line: Line | readonly number[],
  n: number,
): void {
  const data: Data = y.data;
  const d = y.dtype;
  if (d.lanes === 2) {
    for (let i = 0; i < n; i++) {
      data[2 * (at + i * step)] = line[2 * i] as number;
      data[2 * (at + i * step) + 1] = line[2 * i + 1] as number;
    }
    return;
  }
  const encode = encoderOf(d);
  if (d.big && line instanceof Float64Array)
    for (let i = 0; i < n; i++) data[at + i * step] = BigInt(line[i]!);
  else if (!d.big && !(line instanceof Float64Array))
    for (let i = 0; i < n; i++) data[at + i * step] = Number(line[i]!);
  else if (encode) for (let i = 0; i < n; i++) data[at + i * step] = encode(line[i] as number);
  else for (let i = 0; i < n; i++) data[at + i * step] = line[i]!;
}

/** The type of {@link Line} elements as an element type, for scratch arrays. */
export const lineType = (d: DType): DType => (d.big ? d : float64);
