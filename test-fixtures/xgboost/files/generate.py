"""Models as XGBoost writes them, with what they predict; run once for each version of XGBoost (1.7, 2.1, 3.2).

Everything is small: 24 rows, 4 columns, a few shallow trees.
"""

import gzip
import json
import pathlib
import pickle
import sys
import warnings

import joblib
import numpy as np
import xgboost as xgb

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import lock, save

sys.path.pop(0)  # its folders have libraries' names

HERE = pathlib.Path(__file__).resolve().parent
warnings.simplefilter("ignore")
V = ".".join(xgb.__version__.split(".")[:2])
NEW = V != "1.7"

rng = np.random.RandomState(3)
X = np.round(rng.randn(40, 4), 2)
X[rng.rand(40, 4) < 0.1] = np.nan
F = np.nan_to_num(X)
T = np.round(rng.randn(7, 4), 2)
T[1, 2] = T[4, 0] = np.nan
y = np.round(F @ [1.0, -2.0, 0.5, 0.25] + F[:, 0] * F[:, 1] + 0.1 * rng.randn(40), 2)
k = np.digitize(y, [-1, 1])
Y2 = np.stack([y, np.round(F[:, 0] - F[:, 3], 2)], 1)
C = np.stack([rng.randint(0, 3, 40), rng.randint(0, 12, 40), np.round(rng.randn(40), 2)], 1).astype(float)
C[3, 1] = np.nan
yc = np.round((C[:, 0] == 1) * 2.0 + np.sin(np.nan_to_num(C[:, 1]) * 1.3) + 0.5 * C[:, 2], 2)
TC = np.array([[0, 3, 0.5], [1, 11, -0.5], [2, 7, 0.1], [0, np.nan, 0.3], [1, 40, 0.2], [2, 0, -1]])

base = {"max_depth": 3, "eta": 0.5, "nthread": 1, "seed": 1}
names = ["alpha", "beta", "gamma", "delta"]


def dm(data, label=None, **kw):
    return xgb.DMatrix(data, label, nthread=1, **kw)


def train(params, data, rounds=3):
    return xgb.train({**base, **params}, data, rounds)


cat = {"feature_types": ["c", "c", "q"], "enable_categorical": True}
models = {
    "reg": (train({"tree_method": "exact"}, dm(X, y)), T, {}),
    "named": (train({"tree_method": "hist", "gamma": 0.1}, dm(X, y, feature_names=names, feature_types=["q", "float", "q", "q"])), T, {"feature_names": names, "feature_types": ["q", "float", "q", "q"]}),
    "logistic": (train({"objective": "binary:logistic", "tree_method": "exact"}, dm(X, (y > 0) * 1.0)), T, {}),
    "softprob": (train({"objective": "multi:softprob", "num_class": 3, "tree_method": "hist", "max_depth": 2}, dm(X, k), 2), T, {}),
    "softmax": (train({"objective": "multi:softmax", "num_class": 3, "tree_method": "hist", "max_depth": 2}, dm(X, k), 2), T, {}),
    "forest": (train({"num_parallel_tree": 3, "subsample": 0.7, "tree_method": "hist", "max_depth": 2}, dm(X, y), 2), T, {}),
    "dart": (train({"booster": "dart", "rate_drop": 0.5, "tree_method": "exact", "max_depth": 2}, dm(X, y), 5), T, {}),
    "linear": (train({"booster": "gblinear", "updater": "coord_descent"}, dm(F, y), 4), np.nan_to_num(T), {}),
    "linear_multi": (train({"booster": "gblinear", "updater": "coord_descent", "objective": "multi:softprob", "num_class": 3}, dm(F, k), 4), np.nan_to_num(T), {}),
    "poisson": (train({"objective": "count:poisson", "tree_method": "exact", "max_depth": 2}, dm(X, np.abs(np.round(y)))), T, {}),
    "aft": (None, T, {}),
    "categorical": (train({"tree_method": "hist", "max_cat_to_onehot": 4}, dm(C, yc, **cat), 3), TC, cat),
    "targets": (train({"tree_method": "hist", "max_depth": 2}, dm(X, Y2), 2), T, {}),
}
aft = dm(X)
aft.set_float_info("label_lower_bound", np.exp(y))
aft.set_float_info("label_upper_bound", np.exp(y) + 1)
models["aft"] = (train({"objective": "survival:aft", "tree_method": "hist", "max_depth": 2}, aft, 2), T, {})
if NEW:
    models["multitree"] = (train({"tree_method": "hist", "multi_strategy": "multi_output_tree", "max_depth": 2}, dm(X, Y2), 2), T, {})
    models["quantile"] = (train({"objective": "reg:quantileerror", "quantile_alpha": [0.2, 0.7], "tree_method": "hist", "max_depth": 2}, dm(X, y), 2), T, {})
models["reg"][0].set_attr(best_iteration="1", note='a "quoted" ünicode\nline')

