import { fill, type Strided, Strided as StridedArray } from "@cognate/kernel";
import { Value } from "@cognate/tensor";
import { type GoldenArray, type GoldenDType, golden } from "@cognate/testing";
import { describe, expect, test, vi } from "vitest";
import { fromKernel } from "../dtype.js";
import * as torch from "../index.js";
import { wrap } from "../tensor/tensor.js";
import * as init from "./init.js";

type Call = (...args: unknown[]) => torch.Tensor;

interface Case {
  readonly name: string;
  readonly f: string;
  readonly shape: readonly number[];
  readonly dtype: torch.dtype;
  readonly seed: number;
  readonly args: readonly unknown[];
  readonly kw: Record<string, unknown>;
  readonly generator: number | null;
  readonly out: Strided;
  readonly after: number;
}

const all = golden("torch/nn/init", {
  array: (a: GoldenArray) => a.array,
  dtype: (d: GoldenDType) => fromKernel(d.dtype),
});
const cases = all.filter((c) => c.f) as unknown as Case[];

/** A leaf full of sevens. */
const leaf = (c: Case): torch.Tensor =>
  wrap(new Value(fill(StridedArray.zeros(c.dtype.kernel, c.shape), 7))).requires_grad_();

/** Normal numbers of float64 may be a unit or two off, as everywhere. */
const closeness = (c: Case) =>
  c.dtype === torch.float64 ? { rtol: 4.5e-16, atol: 0 } : { rtol: 0, atol: 0 };

describe.each(cases)("$name", (c) => {
  test("values and stream", () => {
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const x = leaf(c);
    torch.manual_seed(c.seed);
    const own = c.generator === null ? {} : { generator: torch.Generator().manual_seed(c.generator) };
    const keywords = { ...c.kw, ...own };
    const more = Object.keys(keywords).length > 0 ? [keywords] : [];
    const y = (init as unknown as Record<string, Call>)[c.f]!(x, ...c.args, ...more);
    expect(y).toBe(x);
    expect([x.requires_grad, x.is_leaf]).toEqual([true, true]);
    expect(x).toMatchGolden(c.out, closeness(c));
    expect(torch.randint(0, 2 ** 28 - 1, []).item()).toBe(c.after);
    vi.restoreAllMocks();
  });
});

const { gains, fans } = all.find((c) => c.name === "numbers") as unknown as {
  readonly gains: readonly (readonly [string, number | null, number])[];
  readonly fans: readonly (readonly [readonly number[], readonly number[]])[];
};

test.each(gains)("gain of %s(%s)", (name, param, gain) => {
  expect(init.calculate_gain(name, param)).toBe(Number(gain));
});

test.each(fans)("fans of %j", (shape, fan) => {
  const x = wrap(new Value(StridedArray.zeros(torch.float32.kernel, shape)));
  expect([...init._calculate_fan_in_and_fan_out(x)]).toEqual([...fan]);
});

test("old names work and warn", () => {
  const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const x = leaf({ dtype: torch.float32, shape: [2, 3] } as unknown as Case);
  torch.manual_seed(3);
  init.xavier_uniform(x, 2);
  torch.manual_seed(3);
  expect(x.tolist()).toEqual(
    init
      .xavier_uniform_(leaf({ dtype: torch.float32, shape: [2, 3] } as unknown as Case), { gain: 2 })
      .tolist(),
  );
  expect(warned.mock.calls[0]![0]).toContain(
    "`nn.init.xavier_uniform` is now deprecated in favor of `nn.init.xavier_uniform_`.",
  );
  vi.restoreAllMocks();
});
