"""What Python functions make of their arguments: where each one lands, and the errors of wrong calls."""

import itertools
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from cpython import outcome, save  # noqa: E402

FUNCTIONS = {
    "one": "x",
    "some": "x, y=2",
    "more": "x, y, z=3",
    "many": "a, b, c, d",
    "only": "x, *, k",
    "both": "x, y=1, *, k=5, m=6",
    "rest": "*size, k=1",
    "mixed": "x, *rest, k",
    "none": "",
    "keys": "*, k, m",
}
KEYWORDS = [{}, {"x": 8}, {"y": 9}, {"k": 7}, {"q": 1}, {"x": 8, "q": 1}, {"k": 7, "m": 4}, {"a": 1, "d": 2}, {"y": 1, "z": 2}]

rows = []
for (name, parameters), n, keywords in itertools.product(FUNCTIONS.items(), range(6), KEYWORDS):
    names = [p.strip(" *").split("=")[0] for p in parameters.split(",")]
    scope = {}
    exec(f"def {name}({parameters}): return [{', '.join(f'list({p})' if p in ('size', 'rest') else p for p in names if p)}]", scope)
    rows.append([name, list(range(10, 10 + n)), keywords, outcome(lambda: scope[name](*range(10, 10 + n), **keywords))])
save(__file__, rows)
