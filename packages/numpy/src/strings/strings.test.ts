import { describe, expect, test } from "vitest";
import { callTests } from "../golden.test.helper.js";
import * as np from "../index.js";

callTests("strings");

describe("beyond the fixtures", () => {
  test("texts come out as arrays of texts", () => {
    const y = np.strings.add(np.array(["ab", "c"]), "!");
    expect(y.dtype.str).toBe("<U3");
    expect(np.strings.center("ab", 6).at()).toBe("  ab  ");
  });
  test("translate", () => {
    const table = new Map<number, string | number | null>([
      [97, "AA"],
      [98, 66],
      [99, null],
    ]);
    expect(np.strings.translate(["abcd"], table).tolist()).toEqual(["AABd"]);
  });
  test("what does not go", () => {
    expect(() => np.strings.upper([1, 2] as never)).not.toThrow();
    expect(() => np.strings.upper(5 as never)).toThrow("string operation on non-string array");
    expect(() => np.strings.encode("a")).toThrow("numpy.strings.encode is left out");
  });
});
