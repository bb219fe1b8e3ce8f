import { expect, test } from "vitest";
import { type GoldenArray, golden } from "./golden.js";
import { type OpTangents, tangentDifference } from "./torch-ops.js";

// Forward mode over PyTorch's op database: the tangents that PyTorch itself gives.

const NOT_TRIANGULAR =
  "PyTorch's forward rule takes tangents outside the triangle, too, which differences of the function do not see; here they do not count";
const NOT_HERMITIAN =
  "the tangent is not Hermitian, which the matrix must be; PyTorch's rule reads all of it, here its Hermitian part counts";

/** Entries whose tangents differ, by the file of the op. */
const DIFFERS: Readonly<Record<string, string>> = {
  cholesky_inverse: NOT_TRIANGULAR,
  triangular_solve: NOT_TRIANGULAR,
  "linalg.cholesky": NOT_HERMITIAN,
  "linalg.cholesky_ex": NOT_HERMITIAN,
  logcumsumexp: "PyTorch's tangent is NaN for a complex array of one line",
  "linalg.pinv.hermitian": "an ill-conditioned matrix in complex64: equal to 3e-6",
  "nn.functional.max_unpool1d": "an index stands twice, and which element it takes is not specified",
};

const array = ({ array }: GoldenArray): unknown => array;
const byFile = new Map<string, OpTangents[]>();
for (const c of golden("torch/autograd/forward", { array }) as unknown as OpTangents[])
  byFile.set(c.file, [...(byFile.get(c.file) ?? []), c]);

test.each([...byFile.keys()])("%s", (file) => {
  const wrong = byFile.get(file)!.flatMap((c) => tangentDifference(c) ?? []);
  if (DIFFERS[file]) expect(wrong.length, "passes though a difference was expected").toBeGreaterThan(0);
  else expect(wrong).toEqual([]);
});
