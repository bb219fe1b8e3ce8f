import { kw } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { Tensor } from "../backend/tensor.js";
import * as constraints from "../constraints/index.js";
import { ones } from "../ops/numpy/creation.js";
import * as random from "../random/index.js";
import * as regularizers from "../regularizers/index.js";
import { set_random_seed } from "../utils/random-seed.js";
import * as initializers from "./index.js";

const array = ({ array: a }: GoldenArray): Tensor => new Tensor(new Value(a));
type Options = Record<string, unknown>;
type Make = (...args: unknown[]) => { (...args: unknown[]): Tensor; get_config(): unknown };
const cases = golden("keras/initializers", { array });
const of = (kind: string) => cases.filter((g) => g.kind === kind);
const plain = (x: unknown): unknown =>
  JSON.parse(JSON.stringify(x, (_k, v) => (v instanceof Number ? Number(v) : v)));

/** Random numbers are equal to the last unit or two, as they are scaled in float32; a decomposition is not. */
const tolerance = (name: string) =>
  name.startsWith("Orthogonal") || name.startsWith("STFT")
    ? { rtol: 1e-4, atol: 2e-6 }
    : { rtol: 3e-7, atol: 1e-9 };

describe("keras.initializers", () => {
  test.each(of("initializer"))("$name", (g) => {
    const made = (initializers as unknown as Record<string, Make>)[g.class as string]!(
      kw(g.options as Options),
    );
    expect(made(g.shape, g.dtype)).toMatchGolden(g.value, tolerance(g.name));
    expect(plain(made.get_config())).toEqual(plain(g.config));
  });
  test("seeds nobody chose are Python's", () => {
    set_random_seed(11);
    const values = ["glorot_uniform", "he_normal", "orthogonal", "uniform", "normal"].map((name) =>
      (initializers.get(name) as initializers.Initializer)([3, 3]),
    );
    values.push(random.normal([3]), random.uniform([2]));
    expect(values).toMatchGolden(of("unseeded")[0]!.values, { rtol: 1e-5, atol: 1e-6 });
  });
  test("a seed generator counts up", () => {
    const g = initializers.GlorotUniform({ seed: random.SeedGenerator(5) });
    expect([g([2, 2]), g([2, 2])]).toMatchGolden(of("generator")[0]!.values, { rtol: 3e-7, atol: 1e-9 });
  });
});

describe.each([
  ["regularizer", regularizers],
  ["constraint", constraints],
] as const)("keras.%ss", (kind, module) => {
  test.each(of(kind))("$name", (g) => {
    const made = (module as unknown as Record<string, Make>)[g.class as string]!(kw(g.options as Options));
    expect(made(g.x)).toMatchGolden(g.value, { rtol: 1e-5, atol: 1e-6 });
    expect(plain(made.get_config())).toEqual(plain(g.config));
  });
});

describe("errors", () => {
  const errors: Record<string, () => unknown> = {
    identity: () => initializers.Identity()([2]),
    scale: () => initializers.VarianceScaling({ scale: 0 }),
    orthogonal: () => initializers.Orthogonal()([3]),
    seed: () => initializers.RandomNormal({ seed: "a" as never }),
    name: () => initializers.get("glorot"),
    l2: () => regularizers.L2(-1),
    rank: () => regularizers.OrthogonalRegularizer()(ones([3])),
    "uniform dtype": () => random.uniform([2], { dtype: "int32" }),
    "randint dtype": () => random.randint([2], 0, 2, { dtype: "float32" }),
    "draw seed": () => random.normal([2], { seed: "x" as never }),
    "generator seed": () => random.SeedGenerator({ seed: "x" as never }),
    categorical: () => random.categorical(ones([3]), 2),
    "set seed": () => set_random_seed(1.5),
  };
  const unpointed = (text: string): string => text.replace(/(\d)\.0\b/g, "$1");
  test.each(of("error"))("$name", (g) => {
    let message = "";
    try {
      errors[(g.name as string).replace("error ", "")]!();
    } catch (e) {
      message = `${(e as Error).name}: ${(e as Error).message}`;
    }
    expect(unpointed(message)).toBe(unpointed(`${g.error as string}: ${g.message as string}`));
  });
});
