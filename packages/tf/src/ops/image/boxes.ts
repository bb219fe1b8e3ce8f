import { freezeInto, repr, Tuple, ValueError } from "@cognate/py";
import { toTensor } from "../../core/convert.js";
import { float32, int32 } from "../../core/dtypes.js";
import { one, op } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { gather, reshape, stack } from "../array.js";
import { type Data, def, type Name } from "../make.js";
import { get_seed } from "../random/seeds.js";

export const crop_and_resize = def(
  "tensorflow.image.crop_and_resize",
  "image boxes box_indices crop_size method extrapolation_value name",
  (
    image: Data,
    boxes: Data,
    box_indices: Data,
    crop_size: Data,
    method = "bilinear",
    extrapolation_value: number = 0,
    name: Name = null,
  ): Tensor =>
    one("CropAndResize", [image, boxes, box_indices, crop_size], { method, extrapolation_value }, name),
);
export const non_max_suppression = def(
  "tensorflow.image.non_max_suppression",
  "boxes scores max_output_size iou_threshold score_threshold name",
  (
    boxes: Data,
    scores: Data,
    max_output_size: number | Tensor,
    iou_threshold = 0.5,
    score_threshold: number = Number.NEGATIVE_INFINITY,
    _name: Name = null,
  ): Tensor =>
    one("NonMaxSuppressionV3", [
      boxes,
      scores,
      max_output_size,
      toTensor(iou_threshold, { dtype: float32 }),
      toTensor(score_threshold, { dtype: float32 }),
    ]),
);
export const non_max_suppression_with_scores = def(
  "tensorflow.image.non_max_suppression_with_scores",
  "boxes scores max_output_size iou_threshold score_threshold soft_nms_sigma name",
  (
    boxes: Data,
    scores: Data,
    max_output_size: number | Tensor,
    iou_threshold = 0.5,
    score_threshold: number = Number.NEGATIVE_INFINITY,
    soft_nms_sigma: number = 0,
    _name: Name = null,
  ): Tuple<Tensor> => {
    const f = (v: number): Tensor => toTensor(v, { dtype: float32 });
    const [i, s] = op("NonMaxSuppressionV5", [
      boxes,
      scores,
      max_output_size,
      f(iou_threshold),
      f(score_threshold),
      f(soft_nms_sigma),
    ]);
    return Tuple.of_([i!, s!]);
  },
);

/** {@link non_max_suppression} by overlaps [boxes, boxes] that are known. */
export const non_max_suppression_overlaps = def(
  "tensorflow.image.non_max_suppression_overlaps",
  "overlaps scores max_output_size overlap_threshold score_threshold name",
  (
    overlaps: Data,
    scores: Data,
    max_output_size: number | Tensor,
    overlap_threshold = 0.5,
    score_threshold: number = Number.NEGATIVE_INFINITY,
    _name: Name = null,
  ): Tensor =>
    one("NonMaxSuppressionWithOverlaps", [
      overlaps,
      scores,
      max_output_size,
      toTensor(overlap_threshold, { dtype: float32 }),
      toTensor(score_threshold, { dtype: float32 }),
    ]),
);
/** {@link non_max_suppression} for each image, filled up with zeros, and how many of each are meant. */
export const non_max_suppression_padded = def(
  "tensorflow.image.non_max_suppression_padded",
  "boxes scores max_output_size iou_threshold score_threshold pad_to_max_output_size name sorted_input canonicalized_coordinates tile_size",
  (
    boxes: Data,
    scores: Data,
    max_output_size: number | Tensor,
    iou_threshold = 0.5,
    score_threshold: number = Number.NEGATIVE_INFINITY,
    pad_to_max_output_size = false,
    _name: Name = null,
    _sorted = false,
    _canonical = false,
    _tile = 512,
  ): Tuple<Tensor> => {
    const [x, s] = [toTensor(boxes), toTensor(scores)];
    if (!pad_to_max_output_size && x.shape.length > 2)
      throw new ValueError(`'pad_to_max_output_size' (value False) must be True for batched input`);
    const f = (v: number): Tensor => toTensor(v, { dtype: float32 });
    const each = (b: Tensor, t: Tensor): [Tensor, Tensor] =>
      op("NonMaxSuppressionV4", [b, t, max_output_size, f(iou_threshold), f(score_threshold)], {
        pad_to_max_output_size,
      }) as [Tensor, Tensor];
    if (x.shape.length === 2) return Tuple.of_(each(x, s));
    const lead = [...x.shape].slice(0, -2) as number[];
    const n = lead.reduce((p, d) => p * d, 1);
    const [flatBoxes, flatScores] = [
      reshape(x, [n, ...[...x.shape].slice(-2)] as number[]),
      reshape(s, [n, s.shape.at(-1) as unknown as number]),
    ];
    const parts = Array.from({ length: n }, (_, i) => each(gather(flatBoxes, i), gather(flatScores, i)));
    const places = stack(parts.map(([p]) => p) as Data[]);
    return Tuple.of_([
      reshape(places, [...lead, places.shape[1]!]),
      reshape(stack(parts.map(([, c]) => c) as Data[]), lead),
    ]);
  },
);
/** Suppression for each class of each image: boxes, scores, classes, and how many are meant. */
export const combined_non_max_suppression = def(
  "tensorflow.image.combined_non_max_suppression",
  "boxes scores max_output_size_per_class max_total_size iou_threshold score_threshold pad_per_class clip_boxes name",
  (
    boxes: Data,
    scores: Data,
    max_output_size_per_class: number | Tensor,
    max_total_size: number | Tensor,
    iou_threshold = 0.5,
    score_threshold: number = Number.NEGATIVE_INFINITY,
    pad_per_class = false,
    clip_boxes = true,
    name: Name = null,
  ): CombinedBoxes =>
    combinedBoxes(
      op(
        "CombinedNonMaxSuppression",
        [
          boxes,
          scores,
          max_output_size_per_class,
          max_total_size,
          toTensor(iou_threshold, { dtype: float32 }),
          toTensor(score_threshold, { dtype: float32 }),
        ],
        { pad_per_class, clip_boxes },
        name,
      ),
    ),
);
/** What {@link combined_non_max_suppression} gives. */
export type CombinedBoxes = Tuple<Tensor> & {
  readonly nmsed_boxes: Tensor;
  readonly nmsed_scores: Tensor;
  readonly nmsed_classes: Tensor;
  readonly valid_detections: Tensor;
};
const FIELDS = ["nmsed_boxes", "nmsed_scores", "nmsed_classes", "valid_detections"] as const;
class CombinedTuple extends Tuple<Tensor> {
  constructor(items: readonly Tensor[]) {
    super();
    FIELDS.forEach((name, i) => {
      Object.defineProperty(this, name, { value: items[i] });
    });
    freezeInto(this, [...items]);
  }
  override __repr__(): string {
    return `CombinedNonMaxSuppression(${FIELDS.map((name, i) => `${name}=${repr(this[i])}`).join(", ")})`;
  }
}
const combinedBoxes = (items: readonly Tensor[]): CombinedBoxes =>
  new CombinedTuple(items) as unknown as CombinedBoxes;

