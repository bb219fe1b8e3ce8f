"""A model trained on a data frame with categories: what their numbers stand for lies in the model."""

import pathlib
import sys

import numpy as np
import pandas as pd
import xgboost as xgb

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import lock, save

sys.path.pop(0)  # its folders have libraries' names

HERE = pathlib.Path(__file__).resolve().parent
CITIES = ["lyon", "oslo", "rome", "bern"]
rng = np.random.RandomState(5)
n = 30
city, size, code = rng.randint(0, 4, n), np.round(rng.rand(n) * 9, 2), rng.choice([10, 20, 30], n)
df = pd.DataFrame({"city": pd.Categorical.from_codes(city, CITIES), "size": size, "code": pd.Categorical(code)})
y = np.round(city * 2.0 + size + (code == 20) * 3, 2)
bst = xgb.train({"max_cat_to_onehot": 1, "max_depth": 3, "nthread": 1}, xgb.DMatrix(df, y, enable_categorical=True), 3)
path = HERE / "frame.3.2.ubj"
bst.save_model(path)
lock(path, "xgboost")
test = {"city": ["rome", "lyon", "bern", "oslo"], "size": [1.5, 7.25, 3.0, 0.5], "code": [20, 30, 10, 20]}
frame = pd.DataFrame({"city": pd.Categorical(test["city"]), "size": test["size"], "code": pd.Categorical(test["code"])})
cases = [
    {
        "name": "frame",
        "file": path.name,
        "columns": test,
        "out": bst.predict(xgb.DMatrix(frame, enable_categorical=True)),
        "dump": bst.get_dump(),
        "types": bst.feature_types,
    }
]
save(__file__, cases, "xgboost", "categories.json")
