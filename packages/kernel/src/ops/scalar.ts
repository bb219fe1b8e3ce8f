import type { Data, DType } from "../dtype/dtype.js";
import { encoderOf } from "../strided/copy.js";
import { Strided } from "../strided/strided.js";
import type { Scalar } from "./row.js";

/** A fresh 0-dimensional array of `dtype` that holds `v`. */
export function scalarArray(v: Scalar, dtype: DType): Strided {
  return fill(Strided.zeros(dtype, []), v);
}

/** Writes `v`, converted to the array's type, to every element of a contiguous array. */
export function fill(y: Strided, v: Scalar): Strided {
  const { lanes } = y.dtype;
  const all = y.peek;
  const count = y.size * lanes;
  const data = (
    count === all.length ? all : all.subarray(y.offset * lanes, y.offset * lanes + count)
  ) as Data;
  if (y.dtype.lanes === 2) {
    const [re, im] = typeof v === "object" ? [v.re, v.im] : [Number(v), 0];
    for (let i = 0; i < data.length; i += 2) {
      data[i] = re;
      data[i + 1] = im;
    }
    return y;
  }
  const real = typeof v === "object" ? v.re : v;
  if (y.dtype.big) {
    const big = typeof real === "bigint" ? real : BigInt(Number.isFinite(real) ? Math.trunc(real) : 0);
    (data as BigInt64Array).fill(BigInt.asIntN(64, big));
  } else if (y.dtype.kind === "bool") (data as Uint8Array).fill(real ? 1 : 0);
  else {
    const encode = encoderOf(y.dtype);
    (data as Float64Array).fill(encode ? encode(Number(real)) : Number(real));
  }
  return y;
}
