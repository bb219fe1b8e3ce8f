import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kernelsFrom } from "../hist/gradient-index.js";
import { readCases } from "./cases.test.helper.js";
import { difference } from "./compare.test.helper.js";

const FILES = [
  "methods",
  "growth",
  "sampling",
  "categories",
  "constraints",
  "boosters",
  "objectives",
  "ranking",
  "survival",
  "metrics",
  "sets",
  "vectors",
];

// Structure, split conditions, leaves, covers, predictions and metrics of XGBoost 3.2.0 on one thread.
describe.each(FILES)("trains as XGBoost does: %s", (file) => {
  test.each(readCases(file).map((c) => [c.name, c] as const))("%s", (_, c) => {
    expect(difference(c)).toBe(null);
  });
});

describe("with the kernels, which small data do not meet otherwise", () => {
  const usual = kernelsFrom.values;
  beforeAll(() => {
    kernelsFrom.values = 0;
  });
  afterAll(() => {
    kernelsFrom.values = usual;
  });
  const cases = ["methods", "growth", "categories", "vectors", "sets"].flatMap(readCases);
  test.each(cases.map((c) => [c.name, c] as const))("%s", (_, c) => {
    expect(difference(c)).toBe(null);
  });
});
