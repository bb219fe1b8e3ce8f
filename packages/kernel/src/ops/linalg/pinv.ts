import { float64, int64, realOf } from "../../dtype/dtype.js";
import { eigenHermitian } from "../../linalg/eigen-hermitian.js";
import { factorQr, productOf } from "../../linalg/householder.js";
import { factorLu, solveLu } from "../../linalg/lu.js";
import { decompose, type Svd } from "../../linalg/svd.js";
import { solveTriangle } from "../../linalg/triangular.js";
import { adjointOf, axpy, length, multiply, unit } from "../../linalg/vector.js";
import { broadcastShapes, broadcastTo } from "../../strided/broadcast.js";
import { castTo } from "../../strided/copy.js";
import type { Shape, Strided } from "../../strided/strided.js";
import { adjoint, type Matrices, matricesOf, resultsFor, wide } from "../engines/matrices.js";
import { defineOp, isScalar, type Operand } from "../row.js";
import type { Value } from "../value.js";
import { settled } from "./settled.js";

/** What singular values of matrix k count as zero: those up to max(atol, rtol·s₀). */
interface Cutoffs {
  atol(k: number): number;
  rtol(k: number): number;
}

function cutoffs(lead: Shape, atol: Operand | undefined, rtol: Operand | undefined): Cutoffs {
  const read = (x: Operand | undefined): ((k: number) => number) => {
    if (x === null || x === undefined) return () => 0;
    if (isScalar(x)) return () => Number(x);
    const all = wide(broadcastTo(x, lead), 1);
    return (k) => all[k]!;
  };
  return { atol: read(atol), rtol: read(rtol) };
}

/** Singular values and vectors of a matrix that may be known to be Hermitian. */
function svdOf(op: string, a: Matrices, k: number, hermitian: boolean): Svd {
  if (!hermitian) return settled(op, a, k, () => decompose(a.lanes, a.m, a.n, a.at(k), true, false));
  const [s, u] = [new Float64Array(a.n), new Float64Array(a.n * a.n * a.lanes)];
  settled(op, a, k, () => eigenHermitian(a.lanes, a.n, a.at(k), true, s, u));
  // λ = |λ|·sign: the sign goes to one of the vectors.
  const v = u.slice();
  for (let j = 0; j < a.n; j++)
    if (s[j]! < 0) {
      s[j] = -s[j]!;
      axpy(a.lanes, a.n, -2, 0, u, j, a.n, v, j, a.n);
    }
  return { s, u, v, left: 0 };
}

/** V·diag(1/s)·Uᴴ into `out` (n×m); values up to the cutoff count as infinite. */
function inverted({ m, n, lanes }: Matrices, { s, u, v }: Svd, cut: number, out: Float64Array): void {
  const k = s.length;
  for (let c = 0; c < k; c++) {
    if (!(s[c]! > cut)) continue;
    const f = 1 / s[c]!;
    for (let i = 0; i < n; i++) {
      const p = (i * k + c) * lanes;
      const [vr, vi] = [v![p]! * f, lanes === 2 ? v![p + 1]! * f : 0];
      for (let j = 0; j < m; j++) {
        const q = (j * k + c) * lanes;
        const o = (i * m + j) * lanes;
        if (lanes === 1) out[o]! += vr * u![q]!;
        else {
          out[o]! += vr * u![q]! + vi * u![q + 1]!;
          out[o + 1]! += vi * u![q]! - vr * u![q + 1]!;
        }
      }
    }
  }
}

/**
 * The pseudo-inverse of a matrix of full rank that is far from a lower one, by elimination instead of singular values, into `out`:
 * A⁻¹ of a square matrix, R⁻¹·Qᴴ of a tall one. `false` where a singular value may come near the cutoff (‖A⁻¹‖ is the size of the inverse
 * of the smallest); then `out` is left as it was.
 */
