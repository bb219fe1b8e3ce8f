import { type DType, dtypeNamed, int64, Strided } from "@cognate/kernel";
import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import {
  chooseDistinct,
  chooseDistinctWeighted,
  chooseWeighted,
  fillDraws,
  fillIntegers,
  fillRows,
  MT19937,
  PCG64,
  PolarSampler,
  type Sampler,
  SeedSequence,
  ZigguratSampler,
} from "../index.js";

interface Case {
  readonly name: string;
  readonly sampler: "polar" | "ziggurat";
  readonly seed: number;
  readonly method: string;
  readonly args: readonly number[];
  readonly first: Strided;
  readonly every: Strided;
  readonly after: number | bigint;
  readonly [key: string]: unknown;
}

const cases = golden("kernel/rng/sampling", { array: (a: GoldenArray) => a.array }) as unknown as Case[];
const N = 10_000;

const make = (c: Case): PolarSampler | ZigguratSampler =>
  c.sampler === "polar"
    ? new PolarSampler(new MT19937(c.seed))
    : new ZigguratSampler(PCG64.fromSequence(new SeedSequence(c.seed)));

type Args = readonly number[];
/** NumPy's names for what the samplers draw. */
const DRAWS: Readonly<Record<string, (s: Sampler, a: Args) => () => number>> = {
  random: (s) => () => s.random(),
  uniform:
    (s, [low, high]) =>
    () =>
      s.uniform(low!, high! - low!),
  standard_normal: (s) => () => s.standardNormal(),
  normal: (s, a) => () => s.normal(a[0]!, a[1]!),
  standard_exponential: (s) => () => s.standardExponential(),
  exponential: (s, a) => () => s.exponential(a[0]!),
  standard_gamma: (s, a) => () => s.standardGamma(a[0]!),
  gamma: (s, a) => () => s.gamma(a[0]!, a[1]!),
  beta: (s, a) => () => s.beta(a[0]!, a[1]!),
  chisquare: (s, a) => () => s.chiSquare(a[0]!),
  noncentral_chisquare: (s, a) => () => s.noncentralChiSquare(a[0]!, a[1]!),
  f: (s, a) => () => s.f(a[0]!, a[1]!),
  noncentral_f: (s, a) => () => s.noncentralF(a[0]!, a[1]!, a[2]!),
  standard_cauchy: (s) => () => s.standardCauchy(),
  standard_t: (s, a) => () => s.standardT(a[0]!),
  vonmises: (s, a) => () => s.vonMises(a[0]!, a[1]!),
  pareto: (s, a) => () => s.pareto(a[0]!),
  weibull: (s, a) => () => s.weibull(a[0]!),
  power: (s, a) => () => s.power(a[0]!),
  laplace: (s, a) => () => s.laplace(a[0]!, a[1]!),
  gumbel: (s, a) => () => s.gumbel(a[0]!, a[1]!),
  logistic: (s, a) => () => s.logistic(a[0]!, a[1]!),
  lognormal: (s, a) => () => s.logNormal(a[0]!, a[1]!),
  rayleigh: (s, a) => () => s.rayleigh(a[0]!),
  wald: (s, a) => () => s.wald(a[0]!, a[1]!),
  triangular: (s, a) => () => s.triangular(a[0]!, a[1]!, a[2]!),
  binomial: (s, a) => () => s.binomial(a[0]!, a[1]!),
  negative_binomial: (s, a) => () => s.negativeBinomial(a[0]!, a[1]!),
  poisson: (s, a) => () => s.poisson(a[0]!),
  zipf: (s, a) => () => s.zipf(a[0]!),
  geometric: (s, a) => () => s.geometric(a[0]!),
  hypergeometric: (s, a) => () => s.hypergeometric(a[0]!, a[1]!, a[2]!),
  logseries: (s, a) => () => s.logSeries(a[0]!),
  random32: (s) => () => s.engine.nextFloat(),
  standard_normal32: (s) => () => (s as ZigguratSampler).standardNormal32(),
  standard_exponential32: (s) => () => (s as ZigguratSampler).standardExponential32(),
  standard_gamma32: (s, a) => () => (s as ZigguratSampler).standardGamma32(Math.fround(a[0]!)),
  inversion: (s) => () => (s as ZigguratSampler).exponentialByInversion(),
  inversion32: (s) => () => (s as ZigguratSampler).exponentialByInversion32(),
};

