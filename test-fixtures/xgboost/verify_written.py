"""Opens the models that @cognate/xgboost writes in XGBoost and compares predictions, dumps and parameters.

    COGNATE_WRITTEN=/some/folder npx vitest run packages/xgboost/src/io/written.test.ts
    python test-fixtures/xgboost/verify_written.py /some/folder
"""

import json
import pathlib
import sys
import warnings

# The fixtures' folders have the libraries' names.
HERE = pathlib.Path(__file__).resolve().parent
sys.path = [p for p in sys.path if pathlib.Path(p or ".").resolve() != HERE]

import numpy as np
import xgboost as xgb

warnings.simplefilter("ignore")
folder = pathlib.Path(sys.argv[1])
wrong = 0
cases = json.loads((folder / "manifest.json").read_text())
for c in cases:
    X = np.load(folder / c["data"])
    for file in c["files"]:
        bst = xgb.Booster(model_file=folder / file)
        kw = {"feature_types": bst.feature_types, "enable_categorical": True} if bst.feature_types else {}
        d = xgb.DMatrix(X, feature_names=bst.feature_names, **kw)
        same = [
            np.array_equal(bst.predict(d, output_margin=True), np.load(folder / c["margins"])),
            np.allclose(bst.predict(d), np.load(folder / c["predictions"]), rtol=1e-6, atol=0),
            bst.get_dump(with_stats=c["name"] != "vectors") == c["dump"],
            bst.attributes() == {"best_iteration": "1", "note": 'ü "quoted"'},
            bytes(bst.save_raw(file.rsplit(".", 1)[1])) == (folder / file).read_bytes(),
        ]
        # Parameters that only a configuration holds are compared after it is given to XGBoost.
        bst = xgb.Booster(model_file=folder / file)
        bst.load_config(c["config"])
        same.append(json.loads(bst.save_config()) == json.loads(c["config"]))
        if not all(same):
            wrong += 1
            print(file, dict(zip(["margins", "predictions", "dump", "attributes", "bytes", "config"], same)))
print(f"XGBoost {xgb.__version__}: {sum(len(c['files']) for c in cases)} files, {wrong} different")
sys.exit(wrong > 0)
