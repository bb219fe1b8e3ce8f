import { castTo, dtypeNamed, float64, Strided } from "@cognate/kernel";
import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import {
  fillFullIntegers,
  fillNormal,
  fillThreefry,
  fillTruncatedNormal,
  fillUniform,
  fillUniformIntegers,
  Philox4x32,
  philoxPermutation,
} from "../index.js";

interface Case {
  readonly name: string;
  readonly kind: string;
  readonly dtype: string;
  readonly n: number;
  readonly seed: readonly (number | bigint)[];
  readonly key: Strided;
  readonly counter: Strided;
  readonly first: Strided;
  readonly every: Strided;
  readonly [key: string]: unknown;
}

const cases = golden("kernel/rng/counter-based", {
  array: (a: GoldenArray) => a.array,
}) as unknown as Case[];

const big = (x: unknown): bigint => BigInt(x as number);
const FILL = { uniform: fillUniform, normal: fillNormal, truncated: fillTruncatedNormal } as const;
const floats = (x: Strided): number[] => [...(castTo(x, float64).flat() as Float64Array)];

/** How many steps of the type lie between two floats. */
function steps(a: number, b: number, digits: number): number {
  if (a === b) return 0;
  const size = Math.max(Math.abs(a), Math.abs(b));
  return Math.abs(a - b) / 2 ** (Math.floor(Math.log2(size)) - digits + 1);
}

/**
 * Normal numbers of float64 may be two units off: the C library's sine is not always rounded correctly, and the
 * product with the radius can double that unit.
 */
const STEPS: Readonly<Record<string, number>> = { float16: 0, bfloat16: 0, float32: 0, float64: 2 };
const DIGITS: Readonly<Record<string, number>> = { float16: 11, bfloat16: 8, float32: 24, float64: 53 };

const drawn = (c: Case): Strided => {
  const engine = Philox4x32.scrambled(big(c.seed[0]), big(c.seed[1]));
  const out = Strided.zeros(dtypeNamed(c.dtype)!, [c.n]);
  if (c.kind === "integers") return fillUniformIntegers(engine, out, big(c.low), big(c.high));
  if (c.kind === "full") return fillFullIntegers(engine, out);
  return FILL[c.kind as keyof typeof FILL](engine, out);
};

const pick = <T>(x: ArrayLike<T>, step: number, most: number): T[] =>
  Array.from(x).filter((_, i) => i % step === 0 && i / step < most);

describe.each(cases.filter((c) => c.first))("$name", (c) => {
  test("key and counter", () => {
    const engine = Philox4x32.scrambled(big(c.seed[0]), big(c.seed[1]));
    const words = (x: Strided): number[] => [...new Uint32Array((x.data as BigUint64Array).buffer)];
    expect([...engine.key]).toEqual(words(c.key));
    expect([...engine.counter]).toEqual(words(c.counter));
  });
  test(`${c.n} draws`, () => {
    const x = drawn(c);
    const exact = c.kind === "uniform" || c.kind === "integers" || c.kind === "full";
    for (const [want, step, most] of [
      [c.first, 1, 40],
      [c.every, 500, 20],
    ] as const) {
      if (exact) {
        expect(pick(x.flat() as Float64Array, step, most)).toEqual([...(want.flat() as Float64Array)]);
        continue;
      }
      const [a, b] = [pick(floats(x), step, most), floats(viewed(want, c.dtype))];
      expect(a.length).toBe(b.length);
      for (let i = 0; i < b.length; i++)
        expect(steps(a[i]!, b[i]!, DIGITS[c.dtype]!)).toBeLessThanOrEqual(STEPS[c.dtype]!);
    }
  });
});

/** bfloat16 is written as its bits. */
const viewed = (x: Strided, dtype: string): Strided =>
  dtype === "bfloat16" ? Strided.over(x.flat(), dtypeNamed(dtype)!, x.shape) : x;

test.each(cases.filter((c) => c.kind === "stateful"))("$name", (c) => {
  const start = Philox4x32.fromSeeds(big(c.seed[0]), big(c.seed[1]));
  const outs = c.outs as Readonly<Record<string, Strided>>[];
  outs.forEach((want, call) => {
    /** Each call goes on where the last one's reservation ended. */
    const engine = (blocks: number): Philox4x32 => {
      const e = start.copy();
      e.skip(call * blocks);
      return e;
    };
    const f = (name: string, n: number): Strided => Strided.zeros(dtypeNamed(name)!, [n]);
    expect(floats(fillUniform(engine(5 * 256), f("float32", 5)))).toEqual(floats(want.uniform!));
    const close = (x: Strided, y: Strided, digits: number): void =>
      floats(y).forEach((v, i) => {
        expect(steps(floats(x)[i]!, v, digits)).toBeLessThanOrEqual(digits === 53 ? STEPS.float64! : 0);
      });
    close(fillNormal(engine(5 * 256), f("float64", 5)), want.normal!, 53);
    close(fillTruncatedNormal(engine(6 * 256), f("float32", 6)), want.truncated!, 24);
    expect(floats(fillUniformIntegers(engine(5 * 256), f("int32", 5), -3n, 1000n))).toEqual(
      floats(want.integers!),
    );
    expect([...philoxPermutation(engine(Math.ceil(22 / 4)), 23)]).toEqual(floats(want.shuffle!));
  });
});

test.each(cases.filter((c) => c.kind === "threefry"))("$name", (c) => {
  const halves = (v: unknown): [number, number] => [Number(big(v) & 0xffffffffn), Number(big(v) >> 32n)];
  const want = (c.words as Strided).flat();
  const out = fillThreefry(new Uint32Array(want.length), "wide", halves(c.key), halves(c.counter));
  expect([...out]).toEqual([...(want as Uint32Array)]);
});
