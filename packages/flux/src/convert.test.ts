import { expect, test } from "vitest";
import * as Flux from "./index.js";

const model = () =>
  Flux.Chain(
    Flux.Conv([2, 3], [2, 3], Flux.relu),
    Flux.BatchNorm(3),
    Flux.GlobalMeanPool(),
    Flux.flatten,
    Flux.Dense([3, 2]),
  );

test("a model's weights go to PyTorch's layouts and back", () => {
  const [a, b] = [model(), model()];
  const state = Flux.torch_state(a);
  expect(Object.entries(state).map(([k, v]) => `${k} ${v.size().join("x")}`)).toEqual([
    "0.weight 3x2x3x2",
    "0.bias 3",
    "1.weight 3",
    "1.bias 3",
    "1.running_mean 3",
    "1.running_var 3",
    "4.weight 2x3",
    "4.bias 2",
  ]);
  Flux.load_torch_state_(b, state);
  const x = Flux.rand32(5, 6, 2, 4);
  expect(String(b(x))).toBe(String(a(x)));
  // A kernel's first place is PyTorch's last.
  const conv = a.at(1) as Flux.Conv;
  expect(state["0.weight"]!.at(2, 1, 3, 2).item()).toBe(conv.weight.at(1, 1, 1, 2).item());
});

test("recurrent layers have one bias where PyTorch has two", () => {
  for (const make of [Flux.RNN, Flux.LSTM, Flux.GRU]) {
    const [a, b] = [make([2, 3]), make([2, 3])];
    const state = Flux.torch_state(a);
    expect(Object.keys(state)).toEqual(["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"]);
    Flux.load_torch_state_(b, state);
    const x = Flux.rand32(2, 4);
    expect(String(b(x))).toBe(String(a(x)));
  }
  const state = { ...Flux.torch_state(Flux.GRU([2, 3])), bias_hh_l0: Flux.ones32(9) };
  expect(() => Flux.load_torch_state_(Flux.GRU([2, 3]), state)).toThrow("Flux has one bias");
  expect(() => Flux.load_torch_state_(Flux.Dense([1, 1]), {})).toThrow("the state has no weight");
});
