import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import {
  type BitEngine,
  type Entropy,
  fillThreefry,
  MT19937,
  PCG64,
  PCG64DXSM,
  Philox4x32,
  Philox4x64,
  PythonRandom,
  SeedSequence,
  SFC64,
  threefry2x32,
} from "../index.js";

const ENGINES = {
  MT19937: MT19937.fromSequence,
  PCG64: PCG64.fromSequence,
  PCG64DXSM: PCG64DXSM.fromSequence,
  Philox: Philox4x64.fromSequence,
  SFC64: SFC64.fromSequence,
} as const;

interface Case {
  readonly name: string;
  readonly kind: string;
  readonly [key: string]: unknown;
}

const cases = golden("kernel/rng/engines", {
  array: (a: GoldenArray) => [...a.array.flat()],
}) as unknown as Case[];
const of = (kind: string): Case[] => cases.filter((c) => c.kind === kind);
const raw = (e: BitEngine, n: number): bigint[] => Array.from({ length: n }, () => e.nextRaw());
const big = (v: unknown): bigint[] => (v as (number | bigint)[]).map(BigInt);
const words = (e: BitEngine, n: number): number[] => [...fill(e, n)];
function fill(e: BitEngine, n: number): Uint32Array {
  const out = new Uint32Array(n);
  e.fill32(out);
  return out;
}

describe.each(of("sequence"))("$name", (c) => {
  test("states and children", () => {
    const s = new SeedSequence(c.entropy as Entropy, {
      spawnKey: c.key as number[],
      poolSize: c.pool as number,
    });
    const children = s.spawn(2);
    expect([...s.generateState(10)]).toEqual(c.state);
    expect(children.map((x) => [...x.generateState(4)])).toEqual(c.children);
    expect([...children[1]!.spawn(1)[0]!.generateState(4)]).toEqual(c.grandchild);
    expect(s.childrenSpawned).toBe(2);
  });
});

describe.each(of("engine"))("$name", (c) => {
  const make = ENGINES[c.engine as keyof typeof ENGINES];
  test("words, halves, doubles, state, jumps", () => {
    const e = make(new SeedSequence(c.seed as Entropy));
    expect(raw(e, 12)).toEqual(big(c.raw));
    expect(words(e, 5)).toEqual(c.halves);
    expect(Array.from({ length: 4 }, () => e.nextDouble())).toEqual(c.doubles);
    expect(words(e, 4)).toEqual(c.more);
    checkState(e, c.state as Record<string, unknown>);
    const twin = e.copy();
    expect(raw(e, 2000).reduce((x, y) => x ^ y)).toBe(BigInt(c.sum as number));
    expect(raw(twin, 2000).reduce((x, y) => x ^ y)).toBe(BigInt(c.sum as number));
    if (e instanceof PCG64 || e instanceof PCG64DXSM || e instanceof Philox4x64) {
      e.advance(10n ** 30n + 7n);
      expect(raw(e, 3)).toEqual(big(c.advanced));
      e.advance(-5n);
      expect(raw(e, 3)).toEqual(big(c.back));
      expect(raw(e.jumped(3), 3)).toEqual(big(c.jumped));
    }
    if (e instanceof MT19937 && c.jumped) {
      expect(raw(e.jumped(), 3)).toEqual(big(c.jumped));
      expect(raw(e.jumped(2), 3)).toEqual(big(c.jumpedTwice));
    }
  });
  test("a state set is a state had", () => {
    const e = make(new SeedSequence(c.seed as Entropy));
    words(e, 7);
    const saved = e.getState();
    const after = [words(e, 3), raw(e, 700)];
    const other = make(new SeedSequence(77));
    other.setState(saved as never);
    expect([words(other, 3), raw(other, 700)]).toEqual(after);
  });
});

function checkState(e: BitEngine, state: Record<string, unknown>): void {
  const inner = state.state as Record<string, unknown>;
  if (e instanceof MT19937) {
    const { key, position } = e.getState();
    expect(position).toBe(inner.pos);
    expect(key.reduce((sum, v) => sum + v, 0)).toBe(inner.key);
    return;
  }
  if (e instanceof PCG64 || e instanceof PCG64DXSM) {
    const s = e.getState();
    expect([s.state, s.increment]).toEqual([inner.state, inner.inc]);
    expect([Number(s.hasSpare), s.spare]).toEqual([state.has_uint32, state.uinteger]);
  } else if (e instanceof SFC64) {
    const s = e.getState();
    expect(s.state).toEqual(big(inner.state));
    expect([Number(s.hasSpare), s.spare]).toEqual([state.has_uint32, state.uinteger]);
  } else if (e instanceof Philox4x64) {
    const s = e.getState();
    expect([s.counter, s.key, s.buffer]).toEqual([big(inner.counter), big(inner.key), big(state.buffer)]);
    expect([s.position, Number(s.hasSpare), s.spare]).toEqual([
      state.buffer_pos,
      state.has_uint32,
      state.uinteger,
    ]);
  }
}

