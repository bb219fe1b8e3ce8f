"""Layers that change images by chance or by their histograms, with labels, masks and boxes, and crossings of words."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from layer_cases import case, error, np, save, x  # noqa: E402

photo = np.random.default_rng(3).integers(0, 256, (2, 4, 5, 3)).astype(np.int32)
rgb = x(2, 4, 5, 3, low=0, high=255)
tall = x(3, 3, 6, 2, low=0, high=1, seed=5)
wide = np.random.default_rng(4).integers(0, 256, (1, 9, 7, 2)).astype(np.int32)
labels = np.array([[1.0, 0.0, 0.0], [0.0, 0.25, 0.75]], np.float32)
masks = np.random.default_rng(5).integers(0, 4, (2, 4, 5, 1)).astype(np.float32)
boxes = {"boxes": x(2, 3, 4, low=0, high=5), "labels": np.array([[3, 1, 2], [0, 5, 4]], np.int32)}
both = (None, False)


def twice(cls, kwargs, *inputs):
    return [case(cls, i, kwargs, training=both) for i in inputs]


cases = [
    *twice("Solarization", {"addition_factor": 0.3, "threshold_factor": 0.6, "seed": 1}, rgb, photo),
    *twice("Solarization", {"threshold_factor": (0.2, 0.9), "value_range": (0, 1), "seed": 2}, tall),
    *twice("Solarization", {"addition_factor": (0.1, 0.2), "seed": 3, "data_format": "channels_first"}, rgb[0]),
    *twice("AutoContrast", {}, rgb, photo, wide[0]),
    *twice("AutoContrast", {"value_range": [0, 1]}, tall, np.full((1, 2, 2, 1), 0.5, np.float32)),
    *twice("Equalization", {}, photo, wide),
    *twice("Equalization", {"value_range": (0, 1), "bins": 32}, tall, tall[0]),
    *twice("Equalization", {"data_format": "channels_first", "bins": 64}, photo, np.full((1, 2, 2, 1), 7.0, np.float32)),
    *twice("ContrastLimitedAdaptiveHistogramEqualization", {"tile_grid_size": (2, 3)}, rgb, wide, photo[0]),
    *twice("ContrastLimitedAdaptiveHistogramEqualization", {"value_range": (0, 1), "clip_limit": 0.0, "tile_grid_size": (2, 2)}, tall),
    *twice("ContrastLimitedAdaptiveHistogramEqualization", {"clip_limit": 20.0, "data_format": "channels_first", "tile_grid_size": (2, 2)}, rgb),
    *twice("RandomShear", {"x_factor": 0.5, "y_factor": (0.2, 0.8), "seed": 4}, rgb, photo[0]),
    *twice("RandomShear", {"y_factor": 1.0, "fill_mode": "constant", "fill_value": 9.0, "interpolation": "nearest", "seed": 5}, photo),
    *twice("RandomPerspective", {"seed": 6}, rgb),
    *twice("RandomPerspective", {"factor": 0.6, "scale": 0.3, "interpolation": "nearest", "fill_value": 3.0, "seed": 7}, photo, photo[0]),
    *twice("RandomErasing", {"seed": 8}, rgb, photo[0]),
    *twice("RandomErasing", {"factor": (0.5, 1.0), "scale": 0.8, "fill_value": 100.0, "seed": 9}, photo),
    *twice("RandomErasing", {"scale": (0.5, 0.9), "fill_value": [1.0, 2.0, 3.0], "value_range": (0, 2), "seed": 10}, rgb),
    *twice("RandomErasing", {"data_format": "channels_first", "fill_value": 0, "scale": 0.9, "seed": 11}, tall),
    *twice("RandomElasticTransform", {"seed": 12}, rgb, photo[0]),
    *twice("RandomElasticTransform", {"factor": 0.7, "scale": (0.2, 0.9), "fill_mode": "constant", "interpolation": "nearest", "seed": 13}, photo),
    *twice("RandomElasticTransform", {"scale": 0.0, "seed": 14}, rgb),
    *twice("RandomElasticTransform", {"seed": 15, "value_range": (0, 1), "fill_mode": "wrap"}, x(1, 24, 22, 1, low=0, high=1)),
    *twice("RandomGaussianBlur", {"seed": 16}, rgb, photo[0]),
    *twice("RandomGaussianBlur", {"factor": 0.7, "kernel_size": (5, 3), "sigma": (0.3, 0.9), "seed": 17}, photo),
    *twice("RandomColorJitter", {"brightness_factor": 0.3, "contrast_factor": 0.4, "saturation_factor": 0.5, "hue_factor": 0.2, "seed": 18}, rgb, photo),
    *twice("RandomColorJitter", {"value_range": (0, 1), "saturation_factor": (0.2, 0.7), "seed": 19}, x(2, 3, 4, 3, low=0, high=1)),
    *twice("RandomColorJitter", {"hue_factor": 0.6, "brightness_factor": (-0.5, 0.2), "seed": 20}, photo[0]),
    *twice("MixUp", {"alpha": 0.7, "seed": 21}, rgb, photo, rgb[0]),
    *twice("MixUp", {"seed": 22}, {"images": rgb, "labels": labels, "segmentation_masks": masks}),
    *twice("CutMix", {"seed": 23}, rgb, photo[0]),
    *twice("CutMix", {"factor": (0.3, 0.6), "seed": 24}, {"images": photo.astype(np.float32), "labels": labels, "segmentation_masks": masks}),
    *twice("CutMix", {"seed": 24, "data_format": "channels_first"}, tall),
    *(c for s in range(25, 31) for c in twice("RandAugment", {"seed": s}, photo.astype(np.float32))),
    *twice("RandAugment", {"num_ops": 4, "factor": (0.2, 0.7), "interpolation": "nearest", "seed": 33}, {"images": rgb, "segmentation_masks": masks}),
    *twice("RandAugment", {"value_range": (0, 1), "num_ops": 3, "seed": 34}, x(2, 3, 4, 3, low=0, high=1)),
    *(c for s in range(35, 39) for c in twice("AugMix", {"seed": s}, rgb)),
    *twice("AugMix", {"num_chains": 2, "chain_depth": 4, "factor": 0.6, "alpha": 2.0, "all_ops": False, "seed": 39}, photo[0], {"images": rgb, "labels": labels}),
    *twice("MaxNumBoundingBoxes", {"max_number": 2, "bounding_box_format": "xyxy"}, {"images": rgb, "bounding_boxes": boxes}),
    *twice("MaxNumBoundingBoxes", {"max_number": 5, "fill_value": -2, "bounding_box_format": "xywh"}, {"images": rgb, "bounding_boxes": boxes}),
    *twice("RandomErasing", {"seed": 40, "bounding_box_format": "xyxy"}, {"images": rgb, "bounding_boxes": boxes, "labels": labels}),
    case("HashedCrossing", [np.array([3, -1, 2000000], np.int32), np.array([5, 6, 7], np.int32)], {"num_bins": 7}),
    case("HashedCrossing", [np.array([[3], [1]], np.int64), np.array([[5], [6]], np.int64)], {"num_bins": 1000}),
    case("HashedCrossing", [np.array([[3], [1]], np.int64), np.array([[5], [6]], np.int64)], {"num_bins": 5, "output_mode": "one_hot"}),
]
errors = [
    error("Solarization", {"addition_factor": 1.5}),
    error("Solarization", {"threshold_factor": "x"}),
    error("Solarization", {"value_range": [0, 1, 2]}),
    error("AutoContrast", {"value_range": 3}),
    error("RandomShear", {"x_factor": -0.5}),
    error("RandomShear", {"y_factor": [0.1, 0.2, 0.3]}),
    error("RandomShear", {"fill_mode": "x"}),
    error("RandomPerspective", {"factor": 1.5}),
    error("RandomPerspective", {"scale": 1.5}),
    error("RandomPerspective", {"interpolation": "cubic"}),
    error("RandomErasing", {"scale": 2.0}),
    error("RandomErasing", {"factor": "x"}),
    error("RandomErasing", {"fill_value": [1, 2]}, np.zeros((2, 3, 3, 3), np.float32), call={"training": True}),
    error("RandomElasticTransform", {"interpolation": "x"}),
    error("RandomElasticTransform", {"fill_mode": "x"}),
    error("RandomGaussianBlur", {"kernel_size": 2}),
    error("RandomGaussianBlur", {"kernel_size": (3, 4)}),
    error("RandomGaussianBlur", {"kernel_size": (3, 3, 3)}),
    error("RandomGaussianBlur", {"sigma": 2.0}),
    error("RandomColorJitter", {"brightness_factor": 2.0}),
    error("CutMix", {"factor": 2.0}),
    error("RandAugment", {"factor": 1.5}),
    error("AugMix", {"factor": (1.5, 2.0)}),
    error("HashedCrossing", {"num_bins": 3, "output_mode": "x"}),
]
save(__file__, cases, "keras")
save(__file__, errors, "keras", "errors.json")
