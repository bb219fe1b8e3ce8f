import { type GoldenArray, golden, itemDifference } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { callTests } from "../golden.test.helper.js";
import * as np from "../index.js";
import { wrap } from "../internal.js";

callTests("linalg");

type Factors = (x: unknown) => unknown[];

describe.each(
  golden("numpy/linalg", {}, "factors.json") as unknown as {
    name: "svd" | "eig" | "eigh" | "qr";
    items: [GoldenArray, GoldenArray[]][];
  }[],
)("np.linalg.$name", ({ name, items }) => {
  test.each(items.map(([m, want]) => ({ what: `${m.array.dtype} [${m.array.shape}]`, m, want })))(
    "$what",
    ({ m, want }) => {
      const x = wrap(m.array);
      const got = (np.linalg[name] as unknown as Factors)(x);
      want.forEach((w, i) => {
        expect(itemDifference(got[i], w), `${i}`).toBeNull();
      });
    },
  );
});
