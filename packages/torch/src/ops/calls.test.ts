import { castTo, float64, isDifferentiable, Strided } from "@cognate/kernel";
import { runBackward, Value } from "@cognate/tensor";
import {
  fixtureExists,
  type GoldenArray,
  type GoldenCase,
  type GoldenDType,
  GoldenError,
  golden,
  goldenDifference,
} from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as torch from "../index.js";
import * as functional from "../nn/functional/index.js";
import { gradFnName } from "../policy.js";

const FAMILIES = ["pointwise", "reduction", "shape", "indexing", "sorting", "contraction", "creation"];

type Call = (...args: unknown[]) => unknown;
type Named = Record<string, unknown>;

const revive = {
  array: (a: GoldenArray): unknown => {
    const x = new torch.Tensor(new Value(a.array));
    return a.grad ? x.requires_grad_() : x;
  },
  dtype: (d: GoldenDType): unknown => torch.fromKernel(d.dtype),
};

/** The tensors in nested arguments or results, in order. */
function tensors(v: unknown): torch.Tensor[] {
  if (v instanceof torch.Tensor) return [v];
  if (Array.isArray(v)) return v.flatMap(tensors);
  if (typeof v === "object" && v !== null && Object.getPrototypeOf(v) === Object.prototype)
    return Object.values(v).flatMap(tensors);
  return [];
}

const lookup = (path: string): Call =>
  path.split(".").reduce<unknown>((o, name) => (o as Named)[name], { ...torch, nn: { functional } }) as Call;

/** What Python's call of the case is in TypeScript. */
function run(c: GoldenCase): unknown {
  const args = c.args as unknown[];
  const name = c.call as string;
  const keywords = c.kwargs === undefined ? [] : [c.kwargs];
  const self = args[0] as Named;
  switch (c.how) {
    case "function":
      return lookup(name)(...args, ...keywords);
    case "property":
      return self[name];
    case "get":
      return (self.at as Call)(...(c.entries === 1 ? [args[1]] : (args[1] as unknown[])));
    case "set": {
      const y = (self.clone as Call)() as torch.Tensor;
      y.set((c.entries === 1 ? [args[1]] : args[1]) as torch.Index[], args[2] as torch.TensorLike);
      return y;
    }
    default: {
      const inPlace = name.endsWith("_") && !name.endsWith("__");
      const x = inPlace ? ((self.clone as Call)() as Named) : self;
      const y = (x[name] as Call).call(x, ...args.slice(1), ...keywords);
      return inPlace ? x : y;
    }
  }
}

/** One number of several outputs in which every element has a weight of its own. */
function loss(outs: readonly torch.Tensor[]): Value | null {
  let total: Value | null = null;
  for (const y of outs) {
    if (!y.requires_grad || y._value.size === 0) continue;
    const v = y._value;
    const real = (v.dtype.kind === "complex" ? v.viewAsReal() : v) as Value;
    const numbers = Strided.zeros(float64, real.shape);
    const data = numbers.data as Float64Array;
    for (let k = 0; k < data.length; k++) data[k] = (k + 1) / data.length;
    const w = new Value(castTo(numbers, real.dtype));
    const part = real.mul(w).sum() as Value;
    total = total ? (total.add(part) as Value) : part;
  }
  return total;
}

const outcome = (f: () => unknown): unknown => {
  try {
    return f();
  } catch (e) {
    if (e instanceof Error) return e;
    throw e;
  }
};

function check(c: GoldenCase): void {
  const given = [...tensors(c.args), ...tensors(c.kwargs)].filter((x) => x.requires_grad);
  const out = outcome(() => run(c));
  if (c.error instanceof GoldenError) {
    const { type, message } = c.error;
    if (!(out instanceof Error)) throw new Error(`expected ${type}: ${message}, got ${String(out)}`);
    expect(`${out.name}: ${out.message}`).toBe(`${type}: ${message}`);
    return;
  }
  if (out instanceof Error) throw out;
  expect(goldenDifference(out, c.out)).toBeNull();
  const outs = tensors(out);
  if (c.grad_fn !== undefined)
    expect(outs.map((y) => y._value.node && gradFnName(y._value.node.name))).toEqual(
      (c.grad_fn as (string | null)[]).map((name) => name?.replace("torch::autograd::", "") ?? null),
    );
  if (!Array.isArray(c.grads)) return;
  const total = loss(outs.filter((y) => isDifferentiable(y._value.dtype)));
  const grads = runBackward(
    [total!],
    [null],
    given.map((x) => x._value),
  );
  grads.forEach((g, k) => {
    const want = (c.grads as (torch.Tensor | null)[])[k];
    if (!want) return;
    expect(goldenDifference(g?.array as Strided | undefined, want), `gradient ${k}`).toBeNull();
  });
}

describe.each(FAMILIES.filter((f) => fixtureExists(`torch/ops/${f}/cases.json`)))("torch %s", (family) => {
  test.each(golden(`torch/ops/${family}`, revive).map((c): [string, GoldenCase] => [c.name, c]))(
    "%s",
    (_, c) => {
      check(c);
    },
  );
});
