import { fill, float32, float64, ops, Strided } from "@cognate/kernel";
import { describe, expect, test } from "vitest";
import { applyInPlace, applyViewInPlace, runBackward, Value } from "./index.js";

const leaf = (shape: number[], data: number[]): Value => {
  const v = new Value(Strided.over(Float64Array.from(data), float64, shape));
  v.setRequiresGrad(true);
  return v;
};
const list = (v: Value | null): number[] =>
  Array.from(v!.array.contiguous ? (v!.array.flat() as Float64Array) : []);

test("a product's gradients, broadcasting undone", () => {
  const a = leaf([2, 2], [1, 2, 3, 4]);
  const b = leaf([2], [10, 20]);
  const y = a.mul(b).sum() as Value;
  runBackward([y], [null], null);
  expect(list(a.grad)).toEqual([10, 20, 10, 20]);
  expect(list(b.grad)).toEqual([4, 6]);
});

test("second derivative by createGraph", () => {
  const x = leaf([], [3]);
  const y = x.mul(x).mul(x) as Value;
  const [g] = runBackward([y], [null], [x], { createGraph: true });
  const [h] = runBackward([g!], [null], [x]);
  expect([g!.array.flat()[0], h!.array.flat()[0]]).toEqual([27, 18]);
});

test("in place through a view rewrites the base's history", () => {
  const x = leaf([3], [1, 2, 3]);
  const y = x.mul(2) as Value;
  const v = y.slice({ dim: 0, start: 1, step: 1, length: 2 }) as Value;
  applyInPlace(ops.mul, [v, 10], undefined);
  expect(list(y)).toEqual([2, 40, 60]);
  runBackward([y.mul(y).sum() as Value], [null], null);
  expect(list(x.grad)).toEqual([8, 1600, 2400]);
});

test("100,000 nodes deep", () => {
  const x = leaf([], [1]);
  let y: Value = x;
  for (let i = 0; i < 100_000; i++) y = y.add(1) as Value;
  runBackward([y], [null], null);
  expect(list(x.grad)).toEqual([1]);
});

test("an in-place transpose leaves earlier views what they were", () => {
  const x = leaf([2, 3], [1, 2, 3, 4, 5, 6]);
  const y = x.mul(2) as Value;
  const row = y.slice({ dim: 0, start: 1, step: 1, length: 1 }) as Value;
  applyViewInPlace(ops.permute, y, { axes: [1, 0] }, { op: "permute", params: { axes: [1, 0] } });
  expect(y.shape).toEqual([3, 2]);
  applyInPlace(ops.mul, [row, 10], undefined);
  expect(list(y.reshape({ shape: [6] }) as Value)).toEqual([2, 80, 4, 100, 6, 120]);
  runBackward([y.sum() as Value], [null], null);
  expect(list(x.grad)).toEqual([2, 2, 2, 20, 20, 20]);
});

describe("memory of gradients", () => {
  const big = (v: number): Value => new Value(fill(Strided.zeros(float32, [64, 64]), v));
  const first = (v: Value): number => v.array.peek[0] as number;

  test("what hooks and captures were shown stays", () => {
    const x = big(3);
    x.setRequiresGrad(true);
    const y = x.mul(2) as Value;
    const z = y.mul(y) as Value;
    const seen: Value[] = [];
    (y.node!.postHooks ??= []).push((_gxs, gys) => void seen.push(gys[0]!));
    (z.node!.tensorHooks ??= new Map()).set(0, [(g: Value) => void seen.push(g)]);
    const out = z.exp().mul(0).add(z).sum() as Value;
    const [gy, gx] = runBackward([out], [null], [y, x], { retainGraph: true }) as Value[];
    runBackward([out], [null], null);
    expect(first(gy!)).toBe(12);
    expect(first(gx!)).toBe(24);
    expect(first(x.grad!)).toBe(24);
    for (const g of seen) expect([1, 12]).toContain(first(g));
    expect(seen.length).toBeGreaterThan(1);
  });
});
