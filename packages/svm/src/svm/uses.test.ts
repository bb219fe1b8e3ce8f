import * as np from "@cognate/numpy";
import { float, print } from "@cognate/py";
import { printed } from "@cognate/testing";
import { beforeEach, describe, expect, test, vi } from "vitest";
import * as sk from "../index.js";

const { SVC, SVR, LinearSVC, datasets, model_selection } = sk;
const warned: string[] = [];
beforeEach(() => {
  warned.length = 0;
  vi.spyOn(console, "warn").mockImplementation((text: string) => {
    warned.push(text);
  });
});

const shown = (...values: unknown[]): string => printed(() => print(...values));

describe("columns by name", () => {
  const table = { height: [1, 2, 3, 4], width: [2, 1, 4, 3] };
  test("names are kept and compared", () => {
    const clf = SVC().fit(table, [0, 0, 1, 1]);
    expect(shown((clf as unknown as { feature_names_in_: unknown }).feature_names_in_)).toBe(
      "['height' 'width']\n",
    );
    expect(clf.predict(table).tolist()).toEqual([0, 0, 1, 1]);
    expect(() => clf.predict({ height: [1], depth: [2] })).toThrow(
      "The feature names should match those that were passed during fit.\nFeature names unseen at fit time:\n- depth\nFeature names seen at fit time, yet now missing:\n- width\n",
    );
    expect(() => clf.predict({ width: [1], height: [2] })).toThrow(
      "Feature names must be in the same order as they were in fit.\n",
    );
    clf.predict([[1, 2]]);
    expect(warned).toEqual([
      "UserWarning: X does not have valid feature names, but SVC was fitted with feature names",
    ]);
  });
});

describe("calls", () => {
  test("by position, by name, and with keywords", () => {
    const X = [[0], [1], [2], [3]];
    const y = [0, 0, 1, 1];
    const w = [1, 2, 3, 4];
    const a = SVC().fit(X, y, w);
    expect(SVC().fit({ X, y, sample_weight: w }).dual_coef_).toEqual(a.dual_coef_);
    expect(SVC().fit(X, { y, sample_weight: w }).dual_coef_).toEqual(a.dual_coef_);
    expect(a.predict({ X: [[2.5]] }).tolist()).toEqual([1]);
    expect(new SVC({ C: 2 }).C).toBe(2);
  });
  test("floats print as floats", () => {
    expect(shown(SVC({ C: float(10) }), SVC({ C: 10 }), SVC().C)).toBe("SVC(C=10.0) SVC(C=10) 1.0\n");
  });
  test("what fit changes is not the caller's", () => {
    const X = np
      .array([
        [0, 1],
        [1, 0],
        [2, 2],
        [3, 1],
      ])
      .astype("float64");
    const before = X.tolist();
    for (const e of [SVC({ C: 100 }), SVR({ C: 100 }), LinearSVC({ random_state: 0 })])
      (e as sk.SVC).fit(X, [0, 1, 1, 0]);
    expect(X.tolist()).toEqual(before);
  });
});

describe("random numbers", () => {
  test("np.random.seed reaches what gets no seed", () => {
    np.random.seed(4);
    const a = model_selection.train_test_split([0, 1, 2, 3, 4, 5, 6, 7]);
    np.random.seed(4);
    const b = model_selection.train_test_split([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(a).toEqual(b);
    expect(a).toEqual(model_selection.train_test_split([0, 1, 2, 3, 4, 5, 6, 7], { random_state: 4 }));
  });
  test("a RandomState goes on where it stands", () => {
    const rng = np.random.RandomState(0);
    const [, , first] = model_selection.train_test_split([1, 2, 3, 4], [5, 6, 7, 8], { random_state: rng });
    const [, , second] = model_selection.train_test_split([1, 2, 3, 4], [5, 6, 7, 8], { random_state: rng });
    expect(first).not.toEqual(second);
  });
});

test("a label of another type", () => {
  const clf = SVC({ kernel: "linear" }).fit([[0], [1], [2], [3]], [true, true, false, false]);
  expect(shown(clf.classes_, clf.predict([[0.5], [2.5]]))).toBe("[False  True] [ True False]\n");
  const floats = SVC().fit([[0], [1], [2], [3]], [float(1), float(1), 2, 2]);
  expect(shown(floats.classes_)).toBe("[1. 2.]\n");
});

test("data far from the origin predicts as scikit-learn does", () => {
  const X = [1e6, 1e6 + 1, 1e6 + 2, 1e6 + 3].map((v) => [v, -v]);
  const d = SVC({ gamma: 0.5 }).fit(X, [0, 1, 0, 1]).decision_function(X).tolist() as number[];
  [-1, 1, -1, 1].forEach((s, i) => {
    expect(Math.sign(d[i]!)).toBe(s);
  });
});

test("toy sets are the files beside the fixtures", async () => {
  const { fixtureBytes } = await import("@cognate/testing");
  for (const [name, constant] of [
    ["iris", "IRIS"],
    ["wine", "WINE"],
    ["digits", "DIGITS"],
    ["diabetes", "DIABETES"],
    ["breast_cancer", "BREAST_CANCER"],
  ] as const) {
    const source = (await import(`../datasets/data/${name}.ts`)) as Record<string, string>;
    expect(Buffer.from(source[constant]!, "base64").equals(fixtureBytes(`svm/datasets/${name}.npz`))).toBe(
      true,
    );
  }
  expect(datasets.load_iris().data.shape).toEqual([150, 4]);
});
