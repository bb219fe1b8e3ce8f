import { isComplex } from "../../dtype/dtype.js";
import { DTypeError, ShapeError } from "../../errors/errors.js";
import { contiguous } from "../../strided/copy.js";
import { lineReader, storeLine } from "../../strided/lines.js";
import { Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";

/**
 * x = q·r for matrices of m rows and n columns (the last two axes): k = min(m, n) columns of q are orthonormal, r is an
 * upper triangle of k rows. By Householder's reflections, so that diagonal entries of r have the sign opposite to that of
 * the entry that they came from, as in LAPACK.
 */
export const qr = defineOp({
  name: "qr",
  inputs: ["x"],
  outputs: ["q", "r"],
  dtype: "float",
  run: ([operand]) => {
    const x = contiguous(operand as Strided);
    if (x.rank < 2) throw new ShapeError("qr", "x", x.shape, "matrices");
    if (x.dtype.kind !== "float" || isComplex(x.dtype))
      throw new DTypeError("qr", "x", x.dtype.name, "a floating type");
    const lead = x.shape.slice(0, -2);
    const [m, n] = x.shape.slice(-2) as [number, number];
    const k = Math.min(m, n);
    const q = Strided.zeros(x.dtype, [...lead, m, k]);
    const r = Strided.zeros(x.dtype, [...lead, k, n]);
    if (x.size === 0) return [q, r];
    const read = lineReader(x.view([m * n], [1]), [0]);
    for (let i = 0; i < x.size / (m * n); i++) {
      const a = Float64Array.from(read(x.offset + i * m * n) as Float64Array);
      const vectors = reflect(a, m, n, k);
      storeLine(r, i * k * n, 1, a.subarray(0, k * n), k * n);
      storeLine(q, i * m * k, 1, orthonormal(vectors, m, k), m * k);
    }
    return [q, r];
  },
  noGradient: "orthonormal columns are starting values; nothing is trained through them",
  samples: [
    { inputs: [[3, 2]] },
    { inputs: [[2, 2, 3]] },
    { inputs: [{ shape: [2, 2], values: [0, 0, 0, 0] }] },
  ],
  source: "Golub and Van Loan, Matrix Computations, 5.2",
});

/** Turns a into its triangle; gives the vectors v of the reflections 1 − v·vᵀ, one an entry of length m. */
function reflect(a: Float64Array, m: number, n: number, k: number): readonly Float64Array[] {
  const vectors: Float64Array[] = [];
  for (let c = 0; c < k; c++) {
    const v = new Float64Array(m);
    let tail = 0;
    for (let i = c; i < m; i++) {
      v[i] = a[i * n + c]!;
      if (i > c) tail += v[i]! * v[i]!;
    }
    vectors.push(v);
    // A column that is zero below the diagonal stays as it is.
    if (tail === 0) {
      v.fill(0);
      continue;
    }
    const length = Math.sqrt(v[c]! * v[c]! + tail);
    v[c]! += v[c]! >= 0 ? length : -length;
    const scale = Math.sqrt(2 / (v[c]! * v[c]! + tail));
    for (let i = c; i < m; i++) v[i]! *= scale;
    mirror(a, v, n, c, c, m);
    for (let i = c + 1; i < m; i++) a[i * n + c] = 0;
  }
  return vectors;
}

/** Columns from `first` on of a matrix of n columns, mirrored at the plane across v, whose entries before `top` are 0. */
function mirror(a: Float64Array, v: Float64Array, n: number, first: number, top: number, m: number): void {
  for (let j = first; j < n; j++) {
    let dot = 0;
    for (let i = top; i < m; i++) dot += v[i]! * a[i * n + j]!;
    for (let i = top; i < m; i++) a[i * n + j]! -= dot * v[i]!;
  }
}

/** The first k columns of the product of all reflections. */
function orthonormal(vectors: readonly Float64Array[], m: number, k: number): Float64Array {
  const q = new Float64Array(m * k);
  for (let i = 0; i < k; i++) q[i * k + i] = 1;
  for (let c = k - 1; c >= 0; c--) mirror(q, vectors[c]!, k, c, c, m);
  return q;
}
