import { realOf } from "../../dtype/dtype.js";
import { factorLu, isOdd } from "../../linalg/lu.js";
import { decompose } from "../../linalg/svd.js";
import type { Strided } from "../../strided/strided.js";
import { conjugate } from "../engines/complex-parts.js";
import { adjoint, like, type Matrices, matricesOf, resultsFor, transposed } from "../engines/matrices.js";
import { defineOp } from "../row.js";
import type { Value } from "../value.js";

/** Calls `each` with the sign of the exchanges and the pivots of every matrix, which is used up. */
function forEachPivots(a: Matrices, each: (k: number, sign: number, lu: Float64Array) => void): void {
  const pivots = new Int32Array(a.n);
  for (let k = 0; k < a.count; k++) {
    factorLu(a.lanes, a.n, a.n, a.at(k), pivots);
    each(k, isOdd(pivots) ? -1 : 1, a.at(k));
  }
}

/** The product of the pivots, and of the sign of their exchanges. */
function pivotProduct(lanes: number, n: number, lu: Float64Array, sign: number): [re: number, im: number] {
  let [re, im] = [sign, 0];
  for (let i = 0; i < n; i++) {
    const p = i * (n + 1) * lanes;
    if (lanes === 1) re *= lu[p]!;
    else [re, im] = [re * lu[p]! - im * lu[p + 1]!, re * lu[p + 1]! + im * lu[p]!];
  }
  return [re, im];
}

const wideShape = (g: Value): Value => g.reshape({ shape: [...g.shape, 1, 1] });

/** The determinants of square matrices. */
export const det = defineOp({
  name: "det",
  inputs: ["x"],
  dtype: "float",
  run: ([x]) => {
    const a = matricesOf("det", x as Strided, { square: true });
    const y = resultsFor(a, a.dtype, []);
    forEachPivots(a, (k, sign, lu) => {
      const [re, im] = pivotProduct(a.lanes, a.n, lu, sign);
      y.at(k)[0] = re;
      if (a.lanes === 2) y.at(k)[1] = im;
    });
    return y.done();
  },
  saves: ["x"],
  vjp: (gy, { x }) => ({ x: wideShape(gy).mul(conjugate(x.cofactor())) }),
  samples: [
    { inputs: [[3, 3]] },
    { inputs: [[2, 2, 2]] },
    { inputs: [{ shape: [2, 2], values: [0.7, 1, 2, 0.3, -1, 0.2, 1, 1], dtype: "complex128" }] },
  ],
});

/**
 * The matrices of cofactors: det(A)·A⁻ᵀ where there is an inverse, and what it tends to where there is none. With A = U·S·Vᴴ it is
 * det(U·Vᴴ)·conj(U)·diag(Πⱼ≠ᵢ sⱼ)·Vᵀ.
 */
