import type { Strided } from "@cognate/kernel";
import { Value } from "@cognate/tensor";
import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as torch from "../../index.js";
import { wrap } from "../../tensor/tensor.js";
import * as F from "./index.js";

type Call = (...args: unknown[]) => torch.Tensor;

interface Case {
  readonly name: string;
  readonly f: string;
  readonly seed: number;
  readonly layout: string | null;
  readonly x: Strided;
  readonly args: readonly unknown[];
  readonly kw: Record<string, unknown>;
  readonly out: Strided;
  readonly weights: Strided;
  readonly grad: Strided;
  readonly after: number;
}

const cases = golden("torch/nn/functional/dropout", {
  array: (a: GoldenArray) => a.array,
}) as unknown as Case[];

/** Softmax goes through exponentials; everything else must agree to the last bit. */
const EXACT = { rtol: 0, atol: 0 };
const closeness = (c: Case) => (c.f === "gumbel_softmax" ? undefined : EXACT);

describe.each(cases)("$name", (c) => {
  test("output, gradient and stream", () => {
    const turned = (a: Strided): Strided => a.view([...a.shape].reverse(), [...a.strides].reverse());
    const x = wrap(new Value(c.layout ? turned(c.x) : c.x)).requires_grad_();
    torch.manual_seed(c.seed);
    const keywords = Object.keys(c.kw).length > 0 ? [c.kw] : [];
    const input = c.kw.inplace ? x.mul(1) : x;
    const y = (F as unknown as Record<string, Call>)[c.f]!(input, ...c.args, ...keywords);
    if (c.kw.inplace) expect(input.tolist()).toEqual(y.tolist());
    expect(y).toMatchGolden(c.out, closeness(c));
    expect(torch.randint(0, 2 ** 28 - 1, []).item()).toBe(c.after);
    y.mul(wrap(new Value(c.weights)))
      .sum()
      .backward();
    expect(x.grad).toMatchGolden(c.grad, closeness(c));
  });
});

test("p by name and by position, training off by name", () => {
  const x = torch.tensor([1.5, 2.5]);
  expect(F.dropout(x, { p: 0.5, training: false })).toBe(x);
  expect(F.dropout({ input: x, p: 1 }).tolist()).toEqual([0, 0]);
  expect(() => F.dropout(x, 2)).toThrow("dropout probability has to be between 0 and 1, but got 2.0");
});

test("whole numbers that JavaScript could not write as floats are floats", () => {
  torch.manual_seed(0);
  expect(F.dropout(torch.tensor([1, 2, 3, 4])).dtype).toBe(torch.float32);
});
