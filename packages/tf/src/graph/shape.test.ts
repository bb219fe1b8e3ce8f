import { repr } from "@cognate/py";
import { describe, expect, test } from "vitest";
import * as tf from "../index.js";

describe("TensorShape as a type", () => {
  const shape = (dims: unknown): tf.TensorShape => tf.TensorShape(dims as never);
  test.each([
    [[null, 3], [2, 3], false],
    [[2, 3], [null, 3], true],
    [null, null, true],
    [null, [2], false],
    [[2], null, true],
    [[2], [2, 3], false],
  ] as const)("%j is a subtype of %j: %j", (a, b, want) => {
    expect(shape(a).is_subtype_of(shape(b))).toBe(want);
  });
  test.each([
    [
      [2, 3],
      [
        [2, 4],
        [5, 3],
      ],
      "TensorShape([None, None])",
    ],
    [[null, 3], [[2, 3]], "TensorShape([None, 3])"],
    [[2, 3], [[2]], "TensorShape(None)"],
    [null, [[2]], "TensorShape(None)"],
  ] as const)("what %j and %j have in common", (a, others, want) => {
    expect(repr(shape(a).most_specific_common_supertype(others.map(shape)))).toBe(want);
  });
  test("what is no shape", () => {
    expect(shape([2]).is_subtype_of(3)).toBe(false);
    expect(shape([2]).most_specific_common_supertype([3])).toBe(null);
  });
});
