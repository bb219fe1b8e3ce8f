import { int32 } from "../../dtype/dtype.js";
import { factorLdl, solveLdl } from "../../linalg/ldl.js";
import { broadcastShapes, broadcastTo } from "../../strided/broadcast.js";
import { copyInto } from "../../strided/copy.js";
import { integersOf } from "../../strided/integers.js";
import { Strided } from "../../strided/strided.js";
import { integersFor, matricesOf, narrowed, wide } from "../engines/matrices.js";
import { defineOp } from "../row.js";

export interface LdlParams {
  /** The matrices equal their conjugate transposes, not their plain ones. */
  readonly hermitian?: boolean;
}

/** Interleaved numbers in the type of `x`, its shape. */
function backTo(data: Float64Array, x: Pick<Strided, "dtype">, shape: readonly number[]): Strided {
  if (x.dtype.lanes === 2) return narrowed(data, x.dtype, shape);
  const y = Strided.zeros(x.dtype, shape);
  if (y.size > 0)
    copyInto(
      y,
      narrowed(
        data.filter((_, i) => i % 2 === 0),
        x.dtype,
        shape,
      ),
    );
  return y;
}

/**
 * A = L·D·Lᵀ (or Lᴴ) of symmetric matrices, compact: `y` holds L below and D on the diagonal and, for blocks of two, beside it; `pivots` as
 * LAPACK's sytrf gives them; `info` the first zero pivot (from 1).
 */
export const ldlFactor = defineOp({
  name: "ldlFactor",
  inputs: ["x"],
  outputs: ["y", "pivots", "info"],
  dtype: "float",
  run: ([x], { hermitian = false }: LdlParams) => {
    const a = matricesOf("ldlFactor", x as Strided, { square: true });
    const [pivots, info] = [integersFor(a, int32, [a.n]), integersFor(a, int32, [])];
    const data = wide(x as Strided, 2);
    const step = 2 * a.n * a.n;
    for (let k = 0; k < a.count; k++) {
      const own = data.subarray(k * step, (k + 1) * step);
      for (let i = 0; i < a.n; i++) own.fill(0, 2 * (i * a.n + i + 1), 2 * (i + 1) * a.n);
      info.at(k)[0] = factorLdl(a.n, own, pivots.at(k), hermitian && a.lanes === 2);
    }
    return [backTo(data, x as Strided, (x as Strided).shape), pivots.done(), info.done()];
  },
  noGradient: "PyTorch has none either",
  samples: [{ inputs: [[3, 3]], params: {} }],
  source: "Bunch and Kaufman 1977; LAPACK sytf2, hetf2",
});

/** X with A·X = B, by the factors that {@link ldlFactor} gave. */
export const ldlSolve = defineOp({
  name: "ldlSolve",
  inputs: ["ld", "pivots", "b"],
  dtype: "given",
  run: ([ld, pivots, b], { hermitian = false }: LdlParams) => {
    const [factors, places, right] = [ld as Strided, pivots as Strided, b as Strided];
    const lead = broadcastShapes("ldlSolve", [factors.shape.slice(0, -2), right.shape.slice(0, -2)]);
    const n = factors.shape[factors.rank - 1]!;
    const width = right.shape[right.rank - 1]!;
    const all = wide(broadcastTo(factors, [...lead, n, n]), 2);
    const shape = [...lead, n, width];
    const out = wide(broadcastTo(right, shape), 2);
    const order = Int32Array.from(integersOf(broadcastTo(places, [...lead, n])));
    const count = lead.reduce((p, q) => p * q, 1);
    for (let k = 0; k < count; k++)
      solveLdl(
        n,
        all.subarray(2 * k * n * n, 2 * (k + 1) * n * n),
        order.subarray(k * n, (k + 1) * n),
        out.subarray(2 * k * n * width, 2 * (k + 1) * n * width),
        width,
        hermitian && factors.dtype.lanes === 2,
      );
    return backTo(out, right, shape);
  },
  noGradient: "PyTorch has none either",
  source: "LAPACK sytrs, hetrs",
});
