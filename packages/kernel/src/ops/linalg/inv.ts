import { isComplex, type NumericData } from "../../dtype/dtype.js";
import { CognateError, DTypeError, ShapeError } from "../../errors/errors.js";
import { complexDiv } from "../../math/complex.js";
import { contiguous } from "../../strided/copy.js";
import { lineReader, storeLine } from "../../strided/lines.js";
import { Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";
import type { Value } from "../value.js";

/** A matrix that has no inverse: its number among the batch, and the pivot that is zero. */
export class SingularError extends CognateError {
  override readonly name = "SingularError";
  override readonly code = "COGNATE_SINGULAR";
  constructor(
    readonly op: string,
    readonly matrix: number,
    readonly pivot: number,
  ) {
    super(`${op}: matrix ${matrix} is singular: pivot ${pivot} is zero.`);
  }
}

/** The inverses of square matrices (the last two axes), by Gauss and Jordan with row pivots. */
export const inv = defineOp({
  name: "inv",
  inputs: ["x"],
  dtype: "float",
  run: ([operand]) => {
    const x = contiguous(operand as Strided);
    const n = x.shape[x.rank - 1]!;
    if (x.rank < 2 || x.shape[x.rank - 2] !== n) throw new ShapeError("inv", "x", x.shape, "square matrices");
    if (x.dtype.kind !== "float" && !isComplex(x.dtype))
      throw new DTypeError("inv", "x", x.dtype.name, "a floating or complex type");
    const y = Strided.zeros(x.dtype, x.shape);
    if (n === 0) return y;
    const read = lineReader(x.view([n * n], [1]), [0]);
    for (let k = 0; k < x.size / (n * n); k++) {
      const line = read(x.offset + k * n * n) as Float64Array;
      storeLine(y, k * n * n, 1, invert(line, n, x.dtype.lanes, k), n * n);
    }
    return y;
  },
  saves: ["y"],
  vjp: (gy, { y }) => {
    const h = adjoint(y);
    return { x: h.matmul(gy).matmul(h).neg() };
  },
  samples: [
    { inputs: [{ shape: [2, 2], values: [2, 0.5, -1, 3] }] },
    { inputs: [{ shape: [2, 1, 1], values: [2, -0.5] }] },
    { inputs: [{ shape: [2, 2], values: [0, 1, 2, 0, -1, 0, 1, 1], dtype: "complex128" }] },
  ],
  source: "Golub and Van Loan, Matrix Computations, 3.2 and 3.4 (partial pivoting)",
});

function adjoint(x: Value): Value {
  const n = x.shape.length;
  return x.permute({ axes: x.shape.map((_, i) => (i === n - 1 ? n - 2 : i === n - 2 ? n - 1 : i)) }).conj();
}

const quotient = { re: 0, im: 0 };

/** Row operations turn [a | 1] into [1 | a⁻¹]; complex numbers are interleaved. */
function invert(matrix: NumericData, n: number, lanes: number, number: number): Float64Array {
  const a = Float64Array.from(matrix);
  const y = new Float64Array(n * n * lanes);
  for (let i = 0; i < n; i++) y[i * (n + 1) * lanes] = 1;
  const size = (p: number): number => (lanes === 2 ? Math.hypot(a[2 * p]!, a[2 * p + 1]!) : Math.abs(a[p]!));
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++) if (size(r * n + c) > size(pivot * n + c)) pivot = r;
    if (size(pivot * n + c) === 0) throw new SingularError("inv", number, c + 1);
    for (const m of [a, y]) swapRows(m, c, pivot, n * lanes);
    const [dr, di] = lanes === 2 ? [a[2 * (c * n + c)]!, a[2 * (c * n + c) + 1]!] : [a[c * n + c]!, 0];
    for (const m of [a, y]) divideRow(m, c, n, lanes, dr, di);
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const p = (r * n + c) * lanes;
      const [fr, fi] = [a[p]!, lanes === 2 ? a[p + 1]! : 0];
      for (const m of [a, y]) subtractRow(m, r, c, n, lanes, fr, fi);
    }
  }
  return y;
}

function swapRows(m: Float64Array, i: number, j: number, width: number): void {
  if (i === j) return;
  const row = m.slice(i * width, (i + 1) * width);
  m.copyWithin(i * width, j * width, (j + 1) * width);
  m.set(row, j * width);
}

function divideRow(m: Float64Array, r: number, n: number, lanes: number, dr: number, di: number): void {
  for (let p = r * n * lanes; p < (r + 1) * n * lanes; p += lanes) {
    if (lanes === 1) m[p]! /= dr;
    else {
      complexDiv(m[p]!, m[p + 1]!, dr, di, quotient);
      m[p] = quotient.re;
      m[p + 1] = quotient.im;
    }
  }
}

/** Row r less f times row c. */
function subtractRow(
  m: Float64Array,
  r: number,
  c: number,
  n: number,
  lanes: number,
  fr: number,
  fi: number,
): void {
  for (let k = 0; k < n; k++) {
    const [p, q] = [(r * n + k) * lanes, (c * n + k) * lanes];
    if (lanes === 1) m[p]! -= fr * m[q]!;
    else {
      const [re, im] = [m[q]!, m[q + 1]!];
      m[p]! -= fr * re - fi * im;
      m[p + 1]! -= fr * im + fi * re;
    }
  }
}
