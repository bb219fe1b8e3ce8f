import { kw, repr } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { clear_session } from "../backend/global-state.js";
import { Tensor } from "../backend/tensor.js";
import { abs, subtract } from "../ops/numpy/elementwise.js";
import * as metrics from "./index.js";
import type { MetricImpl } from "./metric.js";

const array = ({ array: a }: GoldenArray): Tensor => new Tensor(new Value(a));
type Make = (...args: unknown[]) => MetricImpl & { update_state(...args: unknown[]): void };
const module = metrics as unknown as Record<string, Make>;
const cases = golden("keras/metrics", { array });

/** Sums of float32 in another order; areas add up 200 of them. */
const CLOSE = { rtol: 2e-5, atol: 2e-6 };
const plain = (x: unknown): unknown =>
  JSON.parse(JSON.stringify(x, (_k, v) => (v instanceof Number ? Number(v) : v)));

describe("keras.metrics", () => {
  test.each(cases.filter((g) => g.metric))("$name", (g) => {
    clear_session();
    const m = module[g.metric as string]!(kw(g.options as Record<string, unknown>));
    const weights = g.weights as (Tensor | null)[];
    (g.batches as [Tensor, Tensor][]).forEach(([t, p], i) => {
      m.update_state(t, p, { sample_weight: weights[i] });
      expect(m.result()).toMatchGolden((g.results as unknown[])[i], CLOSE);
    });
    expect(m.variables.map((v) => v.path)).toEqual(g.variables);
    expect(plain(m.get_config())).toEqual(plain(g.config));
    expect(repr(m)).toBe(g.repr);
    m.reset_state();
    const after = g.after_reset as Tensor[];
    if (after.length > 0) expect(m.variables.map((v) => v.value)).toMatchGolden(after, CLOSE);
  });

  test.each(cases.filter((g) => g.mean))("$name of values", (g) => {
    const m = module[g.mean as string]!();
    const matrix = [
      [1, 2],
      [4, 8.5],
    ];
    const results = (
      [
        [[1, 3, 5], null],
        [matrix, null],
        [matrix, [2, 0.5]],
        [7.5, 3],
      ] as const
    ).map(([values, sample_weight]) => {
      m.update_state(values, { sample_weight });
      return m.result();
    });
    expect(results).toMatchGolden(g.results, CLOSE);
  });
  test("a function as a metric", () => {
    const m = metrics.MeanMetricWrapper((t: Tensor, p: Tensor) => abs(subtract(t, p)) as Tensor, {
      name: "far",
    });
    m.update_state([1, 2], [2.5, 2]);
    expect(m.result()).toMatchGolden(cases.find((g) => g.wrapper)!.wrapper, CLOSE);
  });

  const errors: Record<string, () => unknown> = {
    identifier: () => metrics.get("accurate"),
    threshold: () => metrics.Precision({ thresholds: 1.5 }),
    curve: () => metrics.AUC({ curve: "roc2" }),
    summation: () => metrics.AUC({ summation_method: "up" }),
    thresholds: () => metrics.AUC({ num_thresholds: 1 }),
    labels: () => metrics.AUC({ num_labels: 2 }),
    specificity: () => metrics.SensitivityAtSpecificity(1.5),
    average: () => metrics.F1Score({ average: "mean" as never }),
    class: () => metrics.IoU({ num_classes: 2, target_class_ids: [2] }),
    aggregation: () => metrics.R2Score({ class_aggregation: "mean" as never }),
  };
  test.each(cases.filter((g) => g.error))("$name", (g) => {
    let message = "";
    try {
      errors[g.name.replace("error ", "")]!();
    } catch (e) {
      message = `${(e as Error).name}: ${(e as Error).message}`;
    }
    expect(message).toBe(`${g.error as string}: ${g.message as string}`);
  });
});