# Which file of each: every ending somewhere, for each version.
OLD = {"reg", "logistic", "softprob", "dart", "linear", "poisson", "forest", "named", "aft"}
cases = []
for name, (m, t, kw) in models.items():
    endings = {"3.2": ["json", "ubj"], "2.1": ["ubj", "model"], "1.7": ["json", "model"]}[V]
    files = []
    for ending in endings:
        if ending == "model" and name not in OLD:
            ending = "json" if V == "2.1" else "ubj"
        path = HERE / f"{name}.{V}.{ending}"
        if ending == "model":
            path.write_bytes(bytes(m.save_raw("deprecated")))
        else:
            m.save_model(path)
        lock(path, "xgboost")
        files.append(path.name)
    d = dm(t, **kw)
    out = {"value": m.predict(d), "margin": m.predict(d, output_margin=True)}
    linear = name.startswith("linear")
    if not linear:
        out["leaf"] = m.predict(d, pred_leaf=True)
        out["first"] = m.predict(d, iteration_range=(0, 1))
        out["strict"] = m.predict(d, strict_shape=True, iteration_range=(1, 2))
        if name != "multitree":
            out["leaf_strict"] = m.predict(d, pred_leaf=True, strict_shape=True)
    if name != "multitree":
        out["contribs"] = m.predict(d, pred_contribs=True)
        out["approx"] = m.predict(d, pred_contribs=True, approx_contribs=True)
        if not linear:
            out["interactions"] = m.predict(d, pred_interactions=True)
        if V == "3.2" and name in ("reg", "softprob"):
            out["interactions_approx"] = m.predict(d, pred_interactions=True, approx_contribs=True)
            out["contribs_strict"] = m.predict(d, pred_contribs=True, strict_shape=True)
            out["interactions_strict"] = m.predict(d, pred_interactions=True, strict_shape=True)
    margin = np.linspace(-1, 1, out["margin"].size).reshape(out["margin"].shape)
    b = dm(t, base_margin=margin, **kw)
    out["with_margin"] = m.predict(b)
    dump = {}
    if V == "3.2":
        for fmt in ("text", "json", "dot"):
            if (linear and fmt == "dot") or (fmt != "text" and name not in ("named", "categorical", "linear", "targets")):
                continue
            dump[fmt] = m.get_dump(dump_format=fmt)
            if name != "multitree":
                dump[f"{fmt}_stats"] = m.get_dump(dump_format=fmt, with_stats=True)
    elif name != "multitree":
        dump["text_stats"] = m.get_dump(with_stats=True)
    scores = {}
    if V == "3.2":
        for kind in ("weight",) if linear else ("weight", "gain", "cover", "total_gain", "total_cover"):
            try:
                scores[kind] = m.get_score(importance_type=kind)
            except xgb.core.XGBoostError as e:
                assert name == "multitree", e
    more = {"raw": m.save_raw("json").decode(), "config": m.save_config()} if V == "3.2" and name in ("dart", "linear", "categorical", "multitree", "quantile", "aft") else {}
    cases.append(
        {
            "name": f"{name}.{V}",
            "files": files,
            "X": t,
            "options": kw,
            "margin": margin,
            "rounds": m.num_boosted_rounds(),
            "features": m.num_features(),
            "names": m.feature_names,
            "types": m.feature_types,
            "attributes": m.attributes(),
            "out": out,
            "dump": dump,
            "scores": scores,
            **more,
        }
    )
save(__file__, cases, "xgboost", f"cases.{V}.json")

# Pickles: a bare Booster and estimators.
fitted = {
    "booster": models["named"][0],
    "classifier": xgb.XGBClassifier(n_estimators=3, max_depth=2, learning_rate=0.5, n_jobs=1, random_state=1, subsample=0.9).fit(X, k),
    "regressor": xgb.XGBRegressor(n_estimators=4, max_depth=2, tree_method="exact", early_stopping_rounds=2, eval_metric="mae", n_jobs=1).fit(X, y, eval_set=[(T, [0.5] * 7)], verbose=False),
    "ranker": xgb.XGBRanker(n_estimators=2, max_depth=2, n_jobs=1).fit(X, k, group=[20, 20]),
    "forest": xgb.XGBRFRegressor(n_estimators=3, max_depth=2, n_jobs=1, random_state=2).fit(X, y),
}
cases = []
for name, m in fitted.items():
    path = HERE / f"{name}.{V}.pkl"
    path.write_bytes(pickle.dumps(m, protocol=4 if V == "1.7" else None))
    lock(path, "xgboost")
    out = {"predict": m.predict(dm(T, **models["named"][2]) if name == "booster" else T)}
    if name == "classifier":
        out["proba"] = m.predict_proba(T)
    shown = {} if name == "booster" else {"repr": repr(m), "params": {k: v for k, v in m.get_params().items() if k != "missing"}, "importances": m.feature_importances_}
    if name == "regressor":
        shown["best"] = (m.best_iteration, m.best_score)
        shown["evals"] = m.evals_result()
    cases.append({"name": f"{name}.{V}", "file": path.name, "X": T, "options": models["named"][2] if name == "booster" else {}, "out": out, "shown": shown})
path = HERE / f"classifier.{V}.joblib"
joblib.dump(fitted["classifier"], path, compress=3)
lock(path, "xgboost")
cases.append({"name": path.name, "file": path.name, "X": T, "options": {}, "out": {"predict": fitted["classifier"].predict(T), "proba": fitted["classifier"].predict_proba(T)}, "shown": {}})
save(__file__, cases, "xgboost", f"pickles.{V}.json")
