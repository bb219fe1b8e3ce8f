import { expect, test } from "vitest";
import * as torch from "../index.js";

test.each([false, true])("symmetric systems of all sizes, hermitian=%s", (hermitian) => {
  torch.manual_seed(0);
  const type = { dtype: torch.complex128 };
  for (let n = 2; n < 10; n++) {
    const half = torch.randn(n, n, type);
    const A = half.add(hermitian ? half.mH : half.mT);
    // Without a diagonal every pivot is a block of two at first.
    if (n % 2 === 0) A.fill_diagonal_(0);
    const b = torch.randn(n, 2, type);
    const { LD, pivots, info } = torch.linalg.ldl_factor_ex(A, { hermitian });
    const x = torch.linalg.ldl_solve(LD, pivots, b, { hermitian });
    expect(info.item()).toBe(0);
    expect(torch.allclose(A.matmul(x), b, { atol: 1e-9 })).toBe(true);
  }
});

test("a singular matrix is told by info", () => {
  expect(torch.linalg.ldl_factor_ex(torch.zeros(2, 2)).info.item()).toBe(1);
  expect(() => torch.linalg.ldl_factor(torch.zeros(2, 2))).toThrow("singular");
});
