import { float32, float64 } from "../../dtype/dtype.js";
import { exp } from "../../math/libm/exp.js";
import { expf, logf } from "../../math/libm/float32.js";
import { log } from "../../math/libm/log.js";
import { castTo, encoderOf } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import type { Philox4x32 } from "../engines/philox4x32.js";
import { fillNormal, fillUniform } from "./counter-based.js";

/*
 * Normal numbers between bounds, as TensorFlow's CPU kernels draw them: from the normal distribution where the bounds leave enough
 * of it, else from a uniform one, else from an exponential one (C. Robert, "Simulation of truncated normal variables", 1995); what
 * is out of bounds, or too often drawn, is drawn again. All steps are rounded to the element type.
 */

/** So many failures in a row end a draw. */
const MOST = 1000;
/** So many deviations inside of the bounds make the normal distribution the best proposal. */
const INSIDE = 1.3;

/** One distribution: a mean, a deviation and two bounds. */
export interface BoundedNormal {
  readonly mean: number;
  readonly stddev: number;
  readonly low: number;
  readonly high: number;
}
/** The proposal that has failed too often. */
export type FailedProposal = "randn" | "uniform" | "exponential";

/** Whether there is a distribution of these parameters. */
export const isBoundedNormal = ({ stddev, low, high }: BoundedNormal): boolean =>
  stddev > 0 && low < high && (Number.isFinite(low) || Number.isFinite(high));

/** Numbers of an element type: rounding, functions, and draws a block of the engine at a time. */
class Arithmetic {
  readonly round: (x: number) => number;
  private readonly _block: Strided;
  constructor(
    private readonly _engine: Philox4x32,
    dtype: Strided["dtype"],
  ) {
    const wide = dtype === float64;
    this._block = Strided.zeros(dtype, [wide ? 2 : 4]);
    const one = Strided.zeros(dtype, [1]);
    const encode = encoderOf(dtype);
    this.round = wide
      ? (x) => x
      : dtype === float32
        ? Math.fround
        : (x) => {
            one.flat()[0] = encode!(x);
            return castTo(one, float64).flat()[0] as number;
          };
    this.exp = wide ? exp : (x) => this.round(expf(x));
    this.log = wide ? log : (x) => this.round(logf(x));
  }
  readonly exp: (x: number) => number;
  readonly log: (x: number) => number;
  uniforms(): Float64Array {
    return castTo(fillUniform(this._engine, this._block), float64).flat().slice() as Float64Array;
  }
  normals(): Float64Array {
    return castTo(fillNormal(this._engine, this._block), float64).flat().slice() as Float64Array;
  }
}

/** Gives numbers one by one, `false` where one is refused. */
type Propose = (accept: (z: number | false) => boolean) => void;

function proposal(a: Arithmetic, from: number, to: number): readonly [FailedProposal, Propose] {
  const { round: r } = a;
  const inside = r(INSIDE);
  if ((from < -inside && to >= 0) || (to > inside && from <= 0))
    return [
      "randn",
      (accept) => {
        for (const z of a.normals()) if (accept(z >= from && z <= to && z)) return;
      },
    ];
  const width = r(to - from);
  const root = r(Math.sqrt(r(r(from * from) + 4)));
  const best = r(r(2 * a.exp(r(0.5 + r(r(from * r(from - root)) / 4)))) / r(from + root));
  if (width < best) {
    const plus = from < 0 ? 0 : r(from * from);
    return [
      "uniform",
      (accept) => {
        const zs = a.uniforms().map((u) => r(r(u * width) + from));
        const us = a.uniforms();
        for (const [i, z] of zs.entries()) {
          const g = r(r(plus - r(z * z)) / 2);
          if (accept(us[i]! <= a.exp(g) && z)) return;
        }
      },
    ];
  }
  const alpha = r(r(from + root) / 2);
  return [
    "exponential",
    (accept) => {
      const us = a.uniforms();
      for (let i = 0; i < us.length; i += 2) {
        const z = r(r(-a.log(us[i]!) / alpha) + from);
        const x = from < alpha ? r(alpha - z) : r(from - alpha);
        const g = a.exp(r(r(-x * x) / 2));
        if (accept(us[i + 1]! <= g && z < to && z)) return;
      }
    },
  ];
}

/**
 * Fills an array with the numbers of one distribution after the other, `each` of them from one; the last may have fewer.
 *
 * @returns the proposal that failed too often, if one did
 */
export function fillBoundedNormals(
  engine: Philox4x32,
  out: Strided,
  each: number,
  distribution: (batch: number) => BoundedNormal,
): FailedProposal | null {
  const data = out.flat();
  const encode = encoderOf(out.dtype);
  const a = new Arithmetic(engine, out.dtype);
  for (let start = 0, batch = 0; start < out.size; start += each, batch++) {
    const end = Math.min(start + each, out.size);
    const { mean, stddev, low, high } = distribution(batch);
    // One bound becomes the lower one, or both positive: the distribution is turned over.
    const turned = low === Number.NEGATIVE_INFINITY || high < mean;
    const [first, second, scale] = turned ? [high, low, -stddev] : [low, high, stddev];
    const normalized = (bound: number): number => a.round(a.round(bound - mean) / scale);
    const [name, propose] = proposal(a, normalized(first), normalized(second));
    let at = start;
    let failures = 0;
    const most = name === "randn" ? MOST + 1 : MOST;
    const accept = (z: number | false): boolean => {
      if (z === false) return ++failures >= most;
      const v = a.round(a.round(z * scale) + mean);
      data[at++] = encode ? encode(v) : v;
      failures = 0;
      return at === end;
    };
    while (at < end) {
      propose(accept);
      if (failures >= most) return name;
    }
  }
  return null;
}
