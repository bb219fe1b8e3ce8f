import { fastCalls, MachineArena, setThreads, withoutFastKernels } from "@cognate/kernel";
import { afterAll, describe, expect, test } from "vitest";
import type { KernelName } from "./kernel.js";
import type { SvmModel } from "./model.js";
import type { SvmParameters, SvmType } from "./parameters.js";
import { SolverRandom } from "./random.js";
import { DenseRows, SparseRows } from "./rows.js";
import { train } from "./train.js";

const hasArenas = MachineArena.of(1) !== null;
setThreads(1);
afterAll(() => setThreads(2));

let state = 7;
function next(): number {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return (state >>> 8) / 2 ** 24 - 0.5;
}

/** Classes that overlap; rows repeat, so that there are ties. */
function data(n: number, width: number, classes: number, whole: boolean) {
  const X = new Float64Array(n * width);
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const copied = i > 10 && i % 11 === 0;
    for (let k = 0; k < width; k++) {
      const v = copied ? X[(i - 7) * width + k]! : 3 * next() + (k === 0 ? i % classes : 0);
      X[i * width + k] = whole ? Math.round(v * 4) : v;
    }
    y[i] = i % classes;
  }
  return { X, y };
}

const parameters = (more: Partial<SvmParameters>): SvmParameters => ({
  type: "c_svc",
  kernel: "rbf",
  degree: 3,
  gamma: 0.4,
  coef0: 0.5,
  C: 2,
  nu: 0.4,
  epsilon: 0.1,
  tolerance: 1e-5,
  shrinking: true,
  probability: false,
  cacheSize: 200,
  maxIterations: -1,
  classWeight: [],
  ...more,
});

const numbers = (m: SvmModel) => ({
  support: [...m.support],
  coefficients: m.coefficients.map((c) => [...c]),
  rho: [...m.rho],
  iterations: [...m.iterations],
});

/** The model, by kernels; the loops in TypeScript have to give the same. */
function check(X: DenseRows | SparseRows, y: Float64Array, p: SvmParameters): SvmModel {
  const problem = () => ({ rows: X, y, weight: new Float64Array(y.length).fill(1) });
  const fast = train(problem(), p, new SolverRandom(1));
  const plain = withoutFastKernels(() => train(problem(), p, new SolverRandom(1)));
  expect(numbers(fast)).toEqual(numbers(plain));
  return fast;
}

const TYPES: readonly SvmType[] = ["c_svc", "nu_svc", "one_class", "epsilon_svr", "nu_svr"];
const KERNELS: readonly KernelName[] = ["linear", "poly", "rbf", "sigmoid"];

describe.skipIf(!hasArenas).each(TYPES)("%s by kernels is %s by loops, to the last bit", (type) => {
  test.each(KERNELS)("%s", (kernel) => {
    for (const whole of [false, true]) {
      const { X, y } = data(63, 5, 2, whole);
      const limit = kernel === "rbf" ? -1 : 2000;
      check(new DenseRows(X, 63, 5), y, parameters({ type, kernel, maxIterations: limit }));
    }
  });

  test("several classes, shrinking, and two rows in the cache", () => {
    const { X, y } = data(151, 3, type === "nu_svc" ? 2 : 3, false);
    const rows = new DenseRows(X, 151, 3);
    const given = (more: Partial<SvmParameters>) => parameters({ type, C: 20, maxIterations: 6000, ...more });
    const one = check(rows, y, given({}));
    expect(Math.max(...one.iterations)).toBeGreaterThan(50);
    for (const cacheSize of [1e-9, 0.02])
      expect(numbers(check(rows, y, given({ cacheSize })))).toEqual(numbers(one));
    check(rows, y, given({ shrinking: false }));
  });
});

test.skipIf(!hasArenas)("sparse rows", () => {
  const { X, y } = data(90, 4, 3, true);
  const indices = Int32Array.from({ length: 360 }, (_, k) => k % 4);
  const indptr = Int32Array.from({ length: 91 }, (_, i) => 4 * i);
  check(new SparseRows({ data: X, indices, indptr, shape: [90, 4] }), y, parameters({}));
});

test.skipIf(!hasArenas)("whole numbers up to what 32 bits hold, and beyond", () => {
  for (const size of [1, 2000, 12000, 32767, 40000]) {
    const { X, y } = data(37, 7, 3, false);
    const rows = new DenseRows(
      X.map((v) => Math.round(v * size)),
      37,
      7,
    );
    for (const kernel of ["linear", "rbf"] as const)
      check(rows, y, parameters({ kernel, gamma: 0.2 / (size * size), C: 1 / size, maxIterations: 2000 }));
  }
});

test.skipIf(!hasArenas)("arenas are used again", () => {
  const { X, y } = data(63, 5, 2, false);
  const fit = () =>
    train({ rows: new DenseRows(X, 63, 5), y, weight: y.map(() => 1) }, parameters({}), new SolverRandom(1));
  fit();
  const arena = MachineArena.of(1)!;
  arena.release();
  const before = fastCalls();
  fit();
  expect(fastCalls()).toBeGreaterThan(before);
  const again = MachineArena.of(1)!;
  expect(again).toBe(arena);
  again.release();
});
