import { describe, expect, test } from "vitest";
import * as torch from "../index.js";

const { autograd } = torch;
const leaf = (data: number[]): torch.Tensor =>
  torch.tensor(data, { dtype: torch.float64, requires_grad: true });

/** x³ with the derivative 2x², which is wrong. */
class Wrong extends autograd.Function {
  static override forward(
    ctx: { save_for_backward(...t: torch.Tensor[]): void },
    x: torch.Tensor,
  ): torch.Tensor {
    ctx.save_for_backward(x);
    return x.pow(3);
  }
  static override backward(ctx: { saved_tensors: torch.Tensor[] }, g: torch.Tensor): torch.Tensor {
    return ctx.saved_tensors[0]!.pow(2).mul(2).mul(g);
  }
}
const wrong = (x: torch.Tensor): torch.Tensor =>
  (Wrong as unknown as { apply(x: torch.Tensor): torch.Tensor }).apply(x);

describe("gradcheck", () => {
  test("right derivatives pass, of one and of several inputs", () => {
    expect(autograd.gradcheck((x) => x.sin().mul(x), leaf([0.5, 1.5]))).toBe(true);
    const two = [leaf([0.5, 1.5]), leaf([2.5, -1])];
    expect(autograd.gradcheck((a, b) => [a!.mul(b!), a!.div(b!).sum()], two)).toBe(true);
    expect(autograd.gradgradcheck((a, b) => a!.pow(3).mul(b!.exp()), two)).toBe(true);
  });
  test("wrong ones do not", () => {
    expect(() => autograd.gradcheck(wrong, leaf([0.5, 1.5]))).toThrow(
      "Jacobian mismatch for output 0 with respect to input 0,\nnumerical:tensor([[0.7500, 0.0000],\n        [0.0000, 6.7500]], dtype=torch.float64)\nanalytical:tensor([[0.5000, 0.0000],\n        [0.0000, 4.5000]], dtype=torch.float64)\n",
    );
    expect(autograd.gradcheck(wrong, leaf([0.5, 1.5]), { raise_exception: false })).toBe(false);
    expect(() => autograd.gradcheck((x) => x, torch.ones(2))).toThrow(
      "gradcheck expects at least one input tensor to require gradient, but none of them have requires_grad=True.",
    );
  });
});
