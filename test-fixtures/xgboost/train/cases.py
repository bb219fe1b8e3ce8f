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

# Growing
for m, p in [("hist", HIST), ("approx", APPROX)]:
    case("growth", f"{m} lossguide", REG, {**p, "grow_policy": "lossguide", "max_leaves": 9, "max_depth": 0})
    case("growth", f"{m} lossguide depth", {**REG, "label": "binary"}, {**p, "grow_policy": "lossguide", "max_depth": 3, "objective": "binary:logistic"})
    case("growth", f"{m} max_leaves", REG, {**p, "max_leaves": 7})
    case("growth", f"{m} max_bin", {**REG, "n": 400}, {**p, "max_bin": 16, "max_depth": 4})
    case("growth", f"{m} max_bin weights", {**WEIGHT, "n": 400}, {**p, "max_bin": 12, "max_depth": 4})
    case("growth", f"{m} max_bin logistic", {**WEIGHT, "n": 500, "label": "binary"}, {**p, "max_bin": 10, "max_depth": 4, "objective": "binary:logistic"})
    case("growth", f"{m} max_bin skew", {**SKEW, "n": 900}, {**p, "max_bin": 8, "max_depth": 4})
    case("growth", f"{m} max_bin missing", {**MISS, "n": 700}, {**p, "max_bin": 20, "max_depth": 4})
    case("growth", f"{m} max_bin levels", {**LEVELS, "n": 700, "levels": 40}, {**p, "max_bin": 9, "max_depth": 4})
    case("growth", f"{m} many rows", {"n": 3000, "f": 2, "seed": 21}, {**p, "max_bin": 5, "max_depth": 3}, 2)
    case("growth", f"{m} lossguide gamma", REG, {**p, "grow_policy": "lossguide", "gamma": 3, "max_depth": 0, "max_leaves": 20})
case("growth", "exact gamma 20", MISS, {**EXACT, "max_depth": 6, "gamma": 9})
case("growth", "exact max_leaves ignored", REG, {**EXACT, "max_leaves": 5, "max_depth": 4})
case("growth", "hist quantile", MISS, {**HIST, "max_depth": 4, "max_bin": 32}, test={**MISS, "n": 60, "seed": 22}, quantile=32)
case("growth", "hist quantile weights", WEIGHT, {**HIST, "max_depth": 4, "max_bin": 16}, quantile=16)
case("growth", "auto", REG, {"max_depth": 3})
case("growth", "updater hist prune", REG, {"updater": "grow_quantile_histmaker,prune", "max_depth": 5, "gamma": 3})
case("growth", "updater colmaker", REG, {"updater": "grow_colmaker", "max_depth": 4, "gamma": 5})
case("growth", "default_direction left", MISS, {**EXACT, "max_depth": 4, "default_direction": "left"})
case("growth", "default_direction right", MISS, {**EXACT, "max_depth": 4, "default_direction": "right"})

# Sampling
for m, p in METHODS.items():
    case("sampling", f"{m} subsample", REG, {**p, "max_depth": 4, "subsample": 0.6, "seed": 3})
    case("sampling", f"{m} subsample logistic", {**REG, "label": "binary"}, {**p, "max_depth": 3, "subsample": 0.5, "objective": "binary:logistic"})
    case("sampling", f"{m} bytree", {"n": 200, "f": 9, "seed": 31}, {**p, "max_depth": 3, "colsample_bytree": 0.5, "seed": 7})
    case("sampling", f"{m} bylevel", {"n": 200, "f": 9, "seed": 31}, {**p, "max_depth": 3, "colsample_bylevel": 0.6})
    case("sampling", f"{m} all", {"n": 300, "f": 12, "seed": 32}, {**p, "max_depth": 4, "colsample_bytree": 0.8, "colsample_bylevel": 0.7, "subsample": 0.8, "seed": 99})
    case("sampling", f"{m} feature weights", {"n": 200, "f": 9, "seed": 33, "feature_weights": True}, {**p, "max_depth": 3, "colsample_bytree": 0.4, "seed": 5})
    case("sampling", f"{m} classes", {**REG, "seed": 34, "label": "3"}, {**p, "max_depth": 2, "objective": "multi:softprob", "num_class": 3, "subsample": 0.7, "colsample_bytree": 0.6})
    case("sampling", f"{m} forest", REG, {**p, "max_depth": 3, "num_parallel_tree": 4, "subsample": 0.7, "colsample_bytree": 0.7, "eta": 1})
    case("sampling", f"{m} seed_per_iteration", REG, {**p, "max_depth": 3, "subsample": 0.7, "seed_per_iteration": True, "seed": 11})
