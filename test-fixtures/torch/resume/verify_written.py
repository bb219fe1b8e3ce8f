"""Continues the trainings that Cognate interrupted, in PyTorch, and compares the losses with Cognate's own continuation.

    COGNATE_WRITTEN=/some/folder npx vitest run packages/torch/src/optim/resume.test.ts
    python test-fixtures/torch/resume/verify_written.py /some/folder
"""

import json
import pathlib
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
warnings.filterwarnings("ignore")

import torch
from training import OPTIMIZERS, restore, start, step

folder = pathlib.Path(sys.argv[1])
for name in OPTIMIZERS:
    parts = start(name)
    restore(torch.load(folder / f"{name}.pt"), *parts)
    wanted = json.loads((folder / f"{name}.json").read_text())
    for i, (loss, rates) in enumerate(wanted):
        got, got_rates = step(*parts)
        torch.testing.assert_close(got, loss, rtol=1e-5, atol=1e-6, msg=f"{name}: loss {i}: {got} here, {loss} there")
        torch.testing.assert_close(got_rates, rates, rtol=1e-12, atol=0.0)
    print(f"{name}: {len(wanted)} losses equal")
