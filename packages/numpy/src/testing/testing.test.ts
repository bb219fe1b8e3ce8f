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

test("helpers of NumPy's own tests", () => {
  const { build_err_msg, print_assert_equal, measure, jiffies } = np.testing;
  expect(build_err_msg([1, 2], "bad")).toBe("\nItems are not equal: bad\n ACTUAL: 1\n DESIRED: 2");
  expect(() => print_assert_equal("x", [0, 1], [0, 2])).toThrow(
    "x failed\nACTUAL: \n[0, 1]\nDESIRED: \n[0, 2]\n",
  );
  print_assert_equal("x", [0, 1], [0, 1]);
  expect(measure(() => 0, 3)).toBeGreaterThanOrEqual(0);
  expect(jiffies()).toBeLessThan(100);
  expect(() => np.testing.assert_array_compare((x, y) => np.less(x, y), [1, 2], [2, 2])).toThrow(
    "Mismatched elements: 1 / 2",
  );
  expect(() => (np.testing.rundocs as unknown as () => void)()).toThrow("numpy.testing.rundocs is left out");
});
