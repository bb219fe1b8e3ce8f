import { eye } from "../../convert/sequence.js";
import { int32 } from "../../dtype/dtype.js";
import { ParamError } from "../../errors/errors.js";
import { factorLu, permuteRows, rowOrder, solveLu } from "../../linalg/lu.js";
import { solveTriangle } from "../../linalg/triangular.js";
import { adjointOf } from "../../linalg/vector.js";
import { broadcastShapes } from "../../strided/broadcast.js";
import { integersOf } from "../../strided/integers.js";
import type { Strided } from "../../strided/strided.js";
import {
  adjoint,
  integersFor,
  type Matrices,
  matricesOf,
  narrowed,
  resultsFor,
  span,
  transposed,
} from "../engines/matrices.js";
import { defineOp } from "../row.js";
import type { Value } from "../value.js";

/**
 * PA = LU of m×n matrices, compact: `y` holds L's unit triangle below the diagonal and U on and above it; `pivots` the row (from 1) that each row
 * changed places with; `info` the first zero pivot (from 1), 0 if there is none.
 */
export const luFactor = defineOp({
  name: "luFactor",
  inputs: ["x"],
  outputs: ["y", "pivots", "info"],
  dtype: "float",
  run: ([x]) => {
    const a = matricesOf("luFactor", x as Strided);
    const k = Math.min(a.m, a.n);
    const [pivots, info] = [integersFor(a, int32, [k]), integersFor(a, int32, [])];
    for (let i = 0; i < a.count; i++) {
      info.at(i)[0] = factorLu(a.lanes, a.m, a.n, a.at(i), pivots.at(i));
      pivots.at(i).forEach((p, j, all) => {
        all[j] = p + 1;
      });
    }
    return [narrowed(a.data, a.dtype, (x as Strided).shape), pivots.done(), info.done()];
  },
  saves: ["y", "pivots"],
  vjps: ({ y: gy }, { y, pivots }) => ({ x: gy && luGradient(gy, y, pivots) }),
  samples: [
    { inputs: [[3, 3]] },
    { inputs: [[2, 2, 3]] },
    { inputs: [[4, 2]] },
    { inputs: [{ shape: [2, 2], dtype: "complex128" }] },
  ],
  source: "Golub and Van Loan, Matrix Computations, 3.4",
});

/** The unit lower triangle of compact factors, k columns. */
const lowerOf = (y: Value, k: number): Value => {
  const strict = span(y, -1, 0, k).tril({ k: -1 });
  return strict.add(strict.constant(eye(y.dtype, y.shape[y.shape.length - 2]!, k)));
};

const upperPart = (y: Value, k: number): Value => span(y, -2, 0, k).triu();

/** The gradient of compact factors; of rectangular matrices the square part first, the rest by products. */
function luGradient(gy: Value, y: Value, pivots: Value): Value {
  const rank = y.shape.length;
  const [m, n] = [y.shape[rank - 2]!, y.shape[rank - 1]!];
  const k = Math.min(m, n);
  const block = (v: Value, rows: readonly [number, number], columns: readonly [number, number]): Value =>
    span(span(v, -2, ...rows), -1, ...columns);
  const head = [0, k] as const;
  const y1 = block(y, head, head);
  const [l1, u1] = [lowerOf(y1, k), upperPart(y1, k)];
  const g1 = block(gy, head, head);
  let gl = g1.tril({ k: -1 });
  let gu = g1.triu();
  const parts: Value[] = [];
  if (n > k) {
    // U₂ = L₁⁻¹·A₂
    const [u2, g2] = [block(y, head, [k, n]), block(gy, head, [k, n])];
    const ga2 = adjoint(l1).solveTriangular(g2, { upper: true, unit: true });
    gl = gl.sub(ga2.matmul(adjoint(u2)).tril({ k: -1 }));
    parts.push(ga2);
  }
  if (m > k) {
    // L₂ = A₂·U₁⁻¹
    const [l2, g2] = [block(y, [k, m], head), block(gy, [k, m], head)];
    const ga2 = adjoint(u1.solveTriangular(adjoint(g2), { upper: true }));
    gu = gu.sub(adjoint(l2).matmul(ga2).triu());
    parts.push(ga2);
  }
  const middle = adjoint(l1)
    .matmul(gl)
    .tril({ k: -1 })
    .add(gu.matmul(adjoint(u1)).triu());
  const left = adjoint(l1).solveTriangular(middle, { upper: true, unit: true });
  const ga1 = adjoint(u1.solveTriangular(adjoint(left), { upper: true }));
  let ga = ga1;
  if (n > k) ga = ga1.cat(parts, { dim: rank - 1 });
  if (m > k) ga = ga1.cat(parts, { dim: rank - 2 });
  return ga.constant(permutationOf(pivots.array, y.array, false)).matmul(ga);
}

