import { Value } from "@cognate/tensor";
import { type GoldenArray, golden } from "@cognate/testing";
import { expect, test } from "vitest";
import * as torch from "../index.js";
import * as nn from "./index.js";
import type { Module } from "./module.js";

const array = ({ array }: GoldenArray): torch.Tensor => new torch.Tensor(new Value(array));

// Uniform draws are equal to the last bit, normal ones to a unit in the last place.
const closeTo = (name: string) =>
  name.startsWith("Embedding") ? { rtol: 1.2e-7, atol: 0 } : { rtol: 0, atol: 0 };

test.each(golden("torch/nn/seeded", { array }))("$name", (g) => {
  torch.manual_seed(g.seed as number);
  const C = (nn as unknown as Record<string, new (...args: unknown[]) => Module>)[g.module as string]!;
  const module = new C(...(g.args as unknown[])) as Module & ((x: torch.Tensor) => unknown);
  if (g.shape) module(torch.zeros(g.shape as number[]));
  const state = module.state_dict();
  expect(Object.keys(state)).toEqual(Object.keys(g.state as object));
  expect(state).toMatchGolden(g.state, closeTo(g.name));
  expect(torch.rand(2)).toMatchGolden(g.next, { rtol: 0, atol: 0 });
});
