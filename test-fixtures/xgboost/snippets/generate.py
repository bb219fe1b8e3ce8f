"""What short scripts print, and what wrong uses raise; the ports stand beside the tests under the same names."""

import contextlib
import io
import pathlib
import re
import sys
import textwrap
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import save

sys.path.pop(0)  # its folders have libraries' names

HEAD = """
import json
import numpy as np
import pandas as pd
import scipy.sparse as sp
import xgboost as xgb
X = np.array([[1, 2, 0.5], [2, 1, -1], [3, 4, 0.25], [4, 3, 2], [5, 0, -0.5], [6, 1, 1], [7, 5, 0], [8, 2, 3]], dtype=float)
y = np.array([0.5, 1.0, 2.5, 2.0, 4.0, 3.5, 6.0, 7.0])
k = np.array([0, 0, 1, 1, 2, 2, 2, 1])
EX = X[1:5] + 0.5
EY = y[1:5] + np.array([0.25, -1.0, 1.5, 0.5])
D = xgb.DMatrix(X, y)
E = xgb.DMatrix(EX, EY)
B = xgb.DMatrix(X, y > 2.2)
LX = np.concatenate([X, X + [0.5, 1, -0.25], X - [0.25, 0.5, 1]])
L = xgb.DMatrix(LX, np.concatenate([y, y + 0.5, y - 1]))
LB = xgb.DMatrix(LX, np.concatenate([y, y + 0.5, y - 1]) > 2.2)
bst = xgb.train({"max_depth": 2, "eta": 0.5, "tree_method": "exact"}, D, 4)
bst3 = xgb.train({"max_depth": 2, "tree_method": "exact"}, D, 3)
named = xgb.train({"max_depth": 2}, xgb.DMatrix(X, y, feature_names=["a", "b", "c"]), 2)
linear = xgb.train({"booster": "gblinear", "updater": "coord_descent"}, D, 2)
_c = xgb.XGBClassifier(n_estimators=1).fit(X, k)
_c.get_booster().set_attr(scikit_learn='{"_estimator_type": "classifier"}')
raw_classifier = _c.get_booster().save_raw()
"""


def blocks(name):
    text = (pathlib.Path(__file__).parent / name).read_text()
    for block in re.split(r"^## ", text, flags=re.M)[1:]:
        title, code = block.split("\n", 1)
        yield title.strip(), HEAD + textwrap.dedent(code)


cases = []
for name, code in blocks("snippets.txt"):
    out = io.StringIO()
    with warnings.catch_warnings(), contextlib.redirect_stdout(out):
        warnings.simplefilter("ignore")
        exec(code, {})
    cases.append({"name": name, "out": out.getvalue()})
save(__file__, cases, "xgboost")

cases = []
for name, code in blocks("errors.txt"):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(code, {})
        raise SystemExit(f"{name}: no error")
    except Exception as e:
        message = str(e)
        if type(e).__name__ == "XGBoostError":
            # The core's errors have time and place in front, and a trace behind the first line.
            message = re.sub(r"^\[\d\d:\d\d:\d\d\] \S+: ", "", message.split("\n")[0]).rstrip()
        cases.append({"name": name, "type": type(e).__name__, "message": message})
save(__file__, cases, "xgboost", "errors.json")