for m, p in [("hist", HIST), ("approx", APPROX)]:
    case("sampling", f"{m} bynode", {"n": 200, "f": 9, "seed": 35}, {**p, "max_depth": 3, "colsample_bynode": 0.4, "seed": 2})
    case("sampling", f"{m} bynode lossguide", {"n": 200, "f": 9, "seed": 35}, {**p, "max_depth": 4, "colsample_bynode": 0.5, "colsample_bylevel": 0.8, "grow_policy": "lossguide", "max_leaves": 7})
    case("sampling", f"{m} gradient_based", {**REG, "n": 300}, {**p, "max_depth": 4, "subsample": 0.4, "sampling_method": "gradient_based", "seed": 17})
    case("sampling", f"{m} gradient_based logistic", {**REG, "n": 300, "label": "binary"}, {**p, "max_depth": 4, "subsample": 0.5, "sampling_method": "gradient_based", "objective": "binary:logistic"})
case("sampling", "many columns", {"n": 60, "f": 300, "seed": 36}, {**HIST, "max_depth": 2, "colsample_bytree": 0.1, "seed": 4})
case("sampling", "hist forest gradient_based", REG, {**HIST, "max_depth": 3, "num_parallel_tree": 3, "subsample": 0.5, "sampling_method": "gradient_based"})

# Categories
for m, p in [("hist", HIST), ("approx", APPROX)]:
    case("categories", f"{m}", CATS, {**p, "max_depth": 4}, test={**CATS, "n": 60, "seed": 41})
    case("categories", f"{m} missing", CATS_MISS, {**p, "max_depth": 4}, test={**CATS_MISS, "n": 60, "seed": 42})
    case("categories", f"{m} onehot", CATS_MISS, {**p, "max_depth": 4, "max_cat_to_onehot": 20})
    case("categories", f"{m} partition", CATS_MISS, {**p, "max_depth": 4, "max_cat_to_onehot": 1})
    case("categories", f"{m} threshold", {"n": 500, "f": 3, "seed": 43, "cats": [[0, 40]]}, {**p, "max_depth": 3, "max_cat_threshold": 6})
    case("categories", f"{m} logistic", {**CATS, "label": "binary"}, {**p, "max_depth": 4, "objective": "binary:logistic"})
    case("categories", f"{m} lossguide sampled", {**CATS_MISS, "n": 400}, {**p, "grow_policy": "lossguide", "max_leaves": 8, "subsample": 0.8, "colsample_bytree": 0.8})
    case("categories", f"{m} alpha", CATS, {**p, "max_depth": 3, "alpha": 2.0, "lambda": 0.5, "min_child_weight": 6})
case("categories", "hist sparse", {**CATS_MISS, "sparse": True, "missing": 0.3}, {**HIST, "max_depth": 4}, test={**CATS_MISS, "n": 60, "seed": 44, "sparse": True})
case("categories", "hist classes", {**CATS, "label": "3"}, {**HIST, "max_depth": 3, "objective": "multi:softprob", "num_class": 3}, 2)

