import { describe, expect, test } from "vitest";
import { bool, type DType, float32, float64, int32, int64, uint32 } from "../../dtype/dtype.js";
import { Strided } from "../../strided/strided.js";
import { wasmBuild } from "../../wasm/instance.js";
import { fastCalls, withoutFastKernels } from "../../wasm/registry.js";
import { fillIntegers } from "../sampling/bounded.js";
import { BoxMullerSampler } from "../sampling/box-muller.js";
import { fillDraws } from "../sampling/fill.js";
import { PolarSampler } from "../sampling/polar.js";
import type { Sampler } from "../sampling/sampler.js";
import { ZigguratSampler } from "../sampling/ziggurat.js";
import type { BitEngine } from "./engine.js";
import { MT19937 } from "./mt19937.js";
import { MT19937LowBits } from "./mt19937-low-bits.js";
import { PCG64, PCG64DXSM } from "./pcg64.js";
import { Philox4x64 } from "./philox4x64.js";
import { SeedSequence } from "./seed-sequence.js";
import { SFC64 } from "./sfc64.js";

const ENGINES: Readonly<Record<string, () => BitEngine>> = {
  MT19937: () => MT19937.fromSequence(new SeedSequence(3)),
  "MT19937 of lower bits": () => new MT19937LowBits(5),
  PCG64: () => PCG64.fromSequence(new SeedSequence(1)),
  PCG64DXSM: () => PCG64DXSM.fromSequence(new SeedSequence(1)),
  Philox4x64: () => Philox4x64.fromSequence(new SeedSequence(2)),
  "Philox4x64 whose counter carries": () => new Philox4x64(7n, (1n << 128n) - 3n),
  SFC64: () => SFC64.fromSequence(new SeedSequence(4)),
};
const COUNTS = [1, 63, 64, 65, 311, 312, 313, 624, 625, 1000, 5003, 20_011];
const state = (e: BitEngine): unknown => (e as MT19937).getState();

/** Whether `f` gives the same with and without kernels, on engines in the same state, and leaves them in the same state. */
function same(make: () => BitEngine, before: number, f: (e: BitEngine) => ArrayLike<number | bigint>): void {
  const [fast, slow] = [make(), make()];
  for (const e of [fast, slow]) for (let i = 0; i < before; i++) e.next32();
  const a = f(fast);
  const b = withoutFastKernels(() => f(slow));
  expect(a.length).toBe(b.length);
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  expect(i).toBe(a.length);
  expect(state(fast)).toEqual(state(slow));
  expect(fast.next32()).toBe(slow.next32());
}

describe.each(Object.entries(ENGINES))("%s", (_name, make) => {
  test.each(COUNTS)("%i numbers at once are those of one at a time", (n) => {
    for (const before of [0, 1, 3]) {
      const filled = <T>(x: T, fill: (x: T) => void): T => {
        fill(x);
        return x;
      };
      same(make, before, (e) => filled(new Float64Array(n + 2), (x) => e.fillDoubles(x, 1, n)));
      same(make, before, (e) => filled(new Float32Array(n + 2), (x) => e.fillFloats(x, 2, n)));
      same(make, before, (e) => filled(new Uint32Array(n), (x) => e.fill32(x)));
    }
  });

  const samplers: Readonly<Record<string, (e: BitEngine) => Sampler>> = {
    ziggurat: (e) => new ZigguratSampler(e),
    polar: (e) => new PolarSampler(e),
  };
  test.each(Object.entries(samplers))(
    "normal, exponential and uniform numbers of the %s sampler",
    (_n, of) => {
      for (const n of [5, 1001, 40_000])
        for (const block of [
          (s: Sampler, x: Float64Array) => s.fillStandardNormal(x),
          (s: Sampler, x: Float64Array) => s.fillNormal(x, 3, 0.5),
          (s: Sampler, x: Float64Array) => s.fillExponential(x, 2),
          (s: Sampler, x: Float64Array) => s.fillUniform(x, -1, 3),
        ])
          same(make, 1, (e) => {
            const sampler = of(e);
            const out = Strided.zeros(float64, [n]);
            fillDraws(
              out,
              () => Number.NaN,
              [],
              (x) => block(sampler, x),
            );
            return [...(out.flat() as Float64Array), sampler.standardNormal(), sampler.standardNormal()];
          });
    },
  );

  test("fills draw what one draw after the other does", () => {
    for (const of of Object.values(samplers)) {
      const [many, one] = [of(make()), of(make())];
      const x = new Float64Array(3001);
      many.fillNormal(x, 1, 2);
      expect(Array.from(x)).toEqual(Array.from(x, () => one.normal(1, 2)));
      many.fillExponential(x, 3);
      expect(Array.from(x)).toEqual(Array.from(x, () => one.exponential(3)));
      many.fillUniform(x, 1, 3);
      expect(Array.from(x)).toEqual(Array.from(x, () => one.uniform(1, 3)));
      expect(many.standardNormal()).toBe(one.standardNormal());
    }
  });

  test("integers of a range", () => {
    const ranges: [DType, bigint, bigint][] = [
      [int64, 0n, 999n],
      [int64, -5n, 0xfffffffan],
      [int64, 3n, 0xffffffffn],
      [int64, 0n, 0xc0000000n],
      [int64, 7n, 7n],
      [int64, 0n, 1n << 40n],
      [int32, -100n, 100n],
      [int32, -(2n ** 31n), 2n ** 31n - 1n],
      [uint32, 0n, 0xffffffffn],
      [bool, 0n, 1n],
    ];
    for (const [dtype, low, high] of ranges)
      for (const method of ["masked", "multiplied"] as const)
        for (const n of [10, 100, 20_000])
          same(make, 1, (e) => {
            const out = new dtype.Data(n);
            fillIntegers(e, method, dtype, out, low, high);
            return out;
          });
  });
});

test("kernels ran", () => {
  const before = fastCalls();
  new ZigguratSampler(ENGINES["PCG64"]!()).fillStandardNormal(new Float64Array(100));
  new MT19937(1).fillDoubles(new Float64Array(100));
  fillIntegers(new MT19937(1), "masked", int64, new BigInt64Array(100), 0n, 5n);
  expect(fastCalls() - before).toBe(wasmBuild() === "off" ? 0 : 3);
});

test.each([16, 17, 40, 1003, 40_000])("%i normal float32 numbers by the Box-Muller transform", (n) => {
  for (const [mean, deviation] of [
    [0, 1],
    [0.3, 2.7],
  ] as const) {
    const [fast, slow] = [new BoxMullerSampler(11), new BoxMullerSampler(11)];
    const run = (s: BoxMullerSampler): ArrayLike<number> =>
      s.fillNormal(Strided.zeros(float32, [n]), mean, deviation).flat() as Float32Array;
    const b = withoutFastKernels(() => run(slow));
    expect(run(fast)).toEqual(b);
    expect(fast.engine.getState()).toEqual(slow.engine.getState());
  }
});
