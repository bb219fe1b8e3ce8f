import {
  arrayOf,
  castTo,
  complex128,
  contiguous,
  type DType,
  float64,
  type NumericData,
  type Strided,
} from "@cognate/kernel";

export interface Closeness {
  readonly rtol: number;
  readonly atol: number;
}

/** `torch.testing.assert_close`'s defaults by element type; integers and bools must be equal. */
export const TORCH_TOLERANCE: Readonly<Record<string, Closeness>> = {
  float16: { rtol: 1e-3, atol: 1e-5 },
  bfloat16: { rtol: 1.6e-2, atol: 1e-5 },
  float32: { rtol: 1.3e-6, atol: 1e-5 },
  float64: { rtol: 1e-7, atol: 1e-7 },
  complex64: { rtol: 1.3e-6, atol: 1e-5 },
  complex128: { rtol: 1e-7, atol: 1e-7 },
};

const EXACT: Closeness = { rtol: 0, atol: 0 };

export const toleranceOf = (d: DType): Closeness => TORCH_TOLERANCE[d.name] ?? EXACT;

/** Why `actual` is not `expected`, or `null`: element type, shape, then the greatest difference beyond tolerance. */
export function difference(
  actual: unknown,
  expected: Strided,
  closeness: Closeness = toleranceOf(expected.dtype),
): string | null {
  const a = arrayOf(actual);
  if (!a) return `expected an array, got ${String(actual)}`;
  if (a.dtype !== expected.dtype) return `dtype ${a.dtype}, expected ${expected.dtype}`;
  if (a.shape.length !== expected.shape.length || a.shape.some((n, i) => n !== expected.shape[i]))
    return `shape [${a.shape.join(", ")}], expected [${expected.shape.join(", ")}]`;
  return numberDifference(a, expected, closeness);
}

function numberDifference(a: Strided, e: Strided, { rtol, atol }: Closeness): string | null {
  if (a.dtype.big) {
    const [x, y] = [contiguous(a).flat(), contiguous(e).flat()];
    const i = y.findIndex((v: unknown, k: number) => v !== x[k]);
    return i < 0 ? null : `element ${i}: ${x[i]}, expected ${y[i]}`;
  }
  const wide = a.dtype.lanes === 2 ? complex128 : float64;
  const [x, y] = [a, e].map((v) => contiguous(castTo(v, wide)).flat() as NumericData) as [
    NumericData,
    NumericData,
  ];
  let worst = -1;
  let worstBy = 0;
  let count = 0;
  const { lanes } = wide;
  for (let i = 0; i < y.length; i += lanes) {
    let [d, size] = [0, 0];
    let same = true;
    for (let k = i; k < i + lanes; k++) {
      const [p, q] = [x[k]!, y[k]!];
      if (Object.is(p, q) || p === q) continue;
      same = false;
      d = Math.hypot(d, p - q);
    }
    if (same) continue;
    size = lanes === 2 ? Math.hypot(y[i]!, y[i + 1]!) : Math.abs(y[i]!);
    if (d <= atol + rtol * size) continue;
    count++;
    const by = Number.isNaN(d) ? Number.POSITIVE_INFINITY : d - rtol * size;
    if (by > worstBy || worst < 0) {
      worst = i;
      worstBy = by;
    }
  }
  if (worst < 0) return null;
  const show = (v: NumericData): string => (lanes === 2 ? `${v[worst]}+${v[worst + 1]}j` : `${v[worst]}`);
  return `${count} of ${y.length / lanes} elements differ; worst at ${worst / lanes}: ${show(x)}, expected ${show(y)} (rtol ${rtol}, atol ${atol})`;
}
