import { TreeArena } from "@cognate/kernel";
import { describe, expect, test } from "vitest";
import { matrixOf } from "../learner/cases.test.helper.js";
import { Learner } from "../learner/learner.js";
import { streamCuts } from "./cuts.js";
import { gradientIndex, kernelsFrom } from "./gradient-index.js";
import { buildHistogram } from "./histogram.js";

describe("kernels of trees", () => {
  test("an arena holds what it gave and nothing else", () => {
    const arena = TreeArena.of(1000)!;
    const a = arena.f32(10)!;
    expect(arena.holds(a)).toBe(true);
    expect(arena.holds(new Float32Array(10))).toBe(false);
    expect(arena.f64(1e6)).toBe(null);
  });

  test.each([
    ["dense", { n: 300, f: 5, seed: 1 }],
    ["missing", { n: 300, f: 5, seed: 2, missing: 0.3 }],
    ["sparse", { n: 300, f: 5, seed: 3, missing: 0.6, sparse: true }],
  ] as const)("histograms of %s data are those of the loops, bit by bit", (_, spec) => {
    const matrix = matrixOf(spec);
    const cuts = streamCuts(matrix, 64);
    const usual = kernelsFrom.values;
    const sums = [0, 1e9].map((least) => {
      kernelsFrom.values = least;
      const index = gradientIndex(matrix, cuts, 4);
      expect(index.arena !== null).toBe(least === 0);
      const { arena } = index;
      const gpair = arena?.f32(600) ?? new Float32Array(600);
      for (let i = 0; i < 600; i++) gpair[i] = Math.sin(i);
      const rows = arena?.u32(300) ?? new Uint32Array(300);
      for (let i = 0; i < 300; i++) rows[i] = i;
      const hist = arena?.f64(2 * (index.totalBins + 1)) ?? new Float64Array(2 * (index.totalBins + 1));
      buildHistogram(hist, gpair, rows, 20, 290, index);
      return hist.slice();
    });
    kernelsFrom.values = usual;
    expect(sums[0]).toEqual(sums[1]);
  });

  test("large data meet them", () => {
    const matrix = matrixOf({ n: 5000, f: 8, seed: 4 });
    const learner = new Learner([matrix]);
    learner.updateOneIter(0, matrix);
    const kept = matrix.cache.get("index") as { index: { arena: TreeArena | null } };
    expect(kept.index.arena).not.toBe(null);
  });
});
