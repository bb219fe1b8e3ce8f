import { className, dict, kw, print, slice } from "@cognate/py";
import { golden } from "@cognate/testing";
import { describe, expect, test, vi } from "vitest";
import { bst, D, k, np, X, xgb, y } from "./snippets.test.helper.js";

vi.spyOn(console, "warn").mockImplementation(() => {});

// Wrong uses are wrong for the types, too.
type Loose = (...args: unknown[]) => LooseObject;
interface LooseObject extends Record<string, Loose> {}
const { DMatrix, QuantileDMatrix, Booster, train, cv, set_config, plot_importance } =
  xgb as unknown as Record<string, Loose>;
const { XGBRegressor, XGBClassifier, XGBRanker, XGBRFRegressor } = xgb as unknown as Record<string, Loose>;
const { LearningRateScheduler, EarlyStopping } = xgb.callback as unknown as Record<string, Loose>;
const b = bst as unknown as LooseObject;
const named = xgb.train(
  { max_depth: 2 },
  xgb.DMatrix(X, y, { feature_names: ["a", "b", "c"] }),
  2,
) as unknown as LooseObject;
const linear = xgb.train({ booster: "gblinear", updater: "coord_descent" }, D, 2) as unknown as LooseObject;
const trained = xgb.XGBClassifier({ n_estimators: 1 }).fit(X, k);
trained.get_booster().set_attr({ scikit_learn: '{"_estimator_type": "classifier"}' });
const rawClassifier = trained.get_booster().save_raw();
const one = (params: object): unknown => train!(params, D, 1);
const fitted = (): LooseObject => XGBRegressor!({ n_estimators: 1 }).fit!(X, y);
const quiet = { evals: [[D, "train"]], verbose_eval: false };

