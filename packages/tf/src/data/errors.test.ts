import { describe, expect, test } from "vitest";
import * as tf from "../index.js";

describe("ignore_errors", () => {
  const inverse = (x: tf.Tensor): tf.Tensor =>
    tf.debugging.check_numerics(tf.divide(1, tf.cast(x, "float32")) as tf.Tensor, "no number") as tf.Tensor;
  const all = (d: unknown): number[] => [...(d as Iterable<tf.Tensor>)].map((t) => Number(t.item()));
  test("passes over elements that raise", () => {
    const d = tf.data.Dataset.from_tensor_slices([1, 2, 0, 4]).map(inverse as never);
    expect(() => all(d)).toThrow("no number");
    expect(all(d.ignore_errors())).toEqual([1, 0.5, 0.25]);
    expect(all(d.filter(((x: tf.Tensor) => tf.less(x, 0.9)) as never).ignore_errors())).toEqual([0.5, 0.25]);
  });
  test("raises what no operation raised", () => {
    const d = tf.data.Dataset.from_generator(
      function* () {
        yield 1;
        throw new RangeError("own");
      } as never,
      { output_types: "int32" },
    );
    expect(() => all(d.ignore_errors())).toThrow("own");
  });
});
