import { describe, expect, test } from "vitest";
import { callTests } from "../golden.test.helper.js";
import * as np from "../index.js";

const UNORDERED = "the order of unique_values is undefined: NumPy's is that of a hash table, ours is sorted";

callTests("select", [
  { call: "unique_values(int64[7])", reason: UNORDERED },
  { call: "unique_values(int64[3,4])", reason: UNORDERED },
]);

describe("partitions", () => {
  test.each([0, 3, 6, -1])("element %i stands where sorting puts it", (k) => {
    const x = np.array([3, 1, 2, 3, 1, 9, 2]);
    const sorted = np.sort(x);
    for (const y of [np.partition(x, k), x.at(np.argpartition(x, k))]) {
      expect(y.at(k)).toBe(sorted.at(k));
      expect(np.sort(y).tolist()).toEqual(sorted.tolist());
      const at = k < 0 ? k + 7 : k;
      expect(Number(y.at(`:${at + 1}`).max())).toBe(y.at(k));
      expect(Number(y.at(`${at}:`).min())).toBe(y.at(k));
    }
  });
});
