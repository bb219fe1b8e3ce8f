import { golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as tf from "../index.js";

describe("tf.errors: codes", () => {
  test.each(golden("tf/status-codes").map((g) => [g.name as string, g.value] as const))(
    "%s",
    (name, value) => {
      if (name === "stateless_random_crop")
        expect(() => tf.image.stateless_random_crop(tf.zeros([4, 5, 3]), [5, 4, 3], [1, 2])).toThrow(
          new tf.errors.InvalidArgumentError(value as string),
        );
      else expect((tf.errors as unknown as Record<string, unknown>)[name]).toBe(value);
    },
  );
});