/** Units in the last place that results may be off, 1 unless said. */
const ULPS: Readonly<Record<string, number>> = {
  random: 0,
  random32: 0,
  uniform: 0,
  // NumPy takes log1p from a C library that is up to 0.9 units off.
  rayleigh: 2,
};

const f64 = new Float64Array(1);
const u64 = new BigUint64Array(f64.buffer);
/** Distance between neighbours of x in its type. */
function ulp(x: number, dtype: DType): number {
  f64[0] = Math.abs(x);
  if (dtype.name === "float32")
    return Math.max(2 ** (Math.floor(Math.log2(f64[0] || 1e-45)) - 23), 2 ** -149);
  u64[0]!++;
  return f64[0] - Math.abs(x);
}

function expectClose(actual: Strided, expected: Strided, ulps: number): void {
  const [a, e] = [actual.flat(), expected.flat()];
  expect(a.length).toBe(e.length);
  for (let i = 0; i < e.length; i++) {
    if (Object.is(a[i], e[i])) continue;
    const off = expected.dtype.big
      ? Number.POSITIVE_INFINITY
      : Math.abs(Number(a[i]) - Number(e[i])) / ulp(Number(e[i]), expected.dtype);
    if (!(off <= ulps)) throw new Error(`element ${i}: ${a[i]}, expected ${e[i]} (${off} units)`);
  }
}

const part = (x: Strided, from: number, step: number, n: number): Strided => {
  const y = Strided.zeros(x.dtype, [n]);
  for (let i = 0; i < n; i++) y.data[i] = x.data[from + i * step]!;
  return y;
};

function expectExcerpt(x: Strided, c: Case, ulps: number): void {
  expectClose(part(x, 0, 1, 40), c.first, ulps);
  expectClose(part(x, 0, 500, 20), c.every, ulps);
}

describe.each(cases.filter((c) => DRAWS[c.method]))("$name", (c) => {
  test(`${N} draws`, () => {
    const s = make(c);
    const x = fillDraws(Strided.zeros(c.first.dtype, [N]), DRAWS[c.method]!(s, c.args.map(Number)), []);
    expectExcerpt(x, c, c.first.dtype === int64 ? 0 : (ULPS[c.method] ?? 1));
    expect(s.engine.nextRaw()).toBe(BigInt(c.after));
  });
});

const integers = (s: Sampler, dtype: DType, n: number, low: bigint, high: bigint): Strided => {
  const x = Strided.zeros(dtype, [n]);
  fillIntegers(s.engine, s.bounded, dtype, x.data, low, high - 1n);
  return x;
};

describe.each(cases.filter((c) => c.method === "integers"))("$name", (c) => {
  test(`${N} draws`, () => {
    const s = make(c);
    const [low, high] = c.args.map(BigInt) as [bigint, bigint];
    const x = integers(s, c.first.dtype, N, low, high);
    expectExcerpt(x, c, 0);
    expect(s.engine.nextRaw()).toBe(BigInt(c.after));
  });
});

test.each(cases.filter((c) => c.method === "ranges"))("$name", (c) => {
  const s = make(c);
  const at =
    (v: readonly bigint[]): ((i: number) => bigint) =>
    (i) =>
      v[i % 3]!;
  const wide = Strided.zeros(int64, [50, 3]);
  fillIntegers(s.engine, s.bounded, int64, wide.data, at([0n, -5n, 100n]), at([9n, 69999n, 2n ** 40n - 1n]));
  expectClose(wide, c.wide as Strided, 0);
  const uint8 = dtypeNamed("uint8")!;
  const narrow = Strided.zeros(uint8, [50, 3]);
  fillIntegers(s.engine, s.bounded, uint8, narrow.data, at([0n, 5n, 100n]), at([9n, 19n, 119n]));
  expectClose(narrow, c.narrow as Strided, 0);
  expect(s.engine.nextRaw()).toBe(BigInt(c.after));
});

const P = Float64Array.from([0.05, 0.3, 0, 0.25, 0.4]);
const numbers = (x: unknown): number[] => [...((x as Strided).flat() as Float64Array)].map(Number);