/** Frames of boxes [y, x, y, x], as shares of the image, drawn into images in given colours, or in ten of its own. */
export const draw_bounding_boxes = def(
  "tensorflow.image.draw_bounding_boxes",
  "images boxes colors name",
  (images: Data, boxes: Data, colors: Data | null = null, name: Name = null): Tensor =>
    colors === null
      ? one("DrawBoundingBoxes", [images, boxes], {}, name)
      : one("DrawBoundingBoxesV2", [images, boxes, colors], {}, name),
);
/** Windows of images around points; noise where they reach beyond. */
export const extract_glimpse = def(
  "tensorflow.image.extract_glimpse",
  "input size offsets centered normalized noise name",
  (
    input: Data,
    size: Data,
    offsets: Data,
    centered = true,
    normalized = true,
    noise = "uniform",
    name: Name = null,
  ): Tensor =>
    one(
      "ExtractGlimpseV2",
      [input, toTensor(size, { dtype: int32 }), offsets],
      { centered, normalized, noise, uniform_noise: false },
      name,
    ),
);

type Range = readonly number[] | null;
const distortion = (
  aspect_ratio_range: Range,
  area_range: Range,
  max_attempts: number | null,
  use_image_if_no_bounding_boxes: boolean | null,
): Record<string, unknown> => ({
  ...(aspect_ratio_range ? { aspect_ratio_range: [...aspect_ratio_range] } : {}),
  ...(area_range ? { area_range: [...area_range] } : {}),
  ...(max_attempts === null ? {} : { max_attempts }),
  ...(use_image_if_no_bounding_boxes === null ? {} : { use_image_if_no_bounding_boxes }),
});
/** A random part of an image that covers enough of one of its boxes: begin, size, and the box. */
export const sample_distorted_bounding_box = def(
  "tensorflow.image.sample_distorted_bounding_box",
  "image_size bounding_boxes seed min_object_covered aspect_ratio_range area_range max_attempts use_image_if_no_bounding_boxes name",
  (
    image_size: Data,
    bounding_boxes: Data,
    seed = 0,
    min_object_covered: number | Tensor = 0.1,
    aspect_ratio_range: Range = null,
    area_range: Range = null,
    max_attempts: number | null = null,
    use_image_if_no_bounding_boxes: boolean | null = null,
    name: Name = null,
  ): Tuple<Tensor> => {
    const [a, b] = seed ? get_seed(seed) : [0, 0];
    return Tuple.of_(
      op(
        "SampleDistortedBoundingBoxV2",
        [image_size, bounding_boxes, toTensor(min_object_covered, { dtype: float32 })],
        {
          seed: Number(a),
          seed2: Number(b),
          ...distortion(aspect_ratio_range, area_range, max_attempts, use_image_if_no_bounding_boxes),
        },
        name,
      ),
    );
  },
);
/** {@link sample_distorted_bounding_box} by a seed of two numbers. */
export const stateless_sample_distorted_bounding_box = def(
  "tensorflow.image.stateless_sample_distorted_bounding_box",
  "image_size bounding_boxes seed min_object_covered aspect_ratio_range area_range max_attempts use_image_if_no_bounding_boxes name",
  (
    image_size: Data,
    bounding_boxes: Data,
    seed: Data,
    min_object_covered: number | Tensor = 0.1,
    aspect_ratio_range: Range = null,
    area_range: Range = null,
    max_attempts: number | null = null,
    use_image_if_no_bounding_boxes: boolean | null = null,
    name: Name = null,
  ): Tuple<Tensor> =>
    Tuple.of_(
      op(
        "StatelessSampleDistortedBoundingBox",
        [image_size, bounding_boxes, toTensor(min_object_covered, { dtype: float32 }), seed],
        distortion(aspect_ratio_range, area_range, max_attempts, use_image_if_no_bounding_boxes),
        name,
      ),
    ),
);
