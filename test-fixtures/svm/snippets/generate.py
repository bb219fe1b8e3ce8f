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

HEAD = """
import numpy as np
from sklearn import svm, datasets, preprocessing, pipeline, model_selection, metrics
from sklearn.base import clone
from sklearn.svm import SVC, NuSVC, SVR, NuSVR, OneClassSVM, LinearSVC, LinearSVR
from sklearn.preprocessing import StandardScaler, MinMaxScaler, LabelEncoder
from sklearn.pipeline import make_pipeline, Pipeline
from sklearn.model_selection import train_test_split, KFold, StratifiedKFold, cross_val_score, GridSearchCV
iris = datasets.load_iris()
X, y = iris.data, iris.target
P = [[0, 0], [1, 1], [2, 0], [3, 1]]
q = [0, 0, 1, 1]
"""

text = (pathlib.Path(__file__).parent / "snippets.txt").read_text()
cases = []
for block in re.split(r"^## ", text, flags=re.M)[1:]:
    name, code = block.split("\n", 1)
    out = io.StringIO()
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(out):
        warnings.simplefilter("always")
        exec(HEAD + textwrap.dedent(code), {})
    told = [f"{w.category.__name__}: {w.message}" for w in caught if "site-packages" not in str(w.message)]
    cases.append({"name": name.strip(), "out": out.getvalue(), "warnings": list(dict.fromkeys(told))})
save(__file__, cases, "scikit-learn")

text = (pathlib.Path(__file__).parent / "errors.txt").read_text()
cases = []
for block in re.split(r"^## ", text, flags=re.M)[1:]:
    name, code = block.split("\n", 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(HEAD + textwrap.dedent(code), {})
        raise SystemExit(f"{name}: no error")
    except Exception as e:
        cases.append({"name": name.strip(), "type": type(e).__name__, "message": str(e)})
save(__file__, cases, "scikit-learn", "errors.json")
