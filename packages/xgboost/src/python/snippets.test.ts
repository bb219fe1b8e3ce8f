import { float, len, print, range, round, slice } from "@cognate/py";
import { golden, printed } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { B, bst, bst3, D, E, EX, EY, k, L, LB, np, pd, X, xgb, y } from "./snippets.test.helper.js";

type Log = Record<string, Record<string, number[]>>;
interface Stats {
  learner: Record<string, Record<string, unknown>> & {
    gradient_booster: {
      tree_train_param: Record<string, string>;
      model: { trees: { split_conditions: number[] }[] };
    };
  };
  version: number[];
}
const parsed = (text: string): Stats => JSON.parse(text) as Stats;

/** The ports of test-fixtures/xgboost/snippets/snippets.txt, by name. */
const ports: Readonly<Record<string, () => void>> = {
  "train and predict"() {
    const b = xgb.train({ max_depth: 2, eta: 0.5, tree_method: "exact" }, D, 4);
    print(b.predict(D));
    print(b.num_boosted_rounds(), b.num_features());
  },
  watch() {
    const r: Log = {};
    xgb.train({ max_depth: 2, eval_metric: ["rmse", "mae"] }, D, 4, {
      evals: [
        [D, "train"],
        [E, "valid"],
      ],
      evals_result: r,
    });
    print(
      Object.keys(r),
      Object.keys(r.train!),
      r.valid!.mae!.map((v) => round(v, 5)),
    );
  },
  "watch every second"() {
    xgb.train({ max_depth: 2 }, D, 6, { evals: [[D, "train"]], verbose_eval: 2 });
  },
  "early stopping"() {
    const b = xgb.train({ max_depth: 3, eta: 1.0 }, D, 20, {
      evals: [
        [D, "train"],
        [E, "valid"],
      ],
      early_stopping_rounds: 2,
    });
    print(b.best_iteration, round(b.best_score, 5), b.num_boosted_rounds());
    print(b.attributes());
  },
  "save best"() {
    const es = xgb.callback.EarlyStopping({
      rounds: 2,
      save_best: true,
      metric_name: "rmse",
      data_name: "valid",
    });
    const b = xgb.train({ max_depth: 3, eta: 1.0 }, D, 20, {
      evals: [
        [D, "train"],
        [E, "valid"],
      ],
      callbacks: [es],
      verbose_eval: false,
    });
    print(b.num_boosted_rounds(), b.best_iteration);
  },
  "learning rates"() {
    const params = { max_depth: 1, tree_method: "exact" };
    const { LearningRateScheduler } = xgb.callback;
    let b = xgb.train(params, D, 3, { callbacks: [LearningRateScheduler([0.5, 0.25, 0.125])] });
    print(b.get_dump()[2]);
    b = xgb.train(params, D, 3, { callbacks: [LearningRateScheduler((i) => 1 / (i + 1))] });
    print(b.get_dump()[2]);
  },
  "own callback"() {
    class Stop extends xgb.callback.TrainingCallback {
      override after_iteration(_model: unknown, epoch: number, log: xgb.callback.EvalsLog): boolean {
        print(epoch, round(log.train!.rmse!.at(-1)! as number, 4));
        return epoch === 2;
      }
    }
    const b = xgb.train({ max_depth: 2 }, D, 10, {
      evals: [[D, "train"]],
      verbose_eval: false,
      callbacks: [new Stop()],
    });
    print(b.num_boosted_rounds());
  },
  "own loss"() {
    const squared: xgb.CustomObjective = (p, d) => [p.sub(d.get_label()), np.ones_like(p)];
    const a = xgb.train({ max_depth: 2, base_score: 0.5 }, D, 3, { obj: squared });
    const b = xgb.train({ max_depth: 2, base_score: 0.5 }, D, 3);
    print(np.array_equal(a.predict(D), b.predict(D)), a.predict(D).at(":3"));
  },
  "own metric"() {
    const worst: xgb.CustomMetric = (p, d) => ["worst", Number(np.max(np.abs(p.sub(d.get_label()))))];
    xgb.train({ max_depth: 2, disable_default_eval_metric: 1 }, D, 3, {
      evals: [[D, "train"]],
      custom_metric: worst,
    });
  },
  continue() {
    const a = xgb.train({ max_depth: 2 }, D, 2);
    const b = xgb.train({ max_depth: 2 }, D, 3, { xgb_model: a });
    print(
      a.num_boosted_rounds(),
      b.num_boosted_rounds(),
      np.array_equal(b.predict(D, { iteration_range: [0, 2] }), a.predict(D)),
    );
  },
  "by hand"() {
    const b = xgb.Booster({ max_depth: 1, tree_method: "exact" }, [D]);
    for (const i of range(3)) {
      b.update(D, i);
      print(b.eval(D, "train", i));
    }
    print(
      b.eval_set(
        [
          [D, "a"],
          [E, "b"],
        ],
        7,
      ),
    );
  },
  boost() {
    const b = xgb.Booster({ max_depth: 1, tree_method: "exact", base_score: 0.5 }, [D]);
    b.boost(D, 0, { grad: y.rsub(0.5), hess: np.ones(8) });
    print(b.get_dump()[0]);
  },
  dump() {
    print(bst3.get_dump()[0]);
    print(bst3.get_dump({ with_stats: true })[1]);
    print(len(bst3.get_dump()));
  },
  "dump json"() {
    print(bst3.get_dump({ dump_format: "json" })[0]);
    print(bst3.get_dump({ dump_format: "json", with_stats: true })[0]);
  },
  "dump dot"() {
    print(bst3.get_dump({ dump_format: "dot" })[0]);
  },
  "dump names"() {
    const d = xgb.DMatrix(X, y, {
      feature_names: ["size", "age", "has garden"],
      feature_types: ["int", "q", "i"],
    });
    const b = xgb.train({ max_depth: 2, tree_method: "exact" }, d, 1);
    print(b.get_dump()[0], b.feature_names, b.feature_types);
    print(b.get_score(), b.get_fscore());
  },
  scores() {
    for (const kind of ["weight", "gain", "cover", "total_gain", "total_cover"])
      print(kind, bst3.get_score({ importance_type: kind }));
  },
  contributions() {
    const c = bst3.predict(E, { pred_contribs: true });
    print(c);
    print(np.abs(c.sum({ axis: 1 }).sub(bst3.predict(E))).max() < 1e-5);
    print(bst3.predict(E, { pred_contribs: true, approx_contribs: true }));
  },
  interactions() {
    const i = bst3.predict(E, { pred_interactions: true });
    print(i.shape);
    print(i.at(0));
  },
  leaves() {
    print(bst3.predict(E, { pred_leaf: true }));
    print(bst3.predict(E, { pred_leaf: true, iteration_range: [0, 2] }));
  },
  margins() {
    const m = xgb.train({ objective: "binary:logistic", max_depth: 2 }, B, 3);
    print(m.predict(B));
    print(m.predict(B, { output_margin: true }));
    print(m.predict(B, { strict_shape: true }).shape);
  },
  "iteration range"() {
    print(
      bst3.predict(E, { iteration_range: [0, 1] }),
      bst3.predict(E, { iteration_range: [1, 3] }),
      bst3.predict(E, { iteration_range: [0, 0] }),
    );
  },
  inplace() {
    print(bst3.inplace_predict(X.at(":3")));
    print(
      bst3.inplace_predict(X.at(":2"), { base_margin: np.zeros(2) }),
      bst3.inplace_predict(X.at(":2"), { missing: 2.0 }),
    );
  },
  slices() {
    print(
      bst3.at(0).predict(E),
      bst3.at("1:3").num_boosted_rounds(),
      bst.at(slice(0, 4, 2)).num_boosted_rounds(),
      len([...bst3]),
    );
  },
  attributes() {
    const b = bst3.copy();
    b.set_attr({ author: "ann", version: 3 });
    print(b.attributes(), b.attr("author"), b.attr("nothing"));
    b.set_attr({ author: null });
    print(b.attributes(), bst3.attributes());
  },
  "frame of trees"() {
    print(bst3.trees_to_dataframe().at(["Tree", "Node", "ID", "Feature", "Split", "Yes", "No"]));
    print(bst3.trees_to_dataframe().at(["Missing", "Gain", "Cover", "Category"]));
  },
  "split values"() {
    print(bst3.get_split_value_histogram("f0"));
    print(bst3.get_split_value_histogram("f0", { bins: 2, as_pandas: false }));
  },
  config() {
    const c = parsed(bst3.save_config());
    print(c.learner.learner_model_param);
    print(c.learner.gradient_booster.tree_train_param);
    print(c.learner.learner_train_param, c.version);
  },
  raw() {
    const r = parsed(new TextDecoder().decode(bst3.save_raw("json")));
    print(
      Object.keys(r),
      Object.keys(r.learner),
      r.learner.gradient_booster.model.trees[0]!.split_conditions.map(float),
    );
    const b = xgb.Booster({ model_file: bst3.save_raw() });
    const [one, two] = [b.save_raw(), bst3.save_raw()];
    print(one.length === two.length && one.every((v, i) => v === two[i]), b.predict(E));
  },
  "cross validation"() {
    print(xgb.cv({ max_depth: 2, eta: 0.5, tree_method: "exact" }, L, 4, { nfold: 4 }));
  },
  "cross validation printed"() {
    const r = xgb.cv({ max_depth: 2, eta: 0.5 }, L, 3, {
      nfold: 4,
      metrics: ["rmse", "mae"],
      verbose_eval: true,
      as_pandas: false,
      seed: 5,
    });
    print(Object.keys(r));
    xgb.cv({ max_depth: 2, eta: 0.5 }, L, 2, { nfold: 4, verbose_eval: 1, show_stdv: false, shuffle: false });
  },
  "cross validation stratified"() {
    const r = xgb.cv({ max_depth: 2, objective: "binary:logistic" }, LB, 3, {
      nfold: 3,
      stratified: true,
      metrics: "logloss",
      as_pandas: false,
    });
    print(
      r["test-logloss-mean"]!.map((v) => round(v, 6)),
      r["test-logloss-std"]!.map((v) => round(v, 6)),
    );
  },
  "cross validation stops"() {
    const r = xgb.cv({ max_depth: 3, eta: 1.0 }, L, 20, { nfold: 4, early_stopping_rounds: 2 });
    print(len(r), round(r.at("test-rmse-mean").min() as number, 5));
  },
  "cross validation folds"() {
    const r = xgb.cv({ max_depth: 2 }, L, 2, {
      folds: [
        [np.arange(0, 16), np.arange(16, 24)],
        [np.arange(8, 24), np.arange(0, 8)],
      ],
      as_pandas: false,
    });
    print(r["train-rmse-mean"]!.map((v) => round(v, 6)));
  },
  matrix() {
    const d = xgb.DMatrix(X, y, { weight: np.arange(8).add(1.0), feature_names: ["a", "b", "c"] });
    print(d.num_row(), d.num_col(), d.num_nonmissing(), d.feature_names, d.feature_types);
    print(d.get_label(), d.get_weight(), d.get_base_margin());
    const s = d.slice([1, 3]);
    print(s.num_row(), s.get_label(), s.get_weight(), s.feature_names);
  },
  "matrix missing"() {
    const d = xgb.DMatrix(
      np.array([
        [1, Number.NaN],
        [0, 2],
        [-1, 0],
      ]),
      { missing: 0 },
    );
    print(d.num_nonmissing(), d.get_data().toarray());
  },
  "matrix fields"() {
    const d = xgb.DMatrix(X);
    d.set_info({ label: y, base_margin: np.ones(8), feature_names: ["p", "q", "r"] });
    print(d.get_label(), d.get_base_margin(), d.feature_names);
    d.set_float_info("label_lower_bound", y);
    print(d.get_float_info("label_lower_bound"), d.get_float_info("weight").size);
  },
  groups() {
    let d = xgb.DMatrix(X, k, { group: [3, 5] });
    print(d.get_group(), d.get_uint_info("group_ptr"));
    d = xgb.DMatrix(X, k, { qid: [1, 1, 2, 2, 2, 2, 5, 5] });
    print(d.get_group(), d.get_uint_info("group_ptr"));
  },
  frame() {
    const d = xgb.DMatrix(pd.DataFrame({ x: [1.5, 2.5, Number.NaN], n: [1, 2, 3], ok: [true, false, true] }));
    print(d.feature_names, d.feature_types, d.num_nonmissing());
  },
  "quantile cuts"() {
    const d = xgb.QuantileDMatrix(X, y, { max_bin: 4 });
    const [p, c] = d.get_quantile_cut();
    print(p, c);
  },
  sparse() {
    const S = {
      data: [1, 2, 3, 4, 5, 1],
      indices: [0, 2, 2, 0, 1, 1],
      indptr: [0, 2, 3, 5, 6],
      shape: [4, 3],
    };
    const d = xgb.DMatrix(S, [1, 2, 3, 4]);
    const b = xgb.train({ max_depth: 2, min_child_weight: 0, tree_method: "exact" }, d, 2);
    print(b.predict(xgb.DMatrix(S)));
    print(b.get_dump()[0]);
  },
  "global config"() {
    print(xgb.get_config().verbosity);
    xgb.config_context({ verbosity: 0 }, () => print(xgb.get_config().verbosity));
    xgb.set_config({ verbosity: 2 });
    print(xgb.get_config());
    xgb.set_config({ verbosity: 1 });
  },
  regressor() {
    const m = xgb.XGBRegressor({ n_estimators: 5, max_depth: 2, learning_rate: 0.5 }).fit(X, y);
    print(m.predict(X));
    print(m.score(X, y), m.n_features_in_, m.feature_importances_, m.intercept_);
  },
  reprs() {
    print(xgb.XGBRegressor({ n_estimators: 10, max_depth: 3 }));
    print(
      xgb.XGBClassifier({ missing: -1, eval_metric: ["auc", "logloss"], monotone_constraints: { a: 1 } }),
    );
    print(xgb.XGBRFClassifier({ learning_rate: 0.5 }), xgb.XGBModel({ gamma: 0.1 }));
    print(xgb.XGBRanker());
  },
  params() {
    const m = xgb.XGBRegressor({ max_depth: 3, n_jobs: 1 });
    print(m.get_params());
    print(Object.fromEntries(Object.entries(m.get_xgb_params()).filter(([, v]) => v !== null)));
    m.set_params({ max_depth: 5, extra: 1 });
    print(
      (m as unknown as { max_depth: number }).max_depth,
      m.get_params().extra,
      m.get_num_boosting_rounds(),
    );
    print(
      xgb.XGBRFRegressor().get_params().learning_rate,
      xgb.XGBRFRegressor({ n_estimators: 7 }).get_xgb_params().num_parallel_tree,
    );
  },
  classifier() {
    const m = xgb.XGBClassifier({ n_estimators: 4, max_depth: 2, learning_rate: 0.5 }).fit(X, y.gt(2.2));
    print(m.predict(X), m.predict(X).dtype, m.classes_, m.n_classes_);
    print(m.predict_proba(X).at(":3"));
    print(m.score(X, y.gt(2.2)), m.objective, m.predict(X.at(":2"), { output_margin: true }));
  },
  "three classes"() {
    const m = xgb.XGBClassifier({ n_estimators: 3, max_depth: 2 }).fit(X, k);
    print(m.predict(X), m.objective);
    print(m.predict_proba(X.at(":2")));
    print(m.apply(X.at(":2")));
  },
  softmax() {
    const m = xgb.XGBClassifier({ n_estimators: 3, max_depth: 2, objective: "multi:softmax" }).fit(X, k);
    print(m.predict(X), m.predict(X).dtype);
    print(m.predict_proba(X.at(":2")).round(5));
  },
  "eval set"() {
    const m = xgb.XGBRegressor({ n_estimators: 4, max_depth: 2, eval_metric: ["rmse", "mae"] });
    m.fit(X, y, {
      eval_set: [
        [X, y],
        [X.at(":4"), y.at(":4")],
      ],
    });
    const r = m.evals_result();
    print(
      Object.keys(r),
      Object.fromEntries(Object.entries(r.validation_1!).map(([name, v]) => [name, len(v)])),
    );
  },
  "estimator stops early"() {
    const m = xgb.XGBRegressor({
      n_estimators: 30,
      max_depth: 3,
      learning_rate: 1.0,
      early_stopping_rounds: 2,
    });
    m.fit(X, y, { eval_set: [[EX, EY]], verbose: false });
    print(m.best_iteration, round(m.best_score, 5), m.get_booster().num_boosted_rounds());
    print(m.predict(EX));
    print(m.predict(EX, { iteration_range: [0, 1] }));
  },
  "metric function"() {
    function mean_error(t: typeof y, p: typeof y): number {
      return Number(np.mean(np.abs(t.sub(p))));
    }
    const m = xgb.XGBRegressor({ n_estimators: 2, max_depth: 2, eval_metric: mean_error });
    m.fit(X, y, { eval_set: [[X, y]] });
  },
  "loss function"() {
    const mse = (t: typeof y, p: typeof y) => [p.sub(t), np.ones_like(p)] as const;
    const m = xgb.XGBRegressor({ n_estimators: 3, max_depth: 2, objective: mse, base_score: 0.5 }).fit(X, y);
    print(m.predict(X).at(":4"));
  },
  forest() {
    const m = xgb
      .XGBRFRegressor({ n_estimators: 4, max_depth: 2, subsample: 1, colsample_bynode: 1 })
      .fit(X, y);
    print(m.predict(X).at(":4"), m.get_booster().num_boosted_rounds(), len(m.get_booster().get_dump()));
  },
  weights() {
    const w = np.arange(8).add(0.5);
    const m = xgb.XGBRegressor({ n_estimators: 2, max_depth: 2 }).fit(X, y, { sample_weight: w });
    print(m.predict(X).at(":4"), m.score(X, y, { sample_weight: w }));
  },
  "base margin"() {
    const m = xgb.XGBRegressor({ n_estimators: 2, max_depth: 2 }).fit(X, y, { base_margin: y.div(2) });
    print(m.predict(X.at(":3"), { base_margin: y.at(":3").div(2) }), m.predict(X.at(":3")));
  },
  "two targets"() {
    const m = xgb.XGBRegressor({ n_estimators: 2, max_depth: 2 }).fit(X, np.stack([y, y.neg().mul(2)], 1));
    print(m.predict(X.at(":3")), m.intercept_);
  },
  linear() {
    const m = xgb.XGBRegressor({ booster: "gblinear", n_estimators: 5, updater: "coord_descent" }).fit(X, y);
    print(m.coef_, m.intercept_, m.feature_importances_);
    print(m.predict(X).at(":3"), m.get_booster().get_dump()[0]);
  },
  "named columns"() {
    const columns = (rows: string) => ({ size: X.at(rows, 0), age: X.at(rows, 1) });
    const m = xgb.XGBRegressor({ n_estimators: 2, max_depth: 2 }).fit(pd.DataFrame(columns(":")), y);
    print(m.feature_names_in_, m.get_booster().feature_types, m.get_booster().get_score());
    print(m.predict(columns(":2")));
  },
  "importance kinds"() {
    const m = xgb.XGBRegressor({ n_estimators: 3, max_depth: 2, importance_type: "weight" }).fit(X, y);
    print(m.feature_importances_);
    m.importance_type = "total_cover";
    print(m.feature_importances_);
  },
  dart() {
    const b = xgb.train(
      { booster: "dart", max_depth: 2, rate_drop: 0.5, seed: 3, tree_method: "exact" },
      D,
      5,
    );
    print(b.predict(E), b.num_boosted_rounds());
  },
  constraints() {
    const b = xgb.train(
      {
        max_depth: 2,
        monotone_constraints: { a: 1, c: -1 },
        interaction_constraints: [["a", "b"]],
        tree_method: "exact",
      },
      xgb.DMatrix(X, y, { feature_names: ["a", "b", "c"] }),
      2,
    );
    print(b.get_dump()[1]);
    print(parsed(b.save_config()).learner.gradient_booster.tree_train_param.monotone_constraints);
  },
  categories() {
    const d = xgb.DMatrix(np.stack([k, X.at(":", 2)], 1), y, {
      feature_types: ["c", "q"],
      enable_categorical: true,
    });
    const b = xgb.train({ max_depth: 2, tree_method: "hist" }, d, 1);
    print(b.get_dump({ with_stats: true })[0]);
    print(b.get_dump({ dump_format: "json" })[0]);
  },
  ranking() {
    const m = xgb
      .XGBRanker({ n_estimators: 3, max_depth: 2, objective: "rank:ndcg", min_child_weight: 0 })
      .fit(X, k, { group: [4, 4] });
    print(m.predict(X));
    print(m.get_booster().get_dump()[0]);
  },
  quantiles() {
    const b = xgb.train(
      { objective: "reg:quantileerror", quantile_alpha: [0.25, 0.75], max_depth: 2 },
      xgb.QuantileDMatrix(X, y),
      3,
    );
    print(b.predict(D));
  },
  survival() {
    const d = xgb.DMatrix(X);
    d.set_float_info("label_lower_bound", y);
    d.set_float_info("label_upper_bound", np.where(y.gt(3), Infinity, y));
    const b = xgb.train({ objective: "survival:aft", max_depth: 2, eval_metric: "aft-nloglik" }, d, 3, {
      evals: [[d, "train"]],
    });
    print(b.predict(d));
  },
};

describe("the same text as XGBoost", () => {
  const cases = golden("xgboost/snippets") as unknown as { name: string; out: string }[];
  test.each(cases)("$name", ({ name, out }) => {
    expect(printed(ports[name]!)).toBe(out);
  });
  test("every snippet has its port", () => {
    expect(Object.keys(ports).sort()).toEqual(cases.map((c) => c.name).sort());
    expect(cases.length).toBeGreaterThanOrEqual(60);
  });
});