function invertedAtOnce(
  { m, n, lanes }: Matrices,
  a: Float64Array,
  atol: number,
  rtol: number,
  out: Float64Array,
): boolean {
  if (m < n) {
    const y = new Float64Array(m * n * lanes);
    if (!invertedAtOnce({ m: n, n: m, lanes } as Matrices, adjointOf(lanes, m, n, a), atol, rtol, y))
      return false;
    out.set(adjointOf(lanes, m, n, y));
    return true;
  }
  const size = length(lanes, m * n, a, 0, 1);
  const taus = new Float64Array(n * lanes);
  const factors = a.slice();
  const pivots = new Int32Array(n);
  const inverse = unit(lanes, n, n);
  if (m === n) {
    if (factorLu(lanes, n, n, factors, pivots) > 0) return false;
    solveLu(lanes, n, n, factors, pivots, inverse);
  } else {
    factorQr(lanes, m, n, factors, taus);
    solveTriangle(lanes, n, n, factors, n, inverse, true, false);
  }
  const least = 1 / length(lanes, n * n, inverse, 0, 1);
  if (!(least > 10 * Math.max(atol, rtol * size, 1e-10 * size))) return false;
  const y =
    m === n
      ? inverse
      : multiply(
          lanes,
          n,
          n,
          m,
          inverse,
          adjointOf(lanes, m, n, productOf(lanes, m, n, factors, taus, n, n)),
        );
  // Sums over singular values begin at zero, so that they give no negative zeros.
  for (let i = 0; i < y.length; i++) out[i] = y[i]! + 0;
  return true;
}

export interface PinvParams {
  /** The matrices are Hermitian; their lower triangles are looked at. */
  readonly hermitian?: boolean;
}

const topOf = (s: Float64Array): number => s.reduce((a, b) => Math.max(a, b), 0);

/** The pseudo-inverses (Moore and Penrose) of m×n matrices; singular values up to max(atol, rtol·s₀) count as zero. */
export const pinv = defineOp({
  name: "pinv",
  inputs: ["x", "atol", "rtol"],
  optional: ["atol", "rtol"],
  dtype: "float",
  run: ([x, atol, rtol], params: PinvParams | undefined) => {
    const cuts = [atol, rtol].map((t) => (t && !isScalar(t) ? t.shape : []));
    const own = (x as Strided).shape.slice(0, -2);
    const lead = broadcastShapes("pinv", [own, ...cuts]);
    const hermitian = params?.hermitian ?? false;
    const a = matricesOf("pinv", x as Strided, { square: hermitian, lead });
    const cut = cutoffs(lead, atol, rtol);
    const y = resultsFor(a, a.dtype, [a.n, a.m]);
    for (let k = 0; k < a.count; k++) {
      const [low, relative] = [cut.atol(k), cut.rtol(k)];
      if (!hermitian && invertedAtOnce(a, a.at(k), low, relative, y.at(k))) continue;
      const d = svdOf("pinv", a, k, hermitian);
      inverted(a, d, Math.max(low, relative * topOf(d.s)), y.at(k));
    }
    return y.done();
  },
  saves: ["x", "y"],
  vjp: (gy, { x, y }, { shape }) => ({ x: pinvGradient(gy, x, y).sumTo(shape(0)), atol: null, rtol: null }),
  samples: [
    { inputs: [{ shape: [2, 2], values: [2, 0.5, -1, 3] }, null, null] },
    { inputs: [{ shape: [3, 2], values: [2, 0.5, -1, 3, 1, 0.2] }, null, null] },
    {
      inputs: [{ shape: [2, 2, 3], values: [2, 0.5, -1, 3, 1, 0.2, -0.7, 0.4, 1.5, 1, -2, 0.3] }, null, null],
    },
    {
      inputs: [{ shape: [1, 2], values: [1, 2, -1, 0.5], dtype: "complex128" }, null, null],
    },
  ],
  source: "Golub and Pereyra, The differentiation of pseudo-inverses, 1973",
});