export const cofactor = defineOp({
  name: "cofactor",
  inputs: ["x"],
  dtype: "float",
  run: ([x]) => {
    const a = matricesOf("cofactor", x as Strided, { square: true });
    const { n, lanes } = a;
    const y = resultsFor(a, a.dtype, [n, n]);
    const pivots = new Int32Array(n);
    for (let k = 0; k < a.count; k++) {
      const { s, u, v } = decompose(lanes, n, n, a.at(k), true, true);
      if (!u || !v) {
        y.at(k).fill(Number.NaN);
        continue;
      }
      const turn = (q: Float64Array): [number, number] => {
        const lu = q.slice();
        factorLu(lanes, n, n, lu, pivots);
        return pivotProduct(lanes, n, lu, isOdd(pivots) ? -1 : 1);
      };
      const [[ur, ui], [vr, vi]] = [turn(u), turn(v)];
      // det(Vᴴ) is the conjugate of det(V).
      const [fr, fi] = [ur * vr + ui * vi, ui * vr - ur * vi];
      const out = y.at(k);
      for (let c = 0; c < n; c++) {
        let rest = 1;
        for (let j = 0; j < n; j++) if (j !== c) rest *= s[j]!;
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) {
            const [p, q] = [(i * n + c) * lanes, (j * n + c) * lanes];
            const [xr, xi] = [u[p]!, lanes === 2 ? -u[p + 1]! : 0];
            const [wr, wi] = [v[q]!, lanes === 2 ? v[q + 1]! : 0];
            const [zr, zi] = [(xr * wr - xi * wi) * rest, (xr * wi + xi * wr) * rest];
            out[(i * n + j) * lanes] = out[(i * n + j) * lanes]! + fr * zr - fi * zi;
            if (lanes === 2) out[(i * n + j) * 2 + 1] = out[(i * n + j) * 2 + 1]! + fr * zi + fi * zr;
          }
      }
    }
    return y.done();
  },
  saves: ["x", "y"],
  vjp: (gy, { x, y }) => {
    // C = d·A⁻ᵀ: the gradient of the product, with B = A⁻¹ and d = det A.
    const bh = adjoint(x).inv();
    const d = wideShape(x.det());
    const rank = gy.shape.length;
    const t = gy.mul(conjugate(y)).sum({ dims: [rank - 2, rank - 1], keepdim: true });
    return { x: t.mul(bh).sub(bh.matmul(transposed(gy)).matmul(bh).mul(conjugate(d))) };
  },
  samples: [
    { inputs: [{ shape: [2, 2], values: [2, 0.5, -1, 3] }] },
    { inputs: [{ shape: [3, 3], values: [2, 0.5, -1, 3, 1, 0.2, -0.7, 0.4, 1.5] }] },
    { inputs: [{ shape: [2, 2], values: [0.7, 1, 2, 0.3, -1, 0.2, 1, 1], dtype: "complex128" }] },
  ],
});

/** The sign (a number of size 1, or 0) of determinants and the logarithms of their sizes. */
export const slogdet = defineOp({
  name: "slogdet",
  inputs: ["x"],
  outputs: ["sign", "log"],
  dtype: "float",
  run: ([x]) => {
    const a = matricesOf("slogdet", x as Strided, { square: true });
    const [sign, log] = [resultsFor(a, a.dtype, []), resultsFor(a, realOf(a.dtype), [])];
    forEachPivots(a, (k, start, lu) => {
      let [re, im, sum] = [start, 0, 0];
      for (let i = 0; i < a.n; i++) {
        const p = i * (a.n + 1) * a.lanes;
        const [dr, di] = [lu[p]!, a.lanes === 2 ? lu[p + 1]! : 0];
        const size = Math.hypot(dr, di);
        if (size === 0) {
          [re, im, sum] = [0, 0, -Infinity];
          break;
        }
        [re, im] = [(re * dr - im * di) / size, (re * di + im * dr) / size];
        sum += Math.log(size);
      }
      sign.at(k)[0] = re;
      if (a.lanes === 2) sign.at(k)[1] = im;
      log.at(k)[0] = sum;
    });
    return [sign.done(), log.done()];
  },
  saves: ["x", "sign"],
  vjps: ({ sign: gs, log: gl }, { x, sign }) => {
    let g: Value | null = gl && like(gl, x);
    if (gs && sign.dtype.kind === "complex") {
      // The turn of the sign: −i·Im(conj(gs)·sign).
      const im = gs.conj().mul(sign).imag();
      const turned = im.mul(0).complex(im).neg();
      g = g ? g.add(turned) : turned;
    }
    return { x: g ? wideShape(g).mul(adjoint(x).inv()) : x.mul(0) };
  },
  samples: [
    { inputs: [{ shape: [2, 2], values: [2, 0.5, -1, 3] }] },
    { inputs: [{ shape: [2, 2, 2], values: [2, 0.5, -1, 3, -2, 1, 0.3, 0.7] }] },
    { inputs: [{ shape: [2, 2], values: [0.7, 1, 2, 0.3, -1, 0.2, 1, 1], dtype: "complex128" }] },
  ],
});
