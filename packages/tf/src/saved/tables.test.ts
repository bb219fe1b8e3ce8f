import { fixturePath, type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as tf from "../index.js";

/* A SavedModel with tables, one of them filled from a file of its own: test-fixtures/tf/saved-tables/generate.py. */

const cases = golden("tf/saved-tables", { array: ({ array }: GoldenArray) => array });

describe("a SavedModel with tables", () => {
  const model = tf.saved_model.load(fixturePath("tf/saved-tables/model"));
  test.each(cases.map((c) => [String(c.words), c] as const))("[%s]", (_, c) => {
    const words = tf.constant(c.words as string[], tf.string);
    const got = model.signatures.serving_default!({ words }) as Record<string, unknown>;
    expect(got).toMatchGolden(c.out);
  });
});
