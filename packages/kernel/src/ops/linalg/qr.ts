import { copied, onHeap } from "../../linalg/heap.js";
import { applyReflections, factorQr, productOf, upperOf } from "../../linalg/householder.js";
import { adjointOf, unit } from "../../linalg/vector.js";
import type { Strided } from "../../strided/strided.js";
import {
  adjoint,
  diagonalMatrix,
  diagonalOf,
  like,
  matricesOf,
  narrowed,
  resultsFor,
  span,
  wide,
} from "../engines/matrices.js";
import { defineOp } from "../row.js";
import type { Value } from "../value.js";

export interface QrParams {
  /** Q square and R as tall as x, else both cut to min(m, n). */
  readonly complete?: boolean;
}

/** Q with orthonormal columns and upper triangular R, Q·R = x, by Householder's reflections; R's diagonal is real. */
export const qr = defineOp({
  name: "qr",
  inputs: ["x"],
  outputs: ["q", "r"],
  dtype: "float",
  run: ([x], params: QrParams | undefined) => {
    const a = matricesOf("qr", x as Strided);
    const [{ m, n, lanes }, k] = [a, Math.min(a.m, a.n)];
    const rows = params?.complete ? m : k;
    const [q, r] = [resultsFor(a, a.dtype, [m, rows]), resultsFor(a, a.dtype, [rows, n])];
    const taus = new Float64Array(k * lanes);
    const factor = (i: number, x: Float64Array): void => {
      factorQr(lanes, m, n, x, taus);
      r.at(i).set(upperOf(lanes, rows, n, x));
      q.at(i).set(productOf(lanes, m, n, x, taus, k, rows));
    };
    const long = lanes === 1 && k >= 32 && Math.max(m, n) <= 4096;
    for (let i = 0; i < a.count; i++)
      if (long) onHeap(m * n + (m + 2) * (rows + n), () => factor(i, copied(a.at(i))));
      else factor(i, a.at(i));
    return [q.done(), r.done()];
  },
  saves: ["q", "r"],
  vjps: ({ q: gq, r: gr }, { q, r }) => {
    const [k, n] = r.shape.slice(-2) as [number, number];
    if (k >= n) {
      // A complete Q of a tall matrix has no derivative in its last columns; theirs is not looked at.
      const head = (v: Value | null, dim: number): Value | null => v && span(v, dim, 0, n);
      return { x: square(head(gq, -1), head(gr, -2), span(q, -1, 0, n), span(r, -2, 0, n)) };
    }
    // A = [X | Y]: X = Q·U, V = Qᴴ·Y.
    const gv = gr && span(gr, -1, k, n);
    const gu = gr && span(gr, -1, 0, k);
    if (!gv) return { x: widened(square(gq, gu, q, span(r, -1, 0, k)), n - k) };
    const y = q.matmul(span(r, -1, k, n));
    const through = y.matmul(adjoint(gv));
    const gx = square(gq ? gq.add(through) : through, gu, q, span(r, -1, 0, k));
    return { x: gx.cat([q.matmul(gv)], { dim: gx.shape.length - 1 }) };
  },
  samples: [
    { inputs: [{ shape: [3, 3], values: [2, 0.5, -1, 3, 1, 0.2, -0.7, 0.4, 1.5] }] },
    { inputs: [{ shape: [2, 3, 2], values: [2, 0.5, -1, 3, 1, 0.2, -0.7, 0.4, 1.5, 1, -2, 0.3] }] },
    { inputs: [{ shape: [2, 3], values: [2, 0.5, -1, 3, 1, 0.2] }] },
    { inputs: [{ shape: [2, 2], values: [0.7, 1, 2, 0.3, -1, 0.2, 1, 1], dtype: "complex128" }] },
  ],
  source: "Walter and Lehmann, Algorithmic differentiation of linear algebra functions, 2018",
});

const widened = (g: Value, by: number): Value =>
  g.cat([g.full([...g.shape.slice(0, -1), by], 0)], { dim: g.shape.length - 1 });

/** [gQ + Q·herm(R·gRᴴ − gQᴴ·Q)]·R⁻ᴴ, where herm mirrors the lower triangle and keeps the diagonal's real part. */
function square(gq: Value | null, gr: Value | null, q: Value, r: Value): Value {
  let m = gr && r.matmul(adjoint(gr));
  if (gq) {
    const other = adjoint(gq).matmul(q);
    m = m ? m.sub(other) : other.neg();
  }
  const strict = m!.tril({ k: -1 });
  const d = diagonalOf(m!);
  const middle = strict
    .add(adjoint(strict))
    .add(diagonalMatrix(d.dtype.kind === "complex" ? like(d.real(), d) : d));
  const left = q.matmul(middle);
  const g = gq ? gq.add(left) : left;
  return adjoint(r.solveTriangular(adjoint(g), { upper: true }));
}

/** The reflections of a QR factorisation: R on and above the diagonal, the vectors v (v₀ = 1) below it, and their τ. */
export const geqrf = defineOp({
  name: "geqrf",
  inputs: ["x"],
  outputs: ["y", "tau"],
  dtype: "float",
  run: ([x]) => {
    const a = matricesOf("geqrf", x as Strided);
    const tau = resultsFor(a, a.dtype, [Math.min(a.m, a.n)]);
    for (let i = 0; i < a.count; i++) factorQr(a.lanes, a.m, a.n, a.at(i), tau.at(i));
    return [narrowed(a.data, a.dtype, (x as Strided).shape), tau.done()];
  },
  noGradient: "its reflections are an intermediate form; the derivative is that of qr",
});