/** The exchanges that pivots (from 1) stand for, one line a matrix. */
function exchanges(op: string, pivots: Strided, rows: number): (k: number) => Int32Array {
  const width = pivots.shape[pivots.rank - 1]!;
  const all = Int32Array.from(integersOf(pivots), (p) => {
    if (!(p >= 1 && p <= rows)) throw new ParamError(op, "pivots", p, `numbers from 1 to ${rows}`);
    return p - 1;
  });
  return (k) => all.subarray(k * width, (k + 1) * width);
}

/** The matrices P with A = P·L·U (or their transposes). */
export function permutationOf(pivots: Strided, like: Strided, inverse: boolean): Strided {
  const a: Pick<Matrices, "lead" | "count"> = matricesOf("lu", like);
  const rows = like.shape[like.rank - 2]!;
  const p = resultsFor(a as Matrices, like.dtype, [rows, rows]);
  const of = exchanges("lu", pivots, rows);
  for (let k = 0; k < a.count; k++) {
    const order = rowOrder(rows, of(k));
    const y = p.at(k);
    order.forEach((from, to) => {
      y[(inverse ? to * rows + from : from * rows + to) * like.dtype.lanes] = 1;
    });
  }
  return p.done();
}

/** P, L and U with A = P·L·U from compact factors; P has no derivative. */
export const luUnpack = defineOp({
  name: "luUnpack",
  inputs: ["y", "pivots"],
  outputs: ["p", "l", "u"],
  dtype: "float",
  run: ([compact, pivots]) => {
    const y = compact as Strided;
    const a = matricesOf("luUnpack", y);
    const k = Math.min(a.m, a.n);
    const [l, u] = [resultsFor(a, a.dtype, [a.m, k]), resultsFor(a, a.dtype, [k, a.n])];
    for (let i = 0; i < a.count; i++) {
      const [from, lower, upper] = [a.at(i), l.at(i), u.at(i)];
      for (let r = 0; r < a.m; r++)
        for (let c = 0; c < a.n; c++) {
          const [to, width] = r > c ? [lower, k] : [upper, a.n];
          for (let s = 0; s < a.lanes; s++)
            to[(r * width + c) * a.lanes + s] = from[(r * a.n + c) * a.lanes + s]!;
        }
      for (let r = 0; r < k; r++) lower[r * (k + 1) * a.lanes] = 1;
    }
    return [permutationOf(pivots as Strided, y, false), l.done(), u.done()];
  },
  vjps: ({ l, u }, _saved, { shape }) => {
    const [m, n] = shape(0).slice(-2) as [number, number];
    const rank = shape(0).length;
    const strict = l?.tril({ k: -1 });
    const widened = (v: Value, dim: number, by: number): Value => {
      const missing = v.shape.map((s, i) => (i === dim ? by : s));
      return by > 0 ? v.cat([v.full(missing, 0)], { dim }) : v;
    };
    const gl = strict && widened(strict, rank - 1, n - strict.shape[rank - 1]!);
    const gu = u && widened(u.triu(), rank - 2, m - u.shape[rank - 2]!);
    return { y: gl && gu ? gl.add(gu) : (gl ?? gu ?? null), pivots: null };
  },
  samples: [
    { inputs: [[3, 3], { shape: [3], values: [2, 3, 3], dtype: "int32" }] },
    { inputs: [[2, 3], { shape: [2], values: [1, 2], dtype: "int32" }] },
    { inputs: [[3, 2], { shape: [2], values: [3, 2], dtype: "int32" }] },
  ],
});