test.each(cases.filter((c) => c.method === "choice"))("$name", (c) => {
  const s = make(c);
  const polar = c.sampler === "polar";
  const lists = (v: unknown): number[][] => (v as unknown[]).map(numbers);
  const rows = (
    n: number,
    k: number,
    draw: (out: Float64Array) => void,
    dtype = dtypeNamed("float64")!,
  ): number[] => numbers(fillRows(Strided.zeros(dtype, [n, k]), draw));
  expect([1, 2, 10, 40].map((n) => [...s.permutation(n)])).toEqual(lists(c.permutation));
  expect(numbers(integers(s, int64, 20, 0n, 7n))).toEqual(numbers(c.replaced));
  expect([...chooseWeighted(s.engine, P, 20)]).toEqual(numbers(c.weighted));
  expect([1, 10, 50].map((n) => [...chooseDistinct(s, 50, n)])).toEqual(lists(c.distinct));
  expect([1, 4].map((n) => [...chooseDistinctWeighted(s.engine, P, n)])).toEqual(lists(c.distinctWeighted));
  const every100 = (x: Float64Array): number[] => [...x].filter((_, i) => i % 100 === 0);
  expect(every100(chooseDistinct(s, 20000, 5000))).toEqual(numbers(c.big));
  if (!polar)
    expect([[...chooseDistinct(s, 50, 10, false)], every100(chooseDistinct(s, 20000, 2000, false))]).toEqual(
      lists(c.ordered),
    );
  expect(rows(5, 4, (out) => s.multinomial(40, [0.1, 0.2, 0.3, 0.4], out), int64)).toEqual(
    numbers(c.multinomial),
  );
  const near = (actual: number[], expected: unknown): void =>
    numbers(expected).forEach((e, i) => {
      expect(Math.abs(actual[i]! - e)).toBeLessThanOrEqual(1e-15 * e);
    });
  near(
    rows(4, 3, (out) => s.dirichlet([1.5, 0.4, 3], out)),
    c.dirichlet,
  );
  if (!polar) {
    near(
      rows(4, 3, (out) => s.dirichlet([0.05, 0.02, 0.08], out)),
      c.smallDirichlet,
    );
    const colors = [30, 50, 20, 10];
    expect(rows(4, 4, (out) => s.multivariateHypergeometric(colors, 40, out))).toEqual(numbers(c.marginals));
    const few = [3, 5, 2, 1];
    const things = Uint32Array.from(few.flatMap((n, k) => new Array<number>(n).fill(k)));
    expect(rows(4, 4, (out) => s.multivariateHypergeometricByThing(few, things, 7, out))).toEqual(
      numbers(c.count),
    );
  }
  const words = new Uint32Array(3);
  s.engine.fill32(words);
  expect([...new Uint8Array(words.buffer, 0, 10)]).toEqual(c.bytes);
  expect(s.engine.nextRaw()).toBe(BigInt(c.after));
});

test.each(cases.filter((c) => c.method === "mixed"))("$name", (c) => {
  const s = make(c);
  for (const call of c.calls as { method: string; args: number[]; out: Strided }[]) {
    const { out } = call;
    const args = call.args.map(Number);
    if (call.method === "integers") {
      expectClose(integers(s, out.dtype, out.size, BigInt(args[0]!), BigInt(args[1]!)), out, 0);
      continue;
    }
    const x = fillDraws(Strided.zeros(out.dtype, out.shape), DRAWS[call.method]!(s, args), []);
    expectClose(x, out, ULPS[call.method] ?? 1);
  }
  expect(s.engine.nextRaw()).toBe(BigInt(c.after));
});

test("parameters stretch to the shape of the result", () => {
  const s = new PolarSampler(new MT19937(1));
  const t = new PolarSampler(new MT19937(1));
  const scale = Strided.over(Float64Array.from([1, 10, 100]), dtypeNamed("float64")!, [3]);
  const x = fillDraws(Strided.zeros(dtypeNamed("float64")!, [2, 3]), (a, b) => s.normal(a, b), [5, scale]);
  const want = [1, 10, 100, 1, 10, 100].map((b) => t.normal(5, b));
  expect([...(x.data as Float64Array)]).toEqual(want);
});
