import { type DType, float32 } from "../../dtype/dtype.js";
import { roundEven } from "../../math/elementary.js";
import { unary } from "../engines/elementwise.js";
import { zeros } from "../engines/vjp.js";

/** How many decimal places stay; negative ones round to tens, hundreds … */
export interface RoundParams {
  readonly decimals?: number;
  /** Whether the scaled number is held in float32 before it is rounded, as frameworks do for narrow types. */
  readonly narrow?: boolean;
}

/** x rounded to whole numbers or to `decimals` places; halves go to the even neighbour. */
export const round = unary({
  name: "round",
  dtype: "same",
  prepare: (p: RoundParams | undefined, d: DType): RoundParams => ({
    decimals: p?.decimals ?? 0,
    narrow: d === float32 || d.half,
  }),
  reference: (x, p) => {
    const { decimals, narrow } = p as Required<RoundParams>;
    if (decimals === 0) return roundEven(x);
    const scale = 10 ** Math.abs(decimals);
    const scaled = decimals > 0 ? x * scale : x / scale;
    const whole = roundEven(narrow ? Math.fround(scaled) : scaled);
    return decimals > 0 ? whole / scale : whole * scale;
  },
  integer: (x, p) => (p!.decimals! < 0 ? roundEven(x / 10 ** -p!.decimals!) * 10 ** -p!.decimals! : x),
  bigint: (x, p) => (p!.decimals! < 0 ? roundBig(x, 10n ** BigInt(-p!.decimals!)) : x),
  vjp: (gy) => ({ x: zeros(gy) }),
  simd: "f64",
  domain: [0.6, 1.4],
  special: [
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [-0.5, -0],
    [-1.5, -2],
    [-Infinity, -Infinity],
    [NaN, NaN],
  ],
});

function roundBig(x: bigint, unit: bigint): bigint {
  const rest = ((x % unit) + unit) % unit;
  const low = x - rest;
  const twice = rest * 2n;
  if (twice < unit || (twice === unit && (low / unit) % 2n === 0n)) return low;
  return low + unit;
}
