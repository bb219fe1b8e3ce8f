import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph } from "../graph/current.js";
import type { GraphTensor } from "../graph/tensor.js";
import * as imageOps from "../ops/image.js";
import * as randomImages from "../ops/image-random.js";
import * as draws from "../ops/random.js";
import { recorded, v1 } from "./make.js";
import { node } from "./random-ops.js";

/* `tf.image`: resizing of TensorFlow 1 reads pixels at their corners unless it is asked for their centres. */

export const ResizeMethod = { BILINEAR: 0, NEAREST_NEIGHBOR: 1, BICUBIC: 2, AREA: 3 } as const;
const resizer = (name: string, type: string) =>
  v1(
    name,
    "images size align_corners name half_pixel_centers",
    (
      images: unknown,
      size: unknown,
      align_corners = false,
      own: string | null = null,
      half_pixel_centers = false,
    ): GraphTensor =>
      node(
        get_default_graph(),
        type,
        [images, size],
        type === "ResizeArea" ? { align_corners } : { align_corners, half_pixel_centers },
        own ?? type,
      ),
  );
export const resize_bilinear = resizer("resize_bilinear", "ResizeBilinear");
export const resize_bicubic = resizer("resize_bicubic", "ResizeBicubic");
export const resize_nearest_neighbor = resizer("resize_nearest_neighbor", "ResizeNearestNeighbor");
export const resize_area = resizer("resize_area", "ResizeArea");

const METHODS = ["ResizeBilinear", "ResizeNearestNeighbor", "ResizeBicubic", "ResizeArea"] as const;
/** Images in another size; pixels stay integers where neighbours are copied. */
export const resize_images = v1(
  "resize_images",
  "images size method align_corners preserve_aspect_ratio name",
  (
    images: unknown,
    size: unknown,
    method: number | string = 0,
    align_corners = false,
    _preserve = false,
    name: string | null = null,
  ): GraphTensor => {
    const g = get_default_graph();
    return g.scoped(name ?? "resize", () => {
      const x = toGraphTensor(g, images);
      const single = x._dims?.length === 3;
      const batch = single ? node(g, "ExpandDims", [x, 0]) : x;
      const names: readonly string[] = ["bilinear", "nearest", "bicubic", "area"];
      const type = METHODS[typeof method === "number" ? method : names.indexOf(method)] ?? "ResizeBilinear";
      const y = node(g, type, [batch, size], { align_corners });
      return single ? node(g, "Squeeze", [y], { squeeze_dims: [0] }) : y;
    });
  },
);
export const resize = resize_images;
export const {
  adjust_brightness,
  adjust_contrast,
  adjust_gamma,
  adjust_hue,
  adjust_saturation,
  central_crop,
  convert_image_dtype,
  crop_and_resize,
  crop_to_bounding_box,
  flip_left_right,
  flip_up_down,
  grayscale_to_rgb,
  hsv_to_rgb,
  pad_to_bounding_box,
  per_image_standardization,
  rgb_to_grayscale,
  rgb_to_hsv,
  rot90,
  non_max_suppression,
  combined_non_max_suppression,
  decode_bmp,
  decode_gif,
  decode_image,
  decode_jpeg,
  decode_png,
  draw_bounding_boxes,
  encode_jpeg,
  encode_png,
  extract_glimpse,
  extract_patches,
  image_gradients,
  is_jpeg,
  non_max_suppression_overlaps,
  non_max_suppression_padded,
  non_max_suppression_with_scores,
  psnr,
  resize_with_crop_or_pad,
  rgb_to_yiq,
  rgb_to_yuv,
  sample_distorted_bounding_box,
  sobel_edges,
  ssim,
  ssim_multiscale,
  total_variation,
  transpose,
  yiq_to_rgb,
  yuv_to_rgb,
} = recorded(imageOps);
export const {
  random_brightness,
  random_contrast,
  random_flip_left_right,
  random_flip_up_down,
  random_hue,
  random_saturation,
} = recorded(randomImages);
export const { random_crop } = recorded(draws);
export const { transpose: transpose_image } = recorded(imageOps);
/** Patches of images laid out along the channels. */
export const extract_image_patches = v1(
  "extract_image_patches",
  "images ksizes strides rates padding name sizes",
  (
    images: unknown,
    ksizes: readonly number[] | null = null,
    strides: readonly number[] = [],
    rates: readonly number[] = [],
    padding = "VALID",
    name: string | null = null,
    sizes: readonly number[] | null = null,
  ): GraphTensor =>
    node(
      get_default_graph(),
      "ExtractImagePatches",
      [images],
      { ksizes: [...(ksizes ?? sizes ?? [])], strides: [...strides], rates: [...rates], padding },
      name ?? "ExtractImagePatches",
    ),
);
export const { resize_with_crop_or_pad: resize_image_with_crop_or_pad } = recorded(imageOps);
