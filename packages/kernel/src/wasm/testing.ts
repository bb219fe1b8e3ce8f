import { type DType, float32, float64, type NumericData } from "../dtype/dtype.js";
import type { Operand, OpRow } from "../ops/row.js";
import { castTo, cloneContiguous, copyInto } from "../strided/copy.js";
import { Strided, sizeOf } from "../strided/strided.js";
import { wasmBuild } from "./instance.js";
import { fastCalls, withoutFastKernels } from "./registry.js";

/* What tests of fast kernels share. */

let state = 1;
/** Numbers in [−1, 1) that look random, the same in every run. */
export function next(): number {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return (state >> 8) / 2 ** 23;
}

/** An array of random numbers in a range. */
export function random(shape: readonly number[], low = -3, high = 3, dtype: DType = float32): Strided {
  const x = Strided.zeros(dtype, shape);
  const data = x.data as NumericData;
  for (let i = 0; i < data.length; i++) data[i] = low + ((next() + 1) / 2) * (high - low);
  return x;
}

/** The same array in memory of another kind, by name: every layout that façades give to ops. */
export const LAYOUTS: Readonly<Record<string, (x: Strided) => Strided>> = {
  rows: (x) => cloneContiguous(x),
  "held by JavaScript": (x) => {
    const y = cloneContiguous(x);
    void y.data;
    return y;
  },
  "at an odd offset": (x) => {
    const wide = Strided.zeros(x.dtype, [x.size + 3]);
    return copyInto(wide.view(x.shape, cloneContiguous(x).strides, 3), x);
  },
  turned: (x) => {
    const order = x.shape.map((_, i) => x.rank - 1 - i);
    const t = cloneContiguous(
      x.view(
        order.map((i) => x.shape[i]!),
        order.map((i) => x.strides[i]!),
      ),
    );
    return t.view(
      x.shape,
      order.map((i) => t.strides[i]!),
    );
  },
  flipped: (x) => {
    if (x.size === 0) return x;
    const flip = (v: Strided): Strided =>
      v.view(
        v.shape,
        v.strides.map((s) => -s),
        v.offset + v.shape.reduce((n, len, i) => n + (len - 1) * v.strides[i]!, 0),
      );
    return flip(cloneContiguous(flip(x)));
  },
  "every other": (x) => {
    const n = x.shape[x.rank - 1] ?? 1;
    const wide = Strided.zeros(x.dtype, [...x.shape.slice(0, -1), 2 * n]);
    const strides = wide.strides.map((s, i) => (i === x.rank - 1 ? 2 : s));
    return copyInto(wide.view(x.shape, strides, 0), x);
  },
};

/** The same array with its second axis innermost in memory. */
export const channelsLast = (x: Strided): Strided => {
  if (x.rank < 3) return x;
  const to = [0, ...x.shape.slice(2).map((_, i) => i + 2), 1];
  const t = cloneContiguous(
    x.view(
      to.map((i) => x.shape[i]!),
      to.map((i) => x.strides[i]!),
    ),
  );
  return t.view(
    x.shape,
    x.shape.map((_, i) => t.strides[to.indexOf(i)]!),
  );
};

/** Runs a row on its fast kernel and on its reference; fails unless the fast one ran (where there are any). */
export function both<P>(
  row: OpRow<P>,
  inputs: readonly Operand[],
  params: P,
): [fast: Strided[], plain: Strided[]] {
  const list = (y: Strided | readonly Strided[]): Strided[] => (y instanceof Strided ? [y] : [...y]);
  const before = fastCalls();
  const fast = list(row.run(inputs, params));
  if (wasmBuild() !== "off" && fastCalls() === before) throw new Error(`${row.name}: no fast kernel ran`);
  return [fast, withoutFastKernels(() => list(row.run(inputs, params)))];
}

const bits = new Int32Array(1);
const float = new Float32Array(bits.buffer);
function ordered(x: number): number {
  float[0] = x;
  return bits[0]! < 0 ? -(bits[0]! & 0x7fffffff) : bits[0]!;
}

/** The largest distance between two float32 arrays in steps of the last place; what differs by up to `atol` counts as 0. */
export function ulps(a: Strided, b: Strided, atol = 0): number {
  if (sizeOf(a.shape) !== sizeOf(b.shape) || a.shape.some((n, i) => n !== b.shape[i]))
    return Number.POSITIVE_INFINITY;
  const [x, y] = [cloneContiguous(a).data as NumericData, cloneContiguous(b).data as NumericData];
  let worst = 0;
  for (let i = 0; i < x.length; i++) {
    const [p, q] = [x[i]!, y[i]!];
    if (Object.is(p, q) || (Number.isNaN(p) && Number.isNaN(q)) || Math.abs(p - q) <= atol) continue;
    if (Number.isNaN(p) || Number.isNaN(q)) return Number.POSITIVE_INFINITY;
    worst = Math.max(worst, Math.abs(ordered(p) - ordered(q)));
  }
  return worst;
}

/** The largest difference of two arrays relative to the largest number of the second. */
export function distance(a: Strided, b: Strided): number {
  if (a.shape.some((n, i) => n !== b.shape[i])) return Number.POSITIVE_INFINITY;
  const [x, y] = [a, b].map((v) => cloneContiguous(castTo(v, float64)).data as NumericData) as [
    NumericData,
    NumericData,
  ];
  let [worst, largest] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i]!) !== Number.isNaN(y[i]!)) return Number.POSITIVE_INFINITY;
    if (Number.isNaN(x[i]!) || x[i] === y[i]) continue;
    worst = Math.max(worst, Math.abs(x[i]! - y[i]!));
    largest = Math.max(largest, Math.abs(y[i]!));
  }
  return worst === 0 ? 0 : worst / largest;
}
