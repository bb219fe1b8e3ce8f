import type { ndarray } from "@cognate/ndarray/core";
import { className } from "@cognate/py";
import { golden } from "@cognate/testing";
import { describe, expect, test, vi } from "vitest";
import { metrics, model_selection } from "../index.js";

vi.spyOn(console, "warn").mockImplementation(() => {});

interface Scores {
  readonly name: string;
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly w: readonly number[] | null;
  readonly s: readonly number[];
  readonly two: readonly number[];
  readonly out: Readonly<Record<string, unknown>> & { readonly report: string };
}

/** Numbers out of nested lists of them. */
const flat = (x: unknown): number[] => (Array.isArray(x) ? x.flatMap(flat) : [Number(x)]);

function close(actual: unknown, expected: unknown): void {
  const [a, b] = [flat(actual), flat(expected)];
  expect(a.length).toBe(b.length);
  a.forEach((v, i) => {
    if (Number.isNaN(b[i]!)) expect(v).toBeNaN();
    else expect(v).toBeCloseTo(b[i]!, 10);
  });
}

describe("scores of random labels", () => {
  test.each(golden("svm/selection", {}, "metrics.json") as unknown as readonly Scores[])("$name", (c) => {
    const { a, b, s, two, out } = c;
    const sample_weight = c.w;
    close(metrics.accuracy_score(a, b, { sample_weight }), out.accuracy);
    close(metrics.confusion_matrix(a, b, { sample_weight }).tolist(), out.confusion);
    expect(metrics.classification_report(a, b, { sample_weight, digits: 3 })).toBe(out.report);
    close(metrics.balanced_accuracy_score(a, b, { sample_weight }), out.balanced);
    close(metrics.roc_auc_score(two, s, { sample_weight }), out.auc);
    const moved = s.map((v, i) => v + two[i]!);
    if (s.length > 1) close(metrics.r2_score(s, moved, { sample_weight }), out.r2);
    const doubled = s.map((v) => 2 * v);
    close(metrics.mean_squared_error(s, doubled, { sample_weight }), out.mse);
    for (const average of ["micro", "macro", "weighted"] as const) {
      const scores = [metrics.precision_score, metrics.recall_score, metrics.f1_score];
      close(
        scores.map((f) => f(a, b, { average, sample_weight })),
        out[average],
      );
    }
  });
});

interface Splits {
  readonly name: string;
  readonly y: readonly number[];
  readonly seed: number;
  readonly folds: number;
  readonly out: Readonly<Record<string, unknown>>;
}

function outcome(f: () => unknown): unknown {
  try {
    return f();
  } catch (e) {
    return [className((e as Error).constructor), (e as Error).message];
  }
}

const pairs = (it: Iterable<Iterable<ndarray>>): unknown =>
  Array.from(it, (p) => Array.from(p, (x) => x.tolist()));

describe("splits of random labels", () => {
  const { KFold, StratifiedKFold, StratifiedShuffleSplit, train_test_split } = model_selection;
  test.each(golden("svm/selection", {}, "splits.json") as unknown as readonly Splits[])("$name", (c) => {
    const { y, seed, folds, out } = c;
    const ids = [...y.keys()];
    const random = { shuffle: true, random_state: seed };
    expect(outcome(() => pairs(KFold(folds, random).split(y)))).toEqual(out.k_fold);
    expect(outcome(() => pairs(StratifiedKFold(folds, random).split(y, y)))).toEqual(out.stratified);
    expect(outcome(() => pairs(StratifiedKFold(folds).split(y, y)))).toEqual(out.in_order);
    const shuffled = StratifiedShuffleSplit(2, { test_size: 0.3, random_state: seed });
    expect(outcome(() => pairs(shuffled.split(y, y)))).toEqual(out.shuffled);
    expect(
      outcome(() => train_test_split(y, ids, { test_size: 0.4, random_state: seed, stratify: y })),
    ).toEqual(out.split);
    expect(outcome(() => train_test_split(y, ids, { train_size: 5, random_state: seed }))).toEqual(
      out.counted,
    );
  });
});
