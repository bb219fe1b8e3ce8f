import { describe, expect, test } from "vitest";
import { fixtureFiles } from "./golden.js";
import { type Aspect, opCases, tryCase } from "./torch-ops.js";
import { EXPECTED, WIDER } from "./torch-ops-exceptions.js";

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