export interface LuSolveParams {
  /** Solve Aᴴ·X = B instead of A·X = B. */
  readonly adjoint?: boolean;
}

/** X with A·X = B, from A's compact factors; leading axes stretch. */
export const luSolve = defineOp({
  name: "luSolve",
  inputs: ["lu", "pivots", "b"],
  dtype: "float",
  run: ([factors, pivots, right], params: LuSolveParams | undefined) => {
    const [f, p, b] = [factors as Strided, pivots as Strided, right as Strided];
    const lead = broadcastShapes("luSolve", [f.shape.slice(0, -2), b.shape.slice(0, -2)]);
    const own = matricesOf("luSolve", f, { square: true, arg: "lu" });
    const x = matricesOf("luSolve", b, { lead, arg: "b" });
    const of = exchanges("luSolve", p, own.n);
    const which = leadIndex(f.shape.slice(0, -2), lead);
    for (let k = 0; k < x.count; k++) {
      const s = which(k);
      if (params?.adjoint) solveAdjoint(own, s, of(s), x, k);
      else solveLu(own.lanes, own.n, x.n, own.at(s), of(s), x.at(k));
    }
    return narrowed(x.data, x.dtype, [...lead, x.m, x.n]);
  },
  saves: ["lu", "pivots", "y"],
  vjp: (gy, { lu, pivots, y }, { params, needs, shape }) => {
    const adjointSolve = !params?.adjoint;
    const gb = lu.luSolve(pivots, gy, { adjoint: adjointSolve });
    let glu: Value | null = null;
    if (needs(0)) {
      const n = lu.shape[lu.shape.length - 1]!;
      const [l, u] = [lowerOf(lu, n), upperPart(lu, n)];
      const p = lu.constant(permutationOf(pivots.array, lu.array, false));
      // A = P·L·U; gA = −gB·Yᴴ (or its adjoint for the adjoint system).
      const ga = (params?.adjoint ? y.matmul(adjoint(gb)) : gb.matmul(adjoint(y))).neg();
      const pga = transposed(p).matmul(ga);
      glu = pga.matmul(adjoint(u)).tril({ k: -1 }).add(adjoint(l).matmul(pga).triu()).sumTo(shape(0));
    }
    return { lu: glu, pivots: null, b: gb.sumTo(shape(2)) };
  },
  samples: [
    {
      inputs: [
        { shape: [2, 2], values: [2, 0.5, -0.25, 3] },
        { shape: [2], values: [2, 2], dtype: "int32" },
        [2, 3],
      ],
    },
    {
      inputs: [
        { shape: [2, 2], values: [2, 0.5, -0.25, 3] },
        { shape: [2], values: [2, 2], dtype: "int32" },
        [2, 1],
      ],
      params: { adjoint: true },
    },
  ],
});

/** Which of fewer matrices stands at each place of stretched leading axes. */
export function leadIndex(own: readonly number[], lead: readonly number[]): (k: number) => number {
  if (own.length === lead.length && own.every((n, i) => n === lead[i])) return (k) => k;
  return (k) => {
    let [at, step] = [0, 1];
    for (let i = lead.length - 1; i >= 0; i--) {
      const n = own[i - lead.length + own.length] ?? 1;
      if (n !== 1) at += (k % lead[i]!) * step;
      step *= n;
      k = Math.floor(k / lead[i]!);
    }
    return at;
  };
}

function solveAdjoint(own: Matrices, s: number, pivots: Int32Array, x: Matrices, k: number): void {
  const { lanes, n } = own;
  const h = adjointOf(lanes, n, n, own.at(s));
  solveTriangle(lanes, n, x.n, h, n, x.at(k), false, false);
  solveTriangle(lanes, n, x.n, h, n, x.at(k), true, true);
  permuteRows(lanes, x.n, x.at(k), pivots, true);
}
