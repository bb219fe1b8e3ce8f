"""Three steps of training, a checkpoint, and the losses and rates of the five steps after it."""

import io
import pathlib
import sys
import warnings
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]
warnings.filterwarnings("ignore")

import torch
from fixtures import lock, save
from training import OPTIMIZERS, checkpoint, restore, start, step

cases = []
for name in OPTIMIZERS:
    parts = start(name)
    before = [step(*parts) for _ in range(3)]
    buffer = io.BytesIO()
    torch.save(checkpoint(*parts), buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(HERE / f"{name}.pt", "w", zipfile.ZIP_DEFLATED) as out:
        for info in source.infolist():
            out.writestr(zipfile.ZipInfo(info.filename), source.read(info))
    lock(HERE / f"{name}.pt", "torch")
    fresh = start(name)
    saved = torch.load(HERE / f"{name}.pt")
    restore(saved, *fresh)
    after = [step(*fresh) for _ in range(5)]
    torch.set_rng_state(saved["rng"])
    assert after == [step(*parts) for _ in range(5)], name
    cases.append({"name": name, "before": before, "after": after})
save(__file__, cases, "torch")
