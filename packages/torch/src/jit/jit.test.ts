import { Value } from "@cognate/tensor";
import { fixtureBytes, type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as torch from "../index.js";

const array = ({ array }: GoldenArray): torch.Tensor => new torch.Tensor(new Value(array));

/** The floating-point tensors of a nested result, summed with a weight for each element, as the generator does. */
function weighted(x: unknown): torch.Tensor[] {
  if (x instanceof torch.Tensor) {
    if (!x.requires_grad) return [];
    const weights = Array.from({ length: x.numel() }, (_, i) => ((i % 7) + 1) / 8);
    return [x.mul(torch.tensor(weights, { dtype: x.dtype }).view(x.shape)).sum()];
  }
  if (typeof x !== "object" || x === null) return [];
  return (Array.isArray(x) ? [...x] : Object.values(x)).flatMap(weighted);
}

const CLOSE = { rtol: 1e-5, atol: 1e-5 };

describe("torch.jit.load", () => {
  test.each(golden("torch/jit", { array }))("$name", (g) => {
    const loaded = torch.jit.load(fixtureBytes(`torch/jit/${g.file as string}`));
    expect(String(loaded)).toBe(g.print);
    expect(loaded.training).toBe(g.training);
    torch.manual_seed(3);
    const f = g.method === null ? loaded : loaded[g.method as string];
    const out: unknown = f(...(g.inputs as unknown[]), g.keywords);
    expect(out).toMatchGolden(g.out, CLOSE);
    const sums = weighted(out);
    if (sums.length > 0) sums.reduce((a, b) => a.add(b)).backward();
    const gradients = Object.fromEntries(
      [...(loaded as torch.nn.Module).named_parameters()].flatMap(([n, p]) => (p.grad ? [[n, p.grad]] : [])),
    );
    expect(gradients).toMatchGolden(g.gradients, CLOSE);
    expect(Object.keys(loaded.state_dict())).toEqual(Object.keys(g.state as object));
    expect(loaded.state_dict()).toMatchGolden(g.state, CLOSE);
  });
});