# Constraints
for m, p in METHODS.items():
    case("constraints", f"{m} monotone", REG, {**p, "max_depth": 4, "monotone_constraints": "(1,-1,0,1,0)"})
    case("constraints", f"{m} monotone logistic", {**REG, "label": "binary"}, {**p, "max_depth": 5, "monotone_constraints": "(1,0,-1)", "objective": "binary:logistic", "lambda": 0.1})
    case("constraints", f"{m} monotone missing delta", MISS, {**p, "max_depth": 4, "monotone_constraints": "(-1,1,0,1,1)", "max_delta_step": 2})
    case("constraints", f"{m} interaction", REG, {**p, "max_depth": 4, "interaction_constraints": "[[0, 1], [2, 3, 4]]"})
    case("constraints", f"{m} interaction overlap", {"n": 300, "f": 6, "seed": 51}, {**p, "max_depth": 5, "interaction_constraints": "[[0, 2], [2, 3], [4, 1]]"})
case("constraints", "hist both", {"n": 300, "f": 6, "seed": 52}, {**HIST, "max_depth": 5, "interaction_constraints": "[[0, 2, 5], [1, 3]]", "monotone_constraints": "(1,-1,1,-1,0,0)"})
case("constraints", "hist monotone categories", CATS_MISS, {**HIST, "max_depth": 4, "monotone_constraints": "(1,0,0,-1)"})
case("constraints", "hist monotone lossguide", REG, {**HIST, "grow_policy": "lossguide", "max_leaves": 12, "monotone_constraints": "(1,1,1,1,1)"})

# Boosters
case("boosters", "dart", REG, {"booster": "dart", "max_depth": 3, "rate_drop": 0.4, "seed": 1}, 6, test=REG_TEST)
case("boosters", "dart forest", REG, {"booster": "dart", "max_depth": 3, "rate_drop": 0.5, "normalize_type": "forest", "seed": 2}, 6, test=REG_TEST)
case("boosters", "dart weighted", REG, {"booster": "dart", "max_depth": 3, "rate_drop": 0.5, "sample_type": "weighted", "seed": 3}, 6)
case("boosters", "dart one_drop", REG, {"booster": "dart", "max_depth": 3, "rate_drop": 0.01, "one_drop": 1, "seed": 4}, 6)
case("boosters", "dart one_drop weighted", REG, {"booster": "dart", "max_depth": 2, "rate_drop": 0.01, "one_drop": 1, "sample_type": "weighted", "seed": 5}, 6)
case("boosters", "dart skip_drop", REG, {"booster": "dart", "max_depth": 3, "rate_drop": 0.5, "skip_drop": 0.5, "tree_method": "exact"}, 6)
case("boosters", "dart logistic", BIN, {"booster": "dart", "max_depth": 3, "rate_drop": 0.3, "objective": "binary:logistic", "subsample": 0.8, "tree_method": "approx"}, 5, test=BIN_TEST)
case("boosters", "dart classes", {**REG, "label": "3"}, {"booster": "dart", "max_depth": 2, "rate_drop": 0.4, "objective": "multi:softprob", "num_class": 3}, 4)
for u in ["shotgun", "coord_descent"]:
    case("boosters", f"gblinear {u}", REG, {"booster": "gblinear", "updater": u}, 5, test=REG_TEST)
    case("boosters", f"gblinear {u} shuffle", MISS, {"booster": "gblinear", "updater": u, "feature_selector": "shuffle", "alpha": 0.01, "lambda": 0.02}, 5)
    case("boosters", f"gblinear {u} logistic", BIN, {"booster": "gblinear", "updater": u, "objective": "binary:logistic", "eta": 0.7}, 5, test=BIN_TEST)
    case("boosters", f"gblinear {u} classes", {**REG, "label": "3"}, {"booster": "gblinear", "updater": u, "objective": "multi:softprob", "num_class": 3}, 4)
    case("boosters", f"gblinear {u} sparse weights", {**SPARSE, "weights": True}, {"booster": "gblinear", "updater": u}, 4)
