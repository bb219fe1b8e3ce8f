import { Value } from "@cognate/tensor";
import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as torch from "../index.js";
import type { Optimizer, ParamState } from "./optimizer.js";

const array = ({ array }: GoldenArray): torch.Tensor => new torch.Tensor(new Value(array));
type Tensors = (torch.Tensor | null)[];

interface Inputs {
  readonly before: torch.Tensor[];
  readonly grads: Tensors[];
}
const inputs = new Map(
  golden("torch/optim", { array }, "inputs.json").map((c) => [c.name, c as unknown as Inputs]),
);

const make = (name: unknown, params: torch.Tensor[], kwargs: unknown): Optimizer => {
  const C = (torch.optim as unknown as Record<string, new (...args: unknown[]) => Optimizer>)[
    name as string
  ]!;
  return new C(params, kwargs);
};

/** What each of the first parameters' closures computes; LBFGS alone needs one. */
function closure(optimizer: Optimizer, [a, b]: torch.Tensor[]): () => torch.Tensor {
  return () => {
    optimizer.zero_grad();
    const rest = b!.at("1:").sub(b!.at(":-1").pow(2)).pow(2).sum();
    const loss = a!.sub(0.5).pow(4).sum().add(rest).add(b!.rsub(1).pow(2).sum());
    loss.backward();
    return loss;
  };
}

const stateOf = (optimizer: Optimizer): Record<string, ParamState> =>
  Object.fromEntries([...optimizer.state_dict().state].map(([k, v]) => [String(k), v]));

describe("torch.optim", () => {
  test.each(golden("torch/optim", { array }))("$name", (g) => {
    const { before, grads } = inputs.get(g.inputs as string)!;
    const params = before.map((t) => torch.nn.Parameter(t.clone()));
    const optimizer = make(g.optimizer, params, g.kwargs);
    expect(String(optimizer)).toBe(g.repr);
    // Five steps of a line search multiply the rounding of the first.
    const close = g.optimizer === "LBFGS" ? { rtol: 1e-4, atol: 1e-5 } : undefined;
    (g.steps as torch.Tensor[][]).forEach((after, step) => {
      if (g.losses)
        expect(optimizer.step(closure(optimizer, params))).toMatchGolden((g.losses as Tensors)[step], close);
      else {
        params.forEach((p, i) => {
          p.grad = grads[step]![i] ?? null;
        });
        optimizer.step();
      }
      expect(params).toMatchGolden(after, close);
    });
    const state = g.state as Record<string, ParamState>;
    expect(stateOf(optimizer)).toMatchGolden(state, close);
    expect(Object.values(stateOf(optimizer)).map((s) => Object.keys(s).sort())).toEqual(
      Object.values(state).map((s) => Object.keys(s).sort()),
    );
  });
});

describe("torch.optim over twenty steps", () => {
  const cases = golden("torch/optim", { array }, "long.json");
  const all = cases[0]!.grads as Tensors[];
  test.each(cases)("$name", (g) => {
    const params = (g.before as torch.Tensor[]).map((t) => torch.nn.Parameter(t.clone()));
    const kwargs = g.kwargs as { lr: number };
    const C = (torch.optim as unknown as Record<string, new (...args: unknown[]) => Optimizer>)[g.name]!;
    const groups = [{ params: params.slice(0, 1), lr: kwargs.lr * 2 }, { params: params.slice(1) }];
    const optimizer = new C(groups, kwargs);
    all.forEach((grads, step) => {
      params.forEach((p, i) => {
        const grad = grads[i] ? grads[i].clone() : null;
        if (grad && g.name === "SparseAdam") grad.at(step % grad.shape[0]!).zero_();
        p.grad = grad;
      });
      optimizer.step();
    });
    expect(params).toMatchGolden(g.after);
    expect(stateOf(optimizer)).toMatchGolden(g.state);
  });
});
