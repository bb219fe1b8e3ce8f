import { kw } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { Tensor } from "../backend/tensor.js";
import { set_random_seed } from "../utils/random-seed.js";
import * as random from "./index.js";

const array = ({ array: a }: GoldenArray): Tensor => new Tensor(new Value(a));
const cases = golden("keras/random", { array });
const module = random as unknown as Record<string, (...args: unknown[]) => Tensor>;

/** Uniform and whole numbers are equal to the last bit; others go through functions of float32. */
const exact = ["uniform", "randint", "dropout", "shuffle", "categorical", "binomial"];
const tolerance = (f: string) => (exact.includes(f) ? { rtol: 1e-7, atol: 0 } : { rtol: 3e-6, atol: 1e-8 });

describe("keras.random", () => {
  test.each(cases.filter((g) => g.f !== "generator" && g.f !== "session"))("$name", (g) => {
    const f = g.f as string;
    const value = module[f]!(...(g.args as unknown[]), kw(g.options as Record<string, unknown>));
    expect(value).toMatchGolden(g.value, tolerance(f));
  });
  test("a generator counts up", () => {
    const g = cases.find((c) => c.f === "generator")!;
    const own = random.SeedGenerator(42);
    const value = [own.next(), own.next(), random.normal([3], { seed: own }), own.state.value];
    expect(value).toMatchGolden(g.value, { rtol: 3e-7, atol: 1e-9 });
  });
  test("draws without a seed after set_random_seed", () => {
    const g = cases.find((c) => c.f === "session")!;
    const x = cases.find((c) => c.f === "shuffle")!.args as [Tensor];
    set_random_seed(9);
    const value = [
      random.normal([3]),
      random.uniform([3]),
      random.randint([4], 0, 100),
      random.dropout(x[0], 0.5),
      random.SeedGenerator().state.value,
    ];
    expect(value).toMatchGolden(g.value, { rtol: 3e-7, atol: 1e-9 });
  });
});
