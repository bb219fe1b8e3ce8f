import * as np from "@cognate/numpy";
import { className } from "@cognate/py";
import { golden } from "@cognate/testing";
import { describe, expect, test, vi } from "vitest";
import * as sk from "../index.js";

vi.spyOn(console, "warn").mockImplementation(() => {});

// Wrong uses are wrong for the types, too.
const { SVC, NuSVC, SVR, OneClassSVM, LinearSVC, LinearSVR, clone, metrics, model_selection, Pipeline } =
  sk as unknown as Record<string, (...args: unknown[]) => Loose>;
const { StandardScaler, MinMaxScaler, LabelEncoder } = sk.preprocessing as unknown as Record<
  string,
  (...args: unknown[]) => Loose
>;
const { train_test_split, KFold, StratifiedKFold, GridSearchCV } = model_selection as unknown as Record<
  string,
  (...args: unknown[]) => Loose
>;
const score = metrics as unknown as Record<string, (...args: unknown[]) => Loose>;
interface Loose {
  fit(...args: unknown[]): Loose;
  predict(...args: unknown[]): Loose;
  predict_proba(...args: unknown[]): Loose;
  decision_function(...args: unknown[]): Loose;
  transform(...args: unknown[]): Loose;
  split(...args: unknown[]): Iterable<unknown>;
  set_params(p: unknown): Loose;
  coef_: unknown;
}

const P = [
  [0, 0],
  [1, 1],
  [2, 0],
  [3, 1],
];
const q = [0, 0, 1, 1];
const csr = { data: [1, 1], indices: [0, 1], indptr: [0, 1, 2], shape: [2, 2] };