/** The ports of test-fixtures/xgboost/snippets/errors.txt, by name. */
const ports: Readonly<Record<string, () => unknown>> = {
  "one dimension": () => DMatrix!(np.array([1, 2])),
  "three dimensions": () => DMatrix!(np.zeros([2, 2, 2])),
  "one dimension estimator": () => XGBRegressor!().fit!([1, 2], [1, 2]),
  "group and qid": () => DMatrix!(X, y, { group: [4, 4], qid: [0, 0, 0, 0, 1, 1, 1, 1] }),
  "names count": () => DMatrix!(X, { feature_names: ["a", "b"] }),
  "names twice": () => DMatrix!(X, { feature_names: ["a", "b", "a"] }),
  "names brackets": () => DMatrix!(X, { feature_names: ["a[0]", "b", "c"] }),
  "types count": () => DMatrix!(X, { feature_types: ["q"] }),
  "unknown type": () => DMatrix!(X, { feature_types: ["q", "q", "z"] }),
  "label shape": () => DMatrix!(X, y, { weight: np.ones([8, 2]) }),
  "negative weight": () => DMatrix!(X, y, { weight: np.ones(8).neg() }),
  "label count": () => train!({}, DMatrix!(X, y.at(":5")), 1),
  "weight count": () => train!({}, DMatrix!(X, y, { weight: [1, 2] }), 1),
  "no label": () => train!({}, DMatrix!(X), 1),
  "nan label": () => train!({}, DMatrix!(X, new Array(8).fill(Number.NaN)), 1),
  "infinite data": () => DMatrix!(np.full([2, 2], Infinity), [0, 1]),
  "logistic label": () => train!({ objective: "binary:logistic" }, DMatrix!(X, y.add(5)), 1),
  "class label": () => train!({ objective: "multi:softprob", num_class: 2 }, DMatrix!(X, np.arange(8)), 1),
  "no num_class": () => train!({ objective: "multi:softprob" }, DMatrix!(X, k), 1),
  "unknown objective": () => one({ objective: "reg:magic" }),
  "unknown booster": () => one({ booster: "tree" }),
  "unknown metric": () => train!({ eval_metric: "accuracy" }, D, 1, { evals: [[D, "train"]] }),
  "unknown tree method": () => one({ tree_method: "fast" }),
  "eta text": () => one({ eta: "quick" }),
  "negative depth": () => one({ max_depth: -1 }),
  "subsample range": () => one({ subsample: 1.5 }),
  "negative gamma": () => one({ gamma: -1 }),
  "not a matrix": () => train!({}, X, 1),
  "evals not a matrix": () => train!({}, D, 1, { evals: [[X, "a"]] }),
  "early stopping without evals": () => train!({}, D, 3, { early_stopping_rounds: 2 }),
  "train keyword": () => train!({}, D, { num_rounds: 3 }),
  "predict ntree_limit": () => b.predict!(D, { ntree_limit: 1 }),
  "predict array": () => b.predict!(X),
  "predict two kinds": () => b.predict!(D, { pred_leaf: true, pred_contribs: true }),
  "range past the end": () => b.predict!(D, { iteration_range: [0, 9] }),
  "contribs from the middle": () => b.predict!(D, { pred_contribs: true, iteration_range: [1, 2] }),
  "more columns": () => b.predict!(DMatrix!(np.ones([2, 5]))),
  "names missing": () => named.predict!(D),
  "names other": () => named.predict!(DMatrix!(X, { feature_names: ["a", "b", "d"] })),
  "inplace columns": () => b.inplace_predict!(np.ones([2, 5])),
  "inplace type": () => b.inplace_predict!("text"),
  "base margin shape": () => b.predict!(DMatrix!(X, { base_margin: np.zeros(5) })),
  "importance kind": () => b.get_score!({ importance_type: "value" }),
  "dump format": () => b.get_dump!({ dump_format: "xml" }),
  "best iteration": () => b.best_iteration,
  "best score": () => b.best_score,
  "slice tuple": () => b.at!(0, 1),
  "slice text": () => b.at!("a"),
  "slice past the end": () => b.at!("3:9"),
  "slice backwards": () => b.at!("2:1"),
  "index past the end": () => b.at!(7),
  "load missing file": () => Booster!({ model_file: "no_such_file.json" }),
  "load number": () => b.load_model!(3),
  "raw format": () => b.save_raw!("xml"),
  "save name": () => b.save_model!(3),
  "model file type": () => Booster!({ model_file: 3 }),
  "empty booster": () => Booster!().predict!(D),
  "cache item": () => Booster!(kw({ params: {}, cache: [X] })),
  "linear leaf": () => linear.predict!(D, { pred_leaf: true }),
  "linear dot": () => linear.get_dump!({ dump_format: "dot" }),
  "linear gain": () => linear.get_score!({ importance_type: "gain" }),
  "linear frame": () => linear.trees_to_dataframe!(),
  "linear slice": () => linear.at!("0:1"),
  "not fitted": () => XGBRegressor!().predict!(X),
  "not fitted importances": () => XGBClassifier!().feature_importances_,
  "classes from one": () => XGBClassifier!().fit!(X, k.add(1)),
  "text classes": () => XGBClassifier!().fit!(X, np.array(["a", "b", "a", "b", "a", "b", "a", "b"])),
  "classes with a gap": () => XGBClassifier!().fit!(X, k.mul(2)),
  "estimator ntree_limit": () => fitted().predict!(X, { ntree_limit: 1 }),
  "classifier ntree_limit": () =>
    XGBClassifier!({ n_estimators: 1 }).fit!(X, y.gt(0)).predict!(X, { ntree_limit: 1 }),
  "fit keyword": () => XGBRegressor!().fit!(X, y, { early_stopping_rounds: 2 }),
  "ranker without groups": () => XGBRanker!().fit!(X, k),
  "ranker objective": () => XGBRanker!({ objective: "reg:squarederror" }),
  "ranker custom objective": () => XGBRanker!({ objective: (p: unknown, d: unknown) => [p, d] }),
  "forest early stopping": () => XGBRFRegressor!({ early_stopping_rounds: 2 }),
  "no evals result": () => fitted().evals_result!(),
  "coef of trees": () => fitted().coef_,
  "eval weights": () =>
    XGBRegressor!({ n_estimators: 1 }).fit!(X, y, {
      eval_set: [[X, y]],
      sample_weight_eval_set: [],
      verbose: false,
    }),
  "weights without set": () => XGBRegressor!({ n_estimators: 1 }).fit!(X, y, { sample_weight_eval_set: [y] }),
  "metric type": () => XGBRegressor!({ eval_metric: 3 }).fit!(X, y),
  "feature count": () => fitted().predict!(np.ones([2, 5])),
  "other type of estimator": () => XGBRegressor!().load_model!(rawClassifier),
  "categorical exact": () => XGBRegressor!({ enable_categorical: true, tree_method: "exact" }).fit!(X, y),
  "cv quantile matrix": () => cv!({}, QuantileDMatrix!(X, y), 2),
  "callback type": () => train!({}, D, 1, { callbacks: [print] }),
  "metric not callable": () => train!({}, D, 1, { custom_metric: "auc" }),
  "learning rates type": () => LearningRateScheduler!(0.1),
  min_delta: () => EarlyStopping!({ rounds: 1, min_delta: -1.0 }),
  "data name": () =>
    train!({}, D, 2, { ...quiet, callbacks: [EarlyStopping!({ rounds: 1, data_name: "valid" })] }),
  "metric name": () =>
    train!({}, D, 2, { ...quiet, callbacks: [EarlyStopping!({ rounds: 1, metric_name: "auc" })] }),
  "monotone names": () => one({ monotone_constraints: { a: 1 } }),
  "interaction names": () => one({ interaction_constraints: [["a", "b"]] }),
  "importance of nothing": () => plot_importance!(dict({})),
  "importance of number": () => plot_importance!(3),
  "boost both": () => b.boost!(D, 1, { grad: y, hess: y, fobj: (p: unknown, d: unknown) => [p, d] }),
  "boost nothing": () => b.boost!(D, 1),
  "gradient size": () => train!({}, D, 1, { obj: () => [np.ones(3), np.ones(3)] }),
  "update array": () => b.update!(X, 0),
  "eval_set type": () => b.eval_set!([[X, "a"]]),
  "eval_set name": () => b.eval_set!([[D, 3]]),
  "leaves from the middle": () => b.predict!(D, { pred_leaf: true, iteration_range: [1, 2] }),
  "slice step": () => b.at!(slice(0, 3, 2)),
  config: () => set_config!({ verbose: 1 }),
  "verbosity range": () => set_config!({ verbosity: 7 }),
};

const outcome = (run: () => unknown): readonly [string, string] => {
  try {
    run();
  } catch (e) {
    return [className((e as Error).constructor), (e as Error).message];
  }
  return ["no error", ""];
};

describe("the same error as XGBoost", () => {
  const cases = golden("xgboost/snippets", {}, "errors.json") as unknown as {
    name: string;
    type: string;
    message: string;
  }[];
  test.each(cases)("$name", ({ name, type, message }) => {
    const [Class, text] = outcome(ports[name]!);
    // The core's messages are compared by their first line, as the fixture has them.
    expect([Class, type === "XGBoostError" ? text.split("\n")[0]!.trimEnd() : text]).toEqual([type, message]);
  });
  test("every wrong use has its port", () => {
    expect(Object.keys(ports).sort()).toEqual(cases.map((c) => c.name).sort());
    expect(cases.length).toBeGreaterThanOrEqual(40);
  });
});
