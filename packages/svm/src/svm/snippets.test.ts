import * as np from "@cognate/numpy";
import { fmt, hasattr, len, print, repr, round, sorted, tuple } from "@cognate/py";
import { golden, printed } from "@cognate/testing";
import { beforeEach, describe, expect, test, vi } from "vitest";
import * as sk from "../index.js";

const {
  SVC,
  NuSVC,
  SVR,
  NuSVR,
  OneClassSVM,
  LinearSVC,
  LinearSVR,
  clone,
  datasets,
  metrics,
  model_selection,
} = sk;
const { make_pipeline, Pipeline } = sk;
const { StandardScaler, MinMaxScaler, LabelEncoder } = sk.preprocessing;
const { train_test_split, KFold, StratifiedKFold, cross_val_score, GridSearchCV } = model_selection;
const iris = datasets.load_iris();
const X = iris.data;
const y = iris.target;
const P = [
  [0, 0],
  [1, 1],
  [2, 0],
  [3, 1],
];
const q = [0, 0, 1, 1];
const csr = (a: number[][]): sk.CsrLike => {
  const rows = a.map((r) => r.flatMap((v, c) => (v ? [[c, v] as const] : [])));
  return {
    data: rows.flat().map(([, v]) => v),
    indices: rows.flat().map(([c]) => c),
    indptr: [0, ...rows.map((_, i) => rows.slice(0, i + 1).flat().length)],
    shape: [a.length, a[0]!.length],
  };
};