for s in ["cyclic", "random", "greedy", "thrifty"]:
    case("boosters", f"gblinear {s}", {"n": 150, "f": 7, "seed": 61}, {"booster": "gblinear", "updater": "coord_descent", "feature_selector": s, "lambda": 0.01}, 4)
    case("boosters", f"gblinear {s} top_k", {"n": 150, "f": 7, "seed": 62, "label": "3"}, {"booster": "gblinear", "updater": "coord_descent", "feature_selector": s, "top_k": 3, "objective": "multi:softprob", "num_class": 3}, 3)
case("boosters", "gblinear tolerance", REG, {"booster": "gblinear", "updater": "coord_descent", "tolerance": 0.05}, 8)
case("boosters", "forest exact", REG, {**EXACT, "num_parallel_tree": 3, "max_depth": 3})
case("boosters", "forest classes", {**REG, "label": "3"}, {"num_parallel_tree": 2, "max_depth": 2, "objective": "multi:softprob", "num_class": 3, "subsample": 0.8}, 2)
case("boosters", "continue", REG, {"max_depth": 3}, 2, then={"first": 2, "params": {}}, test=REG_TEST)
case("boosters", "continue logistic", BIN, {"max_depth": 3, "objective": "binary:logistic", "subsample": 0.7}, 2, then={"first": 2, "params": {"eta": 0.1}})
case("boosters", "continue other data", REG, {**EXACT, "max_depth": 3}, 2, then={"first": 2, "params": {}, "data": {**REG, "seed": 63}})
case("boosters", "refresh", REG, {**EXACT, "max_depth": 4}, 3, then={"first": 3, "params": {"process_type": "update", "updater": "refresh"}, "data": {**REG, "seed": 64}})
case("boosters", "refresh no leaf", REG, {**HIST, "max_depth": 4}, 3, then={"first": 3, "params": {"process_type": "update", "updater": "refresh", "refresh_leaf": False}, "data": {**REG, "seed": 65}})
case("boosters", "prune", REG, {**HIST, "max_depth": 5}, 3, then={"first": 3, "params": {"process_type": "update", "updater": "prune", "gamma": 4}})
case("boosters", "refresh prune", MISS, {**HIST, "max_depth": 5}, 2, then={"first": 3, "params": {"process_type": "update", "updater": "refresh,prune", "gamma": 2}, "data": {**MISS, "seed": 66}})
case("boosters", "refresh classes", {**REG, "label": "3"}, {**HIST, "max_depth": 3, "objective": "multi:softprob", "num_class": 3}, 2, then={"first": 2, "params": {"process_type": "update", "updater": "refresh"}, "data": {**REG, "seed": 67, "label": "3"}})
case("boosters", "custom squared", REG, {"max_depth": 3}, 3, custom="squared", test=REG_TEST)
case("boosters", "custom cubic", MISS, {**EXACT, "max_depth": 3}, 3, custom="cubic")
case("boosters", "custom with logistic", BIN, {"max_depth": 3, "objective": "binary:logistic"}, 3, custom="cubic")

# Objectives of single labels
OBJ = {
    "reg:squarederror": REG, "reg:squaredlogerror": {**REG, "label": "positive"}, "reg:logistic": {**REG, "label": "unit"}, "reg:pseudohubererror": REG,
    "binary:logistic": BIN, "binary:logitraw": BIN, "binary:hinge": BIN, "count:poisson": {**REG, "label": "count"}, "reg:gamma": {**REG, "label": "positive"},
    "reg:tweedie": {**REG, "label": "zeros"},
}
for o, d in OBJ.items():
    case("objectives", f"{o} hist", d, {**HIST, "max_depth": 3, "objective": o}, test={**d, "n": 60, "seed": 9})
    case("objectives", f"{o} approx weights", {**d, "weights": True, "seed": 71}, {**APPROX, "max_depth": 3, "objective": o}, 2)
    case("objectives", f"{o} exact", {**d, "seed": 72}, {**EXACT, "max_depth": 3, "objective": o}, 2)
