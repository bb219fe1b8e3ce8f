import { castTo, float64, isDifferentiable } from "@cognate/kernel";
import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { nn, torch } from "../index.js";
import { entriesOf } from "../table.js";
import { TensorImpl } from "../tensor/tensor.js";
import type { Criterion } from "./criterion.js";
import type { Module } from "./module.js";

const cases = golden("torch7/nn", { array: (a: GoldenArray) => new TensorImpl(a.array) });
type Nested = number | null | Nested[];
/** Nested lists of what a tensor or table holds. */
const plain = (x: unknown): Nested => {
  if (x instanceof TensorImpl) return castTo(x._array, float64) && (x.totable() as Nested);
  const list = entriesOf(x);
  return list ? list.map(plain) : (x as number);
};
function close(got: unknown, want: unknown): void {
  const parts = (v: unknown): string[] => JSON.stringify(plain(v)).match(/[-\d.e+]+|[^-\d.e+]+/g) ?? [];
  const [a, b] = [parts(got), parts(want)];
  expect(a.length).toBe(b.length);
  a.forEach((v, i) => {
    const [x, y] = [Number(v), Number(b[i])];
    if (Number.isNaN(y)) expect(v).toBe(b[i]);
    else expect(Math.abs(x - y)).toBeLessThanOrEqual(1e-9 + 1e-7 * Math.abs(y));
  });
}
const make = (name: string, args: unknown): Module =>
  (nn[name] as unknown as (...a: unknown[]) => Module)(...(args as unknown[]));
const set = (m: Record<string, unknown>, values: Record<string, unknown>): void => {
  for (const [k, v] of Object.entries(values)) (m[k] as TensorImpl).copy(v as TensorImpl);
};

describe("modules as PyTorch computes them", () => {
  test.each(cases.filter((c) => c.module).map((c) => [c.name, c] as const))("nn.%s", (_, c) => {
    const m = make(c.module as string, c.args);
    set(m, c.params as Record<string, unknown>);
    set(m, c.set as Record<string, unknown>);
    if (c.evaluate) (m.evaluate as () => void)();
    const y = m.forward(c.input);
    close(y, c.output);
    const again = m.backward(c.input, c.gradOutput);
    close(again, c.gradInput);
    for (const [k, g] of Object.entries(c.grads as Record<string, unknown>)) {
      const name = `grad${k[0]!.toUpperCase()}${k.slice(1)}`;
      close(m[name], g);
      // A second pass adds to the gradient.
      m.accGradParameters(c.input, c.gradOutput, 2);
      close(m[name], torch.mul(g as TensorImpl as never, 3 as never));
      break;
    }
  });
});

describe("criterions as PyTorch computes them", () => {
  test.each(cases.filter((c) => c.criterion).map((c) => [c.name, c] as const))("nn.%s", (_, c) => {
    const args = (c.args as unknown[]).map((a) => a ?? undefined);
    const criterion = make(c.criterion as string, args) as unknown as Criterion;
    close(criterion.forward(c.input, c.target), c.output);
    close(criterion.backward(c.input, c.target), c.gradInput);
  });
});

describe("gradients against differences", () => {
  const single = cases.filter(
    (c) =>
      c.module &&
      c.input instanceof TensorImpl &&
      c.output instanceof TensorImpl &&
      !["Max", "Min"].includes(c.module as string),
  );
  test.each(single.map((c) => [c.name, c] as const))("nn.Jacobian.testJacobian(nn.%s)", (_, c) => {
    const m = make(c.module as string, c.args);
    set(m, c.params as Record<string, unknown>);
    set(m, c.set as Record<string, unknown>);
    if (c.evaluate) (m.evaluate as () => void)();
    const positive = ["Log", "Sqrt"].includes(c.module as string);
    const x = (c.input as TensorImpl).clone();
    expect(isDifferentiable(x._array.dtype)).toBe(true);
    const test = (nn as unknown as { Jacobian: { testJacobian(...a: unknown[]): number } }).Jacobian
      .testJacobian;
    torch.manualSeed(7);
    expect(test(m, x, positive ? 0.5 : -2, 2)).toBeLessThan(1e-5);
  });
});

test("every stock module and criterion has a case", () => {
  const containers = [
    "Module",
    "Container",
    "Sequential",
    "Concat",
    "ConcatTable",
    "Parallel",
    "ParallelTable",
    "MapTable",
    "Criterion",
    "Jacobian",
  ];
  const elsewhere = [
    "LookupTable",
    "Index",
    "MaskedSelect",
    "GradientReversal",
    "ParallelCriterion",
    "MultiCriterion",
    "WeightedMSECriterion",
    "Copy",
    "Contiguous",
    "SpatialSoftMax",
    "SpatialLogSoftMax",
    "VolumetricBatchNormalization",
  ];
  const seen = new Set([
    ...cases.map((c) => (c.module ?? c.criterion) as string),
    ...containers,
    ...elsewhere,
  ]);
  expect(Object.keys(nn).filter((n) => !seen.has(n))).toEqual([]);
});
