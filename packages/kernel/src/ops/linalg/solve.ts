import { ShapeError } from "../../errors/errors.js";
import { factorLu, solveLu } from "../../linalg/lu.js";
import { solveTriangle } from "../../linalg/triangular.js";
import { broadcastShapes } from "../../strided/broadcast.js";
import type { Strided } from "../../strided/strided.js";
import { adjoint, matricesOf, narrowed } from "../engines/matrices.js";
import { defineOp } from "../row.js";
import { SingularError } from "./errors.js";
import { leadIndex } from "./lu.js";

const leading = (op: string, a: Strided, b: Strided): readonly number[] => {
  if (a.rank >= 2 && b.rank >= 2 && a.shape[a.rank - 1] !== b.shape[b.rank - 2])
    throw new ShapeError(op, "b", b.shape, `as many rows as a has columns (${a.shape[a.rank - 1]})`);
  return broadcastShapes(op, [a.shape.slice(0, -2), b.shape.slice(0, -2)]);
};

/** X with A·X = B; leading axes stretch. @throws SingularError */
export const solve = defineOp({
  name: "solve",
  inputs: ["a", "b"],
  dtype: "float",
  run: ([left, right]) => {
    const [p, q] = [left as Strided, right as Strided];
    const lead = leading("solve", p, q);
    const a = matricesOf("solve", p, { square: true, arg: "a" });
    const x = matricesOf("solve", q, { lead, arg: "b" });
    const pivots = Array.from({ length: a.count }, (_, k) => {
      const own = new Int32Array(a.n);
      const info = factorLu(a.lanes, a.n, a.n, a.at(k), own);
      if (info > 0) throw new SingularError("solve", k, info);
      return own;
    });
    const which = leadIndex(a.lead, lead);
    for (let k = 0; k < x.count; k++) solveLu(a.lanes, a.n, x.n, a.at(which(k)), pivots[which(k)]!, x.at(k));
    return narrowed(x.data, x.dtype, [...lead, x.m, x.n]);
  },
  saves: ["a", "y"],
  saveIf: { y: "a" },
  vjp: (gy, { a, y }, { needs, shape }) => {
    const gb = adjoint(a).solve(gy);
    return {
      a: needs(0) ? gb.matmul(adjoint(y)).neg().sumTo(shape(0)) : null,
      b: gb.sumTo(shape(1)),
    };
  },
  samples: [
    { inputs: [{ shape: [2, 2], values: [2, 0.5, -1, 3] }, [2, 3]] },
    { inputs: [{ shape: [2, 1, 2, 2], values: [2, 0.5, -1, 3, 1, -2, 0.3, 1.5] }, [3, 2, 1]] },
    {
      inputs: [
        { shape: [2, 2], values: [0.7, 1, 2, 0.3, -1, 0.2, 1, 1], dtype: "complex128" },
        { shape: [2, 1], dtype: "complex128" },
      ],
    },
  ],
});

export interface SolveTriangularParams {
  /** Look at A's upper triangle, else at its lower one. */
  readonly upper: boolean;
  /** Take A's diagonal as ones. */
  readonly unit?: boolean;
}

/** X with A·X = B for one triangle of A; leading axes stretch. A zero on the diagonal gives infinities. */
export const solveTriangular = defineOp({
  name: "solveTriangular",
  inputs: ["a", "b"],
  dtype: "float",
  run: ([left, right], { upper, unit = false }: SolveTriangularParams) => {
    const [p, q] = [left as Strided, right as Strided];
    const lead = leading("solveTriangular", p, q);
    const a = matricesOf("solveTriangular", p, { square: true, arg: "a" });
    const x = matricesOf("solveTriangular", q, { lead, arg: "b" });
    const which = leadIndex(a.lead, lead);
    for (let k = 0; k < x.count; k++)
      solveTriangle(a.lanes, a.n, x.n, a.at(which(k)), a.n, x.at(k), upper, unit);
    return narrowed(x.data, x.dtype, [...lead, x.m, x.n]);
  },
  saves: ["a", "y"],
  saveIf: { y: "a" },
  vjp: (gy, { a, y }, { params: { upper, unit }, needs, shape }) => {
    const gb = adjoint(a).solveTriangular(gy, { upper: !upper, unit });
    const ga = (): typeof gy => {
      const g = gb.matmul(adjoint(y)).neg();
      const k = unit ? 1 : 0;
      return (upper ? g.triu({ k }) : g.tril({ k: -k })).sumTo(shape(0));
    };
    return { a: needs(0) ? ga() : null, b: gb.sumTo(shape(1)) };
  },
  samples: [
    { inputs: [{ shape: [2, 2], values: [2, 0.5, -1, 3] }, [2, 3]], params: { upper: true } },
    { inputs: [{ shape: [2, 2, 2], values: [2, 0.5, -1, 3, 1, 2, 3, 4] }, [2, 1]], params: { upper: false } },
    {
      inputs: [
        [3, 3],
        [3, 2],
      ],
      params: { upper: false, unit: true },
    },
    {
      inputs: [
        { shape: [2, 2], values: [0.7, 1, 2, 0.3, -1, 0.2, 1, 1], dtype: "complex128" },
        { shape: [2, 1], dtype: "complex128" },
      ],
      params: { upper: true },
    },
  ],
});