case("objectives", "pseudohuber slope", REG, {"max_depth": 3, "objective": "reg:pseudohubererror", "huber_slope": 0.4})
case("objectives", "tweedie 1.2", {**REG, "label": "zeros"}, {"max_depth": 3, "objective": "reg:tweedie", "tweedie_variance_power": 1.2})
case("objectives", "poisson max_delta_step", {**REG, "label": "count"}, {"max_depth": 3, "objective": "count:poisson", "max_delta_step": 0.3})
case("objectives", "squarederror base_score", REG, {"max_depth": 3, "base_score": 2.5})
case("objectives", "logistic base_score", BIN, {"max_depth": 3, "objective": "binary:logistic", "base_score": 0.3})
case("objectives", "gamma base_score", {**REG, "label": "positive"}, {"max_depth": 3, "objective": "reg:gamma", "base_score": 0.7})
case("objectives", "logistic constant", {**REG, "label": "binary", "n": 4}, {"max_depth": 2, "objective": "binary:logistic"})
case("objectives", "num_class alone", {**REG, "label": "3"}, {"max_depth": 2, "num_class": 3}, 2)
case("objectives", "softprob weights", {**REG, "label": "4", "weights": True}, {"max_depth": 3, "objective": "multi:softprob", "num_class": 4}, 2)
for t in ["one_output_per_tree"]:
    for m, p in METHODS.items():
        case("objectives", f"targets {m}", {**REG, "targets": 3, "seed": 73}, {**p, "max_depth": 3}, 2, test={**REG_TEST, "targets": 3})
    case("objectives", "targets weights", {**REG, "targets": 2, "seed": 74, "weights": True}, {"max_depth": 3}, 2)
    case("objectives", "targets logistic", {**REG, "targets": 3, "seed": 75, "label": "binary"}, {"max_depth": 3, "objective": "binary:logistic"}, 2)

# Real data
case("sets", "iris", {"set": "iris", "to": 110}, {"objective": "multi:softprob", "num_class": 3, "max_depth": 3}, 4, test={"set": "iris", "from": 110, "to": 150})
case("sets", "iris exact", {"set": "iris", "to": 110}, {**EXACT, "objective": "multi:softmax", "num_class": 3, "max_depth": 4}, 3, test={"set": "iris", "from": 110, "to": 150})
case("sets", "iris approx subsample", {"set": "iris", "to": 150}, {**APPROX, "objective": "multi:softprob", "num_class": 3, "max_depth": 2, "subsample": 0.6, "seed": 8}, 3)
for m, p in METHODS.items():
    case("sets", f"breast_cancer {m}", {"set": "breast_cancer", "to": 400}, {**p, "objective": "binary:logistic", "max_depth": 4}, 4, test={"set": "breast_cancer", "from": 400, "to": 569})
    case("sets", f"diabetes {m}", {"set": "diabetes", "to": 330}, {**p, "max_depth": 4}, 4, test={"set": "diabetes", "from": 330, "to": 442})
    case("sets", f"digits {m}", {"set": "digits", "to": 500}, {**p, "objective": "multi:softprob", "num_class": 10, "max_depth": 2}, 1)
