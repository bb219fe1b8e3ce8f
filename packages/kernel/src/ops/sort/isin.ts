import { bool } from "../../dtype/dtype.js";
import { DTypeError } from "../../errors/errors.js";
import { wholeLine } from "../../strided/lines.js";
import { Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";

export interface IsinParams {
  /** Tell which are not among them. */
  readonly invert?: boolean;
}

/** For each element of x whether it is among the test elements. NaN is among none. */
export const isin = defineOp({
  name: "isin",
  inputs: ["x", "test"],
  dtype: "bool",
  run: ([a, b], params: IsinParams) => {
    const [x, test] = [a as Strided, b as Strided];
    if (x.dtype !== test.dtype)
      throw new DTypeError("isin", "test", test.dtype.name, `${x.dtype.name} like x`);
    if (x.dtype.lanes === 2) throw new DTypeError("isin", "x", x.dtype.name, "a real type");
    const among = new Set<number | bigint>(wholeLine(test));
    const y = Strided.zeros(bool, x.shape);
    const out = y.data as Uint8Array;
    const found = params?.invert ? 0 : 1;
    const line = wholeLine(x);
    for (let i = 0; i < out.length; i++) {
      const e = line[i]!;
      // A Set finds NaN, which equals nothing.
      out[i] = !Number.isNaN(e) && among.has(e) ? found : 1 - found;
    }
    return y;
  },
  noGradient: "the result is bool",
  samples: [{ inputs: [[2, 3], [2]] }],
});