/** The first n columns of H₀·H₁⋯, Hᵢ = 1 − τᵢ·vᵢ·vᵢᴴ, where vᵢ stands below the diagonal of column i of an m×n matrix. */
export const householderProduct = defineOp({
  name: "householderProduct",
  inputs: ["x", "tau"],
  dtype: "float",
  run: ([x, tau]) => {
    const a = matricesOf("householderProduct", x as Strided);
    const taus = wide(tau as Strided);
    const k = (tau as Strided).shape[(tau as Strided).rank - 1]!;
    const y = resultsFor(a, a.dtype, [a.m, a.n]);
    for (let i = 0; i < a.count; i++) {
      const own = taus.subarray(i * k * a.lanes, (i + 1) * k * a.lanes);
      y.at(i).set(unit(a.lanes, a.m, a.n));
      applyReflections(a.lanes, a.m, a.n, a.at(i), own, k, y.at(i), a.n, false);
    }
    return y.done();
  },
  saves: ["x", "tau"],
  vjp: (gy, { x, tau }, context) => {
    const [gx, gt] = context.through(
      ([a, t]) => [productByParts(a!, t!, unitLike(a!), false)],
      [x, tau],
      [gy],
    );
    return { x: gx, tau: gt };
  },
  samples: [
    { inputs: [[3, 2], [2]] },
    {
      inputs: [
        [2, 3, 3],
        [2, 2],
      ],
    },
    {
      inputs: [
        { shape: [2, 2], dtype: "complex128" },
        { shape: [2], dtype: "complex128" },
      ],
    },
  ],
});

/** The m×n part of the unit matrix, for each of a batch. */
function unitLike(a: Value): Value {
  const rank = a.shape.length;
  const [m, n] = [a.shape[rank - 2]!, a.shape[rank - 1]!];
  const ones = a.full([...a.shape.slice(0, -2), Math.min(m, n)], 1);
  return a
    .full(a.shape, 0)
    .viewScatter(ones, { chain: [{ op: "diagonal", params: { dim1: -2, dim2: -1 } }] });
}

/** H₀·H₁⋯·B, or (⋯H₁ᴴ·H₀ᴴ)·B, written out reflection by reflection. */
function productByParts(a: Value, tau: Value, b: Value, conjugate: boolean): Value {
  const rank = a.shape.length;
  const m = a.shape[rank - 2]!;
  const k = tau.shape[tau.shape.length - 1]!;
  let y = b;
  for (let step = 0; step < k; step++) {
    const i = conjugate ? step : k - 1 - step;
    const column = span(a, -1, i, i + 1);
    const below = span(column, -2, i + 1, m);
    const head = a.full([...a.shape.slice(0, -2), i, 1], 0);
    const one = a.full([...a.shape.slice(0, -2), 1, 1], 1);
    const v = head.cat([one, below], { dim: rank - 2 });
    const t = span(tau, -1, i, i + 1).reshape({ shape: [...tau.shape.slice(0, -1), 1, 1] });
    const factor = conjugate && t.dtype.kind === "complex" ? t.conj() : t;
    y = y.sub(v.mul(factor).matmul(adjoint(v).matmul(y)));
  }
  return y;
}

export interface OrmqrParams {
  /** Q·B, else B·Q. */
  readonly left: boolean;
  /** Take Qᴴ in place of Q. */
  readonly adjoint: boolean;
}

/** Q·B, B·Q or the same with Qᴴ, for the square Q of a geqrf. */
export const ormqr = defineOp({
  name: "ormqr",
  inputs: ["x", "tau", "b"],
  dtype: "float",
  run: ([x, tau, other], { left, adjoint: turned }: OrmqrParams) => {
    const a = matricesOf("ormqr", x as Strided);
    const b = matricesOf("ormqr", other as Strided, { arg: "b" });
    const taus = wide(tau as Strided);
    const k = (tau as Strided).shape[(tau as Strided).rank - 1]!;
    const y = resultsFor(b, b.dtype, [b.m, b.n]);
    for (let i = 0; i < b.count; i++) {
      const own = taus.subarray(i * k * a.lanes, (i + 1) * k * a.lanes);
      // B·Q is (Qᴴ·Bᴴ)ᴴ.
      const c = left ? b.at(i) : adjointOf(b.lanes, b.m, b.n, b.at(i));
      applyReflections(a.lanes, a.m, a.n, a.at(i), own, k, c, left ? b.n : b.m, left === turned);
      y.at(i).set(left ? c : adjointOf(b.lanes, b.n, b.m, c));
    }
    return y.done();
  },
  saves: ["x", "tau", "b"],
  vjp: (gy, { x, tau, b }, context) => {
    const { left, adjoint: turned } = context.params;
    const [gx, gt, gb] = context.through(
      ([a, t, c]) => [
        left ? productByParts(a!, t!, c!, turned) : adjoint(productByParts(a!, t!, adjoint(c!), !turned)),
      ],
      [x, tau, b],
      [gy],
    );
    return { x: gx, tau: gt, b: gb };
  },
  samples: [
    { inputs: [[3, 2], [2], [3, 2]], params: { left: true, adjoint: false } },
    { inputs: [[3, 2], [2], [2, 3]], params: { left: false, adjoint: true } },
    {
      inputs: [
        { shape: [2, 2], dtype: "complex128" },
        { shape: [2], dtype: "complex128" },
        { shape: [2, 2], dtype: "complex128" },
      ],
      params: { left: true, adjoint: true },
    },
  ],
});
