import { expect, test } from "vitest";
import { callTests } from "../golden.test.helper.js";
import * as np from "../index.js";

callTests("testing", [
  {
    call: "testing.assert_almost_equal([(1+1j)], [(1+2j)])",
    reason: "NumPy shows lists of complex numbers part by part; here they are compared as arrays",
  },
]);

test("assert_raises", () => {
  np.testing.assert_raises(RangeError, () => {
    throw new RangeError("far");
  });
  expect(() => np.testing.assert_raises(RangeError, () => 1)).toThrow("RangeError not raised");
});
