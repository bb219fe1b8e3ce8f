import { describe, expect, test } from "vitest";
import { nn, type Table, torch } from "../index.js";
import type { TensorImpl } from "../tensor/tensor.js";
import type { Module } from "./module.js";

type Fn = (...args: unknown[]) => TensorImpl;
type Any = Module & Record<string, Fn>;
const t = torch as unknown as Record<string, Fn>;
const make = (name: string, ...args: unknown[]) => (nn[name] as unknown as (...a: unknown[]) => Any)(...args);
const { testJacobian, testJacobianParameters } = (
  nn as unknown as { Jacobian: Record<string, (...a: unknown[]) => number> }
).Jacobian as {
  testJacobian: (...a: unknown[]) => number;
  testJacobianParameters: (...a: unknown[]) => number;
};
const join = (m: Any) => make("Sequential").add!(m).add(make("JoinTable", 1) as never) as unknown as Any;

const MODELS: readonly (readonly [string, () => Any, readonly number[]])[] = [
  [
    "Sequential",
    () =>
      make("Sequential").add!(make("Linear", 3, 4))
        .add(make("Tanh") as never)
        .add(make("Linear", 4, 2) as never) as unknown as Any,
    [3],
  ],
  [
    "Concat",
    () => make("Concat", 1).add!(make("Linear", 3, 2)).add(make("Linear", 3, 4) as never) as unknown as Any,
    [3],
  ],
  [
    "Parallel",
    () =>
      make("Parallel", 2, 1).add!(make("Linear", 3, 2)).add(make("Linear", 3, 1) as never) as unknown as Any,
    [3, 2],
  ],
  [
    "ConcatTable",
    () =>
      join(make("ConcatTable").add!(make("Linear", 3, 2)).add(make("Sigmoid") as never) as unknown as Any),
    [3],
  ],
  [
    "ParallelTable",
    () =>
      make("Sequential").add!(make("SplitTable", 1))
        .add(make("ParallelTable").add!(make("Linear", 3, 2)).add(make("Tanh") as never) as never)
        .add(make("JoinTable", 1) as never) as unknown as Any,
    [2, 3],
  ],
  [
    "MapTable",
    () =>
      make("Sequential").add!(make("SplitTable", 1))
        .add(make("MapTable", make("Linear", 3, 2)) as never)
        .add(make("JoinTable", 1) as never) as unknown as Any,
    [3, 3],
  ],
  [
    "containers in containers",
    () =>
      make("Sequential").add!(
        make("Concat", 1).add!(make("Sequential").add!(make("Linear", 3, 2)).add(make("Tanh") as never)).add(
          make("Identity") as never,
        ),
      ).add(make("Linear", 5, 2) as never) as unknown as Any,
    [3],
  ],
];

describe("gradients of containers against differences", () => {
  test.each(MODELS)("nn.%s", (_, model, size) => {
    torch.manualSeed(3);
    const m = model();
    const x = t.Tensor!(...size);
    expect(testJacobian(m, x)).toBeLessThan(1e-7);
    const [w, dw] = m.getParameters!() as unknown as [TensorImpl, TensorImpl];
    if (w.nElement() > 0) expect(testJacobianParameters(m, x, w, dw)).toBeLessThan(1e-7);
  });
});

test("clones that name parameters share them, others do not", () => {
  const a = make("Linear", 2, 2);
  const [shared, own] = [a.clone!("weight", "gradWeight"), a.clone!()] as unknown as [Any, Any];
  (a.weight as unknown as TensorImpl).fill(3);
  expect((shared.weight as unknown as TensorImpl).at([1, 1])).toBe(3);
  expect((own.weight as unknown as TensorImpl).at([1, 1])).not.toBe(3);
  const pair = make("ParallelTable").add!(a).add(shared as never) as unknown as Any;
  const [w] = pair.getParameters!() as unknown as [TensorImpl];
  expect(w.nElement()).toBe(4 + 2 + 2);
  w.fill(5);
  expect((shared.weight as unknown as TensorImpl).at([2, 2])).toBe(5);
});

test("LookupTable learns the rows that were read", () => {
  const m = make("LookupTable", 4, 2);
  const x = t.Tensor!([2, 4, 2]);
  m.forward(x);
  m.backward(
    x,
    t.Tensor!([
      [1, 2],
      [3, 4],
      [10, 20],
    ]),
  );
  expect((m.gradWeight as unknown as TensorImpl).totable()).toEqual([
    [0, 0],
    [11, 22],
    [0, 0],
    [3, 4],
  ]);
});

test("gradient reversal, index, masked select, and criterions of several parts", () => {
  const reversal = make("GradientReversal", 0.5);
  const x = t.Tensor!([1, 2]);
  expect((reversal.forward(x) as TensorImpl).totable()).toEqual([1, 2]);
  expect((reversal.backward(x, t.Tensor!([4, 6])) as TensorImpl).totable()).toEqual([-2, -3]);

  const index = make("Index", 1);
  expect((index.forward([t.Tensor!([5, 6, 7]), t.LongTensor!([3, 1])]) as TensorImpl).totable()).toEqual([
    7, 5,
  ]);
  const masked = make("MaskedSelect");
  expect((masked.forward([t.Tensor!([5, 6, 7]), t.ByteTensor!([1, 0, 1])]) as TensorImpl).totable()).toEqual([
    5, 7,
  ]);

  const both = make("ParallelCriterion").add!(make("MSECriterion"), 0.5).add(
    make("AbsCriterion") as never,
    2,
  ) as unknown as Any;
  const inputs = [t.Tensor!([1, 2]), t.Tensor!([3])];
  const targets = [t.Tensor!([0, 0]), t.Tensor!([1])];
  expect((both.forward as (a: unknown, b: unknown) => number)(inputs, targets)).toBe(0.5 * 2.5 + 2 * 2);
  const g = both.backward(inputs, targets) as unknown as Table<TensorImpl>;
  expect([g[1]!.totable(), g[2]!.totable()]).toEqual([[0.5, 1], [2]]);
  const multi = make("MultiCriterion").add!(make("MSECriterion")).add(
    make("AbsCriterion") as never,
  ) as unknown as Any;
  expect((multi.forward as (a: unknown, b: unknown) => number)(t.Tensor!([2]), t.Tensor!([0]))).toBe(6);
  expect((multi.backward(t.Tensor!([2]), t.Tensor!([0])) as TensorImpl).totable()).toEqual([5]);
});

test("training mode, types and replaced modules", () => {
  const m = make("Sequential").add!(make("Linear", 2, 2)).add(
    make("Dropout", 0.5) as never,
  ) as unknown as Any;
  m.evaluate!();
  expect((m.get!(2) as unknown as Module).train).toBe(false);
  m.float!();
  expect(((m.get!(1) as unknown as Module).weight as TensorImpl).__typename).toBe("torch.FloatTensor");
  m.replace!((c: Module) => (c.__typename === "nn.Dropout" ? make("Identity") : c));
  expect((m.get!(2) as unknown as Module).__typename).toBe("nn.Identity");
  expect((m.findModules!("nn.Linear") as unknown as Module[]).length).toBe(1);
});
