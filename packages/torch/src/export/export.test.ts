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
    const finite = torch.where(torch.isfinite(x), x, 0);
    return [finite.mul(torch.tensor(weights, { dtype: x.dtype }).view(x.shape)).sum()];
  }
  if (typeof x !== "object" || x === null) return [];
  return (Array.isArray(x) ? [...x] : Object.values(x)).flatMap(weighted);
}

const CLOSE = { rtol: 1e-5, atol: 1e-5 };

describe("torch.export.load", () => {
  test.each(golden("torch/export", { array }))("$name", (g) => {
    const program = torch.export.load(fixtureBytes(`torch/export/${g.file as string}`));
    const module = program.module();
    torch.manual_seed(3);
    const out: unknown = module(...(g.inputs as unknown[]), g.keywords);
    expect(out).toMatchGolden(g.out, CLOSE);
    const sums = g.gradients === null ? [] : weighted(out);
    if (sums.length > 0) sums.reduce((a, b) => a.add(b)).backward();
    const gradients = Object.fromEntries(
      [...(module as torch.nn.Module).named_parameters()].flatMap(([n, p]) => (p.grad ? [[n, p.grad]] : [])),
    );
    expect(gradients).toMatchGolden(g.gradients ?? {}, CLOSE);
    const state = program.state_dict;
    expect(Object.keys(state).sort()).toEqual(Object.keys(g.state as object).sort());
    expect(state).toMatchGolden(g.state, CLOSE);
  });

  test("a program is no function, and another archive is no program", () => {
    const program = torch.export.load(fixtureBytes("torch/export/net.pt2"));
    expect(() => program.__call__()).toThrow("Unable to call ExportedProgram directly.");
    expect(() => torch.export.load(fixtureBytes("torch/jit/vae.pt"))).toThrow("without a models/*.json");
    expect(() => program.module()(torch.zeros(2, 1, 8, 8), { wrong: 1 })).toThrow();
  });
});