function pinvGradient(gy: Value, x: Value, y: Value): Value {
  const [gh, yh] = [adjoint(gy), adjoint(y)];
  const [m, n] = x.shape.slice(-2) as [number, number];
  if (m <= n) {
    const k = gh.matmul(y);
    const ky = k.matmul(yh);
    return ky
      .sub(adjoint(y.matmul(k)))
      .sub(x.matmul(y).matmul(ky))
      .add(yh.matmul(y).matmul(gh.sub(k.matmul(x))));
  }
  const k = y.matmul(gh);
  const yk = yh.matmul(k);
  return yk
    .sub(adjoint(k.matmul(y)))
    .add(gh.sub(x.matmul(k)).matmul(y).matmul(yh))
    .sub(yk.matmul(y).matmul(x));
}

/**
 * The X of least length that minimises |A·X − B|, column by column; also the squared lengths of what is left (where A has full column
 * rank and more rows than columns; else 0), A's rank and its singular values. Those up to rcond·s₀ count as zero.
 */
export const lstsq = defineOp({
  name: "lstsq",
  inputs: ["a", "b"],
  outputs: ["x", "residuals", "rank", "s"],
  dtype: "float",
  run: ([left, right], { rcond }: { readonly rcond: number }) => {
    const [p, q] = [left as Strided, right as Strided];
    const lead = broadcastShapes("lstsq", [p.shape.slice(0, -2), q.shape.slice(0, -2)]);
    const a = matricesOf("lstsq", p, { lead, arg: "a" });
    const b = matricesOf("lstsq", q, { lead, arg: "b" });
    const real = realOf(a.dtype);
    const k = Math.min(a.m, a.n);
    const x = resultsFor(a, a.dtype, [a.n, b.n]);
    const residuals = resultsFor(a, real, [b.n]);
    const rank = resultsFor(a, float64, []);
    const s = resultsFor(a, real, [k]);
    for (let i = 0; i < a.count; i++) {
      const matrix = a.at(i).slice();
      const d = svdOf("lstsq", a, i, false);
      const cut = rcond * topOf(d.s);
      const inverse = new Float64Array(a.n * a.m * a.lanes);
      inverted(a, d, cut, inverse);
      x.at(i).set(multiply(a.lanes, a.n, a.m, b.n, inverse, b.at(i)));
      s.at(i).set(d.s);
      rank.at(i)[0] = d.s.reduce((r, v) => r + (v > cut ? 1 : 0), 0);
      const rest = multiply(a.lanes, a.m, a.n, b.n, matrix, x.at(i));
      for (let j = 0; j < rest.length; j++) rest[j] = b.at(i)[j]! - rest[j]!;
      for (let c = 0; c < b.n; c++) residuals.at(i)[c] = length(a.lanes, a.m, rest, c, b.n) ** 2;
    }
    return [x.done(), residuals.done(), castTo(rank.done(), int64), s.done()];
  },
  saves: ["a", "b"],
  vjps: ({ x: gx, residuals: gr, s: gs }, { a, b }, context) => {
    const outputs = ([p, q]: readonly Value[]): readonly Value[] => {
      const x = p!.pinv(null, null).matmul(q!);
      const rest = p!.matmul(x).sub(q!);
      const squares = rest.dtype.kind === "complex" ? rest.mul(rest.conj()).real() : rest.square();
      return [x, squares.sum({ dims: [squares.shape.length - 2] }), p!.svdvals()];
    };
    const [ga, gb] = context.through(outputs, [a, b], [gx, gr, gs]);
    return { a: ga, b: gb };
  },
  samples: [
    { inputs: [{ shape: [3, 2], values: [2, 0.5, -1, 3, 1, 0.2] }, [3, 1]], params: { rcond: 1e-14 } },
    { inputs: [{ shape: [2, 3], values: [2, 0.5, -1, 3, 1, 0.2] }, [2, 1]], params: { rcond: 1e-14 } },
  ],
});
