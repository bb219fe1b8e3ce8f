import { describe, expect, test } from "vitest";
import type { Closeness } from "./compare.js";
import { fixtureFiles } from "./golden.js";
import { type Aspect, opCases, tryCase } from "./torch-ops.js";

interface Wider extends Closeness {
  readonly why: string;
}

const POLE: Wider = {
  rtol: 3e-5,
  atol: 1e-5,
  why: "beside a pole PyTorch takes the reflection's tangent in float32; ours is the rounded float64 value",
};
const IN_HALF: Wider = {
  rtol: 2e-2,
  atol: 1e-3,
  why: "PyTorch composes it of several ops and rounds each to half precision",
};

/** Where a result may stray further than `torch.testing.assert_close` allows: by file and element type. */
const WIDER: Readonly<Record<string, Wider>> = {
  "digamma float32": POLE,
  "polygamma.polygamma_n_0 float32": POLE,
  "polygamma.polygamma_n_1 float32": POLE,
  "polygamma.polygamma_n_2 float32": POLE,
  "polygamma.polygamma_n_3 float32": POLE,
  "polygamma.polygamma_n_4 float32": POLE,
  "special.polygamma.special_polygamma_n_0 float32": POLE,
  "lerp float16": IN_HALF,
  "logit float16": IN_HALF,
  "special.ndtr float16": IN_HALF,
  "special.ndtr bfloat16": IN_HALF,
  "sinc complex64": {
    rtol: 1e-5,
    atol: 1e-5,
    why: "PyTorch rounds π·z to float32 before the sine of a large number",
  },
};

/**
 * What is known to differ, as `"<file> <dtype> <aspect>"`, with the reason. A row that passes is an error, too.
 */
const EXPECTED: Readonly<Record<string, string>> = {};

describe("torch's op database", () => {
  test.each(fixtureFiles("torch/ops/cases"))("%s", (file) => {
    const { op, cases } = opCases(`${file}.json`);
    const failures = new Map<string, string>();
    for (const c of cases) {
      const closeness = WIDER[`${file} ${c.dtype}`];
      const result = tryCase(op, c, closeness);
      for (const [aspect, why] of result.failures as Map<Aspect, string>) {
        const key = `${file} ${c.dtype} ${aspect}`;
        if (!failures.has(key)) failures.set(key, why);
      }
    }
    const surprises = [...failures].filter(([key]) => EXPECTED[key] === undefined);
    const passing = Object.keys(EXPECTED).filter((key) => key.startsWith(`${file} `) && !failures.has(key));
    expect({
      failing: Object.fromEntries(surprises),
      "passing though a failure was expected": passing,
    }).toEqual({ failing: {}, "passing though a failure was expected": [] });
  });
});
