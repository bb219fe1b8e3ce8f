import * as np from "@cognate/numpy";
import { expect, test } from "vitest";
import { D, E, k, L, X, xgb, y } from "../python/snippets.test.helper.js";

// Models that are trained here, written, and opened again here; with COGNATE_WRITTEN=folder the files stay for
// test-fixtures/xgboost/verify_written.py, which opens them in XGBoost.
const folder = (globalThis as unknown as { process: { env: Record<string, string | undefined> } }).process.env
  .COGNATE_WRITTEN;

const classes = xgb.DMatrix(X, k);
const targets = xgb.DMatrix(X, np.stack([y, y.neg().mul(2)], 1));
const categorical = xgb.DMatrix(np.stack([k, X.at(":", 2)], 1), y, {
  feature_types: ["c", "q"],
  enable_categorical: true,
});
const named = xgb.DMatrix(X, y, {
  feature_names: ["größe", "b", 'c "x"'],
  feature_types: ["int", "q", "float"],
});
const survival = xgb.DMatrix(X);
survival.set_info({ label_lower_bound: y, label_upper_bound: y.add(1) });

const models: Readonly<Record<string, readonly [xgb.DMatrix, object, number]>> = {
  exact: [D, { tree_method: "exact", max_depth: 3, gamma: 0.5 }, 5],
  hist: [L, { max_bin: 8, grow_policy: "lossguide", max_leaves: 5 }, 4],
  approx: [L, { tree_method: "approx", subsample: 0.7, seed: 4 }, 3],
  named: [named, { max_depth: 2 }, 3],
  logistic: [xgb.DMatrix(X, y.gt(2.2)), { objective: "binary:logistic", scale_pos_weight: 2 }, 3],
  softprob: [classes, { objective: "multi:softprob", num_class: 3 }, 2],
  softmax: [classes, { objective: "multi:softmax", num_class: 3, num_parallel_tree: 2 }, 2],
  dart: [D, { booster: "dart", rate_drop: 0.5, max_depth: 2 }, 5],
  linear: [D, { booster: "gblinear", updater: "coord_descent" }, 3],
  categorical: [categorical, { max_cat_to_onehot: 1 }, 3],
  targets: [targets, { max_depth: 2 }, 2],
  vectors: [targets, { max_depth: 2, multi_strategy: "multi_output_tree", tree_method: "hist" }, 2],
  quantile: [D, { objective: "reg:quantileerror", quantile_alpha: [0.25, 0.5], max_depth: 2 }, 2],
  poisson: [D, { objective: "count:poisson", max_depth: 2 }, 2],
  tweedie: [D, { objective: "reg:tweedie", tweedie_variance_power: 1.3, max_depth: 2 }, 2],
  aft: [survival, { objective: "survival:aft", aft_loss_distribution: "logistic", max_depth: 2 }, 2],
  rank: [xgb.DMatrix(X, k, { group: [4, 4] }), { objective: "rank:ndcg", min_child_weight: 0 }, 2],
};

interface Written {
  readonly name: string;
  readonly files: readonly string[];
  readonly data: string;
  readonly margins: string;
  readonly predictions: string;
  readonly dump: readonly string[];
  readonly config: string;
}

const written: Written[] = [];
const save = async (name: string, bytes: Uint8Array): Promise<string> => {
  if (folder) (await import("node:fs")).writeFileSync(`${folder}/${name}`, bytes);
  return name;
};

test.each(Object.entries(models))("%s", async (name, [data, params, rounds]) => {
  const bst = xgb.train(params as Record<string, unknown>, data, rounds);
  bst.set_attr({ note: 'ü "quoted"', best_iteration: 1 });
  const files: string[] = [];
  for (const form of ["json", "ubj"]) {
    const bytes = bst.save_raw(form);
    files.push(await save(`${name}.${form}`, bytes));
    const again = xgb.Booster({ model_file: bytes });
    expect(again.predict(data, { output_margin: true }).tolist()).toEqual(
      bst.predict(data, { output_margin: true }).tolist(),
    );
    expect(again.predict(data).tolist()).toEqual(bst.predict(data).tolist());
    expect(again.get_dump()).toEqual(bst.get_dump());
    expect(again.save_raw(form)).toEqual(bytes);
    expect(again.attributes()).toEqual({ best_iteration: "1", note: 'ü "quoted"' });
  }
  // A copy has the parameters, too.
  if (name !== "rank") expect(bst.copy().save_config()).toBe(bst.save_config());
  const put = (file: string, a: { tolist(): unknown }): Promise<string> =>
    save(`${name}.${file}`, np.save(a as never) as unknown as Uint8Array);
  written.push({
    name,
    files,
    data: await put("data.npy", rowsOf(data)),
    margins: await put("margins.npy", bst.predict(data, { output_margin: true })),
    predictions: await put("predictions.npy", bst.predict(data)),
    dump: bst.get_dump({ with_stats: name !== "vectors" }),
    config: bst.save_config(),
  });
  if (folder && written.length === Object.keys(models).length)
    await save("manifest.json", new TextEncoder().encode(JSON.stringify(written)));
});

const rowsOf = (d: xgb.DMatrix): { tolist(): unknown } =>
  d === L ? L.get_data().toarray() : d.get_data().toarray();

test("continuing a model that was read is continuing it", () => {
  const params = { max_depth: 2, tree_method: "exact" };
  const whole = xgb.train(params, D, 4);
  const half = xgb.Booster({ model_file: xgb.train(params, D, 2).save_raw() });
  expect(xgb.train(params, D, 2, { xgb_model: half }).predict(E).tolist()).toEqual(whole.predict(E).tolist());
});
