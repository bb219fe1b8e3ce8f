import { expect, test } from "vitest";
import { execute } from "../core/execute.js";
import * as tf from "../index.js";

// What TensorFlow 2.21 gives.
test("rows with a NaN differ from each other", () => {
  const x = tf.constant([
    [Number.NaN, 1],
    [2, 1],
    [Number.NaN, 1],
    [2, 1],
  ]);
  const axis = tf.constant([0], { dtype: tf.int64 });
  const [y, idx] = execute("UniqueV2", [x, axis], {}, null);
  expect(y!.numpy().shape).toEqual([3, 2]);
  expect(idx!.numpy().tolist()).toEqual([0, 1, 2, 1]);
});
