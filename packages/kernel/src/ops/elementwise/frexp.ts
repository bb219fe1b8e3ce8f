import { float32, int32, realOf } from "../../dtype/dtype.js";
import { DTypeError } from "../../errors/errors.js";
import { castTo, contiguous } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";

const bits = new DataView(new ArrayBuffer(8));

/** The exponent e with |x|/2ᵉ in [½, 1). */
function exponentOf(x: number): number {
  bits.setFloat64(0, x);
  const e = (bits.getUint16(0) >> 4) & 0x7ff;
  return e === 0 ? exponentOf(x * 2 ** 64) - 64 : e - 1022;
}

/** x as mantissa · 2^exponent with the mantissa in [½, 1) (0, NaN and infinities as they are, exponent 0). */
export const frexp = defineOp({
  name: "frexp",
  inputs: ["x"],
  outputs: ["mantissa", "exponent"],
  dtype: "given",
  run: ([operand]) => {
    const x = operand as Strided;
    if (x.dtype.kind !== "float") throw new DTypeError("frexp", "x", x.dtype.name, "a floating type");
    const wide = contiguous(x.dtype.half ? castTo(x, float32) : x);
    const mantissa = Strided.zeros(realOf(wide.dtype), x.shape);
    const exponent = Strided.zeros(int32, x.shape);
    const from = wide.flat() as Float64Array;
    const [m, e] = [mantissa.flat() as Float64Array, exponent.flat() as Int32Array];
    for (let i = 0; i < from.length; i++) {
      const v = from[i]!;
      const power = v === 0 || !Number.isFinite(v) ? 0 : exponentOf(v);
      e[i] = power;
      // Two steps, as 2^−power of a subnormal number would overflow.
      m[i] = power < -1000 ? v * 2 ** 1000 * 2 ** (-power - 1000) : v * 2 ** -power;
    }
    return [x.dtype.half ? castTo(mantissa, x.dtype) : mantissa, exponent];
  },
  saves: ["exponent"],
  vjps: ({ mantissa }, { exponent }, { dtype }) => {
    const power = exponent.neg().cast({ dtype: dtype(0) });
    return { x: mantissa ? mantissa.mul(power.exp2()) : null };
  },
  samples: [{ inputs: [{ shape: [2, 3], range: [1.1, 1.9] }] }],
});
