"""The public names of the real libraries, module by module, for the parity tables.

    python generate.py torch numpy      # with the one environment
    python generate.py keras tf         # with the other
    python generate.py xgboost          # with one that has XGBoost
"""

import importlib
import inspect
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import fixtures  # noqa: E402

MODULES = {
    "torch": """torch torch.Tensor torch.autograd torch.distributions torch.fft torch.linalg torch.nn torch.nn.functional
        torch.nn.init torch.nn.utils torch.nn.utils.rnn torch.optim torch.optim.lr_scheduler torch.optim.swa_utils
        torch.serialization torch.special torch.utils.data torch.nn.Module torch.optim.Optimizer""",
    "numpy": """numpy numpy.ndarray numpy.exceptions numpy.fft numpy.lib.stride_tricks numpy.linalg numpy.polynomial
        numpy.random numpy.random.Generator numpy.random.RandomState numpy.strings numpy.testing""",
    "keras": """keras keras.activations keras.backend keras.callbacks keras.config keras.constraints keras.initializers
        keras.layers keras.losses keras.metrics keras.models keras.ops keras.ops.image keras.ops.linalg keras.ops.nn keras.ops.numpy
        keras.optimizers keras.optimizers.schedules keras.random keras.regularizers keras.saving keras.utils keras.Model
        keras.layers.Layer keras.Variable""",
    "xgboost": """xgboost xgboost.callback xgboost.Booster xgboost.DMatrix xgboost.QuantileDMatrix xgboost.XGBModel
        xgboost.XGBClassifier xgboost.XGBRegressor xgboost.XGBRanker xgboost.XGBRFClassifier xgboost.XGBRFRegressor""",
    "tf": """tensorflow tensorflow.bitwise tensorflow.data tensorflow.data.Dataset tensorflow.debugging tensorflow.dtypes tensorflow.errors
        tensorflow.image tensorflow.linalg tensorflow.math tensorflow.math.special tensorflow.nest tensorflow.nn tensorflow.random
        tensorflow.random.Generator tensorflow.sets tensorflow.signal tensorflow.strings tensorflow.train tensorflow.Module
        tensorflow.TensorArray tensorflow.TensorShape tensorflow.Variable tensorflow.GradientTape""",
}

#: Classes of the root that users meet; the others belong to its compilers and storages.
KEPT = {"Generator", "GradScaler", "Size"}

#: Parts of PyTorch's back ends and compilers that lie in the same module.
BACKENDS = re.compile(
    r"(cudnn|miopen|mkldnn|fbgemm|quantized|q_|sym_|import_ir|parse_|merge_type|unify_type|native_|batch_norm_|fused_|"
    r"fake_quant|sparse_(bs|cs|comp|coo)|(set|get|is|clear)_autocast|autocast_|(u)?int[1-7]$|q?u?int\\dx|bits|float[48]_)|"
    r".*(_copy|Type)$"
)


def owner(path):
    """The module or class of a path."""
    parts = path.split(".")
    for n in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:n]))
        except ImportError:
            continue
        for name in parts[n:]:
            found = getattr(found, name)
        return found
    raise ImportError(path)


def names(path):
    """What belongs to it: functions, classes and constants that are no private names and no modules of Python's own."""
    found = owner(path)
    library = path.split(".")[0]
    listed = getattr(found, "__all__", None) if inspect.ismodule(found) and library != "keras" else None
    out = []
    for name in listed or dir(found):
        if name.startswith("_"):
            continue
        value = getattr(found, name, None)
        if inspect.ismodule(value):
            continue
        if path == "torch" and name[0].isupper() and not name.endswith("Tensor") and name not in KEPT:
            continue
        if path == "torch" and BACKENDS.match(name):
            continue
        if getattr(value, "__module__", None) == "typing" or name in ("Tensor", "Sequence", "Optional") and path != "torch":
            continue
        if listed is None and inspect.ismodule(found):
            # What a module merely imports for itself.
            if (getattr(value, "__module__", None) or library).split(".")[0] not in (library, "builtins", "torch", "keras" if library == "tensorflow" else library):
                continue
        out.append(name)
    return sorted(set(out))


def main(libraries):
    for library in libraries:
        modules = MODULES[library].split()
        cases = [{"name": path, "names": names(path)} for path in modules]
        fixtures.save(__file__, cases, {"tf": "tensorflow-cpu"}.get(library, library), f"{library}.json")


main(sys.argv[1:])