case("sets", "wine", {"set": "wine", "to": 130}, {"objective": "multi:softprob", "num_class": 3, "max_depth": 4, "eta": 0.5, "colsample_bytree": 0.5}, 3, test={"set": "wine", "from": 130, "to": 178})
case("sets", "wine lossguide", {"set": "wine", "to": 178}, {"objective": "multi:softprob", "num_class": 3, "grow_policy": "lossguide", "max_leaves": 5, "min_child_weight": 3, "gamma": 0.2}, 3)
case("sets", "breast_cancer max_bin", {"set": "breast_cancer", "to": 569}, {"objective": "binary:logistic", "max_depth": 5, "max_bin": 24, "lambda": 0.3, "alpha": 0.4, "scale_pos_weight": 0.6}, 4)
case("sets", "breast_cancer dart", {"set": "breast_cancer", "to": 569}, {"booster": "dart", "objective": "binary:logistic", "max_depth": 3, "rate_drop": 0.3, "seed": 6}, 5)
case("sets", "diabetes gblinear", {"set": "diabetes", "to": 442}, {"booster": "gblinear", "updater": "coord_descent", "alpha": 0.001, "lambda": 0.01}, 6)
case("sets", "diabetes monotone", {"set": "diabetes", "to": 442}, {"max_depth": 4, "monotone_constraints": "(0,0,1,1,0,0,-1,0,1,0)", "subsample": 0.7, "seed": 12}, 4)
case("sets", "digits binary", {"set": "digits", "to": 800, "classes": 5}, {"objective": "binary:logistic", "max_depth": 4, "colsample_bynode": 0.3, "colsample_bytree": 0.8}, 3)
case("sets", "diabetes forest", {"set": "diabetes", "to": 442}, {"num_parallel_tree": 5, "subsample": 0.63, "colsample_bynode": 0.8, "eta": 1, "max_depth": 4}, 1)

# Objectives with groups, bounds, quantiles
RANK = {"n": 240, "f": 5, "seed": 81, "label": "grade", "groups": 12}
RANK_TEST = {"n": 80, "f": 5, "seed": 82, "label": "grade", "groups": 5}
CLICK = {**RANK, "label": "binary"}
BOUNDS = {"n": 220, "f": 5, "seed": 83, "label": "bounds"}
CENSORED = {"n": 220, "f": 5, "seed": 84, "label": "censored"}
for o, d in [("rank:ndcg", RANK), ("rank:pairwise", RANK), ("rank:map", CLICK)]:
    t = {**RANK_TEST, "label": d["label"]}
    case("ranking", f"{o} hist", d, {**HIST, "max_depth": 3, "objective": o}, test=t)
    case("ranking", f"{o} exact", d, {**EXACT, "max_depth": 3, "objective": o})
    case("ranking", f"{o} approx weights", {**d, "weights": True}, {**APPROX, "max_depth": 3, "objective": o})
    case("ranking", f"{o} hist weights", {**d, "weights": True}, {**HIST, "max_depth": 3, "max_bin": 16, "objective": o})
    case("ranking", f"{o} mean", d, {"max_depth": 3, "objective": o, "lambdarank_pair_method": "mean"}, test=t)
    case("ranking", f"{o} mean pairs", d, {"max_depth": 3, "objective": o, "lambdarank_pair_method": "mean", "lambdarank_num_pair_per_sample": 4, "lambdarank_normalization": False})
    case("ranking", f"{o} topk", d, {"max_depth": 3, "objective": o, "lambdarank_num_pair_per_sample": 5})
    case("ranking", f"{o} unnormalised", d, {"max_depth": 3, "objective": o, "lambdarank_normalization": False, "lambdarank_score_normalization": False})
    case("ranking", f"{o} unbiased", d, {"max_depth": 3, "objective": o, "lambdarank_unbiased": True, "lambdarank_bias_norm": 0.5}, 4)
    case("ranking", f"{o} unbiased mean", d, {"max_depth": 3, "objective": o, "lambdarank_unbiased": True, "lambdarank_pair_method": "mean", "lambdarank_num_pair_per_sample": 3}, 4)
