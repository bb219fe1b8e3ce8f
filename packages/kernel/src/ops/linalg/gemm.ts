import { type Data, float32, type NumericData } from "../../dtype/dtype.js";
import { castTo, copyInto } from "../../strided/copy.js";
import { Strided, sizeOf } from "../../strided/strided.js";

/** y = a·b over the last two axes of operands of one shape of leading axes; the reference that fast kernels are tested against. */
export function gemm(a: Strided, b: Strided, y: Strided): void {
  if (a.dtype.half) {
    const wide = Strided.zeros(float32, y.shape);
    gemm(castTo(a, float32), castTo(b, float32), wide);
    copyInto(y, wide);
    return;
  }
  const r = y.rank;
  const batches = sizeOf(y.shape.slice(0, -2));
  const [m, n, k] = [y.shape[r - 2]!, y.shape[r - 1]!, a.shape[r - 1]!];
  const one = a.dtype.big ? bigGemm : a.dtype.lanes === 2 ? complexGemm : realGemm;
  for (let t = 0; t < batches; t++) {
    let rest = t;
    const at = [a.offset, b.offset, y.offset] as [number, number, number];
    for (let i = r - 3; i >= 0; i--) {
      const c = rest % y.shape[i]!;
      rest = Math.floor(rest / y.shape[i]!);
      at[0] += c * a.strides[i]!;
      at[1] += c * b.strides[i]!;
      at[2] += c * y.strides[i]!;
    }
    one(
      { data: a.data, at: at[0], row: a.strides[r - 2]!, col: a.strides[r - 1]! },
      { data: b.data, at: at[1], row: b.strides[r - 2]!, col: b.strides[r - 1]! },
      { data: y.data, at: at[2], row: y.strides[r - 2]!, col: y.strides[r - 1]! },
      m,
      n,
      k,
    );
  }
}

interface Matrix {
  readonly data: Data;
  readonly at: number;
  readonly row: number;
  readonly col: number;
}

/** A column of b, packed once, meets four rows of a at a time; sums run in float64. */
function realGemm(a: Matrix, b: Matrix, y: Matrix, m: number, n: number, k: number): void {
  const [x, w, out] = [a.data as NumericData, b.data as NumericData, y.data as NumericData];
  const rows = new Float64Array(m * k);
  for (let i = 0; i < m; i++) for (let p = 0; p < k; p++) rows[i * k + p] = x[a.at + i * a.row + p * a.col]!;
  const column = new Float64Array(k);
  for (let j = 0; j < n; j++) {
    for (let p = 0; p < k; p++) column[p] = w[b.at + p * b.row + j * b.col]!;
    let i = 0;
    for (; i + 4 <= m; i += 4) {
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      const r0 = i * k;
      const r1 = r0 + k;
      const r2 = r1 + k;
      const r3 = r2 + k;
      for (let p = 0; p < k; p++) {
        const v = column[p]!;
        s0 += rows[r0 + p]! * v;
        s1 += rows[r1 + p]! * v;
        s2 += rows[r2 + p]! * v;
        s3 += rows[r3 + p]! * v;
      }
      const o = y.at + i * y.row + j * y.col;
      out[o] = s0;
      out[o + y.row] = s1;
      out[o + 2 * y.row] = s2;
      out[o + 3 * y.row] = s3;
    }
    for (; i < m; i++) {
      let s = 0;
      for (let p = 0; p < k; p++) s += rows[i * k + p]! * column[p]!;
      out[y.at + i * y.row + j * y.col] = s;
    }
  }
}

function complexGemm(a: Matrix, b: Matrix, y: Matrix, m: number, n: number, k: number): void {
  const [x, w, out] = [a.data as NumericData, b.data as NumericData, y.data as NumericData];
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let [re, im] = [0, 0];
      for (let p = 0; p < k; p++) {
        const u = 2 * (a.at + i * a.row + p * a.col);
        const v = 2 * (b.at + p * b.row + j * b.col);
        re += x[u]! * w[v]! - x[u + 1]! * w[v + 1]!;
        im += x[u]! * w[v + 1]! + x[u + 1]! * w[v]!;
      }
      const o = 2 * (y.at + i * y.row + j * y.col);
      out[o] = re;
      out[o + 1] = im;
    }
}

function bigGemm(a: Matrix, b: Matrix, y: Matrix, m: number, n: number, k: number): void {
  const [x, w, out] = [a.data as BigInt64Array, b.data as BigInt64Array, y.data as BigInt64Array];
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let s = 0n;
      for (let p = 0; p < k; p++)
        s = BigInt.asIntN(64, s + x[a.at + i * a.row + p * a.col]! * w[b.at + p * b.row + j * b.col]!);
      out[y.at + i * y.row + j * y.col] = s;
    }
}
