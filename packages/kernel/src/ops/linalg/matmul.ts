import { type DType, float32, float64, int64 } from "../../dtype/dtype.js";
import { DTypeError, ShapeError } from "../../errors/errors.js";
import { broadcastShapes, broadcastTo } from "../../strided/broadcast.js";
import { castTo } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { fastKernel } from "../../wasm/registry.js";
import { bilinearByParts, conjugate } from "../engines/complex-parts.js";
import { defineOp, type OpRow } from "../row.js";
import type { Value } from "../value.js";
import { gemm } from "./gemm.js";

// biome-ignore lint/suspicious/noEmptyInterface: reserved for the fused epilogue
export interface MatmulParams {}

/**
 * y[…, i, j] = Σₖ a[…, i, k] · b[…, k, j], leading axes broadcast. Both operands have at least two axes; façades add
 * the axes that their library lets one leave out.
 */
export const matmul: OpRow<MatmulParams | undefined> = defineOp({
  name: "matmul",
  inputs: ["a", "b"],
  dtype: "same",
  run: ([x, w]) => {
    const [a, b] = [x as Strided, w as Strided];
    if (a.rank < 2) throw new ShapeError("matmul", "a", a.shape, "at least two axes");
    if (b.rank < 2) throw new ShapeError("matmul", "b", b.shape, "at least two axes");
    if (a.dtype !== b.dtype) throw new DTypeError("matmul", "b", b.dtype.name, `${a.dtype.name} like a`);
    const [m, k] = [a.shape[a.rank - 2]!, a.shape[a.rank - 1]!];
    const [k2, n] = [b.shape[b.rank - 2]!, b.shape[b.rank - 1]!];
    if (k !== k2)
      throw new ShapeError("matmul", "b", b.shape, `second-to-last axis ${k} (a is [${a.shape.join(", ")}])`);
    const other = a.dtype.kind === "float" && !a.dtype.half ? null : inAnotherType(a, b);
    if (other) return other;
    if (a.rank === 2 && b.rank === 2) {
      const y = Strided.zeros(a.dtype, [m, n]);
      if (y.size === 0 || k === 0) return y;
      const small = m * n * k <= 1024;
      if (small && (a.dtype === float32 || a.dtype === float64)) {
        smallProduct(a, b, y, m, n, k);
        return y;
      }
      if (!fastKernel(matmul, a.dtype)?.([a, b], y, undefined)) gemm(a, b, y);
      return y;
    }
    const batch = broadcastShapes("matmul", [a.shape.slice(0, -2), b.shape.slice(0, -2)]);
    const y = Strided.zeros(a.dtype, [...batch, m, n]);
    if (y.size === 0 || k === 0) return y;
    const [fa, fb] = [broadcastTo(a, [...batch, m, k]), broadcastTo(b, [...batch, k, n])];
    if (fastKernel(matmul, a.dtype)?.([fa, fb], y, undefined)) return y;
    gemm(fa, fb, y);
    return y;
  },
  saves: ["a", "b"],
  saveIf: { a: "b", b: "a" },
  vjp: (gy, { a, b }, { needs, shape }) => ({
    a: needs(0) ? gy.matmul(adjoint(b)).sumTo(shape(0)) : null,
    b: needs(1) ? adjoint(a).matmul(gy).sumTo(shape(1)) : null,
  }),
  simd: "gemm f32 f64",
  samples: [
    {
      inputs: [
        [2, 3],
        [3, 4],
      ],
    },
    {
      inputs: [
        [2, 1, 2, 3],
        [5, 3, 2],
      ],
    },
  ],
});

/** The product in a type that has kernels and in which its sums are exact, or `null` for large 64-bit integers. */
function inAnotherType(a: Strided, b: Strided): Strided | null {
  const { dtype } = a;
  const within = (type: DType) => (u: Strided, v: Strided) =>
    matmul.run([castTo(u, type), castTo(v, type)], undefined) as Strided;
  if (dtype.lanes === 2) return bilinearByParts(within(float64), a, b, dtype);
  if (dtype.half) return castTo(within(float32)(a, b), dtype);
  const [x, w] = [castTo(a, float64), castTo(b, float64)];
  const most = largest(x) * largest(w) * a.shape[a.rank - 1]!;
  if (most <= Number.MAX_SAFE_INTEGER) {
    const y = within(float64)(x, w);
    // Beyond 32 bits floats become the least integer, while 64-bit ones wrap.
    return castTo(most < 2 ** 31 ? y : castTo(y, int64), dtype);
  }
  return dtype.big ? null : castTo(within(int64)(a, b), dtype);
}

/** The largest absolute value, at least 1. */
function largest(x: Strided): number {
  const data = x.peekFlat() as Float64Array;
  let most = 1;
  for (let i = 0; i < data.length; i++) most = Math.max(most, Math.abs(data[i]!));
  return most;
}

/** Two small matrices, where every preparation would cost more than the product. */
function smallProduct(a: Strided, b: Strided, y: Strided, m: number, n: number, k: number): void {
  const [x, w, out] = [a.peek as Float64Array, b.peek as Float64Array, y.peek as Float64Array];
  const [ar, ac, br, bc] = [a.strides[0]!, a.strides[1]!, b.strides[0]!, b.strides[1]!];
  let o = y.offset;
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      let s = a.offset + i * ar;
      let t = b.offset + j * bc;
      for (let p = 0; p < k; p++, s += ac, t += br) sum += x[s]! * w[t]!;
      out[o++] = sum;
    }
}

const SWAPPED = { axes: [1, 0] };

/** The conjugate of the transpose of the last two axes. */
const adjoint = (x: Value): Value => {
  const n = x.shape.length;
  const turn =
    n === 2 ? SWAPPED : { axes: x.shape.map((_, i) => (i === n - 1 ? n - 2 : i === n - 2 ? n - 1 : i)) };
  return conjugate(x).permute(turn);
};