case("ranking", "continue unbiased mean", RANK, {"max_depth": 2, "objective": "rank:ndcg", "lambdarank_unbiased": True, "lambdarank_pair_method": "mean"}, 2, then={"first": 2, "params": {}})
case("ranking", "ndcg linear gain", RANK, {"max_depth": 3, "objective": "rank:ndcg", "ndcg_exp_gain": False}, metrics=["ndcg", "ndcg@3", "ndcg@4-"])
case("ranking", "no groups", {**REG, "label": "grade"}, {"max_depth": 3, "objective": "rank:ndcg"}, metrics=["ndcg@5", "ndcg-"])
case("ranking", "metrics", CLICK, {"max_depth": 3, "objective": "rank:map"}, metrics=["map", "map@2", "map@3-", "map-", "pre@3", "pre", "ndcg@4", "auc", "aucpr"])
case("ranking", "metrics weights", {**CLICK, "weights": True}, {"max_depth": 3, "objective": "rank:pairwise"}, metrics=["map@2", "map-", "pre@3", "ndcg@4", "ndcg", "auc", "aucpr"])
for m, p in METHODS.items():
    case("survival", f"absoluteerror {m}", REG, {**p, "max_depth": 3, "objective": "reg:absoluteerror"}, test=REG_TEST)
    case("survival", f"quantileerror {m}", REG, {**p, "max_depth": 3, "objective": "reg:quantileerror", "quantile_alpha": 0.7}, test=REG_TEST)
    case("survival", f"aft {m}", BOUNDS, {**p, "max_depth": 3, "objective": "survival:aft"})
    case("survival", f"cox {m}", CENSORED, {**p, "max_depth": 3, "objective": "survival:cox"})
case("survival", "absoluteerror weights", WEIGHT, {"max_depth": 4, "objective": "reg:absoluteerror", "subsample": 0.7})
case("survival", "absoluteerror targets", {**REG, "targets": 2}, {"max_depth": 3, "objective": "reg:absoluteerror"}, 2)
case("survival", "absoluteerror forest", REG, {"max_depth": 3, "objective": "reg:absoluteerror", "num_parallel_tree": 2, "subsample": 0.8}, 2)
case("survival", "quantileerror three", REG, {"max_depth": 3, "objective": "reg:quantileerror", "quantile_alpha": [0.1, 0.5, 0.9]}, 2, test=REG_TEST)
case("survival", "quantileerror weights", WEIGHT, {"max_depth": 3, "objective": "reg:quantileerror", "quantile_alpha": [0.25, 0.8]}, 2)
case("survival", "quantileerror gradient_based", REG, {"max_depth": 3, "objective": "reg:quantileerror", "quantile_alpha": 0.4, "subsample": 0.5, "sampling_method": "gradient_based"})
for d in ["normal", "logistic", "extreme"]:
    for s in [0.7, 1.3]:
        case("survival", f"aft {d} {s}", BOUNDS, {"max_depth": 3, "objective": "survival:aft", "aft_loss_distribution": d, "aft_loss_distribution_scale": s}, metrics=["aft-nloglik", "interval-regression-accuracy"])
case("survival", "aft weights", {**BOUNDS, "weights": True}, {"max_depth": 3, "objective": "survival:aft", "aft_loss_distribution": "logistic"}, base=1)
case("survival", "cox weights", {**CENSORED, "weights": True}, {"max_depth": 3, "objective": "survival:cox"}, test={**CENSORED, "n": 60, "seed": 85})
case("survival", "cox ties", {**CENSORED, "levels": 3}, {"max_depth": 3, "objective": "survival:cox"})
for c in CASES:
    c.pop("base", None)

