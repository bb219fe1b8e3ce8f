import { bfloat16, type DType, float16, float64 } from "../../dtype/dtype.js";
import { fromBfloat16, fromFloat16, toBfloat16, toFloat16 } from "../../dtype/half.js";
import { binary } from "../engines/elementwise.js";

interface StepParams {
  /** The neighbour of a positive number, away from 0 by 1 or towards it by −1, in the element type. */
  readonly step?: (x: number, by: 1 | -1) => number;
}

const bits32 = new Uint32Array(1);
const view32 = new Float32Array(bits32.buffer);
const bits64 = new BigUint64Array(1);
const view64 = new Float64Array(bits64.buffer);

function step32(x: number, by: 1 | -1): number {
  view32[0] = x;
  bits32[0]! += by;
  return view32[0]!;
}
function step64(x: number, by: 1 | -1): number {
  view64[0] = x;
  bits64[0]! += BigInt(by);
  return view64[0]!;
}
const stepOf = (d: DType): NonNullable<StepParams["step"]> =>
  d === float64
    ? step64
    : d === float16
      ? (x, by) => fromFloat16(toFloat16(x) + by)
      : d === bfloat16
        ? (x, by) => fromBfloat16(toBfloat16(x) + by)
        : step32;

/** The number next to a in the direction of b. */
export const nextafter = binary({
  name: "nextafter",
  dtype: "float",
  prepare: (_p: StepParams | undefined, d): StepParams | undefined => ({ step: stepOf(d) }),
  reference: (a, b, p) => {
    if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
    if (a === b) return b;
    const { step } = p as Required<StepParams>;
    if (a === 0) return b > 0 ? step(0, 1) : -step(0, 1);
    const by = b > a === a > 0 ? 1 : -1;
    return a > 0 ? step(a, by) : -step(-a, by);
  },
  saves: ["a", "b"],
  vjp: (gy, { a, b }) => ({ a: gy.where(a.ne(b), 0), b: gy.where(a.eq(b), 0) }),
  domain: [
    [0.2, 1],
    [1.5, 2],
  ],
  special: [
    [1, 1, 1],
    [0, -0, -0],
    [NaN, 1, NaN],
  ],
  source: "IEEE 754-2019 §5.3.1",
});
