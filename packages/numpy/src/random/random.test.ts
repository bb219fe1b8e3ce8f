import { kw } from "@cognate/py";
import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as np from "../index.js";
import { asArray, wrap } from "../internal.js";

interface Hash {
  update(bytes: Uint8Array): void;
  digest(encoding: "hex"): string;
}
const { process } = globalThis as unknown as {
  process: { getBuiltinModule(name: "node:crypto"): { createHash(name: "sha256"): Hash } };
};
const { createHash } = process.getBuiltinModule("node:crypto");

type Call = (...args: readonly unknown[]) => unknown;
type Rng = Readonly<Record<string, Call>>;

interface Case {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly kw: Readonly<Record<string, unknown>>;
  readonly sizes: readonly (number | null)[];
  readonly items: readonly (readonly [number | number[], string, readonly unknown[]])[];
}

const BITS = {
  PCG64: np.random.PCG64,
  PCG64DXSM: np.random.PCG64DXSM,
  MT19937: np.random.MT19937,
  Philox: np.random.Philox,
  SFC64: np.random.SFC64,
};

const make = (kind: string, seed: number | number[]): Rng =>
  (kind === "RandomState"
    ? np.random.RandomState(seed)
    : np.random.Generator(BITS[kind as "PCG64"](seed))) as unknown as Rng;

/** Numbers that come without a dtype are float64 or int64. */
const arrayOf = (x: unknown, whole: boolean): np.ndarray =>
  typeof x === "object"
    ? asArray(x as np.ndarray)
    : np.array([x as number], { dtype: whole ? "int64" : "float64" });

const WHOLE =
  /\.(integers|randint|tomaxint|binomial|negative_binomial|poisson|zipf|geometric|logseries|hypergeometric)$/;

const isWhole = (name: string, args: readonly unknown[]): boolean =>
  WHOLE.test(name) || (name.endsWith(".choice") && !Array.isArray(args[0]));

/** Whether a number with no array around it has the type that the call asks for. */
const isPlain = (x: unknown): boolean =>
  typeof x === "number" || typeof x === "bigint" || typeof x === "boolean";

const cases = golden("numpy/random") as unknown as Case[];

/** multivariate_normal multiplies with factors of a matrix by LAPACK, whose last bits are another library's: its first numbers agree. */
const THROUGH_FACTORS = new Set(["RandomState.multivariate_normal", "PCG64.multivariate_normal"]);

describe("streams", () => {
  const kinds = [...new Set(cases.map((c) => c.name.split(".")[0]!))];
  describe.each(kinds)("%s", (kind) => {
    test.each(
      cases
        .filter((c) => c.name.startsWith(`${kind}.`))
        .map((c) => ({
          ...c,
          what: `${c.name.split(".")[1]}(${c.args.map(String).join(", ")}) ${Object.entries(c.kw).join(" ")}`,
        })),
    )("$what", ({ name, args, kw: keywords, sizes, items }) => {
      const method = name.split(".")[1]!;
      for (const [seed, digest, heads] of items) {
        const rng = make(kind, seed);
        const hash = createHash("sha256");
        const first: number[] = [];
        for (const size of sizes) {
          const y = rng[method]!(...args, kw({ ...keywords, size }));
          const type = keywords.dtype as string | undefined;
          const a =
            type && isPlain(y) ? np.array([y as number], { dtype: type }) : arrayOf(y, isWhole(name, args));
          first.push(...((a.ravel().at(":2") as np.ndarray).tolist() as unknown[]).map(Number));
          hash.update(a.tobytes());
        }
        if (THROUGH_FACTORS.has(name)) {
          np.testing.assert_allclose(first, heads.map(Number), { rtol: 1e-13 });
          expect(hash.digest("hex").slice(0, 24), "an exception that passes").not.toBe(digest);
        } else {
          expect(first, `seed ${seed}`).toEqual(heads.map(Number));
          expect(hash.digest("hex").slice(0, 24), `seed ${seed}`).toBe(digest);
        }
      }
    });
  });
});

interface Mixed {
  readonly name: string;
  readonly seed: number | number[];
  readonly out: readonly (GoldenArray | unknown[])[];
  readonly state: GoldenArray;
  readonly pos: number;
  readonly raw: string[];
  readonly words: readonly (readonly [
    number | bigint | number[],
    number[],
    GoldenArray,
    GoldenArray,
    GoldenArray,
  ])[];
  readonly jumps: readonly (readonly [string, string[], string[]?])[];
}

const list = (x: unknown): unknown =>
  x instanceof Uint8Array
    ? [...x]
    : typeof x === "object" && x !== null && "tolist" in x
      ? [asArray(x as np.ndarray).tolist()].flat(9).map(Number)
      : [x].flat(9).map(Number);
const wanted = (x: GoldenArray | unknown): unknown =>
  typeof x === "object" && x !== null && "array" in x ? list(wrap((x as GoldenArray).array)) : [x].flat(9);

