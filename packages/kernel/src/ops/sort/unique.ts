import { int64 } from "../../dtype/dtype.js";
import { normalizeAxis } from "../../strided/axes.js";
import { contiguous, copyInto } from "../../strided/copy.js";
import { integersOf } from "../../strided/integers.js";
import { type Line, lineReader, newLine, storeLine, wholeLine } from "../../strided/lines.js";
import { Strided, sizeOf } from "../../strided/strided.js";
import { defineOp } from "../row.js";
import { sortedOrder } from "./order.js";
import { sort } from "./sort.js";

/** From so many elements on the fast kernel of `sort` is asked. */
const LONG = 512;

export interface UniqueParams {
  /** Compare whole slices along this axis instead of elements. */
  readonly dim?: number;
  /** Only neighbours are compared, and the order stays. */
  readonly consecutive?: boolean;
  /** All NaNs are one value (NumPy); else each is its own (PyTorch). */
  readonly equalNan?: boolean;
}

/**
 * The different elements of x (or slices along an axis), sorted; for each element of x which of them it is; how often
 * each occurs.
 */
export const unique = defineOp({
  name: "unique",
  inputs: ["x"],
  outputs: ["y", "inverse", "counts", "first"],
  dtype: "given",
  run: ([operand], params: UniqueParams) => {
    const x = operand as Strided;
    return params?.dim === undefined || x.rank === 0 ? ofElements(x, params ?? {}) : ofSlices(x, params);
  },
  noGradient: "which elements are equal does not change smoothly",
  samples: [{ inputs: [{ shape: [5], values: [3, 1, 3, 2, 1] }] }],
});

/** Numbers the groups of equal neighbours in an order: the group of each element, and where each group starts. */
function group(order: ArrayLike<number>, same: (i: number, j: number) => boolean) {
  const n = order.length;
  const inverse = new Float64Array(n);
  const starts: number[] = [];
  for (let i = 0; i < n; i++) {
    if (i === 0 || !same(order[i - 1]!, order[i]!)) starts.push(i);
    inverse[order[i]!] = starts.length - 1;
  }
  const counts = Float64Array.from(starts, (s, g) => (g + 1 < starts.length ? starts[g + 1]! : n) - s);
  return { inverse, counts, first: Float64Array.from(starts, (s) => order[s]!) };
}

function integers(values: Float64Array, shape: readonly number[]): Strided {
  const y = Strided.zeros(int64, shape);
  storeLine(y, 0, 1, values, values.length);
  return y;
}

const inOrder = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);

function ofElements(x: Strided, { consecutive = false, equalNan = false }: UniqueParams): Strided[] {
  const line = wholeLine(x);
  const lanes = x.dtype.lanes;
  const v = line as Float64Array;
  const n = x.size;
  const equal = (a: number, b: number): boolean =>
    a === b || (equalNan && Number.isNaN(a) && Number.isNaN(b));
  const order = consecutive ? inOrder(n) : lanes === 2 ? complexOrder(v) : orderOf(x, line);
  const { inverse, counts, first } = group(
    order,
    lanes === 2
      ? (i, j) => equal(v[2 * i]!, v[2 * j]!) && equal(v[2 * i + 1]!, v[2 * j + 1]!)
      : (i, j) => equal(v[i]!, v[j]!),
  );
  const y = Strided.zeros(x.dtype, [first.length]);
  const picked = newLine(x.dtype, first.length);
  for (let g = 0; g < first.length; g++)
    for (let lane = 0; lane < lanes; lane++)
      picked[g * lanes + lane] = line[first[g]! * lanes + lane] as never;
  storeLine(y, 0, 1, picked, first.length);
  const flat = [counts.length];
  return [y, integers(inverse, x.shape), integers(counts, flat), integers(first, flat)];
}

/** The stable order of all elements. */
function orderOf(x: Strided, line: Line): ArrayLike<number> {
  if (x.size < LONG) return sortedOrder(line);
  const rows = contiguous(x);
  const [, index] = sort.run([rows.view([x.size], [1])], { dim: 0 }) as readonly Strided[];
  return integersOf(index!);
}

/** Complex numbers by real, then by imaginary part. */
function complexOrder(v: Float64Array): Int32Array {
  return inOrder(v.length / 2).sort((i, j) => v[2 * i]! - v[2 * j]! || v[2 * i + 1]! - v[2 * j + 1]!);
}

function ofSlices(x: Strided, { dim, consecutive = false, equalNan = false }: UniqueParams): Strided[] {
  const axis = normalizeAxis("unique", dim!, x.rank);
  const rest = x.shape.map((_, i) => i).filter((i) => i !== axis);
  const rows: Strided = contiguous(
    x.view(
      [x.shape[axis]!, ...rest.map((i) => x.shape[i]!)],
      [x.strides[axis]!, ...rest.map((i) => x.strides[i]!)],
    ),
  );
  const n = x.shape[axis]!;
  const width = sizeOf(rows.shape.slice(1));
  const flat = rows.view([n * width], [1]);
  const line = lineReader(flat, [0])(flat.offset);
  const per = width * x.dtype.lanes;
  const v = line as Float64Array;
  const compare = (i: number, j: number, nanEqual: boolean): number => {
    for (let k = 0, p = i * per, q = j * per; k < per; k++, p++, q++) {
      const [a, b] = [v[p]!, v[q]!];
      if (a < b || (Number.isNaN(b) && !Number.isNaN(a))) return -1;
      if (a > b || (Number.isNaN(a) && !Number.isNaN(b))) return 1;
      if (Number.isNaN(a) && !nanEqual) return -1;
    }
    return 0;
  };
  const order = consecutive ? inOrder(n) : inOrder(n).sort((i, j) => compare(i, j, true));
  const { inverse, counts, first } = group(order, (i, j) => compare(i, j, equalNan) === 0);
  const shape = x.shape.map((m, i) => (i === axis ? first.length : m));
  const y = Strided.zeros(x.dtype, shape);
  for (let g = 0; g < first.length; g++) {
    const others = rest.map((i) => x.shape[i]!);
    copyInto(
      y.view(
        others,
        rest.map((i) => y.strides[i]!),
        g * y.strides[axis]!,
      ),
      x.view(
        others,
        rest.map((i) => x.strides[i]!),
        x.offset + first[g]! * x.strides[axis]!,
      ),
    );
  }
  const groups = [counts.length];
  return [y, integers(inverse, [n]), integers(counts, groups), integers(first, groups)];
}
