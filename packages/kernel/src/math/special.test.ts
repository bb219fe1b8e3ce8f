import { golden } from "@cognate/testing";
import { expect, test } from "vitest";
import * as bessel from "./bessel.js";
import * as erf from "./erf.js";
import * as gamma from "./gamma.js";
import * as incomplete from "./incomplete-gamma.js";

type Scalar = (...x: number[]) => number;
const FUNCTIONS = { ...bessel, ...erf, ...gamma, ...incomplete } as unknown as Record<string, Scalar>;

interface Limit {
  readonly ulp: number;
  /** The size to measure by beside zeros of the function, where nothing in float64 keeps a relative error. */
  readonly swing?: (x: number) => number;
  readonly why?: string;
}

const wave = (x: number): number => Math.sqrt(2 / (Math.PI * Math.max(x, 1)));

/** How far functions may be off, in units of the last place; 2 unless said. */
const LIMITS: Readonly<Record<string, Limit>> = {
  erfcOf: { ulp: 3, why: "two roundings after the exponential's own" },
  ndtrOf: { ulp: 4, why: "two roundings after the exponential's own" },
  "lgammaOf (below 0)": { ulp: 2, swing: () => 1 },
  "digammaOf (below 0)": { ulp: 3, swing: () => Math.PI },
  zetaOf: { ulp: 3 },
  "zetaOf (below 0)": { ulp: 3 },
  polygammaOf: { ulp: 4 },
  j0Of: { ulp: 2, swing: wave },
  j1Of: { ulp: 2, swing: wave },
  y0Of: { ulp: 2, swing: wave },
  y1Of: { ulp: 2, swing: wave },
  airyAiOf: {
    ulp: 128,
    swing: (x) => (x < 0 ? 0.5 / (-x) ** 0.25 : 0),
    why: "the phase ⅔|x|^1.5 is rounded",
  },
  lowerGammaOf: { ulp: 16, why: "powers of large arguments" },
  "lowerGammaOf (near a)": { ulp: 16 },
  upperGammaOf: { ulp: 16, why: "powers of large arguments" },
};

const cases = golden("kernel/math", { array: (a) => Array.from(a.array.flat() as Float64Array) });

const ulpOf = (x: number): number => 2 ** Math.max(Math.floor(Math.log2(Math.abs(x))) - 52, -1074);

test.each(cases)("$name", ({ name, args, y }) => {
  const key = name.split(" ")[0]!;
  const f = FUNCTIONS[key]!;
  const columns = args as number[][];
  const { ulp, swing } = LIMITS[name] ?? { ulp: 2 };
  let worst = 0;
  let at = "";
  (y as number[]).forEach((want, i) => {
    const x = columns.map((c) => c[i]!);
    const got = f(...x);
    const size = swing ? Math.max(Math.abs(want), swing(x[0]!)) : want;
    const off = got === want ? 0 : Math.abs(got - want) / ulpOf(size);
    if (!(off <= worst)) {
      worst = off;
      at = `${key}(${x.join(", ")}) = ${got}, expected ${want}`;
    }
  });
  expect(worst, at).toBeLessThanOrEqual(ulp);
});
