"""The training runs that generate.py exports; `file` says where each goes."""

CASES = []


def case(file, name, data, params, rounds=3, test=None, **more):
    CASES.append({"file": file, "name": f"{file}/{name}", "data": data, "params": params, "rounds": rounds, **({"test": test} if test else {}), **more})


REG = {"n": 200, "f": 5, "seed": 1}
REG_TEST = {"n": 60, "f": 5, "seed": 9}
BIN = {**REG, "label": "binary"}
BIN_TEST = {**REG_TEST, "label": "binary"}
MISS = {"n": 220, "f": 5, "seed": 2, "missing": 0.15}
SPARSE = {"n": 240, "f": 8, "seed": 3, "missing": 0.6, "sparse": True}
LEVELS = {"n": 260, "f": 4, "seed": 4, "levels": 6}
WEIGHT = {**REG, "seed": 5, "weights": True}
SKEW = {"n": 300, "f": 4, "seed": 6, "skew": True}
CATS = {"n": 260, "f": 4, "seed": 7, "cats": [[1, 3], [2, 12]]}
CATS_MISS = {**CATS, "seed": 8, "missing": 0.1}
EXACT = {"tree_method": "exact"}
APPROX = {"tree_method": "approx"}
HIST = {"tree_method": "hist"}
METHODS = {"exact": EXACT, "approx": APPROX, "hist": HIST}

# Tree methods on every kind of data
for m, p in METHODS.items():
    case("methods", f"{m} squarederror", REG, {**p, "max_depth": 4}, test=REG_TEST)
    case("methods", f"{m} logistic", BIN, {**p, "max_depth": 4, "objective": "binary:logistic"}, test=BIN_TEST)
    case("methods", f"{m} softprob", {**REG, "label": "3"}, {**p, "max_depth": 3, "objective": "multi:softprob", "num_class": 3}, 2, test={**REG_TEST, "label": "3"})
    case("methods", f"{m} softmax", {**REG, "seed": 11, "label": "4"}, {**p, "max_depth": 2, "objective": "multi:softmax", "num_class": 4}, 2)
    case("methods", f"{m} missing", MISS, {**p, "max_depth": 4}, test={**MISS, "n": 50, "seed": 12})
    case("methods", f"{m} sparse", SPARSE, {**p, "max_depth": 4}, test={**SPARSE, "n": 50, "seed": 13})
    case("methods", f"{m} levels", LEVELS, {**p, "max_depth": 5})
    case("methods", f"{m} levels logistic", {**LEVELS, "label": "binary"}, {**p, "max_depth": 4, "objective": "binary:logistic"})
    case("methods", f"{m} weights", WEIGHT, {**p, "max_depth": 4})
    case("methods", f"{m} weights logistic", {**WEIGHT, "label": "binary"}, {**p, "max_depth": 3, "objective": "binary:logistic"})
    case("methods", f"{m} skew", SKEW, {**p, "max_depth": 4})
    case("methods", f"{m} margin", {**REG, "seed": 14, "margin": True}, {**p, "max_depth": 3}, test={**REG_TEST, "margin": True})
    case("methods", f"{m} lambda alpha", REG, {**p, "max_depth": 4, "lambda": 3.5, "alpha": 1.25})
    case("methods", f"{m} gamma", REG, {**p, "max_depth": 5, "gamma": 4.0})
    case("methods", f"{m} min_child_weight", REG, {**p, "max_depth": 5, "min_child_weight": 9})
    case("methods", f"{m} max_delta_step", BIN, {**p, "max_depth": 3, "objective": "binary:logistic", "max_delta_step": 0.4})
    case("methods", f"{m} max_delta_step alpha", BIN, {**p, "max_depth": 3, "objective": "binary:logistic", "max_delta_step": 0.6, "alpha": 0.5})
    case("methods", f"{m} eta base_score", REG, {**p, "max_depth": 3, "eta": 0.85, "base_score": 0.75})
    case("methods", f"{m} lambda 0", REG, {**p, "max_depth": 3, "lambda": 0, "min_child_weight": 0})
    case("methods", f"{m} scale_pos_weight", BIN, {**p, "max_depth": 3, "objective": "binary:logistic", "scale_pos_weight": 2.5})
