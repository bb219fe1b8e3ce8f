import { DTypeError, ShapeError } from "../../errors/errors.js";
import { normalizeAxis } from "../../strided/axes.js";
import { sameShape } from "../../strided/broadcast.js";
import { contiguous } from "../../strided/copy.js";
import { lineReader, newLine, storeLine } from "../../strided/lines.js";
import { Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";
import { ahead } from "./cumprod.js";

export interface RecurrenceParams {
  readonly dim: number;
  /** From the end. */
  readonly reverse?: boolean;
}

/** The linear recurrence yₜ = aₜ·yₜ₋₁ + bₜ along an axis, from y = 0. */
export const recurrence = defineOp({
  name: "recurrence",
  inputs: ["a", "b"],
  dtype: "float",
  run: ([p, q], { dim, reverse = false }: RecurrenceParams) => {
    const [a, b] = [contiguous(p as Strided), contiguous(q as Strided)];
    if (!sameShape(a.shape, b.shape))
      throw new ShapeError("recurrence", "b", b.shape, `[${a.shape.join(", ")}]`);
    if (a.dtype !== b.dtype) throw new DTypeError("recurrence", "b", b.dtype.name, `${a.dtype.name} like a`);
    if (a.dtype.kind !== "float" && a.dtype.kind !== "complex")
      throw new DTypeError("recurrence", "a", a.dtype.name, "a floating or complex type");
    const axis = normalizeAxis("recurrence", dim, a.rank);
    const y = Strided.zeros(a.dtype, a.shape);
    if (y.size === 0) return y;
    const n = a.rank === 0 ? 1 : a.shape[axis]!;
    const step = a.rank === 0 ? 1 : y.strides[axis]!;
    const dims = a.rank === 0 ? [] : [axis];
    const [readA, readB] = [lineReader(a, dims), lineReader(b, dims)];
    const out = newLine(a.dtype, n) as Float64Array;
    const scan = a.dtype.lanes === 2 ? scanComplex : scanReal;
    for (let k = 0; k < y.size / n; k++) {
      const at = Math.floor(k / step) * step * n + (k % step);
      scan(readA(a.offset + at) as Float64Array, readB(b.offset + at) as Float64Array, out, n, reverse);
      storeLine(y, at, step, out, n);
    }
    return y;
  },
  saves: ["a", "y"],
  vjp: (gy, { a, y }, { params, needs }) => {
    const { dim, reverse = false } = params;
    if (gy.shape.length === 0) return { a: gy.full([], 0), b: gy };
    const gb = ahead(a, dim, reverse).conj().recurrence(gy, { dim, reverse: !reverse });
    return { a: needs(0) ? gb.mul(ahead(y, dim, !reverse).conj()) : null, b: gb };
  },
  samples: [
    {
      inputs: [
        [3, 4],
        [3, 4],
      ],
      params: { dim: 1 },
    },
    {
      inputs: [
        [3, 4],
        [3, 4],
      ],
      params: { dim: 0, reverse: true },
    },
    { inputs: [[], []], params: { dim: 0 } },
    {
      inputs: [
        { shape: [3], dtype: "complex128" },
        { shape: [3], dtype: "complex128" },
      ],
      params: { dim: 0 },
    },
  ],
});

type Scan = (a: Float64Array, b: Float64Array, y: Float64Array, n: number, reverse: boolean) => void;

const scanReal: Scan = (a, b, y, n, reverse) => {
  let s = 0;
  for (let k = 0; k < n; k++) {
    const i = reverse ? n - 1 - k : k;
    s = a[i]! * s + b[i]!;
    y[i] = s;
  }
};

const scanComplex: Scan = (a, b, y, n, reverse) => {
  let [re, im] = [0, 0];
  for (let k = 0; k < n; k++) {
    const i = 2 * (reverse ? n - 1 - k : k);
    const [ar, ai] = [a[i]!, a[i + 1]!];
    [re, im] = [ar * re - ai * im + b[i]!, ar * im + ai * re + b[i + 1]!];
    y[i] = re;
    y[i + 1] = im;
  }
};
