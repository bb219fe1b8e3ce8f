import { fromStrided } from "@cognate/ndarray";
import { asStrided } from "@cognate/ndarray/core";
import { expect, test } from "vitest";
import { callTests } from "../golden.test.helper.js";
import { eigh } from "./index.js";

callTests("linalg", [
  {
    call: "linalg.det(float32[3,3])",
    reason: "SciPy factors single precision in single precision; ours is exact to double precision",
  },
]);

test("eigh: a·v = λ·v; the signs of vectors depend on LAPACK's driver", () => {
  const a = fromStrided(
    asStrided([
      [2, 1, 0.5],
      [1, 3, -1],
      [0.5, -1, 4],
    ]),
  );
  const [w, v] = eigh(a) as unknown as [typeof a, typeof a];
  const off = a.dot(v).sub(v.mul(w)).abs().max();
  expect(Number(off)).toBeLessThan(1e-14);
});
