import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from layer_cases import Layer, case, error, np, save, x  # noqa: E402

ids = np.array([[3, 0, 2], [1, 3, 0]], np.int32)
img = x(1, 5, 7, 2, low=0, high=255)
cases = [
    case("Rescaling", x(2, 3), {"scale": 0.5, "offset": 1.5}),
    case("Rescaling", ids, {"scale": 2}),
    case("Normalization", x(4, 3), {"mean": [1.0, 2.0, 3.0], "variance": [0.5, 2.0, 1.0]}),
    case("Normalization", x(4, 3), {"mean": 0.5, "variance": 2.0, "axis": None, "invert": True}),
    case("Normalization", x(2, 4, 3), {"axis": (1, 2), "mean": [1.0, 2.0, 3.0], "variance": [4.0, 9.0, 1.0]}),
    case("Discretization", x(3, 4, low=-2, high=2), {"bin_boundaries": [-1.0, 0.0, 0.5]}),
    case("Discretization", x(3, 4, low=-2, high=2), {"bin_boundaries": [-1.0, 0.5], "output_mode": "one_hot"}),
    case("Discretization", x(3, 4, low=-2, high=2), {"bin_boundaries": [-1.0, 0.5], "output_mode": "count"}),
    case("CategoryEncoding", ids, {"num_tokens": 5}),
    case("CategoryEncoding", ids, {"num_tokens": 4, "output_mode": "count"}),
    case("CategoryEncoding", ids, {"num_tokens": 4, "output_mode": "one_hot"}),
    case("CategoryEncoding", ids[:, :1], {"num_tokens": 4, "output_mode": "one_hot"}),
    case("Resizing", img, {"height": 3, "width": 9}),
    case("Resizing", img, {"height": 8, "width": 4, "interpolation": "nearest"}),
    case("Resizing", img, {"height": 3, "width": 4, "interpolation": "bicubic"}),
    case("Resizing", img, {"height": 3, "width": 3, "crop_to_aspect_ratio": True}),
    case("Resizing", img, {"height": 4, "width": 4, "pad_to_aspect_ratio": True, "fill_value": 2.5}),
    case("Resizing", img, {"height": 2, "width": 3, "antialias": True}),
    case("Resizing", img[0], {"height": 4, "width": 6, "interpolation": "lanczos3"}),
    case("CenterCrop", img, {"height": 3, "width": 4}),
    case("CenterCrop", img, {"height": 6, "width": 4}),
]
photo = np.random.default_rng(3).integers(0, 256, (2, 4, 5, 3)).astype(np.int32)
rgb = x(2, 3, 4, 3, low=0, high=255)
both = (None, True, False)
for kwargs in ({"seed": 1}, {"mode": "horizontal", "seed": 2}, {"mode": "vertical", "seed": 3, "data_format": "channels_first"}):
    cases.append(case("RandomFlip", rgb, kwargs, training=both))
