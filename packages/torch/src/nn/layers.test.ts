import { Value } from "@cognate/tensor";
import { type GoldenArray, type GoldenCase, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as torch from "../index.js";
import * as nn from "./index.js";
import type { Module } from "./module.js";

const array = ({ array, grad }: GoldenArray): torch.Tensor => {
  const t = new torch.Tensor(new Value(array));
  return grad ? t.requires_grad_() : t;
};

/** The floating-point tensors of a nested result, in order. */
function tensors(x: unknown): torch.Tensor[] {
  if (x instanceof torch.Tensor) return x.dtype.is_floating_point ? [x] : [];
  return Array.isArray(x) ? x.flatMap(tensors) : [];
}

/** A number that every element of the outputs takes part in with a weight of its own, as the generator computes it. */
function weightedSum(outputs: readonly torch.Tensor[]): torch.Tensor {
  const parts = outputs.map((t) => {
    const weights = Array.from({ length: t._value.size }, (_, i) => ((i % 7) + 1) / 8);
    return t.mul(torch.tensor(weights, { dtype: t.dtype }).view(t.shape)).sum();
  });
  return parts.reduce((a, b) => a.add(b));
}

const leaves = (x: unknown): torch.Tensor[] =>
  x instanceof torch.Tensor ? (x.requires_grad ? [x] : []) : Array.isArray(x) ? x.flatMap(leaves) : [];

interface Run {
  out: unknown;
  inputs?: (torch.Tensor | null)[];
  parameters?: Record<string, torch.Tensor>;
}

function run(module: Module, inputs: readonly unknown[], keywords: Record<string, unknown>): Run {
  const wanted = [...leaves(inputs), ...leaves(Object.values(keywords))];
  for (const t of wanted) t.grad = null;
  module.zero_grad();
  torch.manual_seed(5);
  const out = (module as unknown as (...args: unknown[]) => unknown)(...inputs, keywords);
  const differentiable = tensors(out).filter((t) => t.requires_grad);
  if (differentiable.length === 0) return { out };
  weightedSum(differentiable).backward();
  return {
    out,
    inputs: wanted.map((t) => t.grad),
    parameters: Object.fromEntries(
      [...module.named_parameters()].flatMap(([n, p]) => (p.grad ? [[n, p.grad]] : [])),
    ),
  };
}

function make(g: GoldenCase): Module {
  const C = (nn as unknown as Record<string, new (...args: unknown[]) => Module>)[g.module as string]!;
  return new C(...(g.args as unknown[]), g.kwargs);
}

const FAMILIES = [
  "activation",
  "conv",
  "distance",
  "dropout",
  "linear",
  "loss",
  "norm",
  "padding",
  "pooling",
  "rnn",
  "shape",
  "sparse",
  "transformer",
  "upsampling",
];

describe.each(FAMILIES)("torch.nn · %s", (family) => {
  test.each(golden(`torch/nn/${family}`, { array }))("$name", (g) => {
    torch.manual_seed(3);
    const module = make(g);
    expect(String(module)).toBe(g.repr);
    module.double();
    const [inputs, keywords] = [g.inputs as unknown[], g.keywords as Record<string, unknown>];
    if ((g.module as string).startsWith("Lazy"))
      torch.no_grad(() => (module as unknown as (...args: unknown[]) => unknown)(...inputs, keywords));
    const state = g.state as Record<string, torch.Tensor>;
    expect(Object.keys(module.state_dict())).toEqual(Object.keys(state));
    module.load_state_dict(new Map(Object.entries(state)));
    expect(run(module, inputs, keywords)).toMatchGolden(g.train);
    const after = { ...state, ...(g.after as Record<string, torch.Tensor>) };
    expect(module.state_dict()).toMatchGolden(after);
    module.load_state_dict(new Map(Object.entries(state)));
    module.eval();
    expect(run(module, inputs, keywords)).toMatchGolden(g.eval ?? g.train);
  });
});

describe("torch.nn · stacks of layers", () => {
  test.each(golden("torch/nn/transformer", { array }, "stacks.json"))("$name", (g) => {
    const all = nn as unknown as Record<string, new (...args: unknown[]) => Module>;
    torch.manual_seed(0);
    const layer = new all[`${g.module as string}Layer`]!(4, 2, 6, g.layer);
    const { norm, ...stack } = g.stack as Record<string, unknown>;
    const module = new all[g.module as string]!(layer, norm ? { ...stack, norm: nn.LayerNorm(4) } : stack);
    module.double();
    expect(String(module)).toBe(g.repr);
    expect(Object.keys(module.state_dict())).toEqual(Object.keys(g.state as object));
    module.load_state_dict(g.state as Record<string, torch.Tensor>);
    const [inputs, keywords] = [g.inputs as unknown[], g.keywords as Record<string, unknown>];
    expect(run(module, inputs, keywords)).toMatchGolden(g.train);
    module.eval();
    expect(run(module, inputs, keywords)).toMatchGolden(g.eval);
    const plain = torch.no_grad(() =>
      (module as unknown as (...args: unknown[]) => unknown)(...inputs, keywords),
    );
    expect(plain).toMatchGolden(g.plain);
  });
});

test("every module of PyTorch's database has its fixture", () => {
  const [database] = golden("torch/nn", {}, "modules.json");
  const covered = new Set(FAMILIES.flatMap((family) => golden(`torch/nn/${family}`)).map((g) => g.module));
  for (const g of golden("torch/nn/transformer", {}, "stacks.json")) covered.add(g.module);
  expect((database!.modules as string[]).filter((name) => !covered.has(name))).toEqual([]);
});