/** The ports of test-fixtures/svm/snippets/errors.txt, by name. */
const ports: Readonly<Record<string, () => unknown>> = {
  nan: () =>
    SVC!().fit(
      [
        [0, Number.NaN],
        [1, 1],
      ],
      [0, 1],
    ),
  infinite: () =>
    SVC!().fit(
      [
        [0, Infinity],
        [1, 1],
      ],
      [0, 1],
    ),
  "one class": () => SVC!().fit(P, [1, 1, 1, 1]),
  "one class linear": () => LinearSVC!().fit(P, [1, 1, 1, 1]),
  lengths: () => SVC!().fit(P, [0, 1]),
  "feature count": () =>
    SVC!()
      .fit(P, q)
      .predict([[1, 2, 3]]),
  "not fitted": () => SVC!().predict(P),
  "not fitted linear": () => LinearSVC!().decision_function(P),
  "not fitted scaler": () => StandardScaler!().transform(P),
  "nu infeasible": () => NuSVC!({ nu: 0.9 }).fit([...P, [4, 4], [5, 5], [6, 6]], [...q, 1, 1, 1]),
  "negative C": () => SVC!({ C: -1 }).fit(P, q),
  "zero C linear": () => LinearSVC!({ C: 0 }).fit(P, q),
  "bad kernel type": () => SVC!({ kernel: 3 }).fit(P, q),
  "bad gamma": () => SVC!({ gamma: -0.5 }).fit(P, q),
  "bad nu": () => NuSVC!({ nu: 1.5 }).fit(P, q),
  "bad tol": () => SVC!({ tol: 0 }).fit(P, q),
  "bad degree": () => SVC!({ degree: 2.5 }).fit(P, q),
  "bad shrinking": () => SVC!({ shrinking: 1 }).fit(P, q),
  "bad max_iter": () => SVR!({ max_iter: -2 }).fit(P, q),
  "bad class_weight": () => SVC!({ class_weight: "auto" }).fit(P, q),
  "class_weight without label": () => SVC!({ class_weight: { 5: 2 } }).fit(P, q),
  "one dimension": () => SVC!().fit([1, 2, 3], [0, 1, 0]),
  scalar: () => SVC!().fit(5, [0]),
  "three dimensions": () => SVC!().fit([[[1], [2]]], [0]),
  empty: () => SVC!().fit(np.zeros([0, 2]), []),
  "no features": () => SVC!().fit(np.zeros([2, 0]), [0, 1]),
  "continuous labels": () => SVC!().fit(P, [0.1, 0.2, 0.7, 0.9]),
  "two columns of labels": () =>
    SVC!().fit(P, [
      [0, 1],
      [1, 0],
      [0, 1],
      [1, 0],
    ]),
  "y none": () => SVC!().fit(P, null),
  "y missing": () => SVC!().fit(P),
  "y nan": () => SVR!().fit(P, [0, 1, Number.NaN, 2]),
  "probability off": () => SVC!().fit(P, q).predict_proba(P),
  "coef of rbf": () => SVC!().fit(P, q).coef_,
  "break_ties with ovo": () =>
    SVC!({ break_ties: true, decision_function_shape: "ovo" }).fit(P, q).predict(P),
  "precomputed not square": () => SVC!({ kernel: "precomputed" }).fit(P, q),
  "precomputed width": () => SVC!({ kernel: "precomputed" }).fit(np.eye(4), q).predict(np.eye(3)),
  "sample weights length": () => SVC!().fit(P, q, { sample_weight: [1, 2] }),
  "sample weights zero": () => SVC!().fit(P, q, { sample_weight: [0, 0, 0, 0] }),
  "sample weights one class": () => SVC!().fit(P, q, { sample_weight: [1, 1, 0, 0] }),
  "unsupported combination": () => LinearSVC!({ penalty: "l1", loss: "hinge" }).fit(P, q),
  "unsupported dual": () => LinearSVC!({ penalty: "l1", loss: "squared_hinge", dual: true }).fit(P, q),
  "unsupported regression": () => LinearSVR!({ loss: "epsilon_insensitive", dual: false }).fit(P, q),
  "unknown keyword": () => SVC!({ c: 1 }),
  positional: () => SVC!(1.0),
  "unknown parameter": () => SVC!().set_params({ foo: 1 }),
  "sparse after dense": () => SVC!().fit(P, q).predict(csr),
  "text samples": () =>
    SVC!().fit(
      [
        ["a", "b"],
        ["c", "d"],
      ],
      [0, 1],
    ),
  "unseen label": () => LabelEncoder!().fit([1, 2, 3]).transform([4]),
  "too many folds": () => [...KFold!(5).split([1, 2, 3])],
  "one fold": () => KFold!(1),
  "seed without shuffle": () => KFold!(3, { random_state: 0 }),
  "too many stratified folds": () => [...StratifiedKFold!(5).split(P, q)],
  "test size": () => train_test_split!([1, 2, 3], { test_size: 5 }),
  "both sizes": () => train_test_split!([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { test_size: 0.8, train_size: 0.5 }),
  "nothing to split": () => train_test_split!(),
  "lone class": () => train_test_split!(P, { stratify: [0, 1, 2, 2] }),
  "metric lengths": () => score.accuracy_score!([0, 1], [0]),
  "metric kinds": () => score.accuracy_score!([0, 1, 2], [0.5, 0.1, 0.2]),
  "binary average": () => score.f1_score!([0, 1, 2], [0, 1, 1]),
  "empty pipeline step": () =>
    Pipeline!([
      ["a", StandardScaler],
      ["b", SVC!()],
    ]).fit(P, q),
  "not a transformer": () =>
    Pipeline!([
      ["a", SVC!()],
      ["b", SVC!()],
    ]).fit(P, q),
  "same names": () =>
    Pipeline!([
      ["a", StandardScaler!()],
      ["a", SVC!()],
    ]).fit(P, q),
  "grid without list": () => GridSearchCV!(SVC!(), { C: 1 }).fit(P, q),
  "grid with unknown parameter": () =>
    GridSearchCV!(SVC!(), { D: [1] }, { cv: 2, error_score: "raise" }).fit(P, q),
  "min max range": () => MinMaxScaler!({ feature_range: [2, 1] }).fit(P),
  "clone of nothing": () => clone!(3),
  "random state": () => SVC!({ random_state: "a" }).fit(P, q),
  "fit_predict outliers nu": () => OneClassSVM!({ nu: 0 }).fit(P),
  epsilon: () => SVR!({ epsilon: -0.1 }).fit(P, q),
  "scaler of text": () => StandardScaler!().fit([["a"], ["b"]]),
};

/** Messages list sets of words, whose order Python draws anew for each run. */
const sortedSets = (text: string): string =>
  text.replace(/\{([^{}]*)\}/g, (_, inner: string) => `{${inner.split(", ").sort().join(", ")}}`);

interface Wrong {
  readonly name: string;
  readonly type: string;
  readonly message: string;
}

describe("wrong uses", () => {
  const cases = golden("svm/snippets", {}, "errors.json") as unknown as readonly Wrong[];
  test("all have a port", () => {
    expect(Object.keys(ports).sort()).toEqual(cases.map((c) => c.name).sort());
    expect(cases.length).toBeGreaterThanOrEqual(40);
  });
  test.each(cases)("$name", (c) => {
    let error: Error | null = null;
    try {
      ports[c.name]!();
    } catch (e) {
      error = e as Error;
    }
    expect(error).not.toBeNull();
    expect(sortedSets(error!.message)).toBe(sortedSets(c.message));
    expect(className(error!.constructor)).toBe(c.type);
  });
});
