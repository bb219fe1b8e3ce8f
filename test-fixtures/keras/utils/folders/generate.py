"""Images, texts and sounds in folders: the files, and what keras.utils makes of them (images by Pillow and by TensorFlow)."""

import contextlib
import copy
import io
import os
import pathlib
import shutil
import struct
import sys
import wave

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))
from fixtures import lock, save

U = keras.utils
DATA = HERE / "data"
shutil.rmtree(DATA, ignore_errors=True)
rng = np.random.default_rng(7)


def write(path, image, **options):
    (DATA / path).parent.mkdir(parents=True, exist_ok=True)
    image.save(DATA / path, **options)


def pixels(h, w, c=None):
    return rng.integers(0, 256, (h, w) if c is None else (h, w, c), dtype=np.uint8)


write("images/a/rgb.png", Image.fromarray(pixels(5, 7, 3)))
write("images/a/grey.png", Image.fromarray(pixels(4, 6)))
write("images/a/rgba.png", Image.fromarray(pixels(6, 5, 4)))
write("images/b/palette.png", Image.fromarray(pixels(8, 8, 3)).quantize(9))
write("images/b/bits.png", Image.fromarray(pixels(5, 11) > 99))
write("images/b/deep/la.png", Image.fromarray(pixels(3, 9, 2), "LA"))
write("images/b/plain.bmp", Image.fromarray(pixels(4, 5, 3)))
for folder, name, text in [("one", "a", "first text"), ("one", "b", "zweiter Text: ä"), ("two", "c", "the third\nof them"), ("two", "d", "and the last")]:
    (DATA / "texts" / folder).mkdir(parents=True, exist_ok=True)
    (DATA / "texts" / folder / f"{name}.txt").write_text(text)
for folder, name, n in [("x", "s", 5), ("x", "t", 8), ("y", "u", 3)]:
    (DATA / "sounds" / folder).mkdir(parents=True, exist_ok=True)
    with wave.open(str(DATA / "sounds" / folder / f"{name}.wav"), "wb") as f:
        f.setnchannels(2)
        f.setsampwidth(2)
        f.setframerate(8000)
        f.writeframes(rng.integers(-32768, 32768, (n, 2), dtype=np.int16).tobytes())

cases = []
for path in ["a/rgb.png", "a/grey.png", "a/rgba.png", "b/palette.png", "b/bits.png", "b/deep/la.png", "b/plain.bmp"]:
    for mode in ["rgb", "grayscale", "rgba"]:
        cases.append({"name": f"{path} as {mode}", "path": f"images/{path}", "options": {"color_mode": mode}, "image": np.array(U.load_img(DATA / "images" / path, color_mode=mode))})
for interpolation in ["nearest", "bilinear", "bicubic", "hamming", "box", "lanczos"]:
    for size in [(3, 4), (9, 10)]:
        for keep in [False, True]:
            options = {"target_size": size, "interpolation": interpolation, "keep_aspect_ratio": keep}
            cases.append({"name": f"resized {options}", "path": "images/a/rgb.png", "options": options, "image": np.array(U.load_img(DATA / "images/a/rgb.png", **options))})
options = {"target_size": (4, 3), "color_mode": "rgba", "interpolation": "bilinear"}
cases.append({"name": "resized with alpha", "path": "images/a/rgba.png", "options": options, "image": np.array(U.load_img(DATA / "images/a/rgba.png", **options))})


def folder_case(f, folder, **options):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        # Labels are shuffled in place.
        made = getattr(U, f)(str(DATA / folder), **copy.deepcopy(options))
    datasets = made if isinstance(made, (list, tuple)) else [made]

    def plain(x):
        x = x.numpy()
        return [t.decode() for t in x] if x.dtype == object else x

    batches = [[[plain(t) for t in (b if isinstance(b, tuple) else (b,))] for b in d] for d in datasets]
    cases.append({"name": f"{f} {options}", "f": f, "folder": folder, "options": options, "text": out.getvalue(), "classes": datasets[0].class_names, "batches": batches})


small = {"image_size": (4, 4), "batch_size": 3}
for color_mode in ["rgb", "rgba"]:
    folder_case("image_dataset_from_directory", "images/a", labels=None, shuffle=False, color_mode=color_mode, **small)
for options in [{"shuffle": False}, {"seed": 5}, {"seed": 9, "label_mode": "binary"}, {"shuffle": False, "label_mode": "categorical", "interpolation": "nearest", "crop_to_aspect_ratio": True}, {"shuffle": False, "label_mode": None, "interpolation": "bicubic", "pad_to_aspect_ratio": True}, {"seed": 3, "validation_split": 0.4, "subset": "both"}, {"seed": 3, "validation_split": 0.4, "subset": "training", "data_format": "channels_first"}, {"class_names": ["b", "a"], "shuffle": False, "interpolation": "area"}]:
    folder_case("image_dataset_from_directory", "images", **small, **options)
for options in [{"shuffle": False}, {"seed": 4, "max_length": 5}, {"labels": [0, 2, 1, 2], "seed": 1, "label_mode": "categorical"}, {"seed": 2, "validation_split": 0.25, "subset": "validation"}]:
    folder_case("text_dataset_from_directory", "texts", batch_size=3, **options)
for options in [{"shuffle": False}, {"seed": 4, "output_sequence_length": 4}]:
    folder_case("audio_dataset_from_directory", "sounds", batch_size=2, **options)

ds = U.timeseries_dataset_from_array(np.arange(20.0), np.arange(20), 3, batch_size=2, shuffle=True, seed=6)
cases.append({"name": "shuffled windows", "passes": [[[x.numpy(), y.numpy()] for x, y in ds] for _ in range(2)]})
for path in sorted(DATA.rglob("*.*")):
    lock(path, "keras")
save(__file__, cases, "keras")
