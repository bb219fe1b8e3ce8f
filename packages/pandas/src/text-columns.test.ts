import { expect, test } from "vitest";
import * as pd from "./index.js";

// Texts as printed by pandas 3.
test("columns of texts", () => {
  const df = pd.DataFrame({ id: ["a", "bcd"], n: [1, 2.5], other: ["x", Number.NaN] as never });
  expect(String(df)).toBe("    id    n other\n0    a  1.0     x\n1  bcd  2.5   NaN");
  expect(String(df.at(["other", "n"]))).toBe("  other    n\n0     x  1.0\n1   NaN  2.5");
  expect(df.at("id").tolist()).toEqual(["a", "bcd"]);
});