test.each(of("mt"))("$name", (c) => {
  const e = new MT19937();
  if (c.key) e.seedByArray(c.key as number[]);
  else e.seed(c.seed as number);
  const all = words(e, 1300);
  expect([0, 1, 2, 623, 624, 1299].map((i) => all[i])).toEqual(c.words);
});

test.each(of("philox"))("$name", (c) => {
  const e = new Philox4x64(BigInt(c.key as number), BigInt(c.counter as number));
  expect(raw(e, 9)).toEqual(big(c.raw));
});

test.each(of("python"))("$name", (c) => {
  const r = new PythonRandom(c.seed as number);
  const times = <T>(n: number, f: () => T): T[] => Array.from({ length: n }, f);
  const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
  expect(times(5, () => r.random())).toEqual(c.random);
  expect([1, 5, 31, 32, 33, 64, 100, 0].map((k) => r.getrandbits(k))).toEqual(big(c.bits));
  expect(
    [
      r.randint(1, 10 ** 9),
      r.randint(-5, 5),
      r.randint(0, 2 ** 31 - 1),
      r.randint(0n, 2n ** 63n),
      r.randbelow(7),
    ].map(BigInt),
  ).toEqual(big(c.randint));
  const items = range(20);
  r.shuffle(items);
  expect(items).toEqual(c.shuffle);
  expect(times(6, () => r.choice([..."abcdefg"]))).toEqual(c.choice);
  expect([r.sample(range(10), 4), r.sample(range(1000), 5), r.sample(range(30), 30)]).toEqual(c.sample);
  expect([r.choices([..."xyz"], 6), r.choices([..."xyz"], 6, [1, 5, 2])]).toEqual(c.choices);
  close(
    times(3, () => r.gauss()),
    c.gauss,
    1,
  );
  expect([r.uniform(2.5, 9)]).toEqual(c.uniform);
  close(
    times(3, () => r.normalvariate(1, 2)),
    c.normalvariate,
    1,
  );
  const others = [
    r.expovariate(1.5),
    r.triangular(0.5, 2.5, 1),
    r.betavariate(2, 3),
    r.gammavariate(0.5, 1),
    r.gammavariate(1, 2),
    r.gammavariate(3.5, 2),
    r.lognormvariate(0, 1),
    r.paretovariate(2),
    r.weibullvariate(1.5, 2),
    r.vonmisesvariate(0.5, 2),
  ];
  close(others, c.others, 2);
  expect([...r.randbytes(7)]).toEqual(c.bytes);
  expect(r.random()).toBe(c.last);
});

/** Equal up to a few units in the last place. */
function close(actual: readonly number[], expected: unknown, ulps: number): void {
  const want = expected as readonly number[];
  for (let i = 0; i < want.length; i++)
    expect(Math.abs(actual[i]! - want[i]!)).toBeLessThanOrEqual(ulps * 2 ** -52 * Math.abs(want[i]!));
}

describe("counter-based engines against the published test vectors", () => {
  const ones = 0xffffffff;
  test.each([
    [
      [0, 0],
      [0, 0],
      [0x6b200159, 0x99ba4efe],
    ],
    [
      [ones, ones],
      [ones, ones],
      [0x1cb996fc, 0xbb002be7],
    ],
    [
      [0x13198a2e, 0x03707344],
      [0x243f6a88, 0x85a308d3],
      [0xc4923a9c, 0x483df7a0],
    ],
  ])("threefry2x32-20 of key %j, counter %j", (k, x, want) => {
    const out = new Uint32Array(2);
    threefry2x32(k[0]!, k[1]!, x[0]!, x[1]!, out);
    expect([...out]).toEqual(want);
  });
  test.each([
    [0n, 0n, [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]],
    [2n ** 64n - 1n, 2n ** 128n - 1n, [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]],
    [
      0x299f31d0a4093822n,
      0x0370734413198a2e85a308d3243f6a88n,
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])("philox4x32-10 of key %s, counter %s", (key, counter, want) => {
    expect([...new Philox4x32(key, counter).next()]).toEqual(want);
  });
  test("skipping is drawing", () => {
    const a = new Philox4x32(9n, 2n ** 64n - 3n);
    const b = a.copy();
    for (let i = 0; i < 5; i++) a.next();
    b.skip(5);
    expect([...b.counter]).toEqual([...a.counter]);
    expect([...b.next()]).toEqual([...a.next()]);
  });
  test("layouts of threefry arrays agree where they meet", () => {
    const split = fillThreefry(new Uint32Array(2), "split", [1, 2]);
    const block = new Uint32Array(2);
    threefry2x32(1, 2, 0, 1, block);
    expect([...split]).toEqual([...block]);
    const folded = fillThreefry(new Uint32Array(2), "folded", [1, 2]);
    expect(folded[1]).toBe((block[0]! ^ block[1]!) >>> 0);
    const wide = fillThreefry(new Uint32Array(4), "wide", [1, 2], [0xffffffff, 7]);
    threefry2x32(1, 2, 0, 8, block);
    expect([wide[2], wide[3]]).toEqual([...block]);
  });
});