/** The ports of test-fixtures/svm/snippets/snippets.txt, by name. */
const ports: Readonly<Record<string, () => void>> = {
  repr() {
    print(SVC(), SVC({ C: 10, gamma: "auto", kernel: "poly", degree: 2 }));
    print(
      SVC({
        C: 100,
        kernel: "poly",
        degree: 4,
        coef0: 0.5,
        probability: true,
        cache_size: 500,
        class_weight: "balanced",
        random_state: 3,
      }),
    );
    print(
      LinearSVC({ penalty: "l1", dual: false }),
      SVR({ epsilon: 0.2 }),
      NuSVC({ nu: 0.25 }),
      OneClassSVM({ gamma: 0.1 }),
      StandardScaler({ with_std: false }),
    );
  },
  "pipeline repr"() {
    print(make_pipeline(StandardScaler(), SVC()));
    print(make_pipeline(StandardScaler(), SVC({ gamma: "auto", C: 100 })));
    print(
      Pipeline([
        ["scale", MinMaxScaler({ feature_range: [-1, 1] })],
        ["svm", LinearSVC({ random_state: 0, tol: 1e-5, max_iter: 5000 })],
      ]),
    );
  },
  "getting started"() {
    const clf = SVC({ gamma: 0.001, C: 100 });
    const digits = datasets.load_digits();
    clf.fit(digits.data.at(":-1"), digits.target.at(":-1"));
    print(clf.predict(digits.data.at("-1:")), clf.n_support_);
  },
  "two points"() {
    const clf = SVC();
    clf.fit(
      [
        [0, 0],
        [1, 1],
      ],
      [0, 1],
    );
    print(clf.predict([[2, 2]]));
    print(clf.support_vectors_);
    print(clf.support_);
    print(clf.n_support_);
  },
  "ovo and ovr"() {
    const A = [[0], [1], [2], [3]];
    const B = [0, 1, 2, 3];
    const clf = SVC({ decision_function_shape: "ovo" });
    clf.fit(A, B);
    let dec = clf.decision_function([[1]]);
    print(dec.shape);
    clf.decision_function_shape = "ovr";
    dec = clf.decision_function([[1]]);
    print(dec.shape, dec.round(4));
  },
  "linear svc"() {
    const lin = LinearSVC();
    lin.fit([[0], [1], [2], [3]], [0, 1, 2, 3]);
    print(lin.decision_function([[1]]).shape, lin.coef_.shape, lin.intercept_.shape);
  },
  "iris attributes"() {
    const clf = SVC({ kernel: "linear" }).fit(X, y);
    print(clf.support_.shape, clf.dual_coef_.shape, clf.coef_.round(4));
    print(
      clf.intercept_.round(4),
      clf.n_support_,
      clf.class_weight_,
      clf.classes_,
      clf.shape_fit_,
      clf.fit_status_,
      clf.n_features_in_,
    );
  },
  score() {
    const clf = SVC().fit(X, y);
    print(clf.score(X, y), round(SVR().fit(X, y).score(X, y), 6));
  },
  "perfect score"() {
    print(SVC({ C: 1000 }).fit(P, q).score(P, q));
  },
  regression() {
    const r = SVR({ kernel: "linear", C: 10 });
    r.fit(
      [
        [0, 0],
        [2, 2],
      ],
      [0.5, 2.5],
    );
    print(r.predict([[1, 1]]));
  },
  "one class"() {
    const A = [[0], [0.44], [0.45], [0.46], [1]];
    const clf = OneClassSVM({ gamma: "auto" }).fit(A);
    print(clf.predict(A));
    print(clf.score_samples(A));
  },
  get_params() {
    print(SVC({ C: 3 }).get_params());
    print(LinearSVR().get_params({ deep: false }));
  },
  set_params() {
    const clf = SVC().set_params({ C: 5, kernel: "linear" });
    print(clf, clf.C, clf.kernel);
  },
  clone() {
    const a = SVC({ C: 2, random_state: 1 }).fit(P, q);
    const b = clone(a);
    print(b, hasattr(b, "support_"), a === b);
  },
  "string labels"() {
    const clf = SVC({ kernel: "linear" }).fit(P, ["no", "no", "yes", "yes"]);
    print(
      clf.classes_,
      clf.predict([
        [0, 1],
        [3, 0],
      ]),
      clf.predict([[0, 1]]).at(0),
    );
  },
  "class weights"() {
    const clf = SVC({ kernel: "linear", class_weight: { 1: 10 } }).fit(P, q);
    print(clf.class_weight_, clf.coef_, clf.intercept_);
    print(SVC({ class_weight: "balanced" }).fit([...P, [4, 4]], [...q, 1]).class_weight_);
  },
  "custom kernel"() {
    const my_kernel = (A: np.ndarray, B: np.ndarray): np.ndarray =>
      np
        .dot(
          A,
          np.array([
            [2, 0],
            [0, 1],
          ]),
        )
        .dot(np.array(B).T);
    const clf = SVC({ kernel: my_kernel }).fit(np.array(P), q);
    print(
      clf.predict(
        np.array([
          [0, 1],
          [3, 0],
        ]),
      ),
      clf.support_vectors_.shape,
    );
  },
  "precomputed kernel"() {
    const A = np.array([
      [0, 0],
      [1, 1],
    ]);
    const gram = np.dot(A, A.T);
    const clf = SVC({ kernel: "precomputed" }).fit(gram, [0, 1]);
    print(clf.predict(gram), clf.support_vectors_.shape);
  },
  probability() {
    const clf = SVC({ probability: true, random_state: 0 }).fit(X, y);
    print(clf.predict_proba(X.at(":2")).round(4));
  },
  scaler() {
    const s = StandardScaler();
    const A = [
      [0, 0],
      [0, 0],
      [1, 1],
      [1, 1],
    ];
    print(s.fit(A));
    print(s.mean_, s.var_, s.scale_, s.n_samples_seen_);
    print(s.transform(A), s.transform([[2, 2]]), s.inverse_transform([[1, -1]]));
  },
  "min max"() {
    const s = MinMaxScaler();
    const A = [
      [-1, 2],
      [-0.5, 6],
      [0, 10],
      [1, 18],
    ];
    print(s.fit(A));
    print(s.data_max_, s.transform(A), s.transform([[2, 2]]));
  },
  "label encoder"() {
    let le = LabelEncoder();
    print(le.fit([1, 2, 2, 6]), le.classes_, le.transform([1, 1, 2, 6]), le.inverse_transform([0, 0, 1, 2]));
    le = LabelEncoder().fit(["paris", "paris", "tokyo", "amsterdam"]);
    print(
      (le.classes_.tolist() as string[]).map((s) => ({ __repr__: () => `np.str_(${repr(s)})` })),
      le.transform(["tokyo", "tokyo", "paris"]),
    );
  },
  pipeline() {
    const [A, B] = datasets.make_classification({ random_state: 0 });
    const [a, b, c, d] = train_test_split(A!, B!, { random_state: 0 });
    const pipe = Pipeline([
      ["scaler", StandardScaler()],
      ["svc", SVC()],
    ]);
    print(pipe.fit(a, c).score(b, d), pipe.set_params({ svc__C: 10 }).fit(a, c).score(b, d));
    print(pipe.at("svc"), pipe.at(0), len(pipe), pipe.named_steps.keys());
  },
  train_test_split() {
    const [A, B] = [np.arange(10).reshape([5, 2]), [0, 1, 2, 3, 4]];
    const [a, b, c, d] = train_test_split(A, B, { test_size: 0.33, random_state: 42 });
    print(a, b, c, d);
    print(train_test_split(B, { shuffle: false }));
    print(
      train_test_split(np.arange(12), {
        test_size: 4,
        stratify: [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1],
        random_state: 1,
      }),
    );
  },
  "k fold"() {
    for (const [train, test] of KFold({ n_splits: 3, shuffle: true, random_state: 1 }).split(np.zeros(7)))
      print(train, test);
    print(
      KFold(3),
      StratifiedKFold({ n_splits: 4, shuffle: true, random_state: 0 }),
      KFold(3).get_n_splits(),
    );
  },
  "stratified k fold"() {
    for (const [train, test] of StratifiedKFold({ n_splits: 2 }).split(np.zeros(6), [0, 0, 0, 1, 1, 1]))
      print(train, test);
    const folds = StratifiedKFold(3, { shuffle: true, random_state: 2 });
    for (const [train, test] of folds.split(np.zeros(9), [..."aabbaabba"])) print(train, test);
  },
  "shuffle split"() {
    const a = model_selection.ShuffleSplit({ n_splits: 2, test_size: 0.25, random_state: 0 });
    for (const [train, test] of a.split(np.zeros(8))) print(train, test);
    const b = model_selection.StratifiedShuffleSplit({ n_splits: 2, test_size: 0.5, random_state: 0 });
    for (const [train, test] of b.split(np.zeros(6), [0, 0, 0, 1, 1, 1])) print(train, test);
  },
  cross_val_score() {
    print(cross_val_score(SVC({ kernel: "linear", C: 1, random_state: 42 }), X, y, { cv: 5 }));
    print(
      cross_val_score(SVC(), X, y, { cv: 3, scoring: "f1_macro" }).round(6),
      cross_val_score(SVR(), X, y, {
        cv: KFold(3, { shuffle: true, random_state: 0 }),
        scoring: "neg_mean_squared_error",
      }).round(6),
    );
  },
  "grid search"() {
    const gs = GridSearchCV(SVC(), { kernel: tuple(["linear", "rbf"]), C: [1, 10] });
    print(gs.fit(X, y));
    print(
      sorted(Object.keys(gs.cv_results_)).slice(0, 6),
      gs.best_params_,
      round(gs.best_score_, 6),
      gs.best_estimator_,
      gs.best_index_,
    );
    print(
      (gs.cv_results_.mean_test_score as np.ndarray).round(4),
      gs.cv_results_.rank_test_score,
      gs.cv_results_.params,
    );
  },
  "grid search in a pipeline"() {
    const gs = GridSearchCV(
      make_pipeline(StandardScaler(), SVC()),
      [{ svc__C: [0.1, 1], svc__gamma: ["scale", 0.5] }, { svc__kernel: ["linear"] }],
      { cv: 3, return_train_score: true },
    );
    gs.fit(X, y);
    print(
      gs.best_params_,
      (gs.cv_results_.mean_train_score as np.ndarray).round(4),
      gs.predict(X.at(":3")),
      round(gs.score(X, y), 4),
    );
  },
  accuracy() {
    print(
      metrics.accuracy_score([0, 1, 2, 3], [0, 2, 1, 3]),
      metrics.accuracy_score([0, 1, 2, 3], [0, 2, 1, 3], { normalize: false }),
      metrics.accuracy_score([1, 1], [1, 1]),
    );
  },
  "confusion matrix"() {
    print(metrics.confusion_matrix([2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2]));
    print(
      metrics.confusion_matrix(
        ["cat", "ant", "cat", "cat", "ant", "bird"],
        ["ant", "ant", "cat", "cat", "ant", "cat"],
        { labels: ["ant", "bird", "cat"] },
      ),
    );
    print(metrics.confusion_matrix([0, 1, 0, 1], [1, 1, 1, 0], { normalize: "true" }));
  },
  "classification report"() {
    print(
      metrics.classification_report([0, 1, 2, 2, 2], [0, 0, 2, 2, 1], {
        target_names: ["class 0", "class 1", "class 2"],
      }),
    );
    print(metrics.classification_report(["a", "b", "a"], ["a", "b", "b"], { digits: 3 }));
  },
  "precision and recall"() {
    const [a, b] = [
      [0, 1, 2, 0, 1, 2],
      [0, 2, 1, 0, 0, 1],
    ];
    print(
      metrics.precision_score(a!, b!, { average: "macro" }),
      metrics.recall_score(a!, b!, { average: "micro" }),
      metrics.f1_score(a!, b!, { average: "weighted" }),
      metrics.f1_score(a!, b!, { average: null }),
    );
    print(
      metrics.precision_recall_fscore_support(a!, b!, { average: "macro" }),
      metrics.roc_auc_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]),
    );
  },
  "regression metrics"() {
    const [a, b] = [
      [3, -0.5, 2, 7],
      [2.5, 0, 2, 8],
    ];
    print(metrics.mean_squared_error(a!, b!), metrics.mean_absolute_error(a!, b!), metrics.r2_score(a!, b!));
  },
  "toy data"() {
    print(iris.data.shape, iris.target_names, iris.feature_names, np.bincount(iris.target));
    const [w, b] = [datasets.load_wine(), datasets.load_breast_cancer()];
    const [g, d] = [datasets.load_digits(), datasets.load_diabetes()];
    const names = b.feature_names as np.ndarray;
    print(w.data.at(0), w.target.at(-1), b.data.shape, names.at(":3"), b.target_names);
    print(g.images.shape, g.data.at(0, ":8"), g.target.at(":10"), d.data.at(0).round(6), d.target.at(":3"));
    const [a, c] = datasets.load_iris({ return_X_y: true });
    print(
      a!.shape,
      c!.at(-1),
      datasets.load_digits({ n_class: 3 }).data.shape,
      b.data.at(100, "12:15"),
      d.data.sum({ axis: 0 }).round(6),
    );
  },
  blobs() {
    let [a, b] = datasets.make_blobs({ n_samples: 10, centers: 3, n_features: 2, random_state: 0 });
    print(a!.shape, b, a!.at(":3"));
    [a, b] = datasets.make_blobs({ n_samples: [3, 3, 4], centers: null, n_features: 2, random_state: 0 });
    print(a!.at(":2").round(6), b);
  },
  "moons and circles"() {
    let [a, b] = datasets.make_moons({ n_samples: 6, noise: 0.1, random_state: 3 });
    print(a!.round(6), b);
    [a, b] = datasets.make_circles({ n_samples: 5, factor: 0.3, random_state: 1 });
    print(a!.round(6), b);
  },
  "make classification"() {
    let [a, b] = datasets.make_classification({ n_samples: 6, n_features: 5, random_state: 42 });
    print(a!.round(6), b);
    [a, b] = datasets.make_classification({
      n_samples: 8,
      n_features: 7,
      n_informative: 3,
      n_repeated: 1,
      n_classes: 3,
      weights: [0.5, 0.3],
      flip_y: 0.2,
      shift: null,
      scale: null,
      hypercube: false,
      random_state: 5,
    });
    print(a!.round(5), b);
  },
  "make regression"() {
    const [a, b] = datasets.make_regression({
      n_samples: 5,
      n_features: 3,
      n_informative: 2,
      noise: 1.5,
      random_state: 42,
    });
    print(a!.round(6), b!.round(6));
  },
  sparse() {
    const clf = SVC({ kernel: "linear" }).fit(csr(P), q);
    const probe = csr([
      [3, 0],
      [0, 1],
    ]);
    print(clf.coef_.toarray(), clf.intercept_, clf.predict(probe));
  },
  convergence() {
    const clf = SVC({ max_iter: 2 }).fit(X, y);
    print(clf.fit_status_, clf.n_iter_);
    LinearSVC({ max_iter: 2, random_state: 0, dual: true }).fit(X, y);
  },
  "column vector"() {
    print(
      SVC()
        .fit(P, np.array(q).reshape(-1, 1))
        .predict([[0, 1]]),
    );
  },
  iterations() {
    print(
      SVC().fit(X, y).n_iter_,
      SVR().fit(X, y).n_iter_,
      OneClassSVM().fit(X).n_iter_,
      LinearSVC({ random_state: 0 }).fit(X, y).n_iter_,
    );
  },
  "nu and linear regressors"() {
    print(
      NuSVR({ C: 1, nu: 0.1 }).fit(X, y).predict(X.at(":3")).round(4),
      LinearSVR({ random_state: 0 }).fit(X, y).coef_.round(4),
      NuSVC().fit(X, y).predict(X.at("::50")),
    );
  },
  plane() {
    const rng = np.random.RandomState(3);
    const A = np.r_.at(rng.randn(20, 2).sub([2, 2]), rng.randn(20, 2).add([2, 2]));
    const B = [...Array<number>(20).fill(0), ...Array<number>(20).fill(1)];
    const clf = SVC({ kernel: "linear" }).fit(A, B);
    const coef = clf.coef_;
    const w = coef.at(0);
    print(
      fmt("%.6f %.6f", -w.at(0) / w.at(1), -clf.intercept_.at(0) / w.at(1)),
      clf.support_vectors_.round(4),
      1 / round(Math.sqrt(coef.mul(coef).sum()), 6),
    );
  },
  cross_val_predict() {
    print(
      model_selection.cross_val_predict(SVC(), X, y, { cv: 3 }).at("48:52"),
      model_selection.cross_validate(SVC(), X, y, { cv: 3 }).test_score,
    );
  },
};

interface Snippet {
  readonly name: string;
  readonly out: string;
  readonly warnings: readonly string[];
}

describe("snippets", () => {
  const warned: string[] = [];
  beforeEach(() => {
    warned.length = 0;
    vi.spyOn(console, "warn").mockImplementation((text: string) => {
      warned.push(text);
    });
  });
  const cases = golden("svm/snippets") as unknown as readonly Snippet[];
  test("all have a port", () => {
    expect(Object.keys(ports).sort()).toEqual(cases.map((c) => c.name).sort());
    expect(cases.length).toBeGreaterThanOrEqual(40);
  });
  test.each(cases)("$name", (c) => {
    const text = printed(() => {
      ports[c.name]!();
    });
    expect(text).toBe(c.out);
    // A warning is told once a run; whichever case comes first gets it.
    for (const w of warned) expect(c.warnings).toContain(w);
  });
});
