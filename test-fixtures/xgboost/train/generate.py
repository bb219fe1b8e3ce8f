"""Training runs of XGBoost over its options: trees bit by bit, base_score, predictions, metrics by round.

Data is made on both sides (made.py) or one of scikit-learn's sets. A case says its data, parameters and rounds. Trees are packed:
child numbers, features, split values and leaves, gains, hessian sums, as base64 arrays.
"""

import json
import pathlib
import sys

import numpy as np
import xgboost as xgb

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
sys.path.insert(0, str(HERE))
from cases import CASES
from fixtures import lock
from made import made
import base64


def pack(values, dtype):
    return base64.b64encode(np.asarray(values, dtype=dtype).tobytes()).decode()


def toy(spec):
    from sklearn import datasets

    more = {"scaled": False} if spec["set"] == "diabetes" else {}
    X, y = getattr(datasets, f"load_{spec['set']}")(return_X_y=True, **more)
    order = (np.arange(len(X), dtype=np.uint64) * 7919 + 13) % len(X)
    rows = order[spec.get("from", 0) : spec["to"]].astype(int)
    y = y[rows]
    if "classes" in spec:
        y = (y < spec["classes"]) * 1.0
    return {"X": X[rows].astype(np.float32), "y": y.astype(np.float32)}


def matrix(spec, quantile=None, ref=None):
    d = toy(spec) if "set" in spec else made(**{k: v for k, v in spec.items() if k != "sparse"})
    types = None
    if spec.get("cats"):
        types = ["q"] * d["X"].shape[1]
        for j, _ in spec["cats"]:
            types[j] = "c"
    X = d["X"]
    if spec.get("sparse"):
        import scipy.sparse as sp

        keep = ~np.isnan(X)
        X = sp.csr_matrix((X[keep], np.nonzero(keep)[1], np.r_[0, np.cumsum(keep.sum(1))]), shape=X.shape)
    kw = dict(feature_types=types, enable_categorical=True)
    if quantile is not None:
        return xgb.QuantileDMatrix(X, d["y"], weight=d.get("w"), max_bin=quantile, ref=ref, **kw)
    m = xgb.DMatrix(X, d["y"], weight=None, **kw)
    if "lower" in d:
        m.set_float_info("label_lower_bound", d["lower"])
        m.set_float_info("label_upper_bound", d["upper"])
    if "group" in d:
        m.set_group(d["group"])
    if "w" in d:
        m.set_weight(d["w"])
    if "margin" in d:
        m.set_base_margin(d["margin"])
    if "fw" in d:
        m.set_info(feature_weights=d["fw"])
    return m


def custom(name):
    """Objectives given by their gradients."""
    def squared(p, m):
        y = m.get_label()
        return (p - y).astype(np.float32), np.ones_like(p)

    def cubic(p, m):
        y = m.get_label()
        d = (p - y).astype(np.float32)
        return d * np.abs(d), np.float32(2) * np.abs(d) + np.float32(0.5)

    return {"squared": squared, "cubic": cubic}[name]


def trees_of(booster):
    model = json.loads(booster.save_raw("json"))["learner"]
    gb = model["gradient_booster"]
    if gb["name"] == "gblinear":
        return model, {"weights": pack(gb["model"]["weights"], "<f4")}
    body = gb["gbtree"]["model"] if gb["name"] == "dart" else gb["model"]
    out = []
    for t in body["trees"]:
        one = {
            "l": pack(t["left_children"], "<i2"),
            "r": pack(t["right_children"], "<i2"),
            "f": pack(np.array(t["split_indices"]) * 2 + np.array(t["default_left"]), "<i2"),
            "c": pack(t["split_conditions"], "<f4"),
            "g": pack(t["loss_changes"], "<f4"),
            "h": pack(t["sum_hessian"], "<f4"),
            "b": pack(t["base_weights"], "<f4"),
        }
        if t["categories"]:
            one["cats"] = [t["categories_nodes"], t["categories_segments"], t["categories_sizes"], t["categories"]]
        if "leaf_weights" in t and t["leaf_weights"]:
            one["v"] = pack(t["leaf_weights"], "<f4")
        out.append(one)
    more = {"trees": out, "info": body["tree_info"]}
    if gb["name"] == "dart":
        more["drop"] = pack(gb["weight_drop"], "<f4")
    return model, more


def run(case):
    params = {"nthread": 1, **case["params"]}
    quantile = case.get("quantile")
    dtrain = matrix(case["data"], quantile)
    evals = [(dtrain, "train")]
    test = case.get("test")
    dtest = None
    if test:
        dtest = matrix(test, quantile, dtrain) if quantile is not None else matrix(test)
        evals.append((dtest, "test"))
    result = {}
    metrics = case.get("metrics")
    if metrics:
        params["eval_metric"] = metrics
    more = {}
    if "custom" in case:
        more["obj"] = custom(case["custom"])
    if "then" in case:
        before = xgb.train(params, dtrain, case["then"]["first"])
        later = {**params, **case["then"]["params"]}
        second = matrix(case["then"]["data"]) if "data" in case["then"] else dtrain
        booster = xgb.train(later, second, case["rounds"], xgb_model=before, evals=evals, evals_result=result,
                            verbose_eval=False)
    else:
        booster = xgb.train(params, dtrain, case["rounds"], evals=evals, evals_result=result, verbose_eval=False, **more)
    model, packed = trees_of(booster)
    if "ti+" in model["objective"]:
        packed["bias"] = pack(model["objective"]["ti+"] + model["objective"]["tj-"], "<f4")
    shown = dtest or dtrain
    return {
        **case,
        **packed,
        "base_score": model["learner_model_param"]["base_score"],
        "preds": pack(booster.predict(shown).ravel(), "<f4"),
        "margins": pack(booster.predict(shown, output_margin=True).ravel(), "<f4"),
        "evals": {f"{d}-{m}": pack(v, "<f8") for d, ms in result.items() for m, v in ms.items()},
    }


if __name__ == "__main__":
    only = sys.argv[1:]
    by_file = {}
    for case in CASES:
        by_file.setdefault(case.pop("file"), []).append(case)
    names = [c["name"] for cs in by_file.values() for c in cs]
    assert len(set(names)) == len(names)
    for file, cases in by_file.items():
        if only and file not in only:
            continue
        out = []
        for case in cases:
            try:
                out.append(run(case))
            except Exception as e:
                raise SystemExit(f"{case['name']}: {e}") from e
        text = json.dumps(out, separators=(",", ":")).replace(',{"name"', ',\n{"name"')
        (HERE / f"{file}.json").write_text(text + "\n")
        print(file, len(out), len(text))
        lock(HERE / f"{file}.json", "xgboost")