# Metrics
case("metrics", "regression", {**REG, "label": "positive"}, {"max_depth": 2}, metrics=["rmse", "rmsle", "mae", "mape", "mphe", "gamma-nloglik", "gamma-deviance", "tweedie-nloglik@1.3", "poisson-nloglik"], test={**REG_TEST, "label": "positive"})
case("metrics", "regression weights", {**WEIGHT, "label": "positive"}, {"max_depth": 2, "huber_slope": 0.6}, metrics=["rmse", "rmsle", "mae", "mape", "mphe", "gamma-nloglik", "gamma-deviance", "tweedie-nloglik@1.7", "poisson-nloglik"])
case("metrics", "binary", BIN, {"max_depth": 2, "objective": "binary:logistic"}, metrics=["logloss", "error", "error@0.3", "error@0.7", "auc", "aucpr", "ams@0.15", "ams@0", "map", "ndcg", "pre@10"], test=BIN_TEST)
case("metrics", "binary weights", {**WEIGHT, "label": "binary"}, {"max_depth": 2, "objective": "binary:logistic"}, metrics=["logloss", "error", "error@0.6", "auc", "aucpr", "ams@0.2"])
case("metrics", "classes", {**REG, "label": "4"}, {"max_depth": 2, "objective": "multi:softprob", "num_class": 4}, metrics=["mlogloss", "merror", "auc", "aucpr"], test={**REG_TEST, "label": "4"})
case("metrics", "classes weights", {**WEIGHT, "label": "3"}, {"max_depth": 2, "objective": "multi:softmax", "num_class": 3}, metrics=["mlogloss", "merror", "auc", "aucpr"])
case("metrics", "targets", {**REG, "targets": 2, "label": "positive"}, {"max_depth": 2}, metrics=["rmse", "mae", "rmsle", "mape"])
case("metrics", "quantile", REG, {"max_depth": 2, "objective": "reg:quantileerror", "quantile_alpha": [0.2, 0.6]}, metrics=["quantile"])
case("metrics", "disabled", REG, {"max_depth": 2, "disable_default_eval_metric": True})

# One tree for all outputs
MT = {**HIST, "multi_strategy": "multi_output_tree"}
T3 = {**REG, "targets": 3, "seed": 91}
case("vectors", "targets", T3, {**MT, "max_depth": 4}, test={**REG_TEST, "targets": 3})
case("vectors", "missing", {**MISS, "targets": 2}, {**MT, "max_depth": 4}, test={**MISS, "n": 50, "seed": 92, "targets": 2})
case("vectors", "sparse", {**SPARSE, "targets": 2}, {**MT, "max_depth": 3})
case("vectors", "weights", {**T3, "weights": True}, {**MT, "max_depth": 3, "max_bin": 16, "lambda": 2, "alpha": 0.5})
case("vectors", "lossguide", T3, {**MT, "grow_policy": "lossguide", "max_leaves": 8})
case("vectors", "sampled", T3, {**MT, "max_depth": 3, "subsample": 0.6, "colsample_bynode": 0.6, "seed": 5})
case("vectors", "gradient_based", T3, {**MT, "max_depth": 3, "subsample": 0.5, "sampling_method": "gradient_based"})
case("vectors", "forest", T3, {**MT, "max_depth": 3, "num_parallel_tree": 2, "subsample": 0.7}, 2)
case("vectors", "logistic", {**T3, "label": "binary"}, {**MT, "max_depth": 3, "objective": "binary:logistic", "min_child_weight": 4})
case("vectors", "classes", {**REG, "label": "3"}, {**MT, "max_depth": 3, "objective": "multi:softprob", "num_class": 3}, test={**REG_TEST, "label": "3"})
case("vectors", "gamma max_delta_step", {**REG, "label": "4"}, {**MT, "max_depth": 4, "objective": "multi:softmax", "num_class": 4, "gamma": 0.5, "max_delta_step": 0.5})
case("vectors", "quantiles", REG, {**MT, "max_depth": 3, "objective": "reg:quantileerror", "quantile_alpha": [0.2, 0.8]})
case("vectors", "absoluteerror", {**REG, "targets": 2}, {**MT, "max_depth": 3, "objective": "reg:absoluteerror"})
case("vectors", "iris", {"set": "iris", "to": 110}, {**MT, "max_depth": 3, "objective": "multi:softprob", "num_class": 3}, 4, test={"set": "iris", "from": 110, "to": 150})
