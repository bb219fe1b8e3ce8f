import {
  bool,
  complex128,
  type DType,
  dtypeNamed,
  float64,
  isDifferentiable,
  type NumericData,
  type OpRow,
  type Sample,
  type SampleInput,
  Strided,
} from "@cognate/kernel";
import { apply, runBackward, Value } from "@cognate/tensor";
import { difference } from "./compare.js";

/** Distinct values spread over a range, in an order that looks random and is always the same. */
function distinctValues(n: number, [low, high]: readonly [number, number], salt: number): Float64Array {
  const out = new Float64Array(n);
  let state = 0x9e3779b9 ^ salt;
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39;
    const j = (state >>> 0) % (i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  for (let i = 0; i < n; i++) out[i] = low + ((high - low) * (order[i]! + 0.37)) / n;
  return out;
}

const isShape = (s: SampleInput): s is readonly number[] => Array.isArray(s);

/** The array that a sample's entry stands for. */
export function sampleArray<P>(row: OpRow<P>, entry: SampleInput, i: number): Strided | null {
  if (entry === null) return null;
  const shape = isShape(entry) ? entry : entry.shape;
  const dtype: DType = (!isShape(entry) && entry.dtype && dtypeNamed(entry.dtype)) || float64;
  const domain = row.domain ?? [-1.5, 1.5];
  const own = (Array.isArray(domain[0]) ? domain[i] : domain) as readonly [number, number];
  const n = shape.reduce((a, b) => a * b, 1) * dtype.lanes;
  const values =
    !isShape(entry) && entry.values
      ? Float64Array.from(entry.values)
      : distinctValues(n, (!isShape(entry) && entry.range) || own, 17 * i + n);
  const y = Strided.zeros(dtype, shape);
  const data = y.data;
  for (let k = 0; k < n; k++)
    data[k] = dtype.big ? BigInt(values[k]!) : dtype === bool ? (values[k] ? 1 : 0) : values[k]!;
  return y;
}

/** The samples of a row: its own, or small ones that fit any elementwise row. */
export function samplesOf<P>(row: OpRow<P>): readonly Sample<P>[] {
  if (row.samples) return row.samples;
  if (row.broadcasts)
    return row.inputs.length === 1
      ? [{ inputs: [[2, 3]] }, { inputs: [[]] }]
      : [
          { inputs: row.inputs.map(() => [2, 3]) },
          { inputs: row.inputs.map((_, i) => (i === 0 ? [2, 3] : [3])) },
        ];
  return [];
}

/**
 * Compares a row's derivative with central differences on one sample, and the derivative of the derivative likewise.
 * Returns what differs, or `null`.
 */
export function gradcheck<P>(row: OpRow<P>, sample: Sample<P>, order: 1 | 2 = 1): string | null {
  const arrays = sample.inputs.map((s, i) => sampleArray(row, s, i));
  const wants = arrays.map(
    (a, i) => a !== null && isDifferentiable(a.dtype) && !sample.constant?.includes(row.inputs[i] ?? ""),
  );
  const f = (xs: readonly (Value | null)[]): Value[] => {
    const y = apply(row, xs, sample.params as P);
    return (Array.isArray(y) ? y : [y]).filter((v) => isDifferentiable(v.dtype));
  };
  return checkFunction(f, arrays, wants, order, row.name);
}

type Fn = (xs: readonly (Value | null)[]) => Value[];

/** Weights that make one number of several outputs, so that every element of every gradient counts. */
function weigh(ys: readonly Value[]): Value {
  let total: Value | null = null;
  ys.forEach((y, k) => {
    const w = Strided.zeros(y.dtype, y.shape);
    (w.data as NumericData).set(distinctValues(w.size * w.dtype.lanes, [0.2, 1.7], 91 + k));
    const product = y.mul(new Value(w));
    const part = (y.dtype.kind === "complex" ? product.real() : product).sum() as Value;
    total = total ? (total.add(part) as Value) : part;
  });
  return total!;
}

/** Compares the derivative of a function of arrays with central differences; what differs, or `null`. */
export function checkFunction(
  f: Fn,
  arrays: readonly (Strided | null)[],
  wants: readonly boolean[],
  order: 1 | 2,
  name: string,
): string | null {
  const evaluate = (xs: readonly (Strided | null)[]): number => {
    const vs = xs.map((a) => a && new Value(a));
    const y = order === 1 ? weigh(f(vs)) : weigh(gradients(f, vs, wants, true));
    const out = y.array;
    return (out.data as NumericData)[out.offset]!;
  };
  const leaves = arrays.map((a) => a && new Value(a));
  const analytic =
    order === 1
      ? gradients(f, leaves, wants, false)
      : gradients((xs) => gradients(f, xs, wants, true), leaves, wants, false);
  // A fused derivative and the parts it falls back on for higher orders must be the same function.
  const byParts = order === 1 ? gradients(f, leaves, wants, true) : analytic;
  for (let i = 0; i < analytic.length; i++) {
    const why = difference(byParts[i]!.array, analytic[i]!.array, { rtol: 1e-9, atol: 1e-11 });
    if (why) return `${name}: derivative of input ${i} with and without a graph: ${why}`;
  }
  let k = 0;
  for (let i = 0; i < arrays.length; i++) {
    if (!wants[i]) continue;
    const g = analytic[k++]!;
    const x = arrays[i]!;
    const got = (g.array.contiguous ? g : (g.cast({ dtype: g.dtype }) as Value)).array.flat() as NumericData;
    const data = x.data as NumericData;
    for (let e = 0; e < data.length; e++) {
      const keep = data[e]!;
      const h = 1e-5 * Math.max(1, Math.abs(keep));
      data[e] = keep + h;
      const up = evaluate(arrays);
      data[e] = keep - h;
      const down = evaluate(arrays);
      data[e] = keep;
      const numeric = (up - down) / (2 * h);
      const scale = Math.max(1, Math.abs(numeric));
      if (!(Math.abs(got[e]! - numeric) <= 2e-5 * scale))
        return `${name}: derivative ${order} of input ${i} at element ${e} is ${got[e]}, central differences give ${numeric}`;
    }
  }
  return null;
}

function gradients(
  f: Fn,
  xs: readonly (Value | null)[],
  wants: readonly boolean[],
  createGraph: boolean,
): Value[] {
  const leaves: Value[] = [];
  const args = xs.map((x, i) => {
    if (!x || !wants[i]) return x;
    if (!x.requiresGrad) x.setRequiresGrad(true);
    leaves.push(x);
    return x;
  });
  const y = weigh(f(args));
  if (!y.requiresGrad) return leaves.map((x) => x.full(x.shape, 0) as Value);
  return runBackward([y], [null], leaves, { createGraph }).map(
    (g, i) => g ?? (leaves[i]!.full(leaves[i]!.shape, 0) as Value),
  );
}

/** Whether the second derivative of complex samples is checked too; central differences handle parts separately. */
export const isComplexSample = <P>(sample: Sample<P>): boolean =>
  sample.inputs.some((s) => s !== null && !isShape(s) && s.dtype === complex128.name);
