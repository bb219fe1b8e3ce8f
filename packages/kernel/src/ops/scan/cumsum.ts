import type { DType } from "../../dtype/dtype.js";
import { type AlongParams, along } from "../engines/lines.js";

export interface CumulateParams extends AlongParams {
  /** From the end. */
  readonly reverse?: boolean;
  /** Leaves each element itself out, so that the first result is that of no elements. */
  readonly exclusive?: boolean;
  /** The type to accumulate to. */
  readonly dtype?: DType;
}

/** Where a scan starts, and its direction. */
export const course = (n: number, p: CumulateParams): readonly [start: number, step: number] =>
  p.reverse ? [n - 1, -1] : [0, 1];

/** Running sums along an axis. */
export const cumsum = along<CumulateParams>({
  name: "cumsum",
  dtype: "accumulate",
  simd: "f32 f64 i64",
  reference: (x, [y], p) => {
    const [start, step] = course(x.length, p);
    let s = 0;
    for (let k = 0, i = start; k < x.length; k++, i += step) {
      const next = s + x[i]!;
      y![i] = p.exclusive ? s : next;
      s = next;
    }
  },
  integer: (x, [y], p) => {
    const [start, step] = course(x.length, p);
    const to = y as BigInt64Array;
    let s = 0n;
    for (let k = 0, i = start; k < x.length; k++, i += step) {
      const next = s + BigInt(x[i]!);
      to[i] = p.exclusive ? s : next;
      s = next;
    }
  },
  bigint: (x, [y], p) => {
    const [start, step] = course(x.length, p);
    const to = y as BigInt64Array;
    let s = 0n;
    for (let k = 0, i = start; k < x.length; k++, i += step) {
      const next = BigInt.asIntN(64, s + x[i]!);
      to[i] = p.exclusive ? s : next;
      s = next;
    }
  },
  complex: (x, [y], p) => {
    const n = x.length / 2;
    const [start, step] = course(n, p);
    let [re, im] = [0, 0];
    for (let k = 0, i = start; k < n; k++, i += step) {
      const [nr, ni] = [re + x[2 * i]!, im + x[2 * i + 1]!];
      y![2 * i] = p.exclusive ? re : nr;
      y![2 * i + 1] = p.exclusive ? im : ni;
      [re, im] = [nr, ni];
    }
  },
  vjp: (gy, _saved, { params }) => ({
    x: gy.cumsum({ dim: params.dim, exclusive: params.exclusive, reverse: !params.reverse }),
  }),
  samples: [
    { inputs: [[3, 4]], params: { dim: 1 } },
    { inputs: [[3, 4]], params: { dim: 0, reverse: true } },
    { inputs: [[3, 4]], params: { dim: -1, exclusive: true } },
    { inputs: [[]], params: { dim: 0 } },
    { inputs: [[0, 2]], params: { dim: 0 } },
    { inputs: [{ shape: [3], dtype: "complex128" }], params: { dim: 0 } },
  ],
});
