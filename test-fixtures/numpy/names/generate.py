"""Names that NumPy took away, with what it says of them."""

import pathlib
import sys
import warnings

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import save  # noqa: E402
from numpy import _expired_attrs_2_0 as expired  # noqa: E402

warnings.simplefilter("ignore")
rows = []
for name in [*expired.__expired_attributes__, "int", "float", "complex", "object", "str", "trapz", "in1d", "product", "cumproduct", "msort", "asscalar", "typeDict"]:
    try:
        getattr(np, name)
    except AttributeError as e:
        rows.append([name, str(e)])
save(__file__, [{"name": "removed", "rows": rows}], "numpy")