const mixed = golden("numpy/random", {}, "mixed.json") as unknown as Mixed[];
const of = (name: string): Mixed => mixed.find((m) => m.name === name)!;

test.each(mixed.filter((m) => m.name === "RandomState"))(
  "RandomState, calls on one stream, seed $seed",
  (m) => {
    const rng = np.random.RandomState(m.seed);
    const out: unknown[] = [
      rng.randn(3),
      rng.randint(0, 9, 4),
      rng.rand(2, 2),
      rng.normal({ size: 1 }),
      rng.permutation(6),
      rng.choice(9, 4, { replace: false }),
      rng.choice(5, 3, { replace: false, p: [0.1, 0.2, 0.3, 0.25, 0.15] }),
      rng.permutation([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
      rng.randn(),
      rng.standard_normal(2),
      rng.randint(2 ** 40, { size: 2 }),
      rng.gamma(2, { size: 2 }),
      rng.bytes(7),
      rng.random(2),
      rng.randint(0, 200, 5, { dtype: "uint8" }),
      rng.randn(2),
    ];
    const x = np.arange(12).reshape(6, 2);
    rng.shuffle(x);
    const y = [0, 1, 2, 3, 4, 5, 6];
    rng.shuffle(y);
    out.push(x, y, rng.randn(3));
    expect(out.map(list)).toEqual(m.out.map(wanted));
    const [, key, pos] = rng.get_state() as unknown as [string, np.ndarray, number];
    expect([list(key.at(":5")), pos]).toEqual([wanted(m.state), m.pos]);
  },
);

test.each(mixed.filter((m) => m.raw))("$name, calls on one stream, seed $seed", (m) => {
  const rng = np.random.Generator(BITS[m.name as "PCG64"](m.seed));
  const cov = [
    [1, 0.2],
    [0.2, 2],
  ];
  const out: unknown[] = [
    rng.random(3),
    rng.integers(0, 9, 5),
    rng.standard_normal(2),
    rng.integers(0, 9, 3),
    rng.permutation(6),
    rng.choice(9, 4, { replace: false }),
    rng.choice(9, 4, { replace: false, shuffle: false }),
    rng.choice(1000, 4, { replace: false }),
    rng.choice(5, 3, { replace: false, p: [0.1, 0.2, 0.3, 0.25, 0.15] }),
    rng.random(3, { dtype: "float32" }),
    rng.integers(0, 100, 3, { dtype: "uint8" }),
    rng.random(),
    rng.permuted(np.arange(8).reshape(2, 4), { axis: 1 }),
    rng.permutation(
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      { axis: 1 },
    ),
    rng.bytes(7),
    rng.standard_normal(3, { dtype: "float32" }),
    rng.integers(2 ** 40, { size: 2 }),
    rng.choice(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      2,
      { axis: 1 },
    ),
    rng.multivariate_normal([0, 1], cov, 2, { method: "cholesky" }),
    rng.multivariate_normal([0, 1], cov, 2, { method: "eigh" }),
  ];
  const x = np.arange(12).reshape(6, 2);
  rng.shuffle(x);
  const z = np.arange(12).reshape(3, 4);
  rng.shuffle(z, { axis: 1 });
  const child = rng.spawn(2)[1]!.random(2);
  const raw = [...(asArray(rng.bit_generator.random_raw(3) as np.ndarray).tolist() as unknown[])].map(String);
  out.push(x, z, child, rng.random(2));
  // The two of multivariate_normal go through factors of a matrix.
  const whole = (_: unknown, i: number): boolean => i !== 18 && i !== 19;
  expect(out.map(list).filter(whole)).toEqual(m.out.map(wanted).filter(whole));
  for (const i of [18, 19])
    np.testing.assert_allclose(list(out[i]) as number[], wanted(m.out[i]) as number[], { rtol: 1e-13 });
  expect(raw).toEqual(m.raw);
});

test("SeedSequence", () => {
  for (const [entropy, key, narrow, wide, child] of of("SeedSequence").words) {
    const s = np.random.SeedSequence(entropy, { spawn_key: key });
    expect(s.generate_state(5).tolist()).toEqual(wrap(narrow.array).tolist());
    expect(s.generate_state(3, "uint64").tolist()).toEqual(wrap(wide.array).tolist());
    expect(s.spawn(2)[1]!.generate_state(3).tolist()).toEqual(wrap(child.array).tolist());
  }
});

test("jumped and advance", () => {
  const raw = (b: { random_raw(n: number): unknown }): string[] =>
    (asArray(b.random_raw(2) as np.ndarray).tolist() as unknown[]).map(String);
  for (const [kind, jumped, advanced] of of("jumps").jumps) {
    const b = BITS[kind as "PCG64"](11);
    expect(raw(b.jumped(2)), kind).toEqual(jumped);
    if (advanced) expect(raw(b.advance(1000)), kind).toEqual(advanced);
  }
});