cases += [
    case("RandomFlip", rgb[0], {"seed": 4}, training=both),
    case("RandomCrop", rgb, {"height": 2, "width": 2, "seed": 5}, training=both[:2]),
    case("RandomCrop", rgb, {"height": 6, "width": 4, "seed": 5}, training=both[:2]),
    case("RandomRotation", photo, {"factor": 0.2, "seed": 6}, training=both),
    case("RandomRotation", photo, {"factor": (-0.3, 0.1), "seed": 7, "fill_mode": "constant", "interpolation": "nearest", "fill_value": 3.0}, training=both),
    case("RandomRotation", photo[0], {"factor": 0.4, "seed": 7, "fill_mode": "wrap"}, training=both),
    case("RandomTranslation", photo, {"height_factor": 0.3, "width_factor": (-0.2, 0.5), "seed": 8}, training=both),
    case("RandomTranslation", photo, {"height_factor": 0.5, "width_factor": 0.5, "fill_mode": "nearest", "seed": 9}, training=both),
    case("RandomZoom", photo, {"height_factor": 0.4, "seed": 10}, training=both),
    case("RandomZoom", photo, {"height_factor": (-0.3, 0.2), "width_factor": 0.5, "fill_mode": "constant", "seed": 11}, training=both),
    case("RandomBrightness", rgb, {"factor": 0.3, "seed": 12}, training=both),
    case("RandomBrightness", rgb, {"factor": (0.1, 0.5), "value_range": (0, 200), "seed": 12}, training=both),
    case("RandomContrast", rgb, {"factor": 0.5, "seed": 13}, training=both),
    case("RandomContrast", rgb[0], {"factor": (0.2, 0.9), "seed": 13}, training=both),
    case("RandomGrayscale", rgb, {"factor": 0.5, "seed": 14}, training=both),
    case("RandomHue", photo, {"factor": 0.4, "seed": 15}, training=both),
    case("RandomHue", photo, {"factor": (0.1, 0.8), "seed": 15}, training=both),
    case("RandomColorDegeneration", rgb, {"factor": 0.7, "seed": 17}, training=both),
    case("RandomSharpness", rgb, {"factor": 0.6, "seed": 18}, training=both),
    case("RandomPosterization", photo, {"factor": (2, 6), "seed": 19}, training=both),
    case("RandomPosterization", photo, {"factor": 3, "seed": 19}, training=both),
    case("RandomInvert", rgb, {"factor": 0.6, "seed": 20}, training=both),
]
wave = x(2, 40, 2)
cases += [case("STFTSpectrogram", wave, {"mode": m, "frame_length": 8, "frame_step": 3}) for m in ("log", "magnitude", "psd", "stft")]
cases += [
    case("STFTSpectrogram", wave, {"mode": "real", "frame_length": 6, "padding": "same", "expand_dims": True}),
    case("STFTSpectrogram", wave, {"mode": "imag", "frame_length": 8, "fft_length": 16, "window": "hamming", "scaling": "spectrum"}),
    case("MelSpectrogram", x(2, 64), {"fft_length": 16, "sequence_stride": 8, "num_mel_bins": 4, "sampling_rate": 800}),
    case("MelSpectrogram", x(2, 64), {"fft_length": 16, "sequence_stride": 8, "sequence_length": 12, "num_mel_bins": 3, "sampling_rate": 800, "power_to_db": False, "max_freq": 300.0}),
    case("Pipeline", rgb, {"layers": [Layer("Rescaling", scale=0.5), Layer("RandomFlip", seed=3)]}, training=both),
]
errors = [
    error("STFTSpectrogram", {"mode": "x"}),
    error("STFTSpectrogram", {"frame_length": 4, "frame_step": 5}),
    error("RandomRotation", {"factor": 1.5}),
    error("RandomRotation", {"factor": 0.5, "fill_mode": "x"}),
    error("RandomZoom", {"height_factor": -1.0}),
    error("RandomZoom", {"height_factor": "x"}),
    error("RandomTranslation", {"height_factor": 1.5, "width_factor": 0.1}),
    error("RandomContrast", {"factor": 2.0}),
    error("RandomBrightness", {"factor": 0.5, "value_range": [1, 2, 3]}),
    error("RandomGrayscale", {"factor": 1.5}),
    error("CategoryEncoding", {}),
    error("CategoryEncoding", {"num_tokens": 0}),
    error("CategoryEncoding", {"num_tokens": 3, "output_mode": "x"}),
    error("Discretization", {}),
    error("Discretization", {"num_bins": 3, "bin_boundaries": [1.0, 2.0]}),
    error("Discretization", {"num_bins": -1}),
    error("Normalization", {"mean": 1.0}),
    error("Normalization", {"mean": [1.0, 2.0], "variance": [1.0]}),
    error("Normalization", {"axis": 3}, np.zeros((2, 3), np.float32)),
]
save(__file__, cases, "keras")
save(__file__, errors, "keras", "errors.json")


def adapted(cls, kwargs, data, inputs, batches=False):
    """What a layer learns from data, at once or in batches."""
    import keras

    keras.backend.clear_session()
    layer = getattr(keras.layers, cls)(**kwargs)
    layer.adapt(data if not batches else list(data))
    y = layer(inputs)
    name = f"{cls}, {kwargs}, {np.shape(data)}" + (", in batches" if batches else "")
    return {"name": name, "layer": cls, "kwargs": kwargs, "data": data, "batches": batches, "inputs": inputs, "out": y, "weights": layer.get_weights(), "config": str(layer.get_config())}


data = x(6, 4, 3, seed=4, low=-3.0, high=5.0)
learnt = [
    adapted("Normalization", {}, data, x(2, 4, 3)),
    adapted("Normalization", {"axis": None}, data, x(2, 4, 3)),
    adapted("Normalization", {"axis": [1, 2]}, data, x(2, 4, 3)),
    adapted("Normalization", {"axis": 1, "invert": True}, data, x(2, 4, 3)),
    adapted("Normalization", {}, data, x(2, 3), batches=True),
    adapted("Discretization", {"num_bins": 4}, x(40, 1, low=0.0, high=9.0), x(3, 1, low=0.0, high=9.0)),
    adapted("Discretization", {"num_bins": 3, "epsilon": 0.1, "output_mode": "one_hot"}, x(200, 1, low=-4.0, high=9.0), x(5, 1, low=0.0, high=9.0)),
]
save(__file__, learnt, "keras", "adapt.json")
