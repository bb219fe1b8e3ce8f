import { describe, expect, test } from "vitest";
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
