import { float } from "@cognate/py";
import { describe, expect, expectTypeOf, test } from "vitest";
import * as torch from "../index.js";
import * as F from "../nn/functional/activation.js";
import type { Twinless } from "./index.js";
import * as operators from "./operators.js";
import * as pointwise from "./pointwise.js";

type Call = (...args: unknown[]) => unknown;
const all = { ...pointwise, ...operators } as unknown as Record<string, { twin?: unknown }>;

/** {@link Twinless} at run time; the type makes sure that no name is missing or too many. */
const TWINLESS: Readonly<Record<Twinless, true>> = {
  angle: true,
  conj: true,
  fmax: true,
  fmin: true,
  frexp: true,
  hardshrink: true,
  invert: true,
  isclose: true,
  isfinite: true,
  isinf: true,
  isnan: true,
  isneginf: true,
  isposinf: true,
  isreal: true,
  logaddexp: true,
  logaddexp2: true,
  maximum: true,
  minimum: true,
  positive: true,
  prelu: true,
  radd: true,
  rand: true,
  rdiv: true,
  rfloordiv: true,
  rlshift: true,
  rmod: true,
  rmul: true,
  ror: true,
  rpow: true,
  rrshift: true,
  rsub: true,
  rxor: true,
  signbit: true,
  where: true,
};

test("in-place twins are where the types say", () => {
  const without = Object.keys(all).filter((name) => all[name]!.twin === undefined);
  expect(without.sort()).toEqual(Object.keys(TWINLESS).sort());
  for (const name of Object.keys(all)) {
    expect(typeof (torch.Tensor.prototype as unknown as Record<string, unknown>)[name]).toBe("function");
    const twin = (torch.Tensor.prototype as unknown as Record<string, unknown>)[`${name}_`];
    expect(typeof twin, `${name}_`).toBe(name in TWINLESS ? "undefined" : "function");
  }
});

describe("calls", () => {
  const x = torch.tensor([1.5, -2]);
  test("by position and by name", () => {
    expect(torch.add(x, 1, { alpha: 2 }).tolist()).toEqual([3.5, 0]);
    expect(torch.add({ input: x, other: 1 }).tolist()).toEqual([2.5, -1]);
    expect(x.add({ other: 1, alpha: float(2) }).tolist()).toEqual([3.5, 0]);
    expect(torch.add({ x1: x, x2: 1 }).tolist()).toEqual([2.5, -1]);
    expect(x.clamp({ min: 0 }).tolist()).toEqual([1.5, 0]);
    const y = torch.tensor([1.5, -2]);
    expect(F.elu(y, { inplace: true })).toBe(y);
    expectTypeOf(y.add_(1)).toEqualTypeOf<torch.Tensor>();
    expectTypeOf(x.frexp().mantissa).toEqualTypeOf<torch.Tensor>();
    // @ts-expect-error: comparisons of NaN have no in-place twin
    expect(x.isnan_).toBeUndefined();
  });
  test("a method takes no `out`, a function resizes it", () => {
    expect(() => (x.exp as Call).call(x, { out: x })).toThrow(
      "exp() got an unexpected keyword argument 'out'",
    );
    const out = torch.tensor([0.5]);
    expect(torch.exp(torch.tensor([[0.0, 0]]), { out })).toBe(out);
    expect(out.tolist()).toEqual([[1, 1]]);
    const leaf = torch.tensor([0.5], { requires_grad: true });
    expect(() => torch.exp(leaf, { out })).toThrow(
      "exp(): functions with out=... arguments don't support automatic differentiation, but one of the arguments requires grad.",
    );
  });
  test("lists and arrays of other packages stand for tensors", () => {
    expect(x.add([1, 2]).tolist()).toEqual([2.5, 0]);
    expect(torch.add(1, 2).item()).toBe(3);
    expect(torch.maximum([1, 5], [3, 2]).tolist()).toEqual([3, 5]);
    expect(x.add(new Float32Array([1, 2])).tolist()).toEqual([2.5, 0]);
  });
});

describe("numbers beside tensors", () => {
  test("keep the tensor's category", () => {
    const i = torch.tensor([1, 2], { dtype: torch.int32 });
    expect(i.add(2).dtype).toBe(torch.int32);
    expect(i.add(2n).dtype).toBe(torch.int32);
    expect(i.add(float(2)).dtype).toBe(torch.float32);
    expect(i.add(2.5).dtype).toBe(torch.float32);
    expect(torch.tensor([true]).add(2).dtype).toBe(torch.int64);
    expect(torch.tensor([true]).add(true).dtype).toBe(torch.bool);
    expect(() => i.add(2n ** 70n)).toThrow("int too big to convert");
  });
});

describe("weak whole numbers", () => {
  const weak = () => torch.tensor([1, 2]);
  const typed = () => torch.tensor([1, 2], { dtype: torch.int64 });
  test("become floats where a float is required", () => {
    expect(weak().div_(4).tolist()).toEqual([0.25, 0.5]);
    expect(weak().pow(-1).tolist()).toEqual([1, 0.5]);
    expect(weak().add_(0.5).tolist()).toEqual([1.5, 2.5]);
    expect(weak().add(1).pow(-1).tolist()).toEqual([0.5, 1 / 3].map(Math.fround));
    expect(F.gelu(weak()).dtype).toBe(torch.float32);
    expect(F.silu(weak()).dtype).toBe(torch.float32);
    expect(torch.hypot(weak(), [1, 1]).dtype).toBe(torch.float32);
    expect(weak().add(1).requires_grad_().dtype).toBe(torch.float32);
  });
  test("and typed ones do not", () => {
    expect(() => typed().div_(4)).toThrow("result type Float can't be cast to the desired output type Long");
    expect(() => typed().pow(-1)).toThrow("Integers to negative integer powers are not allowed.");
    expect(() => F.gelu(typed())).toThrow(`"GeluKernelImpl" not implemented for 'Long'`);
    expect(typed().add(weak())._value.weak).toBe(false);
  });
});

test("what an op saved may not be changed before backward", () => {
  const x = torch.tensor([0.5, 1], { requires_grad: true });
  const y = x.exp();
  y.add_(1);
  expect(() => y.sum().backward()).toThrow("modified by an inplace operation");
});
