import { Tuple, TypeError, ValueError } from "@cognate/py";
import { isTensor, toTensor } from "../core/convert.js";
import { as_dtype, float32, int32, type TypeLike } from "../core/dtypes.js";
import { one, op } from "../core/execute.js";
import type { DType, Tensor } from "../shared.js";
import { concat, pad, reshape } from "./array.js";
import { type Data, def, type Name } from "./make.js";
import {
  abs,
  add,
  cast,
  divide,
  log,
  maximum,
  multiply,
  pow,
  saturate_cast,
  sqrt,
  square,
  subtract,
} from "./math.js";
import { matmul } from "./matmul.js";
import { depthwise_conv2d } from "./nn.js";
import { reduce_mean, reduce_sum } from "./reduce.js";

/* `tf.image`. */

const MAX: Readonly<Record<string, number>> = {
  uint8: 255,
  int8: 127,
  uint16: 65535,
  int16: 32767,
  int32: 2147483647,
  uint32: 4294967295,
};

/** Images of one type in another: floats lie in [0, 1], integers fill their range. */
export const convert_image_dtype = def(
  "tensorflow.image.convert_image_dtype",
  "image dtype saturate name",
  (image: Data, dtype: TypeLike, saturate = false, _name: Name = null): Tensor => {
    const x = toTensor(image);
    const to = as_dtype(dtype);
    if (!to.is_floating && !to.is_integer)
      throw new TypeError("dtype must be either floating point or integer");
    if (x.dtype === to) return one("Identity", [x]);
    if (x.dtype.is_integer && to.is_integer) {
      const [from, into] = [MAX[x.dtype.name]!, MAX[to.name]!];
      if (from > into) {
        const y = one("FloorDiv", [x, cast(Math.floor((from + 1) / (into + 1)), x.dtype)]);
        return saturate ? saturate_cast(y, to) : cast(y, to);
      }
      const y = saturate ? saturate_cast(x, to) : cast(x, to);
      return multiply(y, cast(Math.floor((into + 1) / (from + 1)), to));
    }
    if (x.dtype.is_floating && to.is_floating) return cast(x, to);
    if (x.dtype.is_integer) return multiply(cast(x, to), cast(1 / MAX[x.dtype.name]!, to));
    const scaled = multiply(x, toTensor(MAX[to.name]! + 0.5, { dtype: x.dtype }));
    return saturate ? saturate_cast(scaled, to) : cast(scaled, to);
  },
);

/** A batch of images, and the way back to what was given. */
function batched(image: Data, what = "'image'"): { x: Tensor; back: (y: Tensor) => Tensor } {
  const x = toTensor(image);
  const n = x.shape.length;
  if (n === 3)
    return { x: one("ExpandDims", [x, 0]), back: (y) => one("Squeeze", [y], { squeeze_dims: [0] }) };
  if (n === 4) return { x, back: (y) => y };
  throw new ValueError(`${what} (shape ${String(x.shape)}) must have either 3 or 4 dimensions.`);
}
const ints = (list: readonly number[]): Tensor => toTensor(list, { dtype: int32 });

const FILTER: Readonly<Record<string, string>> = {
  bilinear: "triangle",
  bicubic: "keyscubic",
  lanczos3: "lanczos3",
  lanczos5: "lanczos5",
  gaussian: "gaussian",
  mitchellcubic: "mitchellcubic",
};
const NAMES = ["bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic"];

/** The ways to resize, by name. */
export const ResizeMethod = {
  BILINEAR: "bilinear",
  NEAREST_NEIGHBOR: "nearest",
  BICUBIC: "bicubic",
  AREA: "area",
  LANCZOS3: "lanczos3",
  LANCZOS5: "lanczos5",
  GAUSSIAN: "gaussian",
  MITCHELLCUBIC: "mitchellcubic",
} as const;

/** Images brought to a size, with half-pixel centres. */
export const resize = def(
  "tensorflow.image.resize",
  "images size method preserve_aspect_ratio antialias name",
  (
    images: Data,
    size: readonly number[] | Tensor,
    method = "bilinear",
    preserve_aspect_ratio = false,
    antialias = false,
    _name: Name = null,
  ): Tensor => {
    const given = toTensor(images);
    if (given.shape.length !== 3 && given.shape.length !== 4)
      throw new ValueError("'images' must have either 3 or 4 dimensions.");
    const { x, back } = batched(given);
    let [h, w] = (
      isTensor(size) ? (toTensor(size).tolist() as number[]) : [...(size as readonly number[])]
    ).map(Number) as [number, number];
    if (h === undefined || w === undefined)
      throw new ValueError("'size' must be a 1-D Tensor of 2 elements: new_height, new_width");
    const [H, W] = [x.shape.at(1), x.shape.at(2)];
    if (preserve_aspect_ratio) {
      const scale = Math.min(h / H, w / W);
      [h, w] = [Math.round(Math.fround(scale * H)), Math.round(Math.fround(scale * W))];
    }
    if (!NAMES.includes(method)) throw new ValueError("Resize method is not implemented: " + method);
    if (h === H && w === W)
      return method === "nearest"
        ? given
        : cast(given, x.dtype.is_floating && x.dtype !== float32 && method !== "area" ? x.dtype : float32);
    const to = ints([h, w]);
    if (method === "nearest")
      return back(one("ResizeNearestNeighbor", [x, to], { half_pixel_centers: true }));
    if (method === "area") return back(one("ResizeArea", [x, to]));
    const filter = FILTER[method]!;
    if (antialias || !["bilinear", "bicubic"].includes(method)) {
      const scale = toTensor([h / H, w / W], { dtype: float32 });
      return back(
        one("ScaleAndTranslate", [cast(x, float32), to, scale, toTensor([0, 0], { dtype: float32 })], {
          kernel_type: filter,
          antialias,
        }),
      );
    }
    return back(
      one(method === "bilinear" ? "ResizeBilinear" : "ResizeBicubic", [x, to], { half_pixel_centers: true }),
    );
  },
);
export const crop_to_bounding_box = def(
  "tensorflow.image.crop_to_bounding_box",
  "image offset_height offset_width target_height target_width",
  (
    image: Data,
    offset_height: number,
    offset_width: number,
    target_height: number,
    target_width: number,
  ): Tensor => {
    const { x, back } = batched(image, "'image'");
    const [h, w] = [x.shape.at(1), x.shape.at(2)];
    const fail = (m: string): never => {
      throw new ValueError(m);
    };
    if (offset_width < 0) fail("offset_width must be >= 0.");
    if (offset_height < 0) fail("offset_height must be >= 0.");
    if (target_width <= 0) fail("target_width must be > 0.");
    if (target_height <= 0) fail("target_height must be > 0.");
    if (w < target_width + offset_width) fail("width must be >= target + offset.");
    if (h < target_height + offset_height) fail("height must be >= target + offset.");
    return back(
      one("Slice", [
        x,
        ints([0, offset_height, offset_width, 0]),
        ints([-1, target_height, target_width, -1]),
      ]),
    );
  },
);
export const pad_to_bounding_box = def(
  "tensorflow.image.pad_to_bounding_box",
  "image offset_height offset_width target_height target_width",
  (
    image: Data,
    offset_height: number,
    offset_width: number,
    target_height: number,
    target_width: number,
  ): Tensor => {
    const { x, back } = batched(image);
    const [h, w] = [x.shape.at(1), x.shape.at(2)];
    const below = target_height - offset_height - h;
    const right = target_width - offset_width - w;
    if (offset_height < 0) throw new ValueError("offset_height must be >= 0");
    if (offset_width < 0) throw new ValueError("offset_width must be >= 0");
    if (right < 0) throw new ValueError("width must be <= target - offset");
    if (below < 0) throw new ValueError("height must be <= target - offset");
    return back(
      pad(
        x,
        ints2([
          [0, 0],
          [offset_height, below],
          [offset_width, right],
          [0, 0],
        ]),
      ),
    );
  },
);
const ints2 = (list: readonly (readonly number[])[]): Tensor => toTensor(list, { dtype: int32 });
export const central_crop = def(
  "tensorflow.image.central_crop",
  "image central_fraction",
  (image: Data, central_fraction: number): Tensor => {
    if (central_fraction <= 0 || central_fraction > 1)
      throw new ValueError("central_fraction must be within (0, 1]");
    if (central_fraction === 1) return toTensor(image);
    const { x, back } = batched(image);
    const [h, w] = [x.shape.at(1), x.shape.at(2)];
    const [top, left] = [
      Math.trunc((h - h * central_fraction) / 2),
      Math.trunc((w - w * central_fraction) / 2),
    ];
    return back(one("Slice", [x, ints([0, top, left, 0]), ints([-1, h - 2 * top, w - 2 * left, -1])]));
  },
);
export const resize_with_crop_or_pad = def(
  "tensorflow.image.resize_with_crop_or_pad",
  "image target_height target_width",
  (image: Data, target_height: number, target_width: number): Tensor => {
    const { x, back } = batched(image);
    const [h, w] = [x.shape.at(1), x.shape.at(2)];
    const half = (n: number): number => Math.floor(n / 2);
    const [dw, dh] = [target_width - w, target_height - h];
    const cropped = crop_to_bounding_box(
      x,
      Math.max(half(-dh), 0),
      Math.max(half(-dw), 0),
      Math.min(target_height, h),
      Math.min(target_width, w),
    );
    return back(
      pad_to_bounding_box(cropped, Math.max(half(dh), 0), Math.max(half(dw), 0), target_height, target_width),
    );
  },
);
export const resize_with_pad = def(
  "tensorflow.image.resize_with_pad",
  "image target_height target_width method antialias",
  (
    image: Data,
    target_height: number,
    target_width: number,
    method = "bilinear",
    antialias = false,
  ): Tensor => {
    const { x, back } = batched(image);
    const [h, w] = [x.shape.at(1), x.shape.at(2)];
    const ratio = Math.max(w / target_width, h / target_height);
    const [rh, rw] = [h / ratio, w / ratio];
    const [nh, nw] = [Math.trunc(rh), Math.trunc(rw)];
    const top = Math.max(0, Math.floor((target_height - rh) / 2));
    const left = Math.max(0, Math.floor((target_width - rw) / 2));
    return back(
      pad_to_bounding_box(
        resize(x, [nh, nw], method, false, antialias),
        top,
        left,
        target_height,
        target_width,
      ),
    );
  },
);
const flipped = (py: string, axis: number) =>
  def(`tensorflow.image.${py}`, "image", (image: Data): Tensor => {
    const { x, back } = batched(image);
    return back(one("ReverseV2", [x, ints([axis])]));
  });
export const flip_left_right = flipped("flip_left_right", 2);
export const flip_up_down = flipped("flip_up_down", 1);
export const transpose = def(
  "tensorflow.image.transpose",
  "image name",
  (image: Data, _name: Name = null): Tensor => {
    const { x, back } = batched(image);
    return back(one("Transpose", [x, ints([0, 2, 1, 3])]));
  },
);
export const rot90 = def(
  "tensorflow.image.rot90",
  "image k name",
  (image: Data, k = 1, _name: Name = null): Tensor => {
    const { x, back } = batched(image);
    const turns = ((k % 4) + 4) % 4;
    const rev = (t: Tensor, axes: number[]): Tensor => one("ReverseV2", [t, ints(axes)]);
    const swap = (t: Tensor): Tensor => one("Transpose", [t, ints([0, 2, 1, 3])]);
    if (turns === 1) return back(swap(rev(x, [2])));
    if (turns === 2) return back(rev(x, [1, 2]));
    if (turns === 3) return back(rev(swap(x), [2]));
    return back(x);
  },
);
/** Computed in floats, given back in the images' own type. */
function inFloats(image: Data, f: (x: Tensor) => Tensor): Tensor {
  const x = toTensor(image);
  const own: DType = x.dtype;
  if (own.is_floating && own.name !== "float16") return f(x);
  return convert_image_dtype(f(convert_image_dtype(x, float32)), own, true);
}
export const rgb_to_grayscale = def(
  "tensorflow.image.rgb_to_grayscale",
  "images name",
  (images: Data, _name: Name = null): Tensor => {
    const x = toTensor(images);
    const own = x.dtype;
    const floats = convert_image_dtype(x, float32);
    const weights = toTensor([[0.2989], [0.587], [0.114]], { dtype: float32 });
    const flat = reshape(floats, [-1, 3]);
    const y = reshape(matmul(flat, weights), [...[...x.shape].slice(0, -1), 1] as number[]);
    return convert_image_dtype(y, own);
  },
);
export const grayscale_to_rgb = def(
  "tensorflow.image.grayscale_to_rgb",
  "images name",
  (images: Data, _name: Name = null): Tensor => {
    const x = toTensor(images);
    return one("Tile", [x, ints([...new Array<number>(x.shape.length - 1).fill(1), 3])]);
  },
);
export const rgb_to_hsv = def(
  "tensorflow.image.rgb_to_hsv",
  "images name",
  (images: Data, name: Name = null): Tensor => one("RGBToHSV", [images], {}, name),
);
export const hsv_to_rgb = def(
  "tensorflow.image.hsv_to_rgb",
  "images name",
  (images: Data, name: Name = null): Tensor => one("HSVToRGB", [images], {}, name),
);
const mixed = (py: string, kernel: readonly (readonly number[])[]) =>
  def(`tensorflow.image.${py}`, "images", (images: Data): Tensor => {
    const x = toTensor(images);
    const n = x.shape.length;
    const flat = reshape(x, [-1, 3]);
    void n;
    return reshape(matmul(flat, toTensor(kernel, { dtype: x.dtype })), [...x.shape] as number[]);
  });
export const rgb_to_yiq = mixed("rgb_to_yiq", [
  [0.299, 0.59590059, 0.2115],
  [0.587, -0.27455667, -0.52273617],
  [0.114, -0.32134392, 0.31119955],
]);
export const yiq_to_rgb = mixed("yiq_to_rgb", [
  [1, 1, 1],
  [0.95598634, -0.27201283, -1.10674021],
  [0.6208248, -0.64720424, 1.70423049],
]);
export const rgb_to_yuv = mixed("rgb_to_yuv", [
  [0.299, -0.14714119, 0.61497538],
  [0.587, -0.28886916, -0.51496512],
  [0.114, 0.43601035, -0.10001026],
]);
export const yuv_to_rgb = mixed("yuv_to_rgb", [
  [1, 1, 1],
  [0, -0.394642334, 2.03206185],
  [1.13988303, -0.58062185, 0],
]);

export const adjust_brightness = def(
  "tensorflow.image.adjust_brightness",
  "image delta",
  (image: Data, delta: number | Tensor): Tensor => inFloats(image, (x) => add(x, cast(delta, x.dtype))),
);
export const adjust_contrast = def(
  "tensorflow.image.adjust_contrast",
  "images contrast_factor",
  (images: Data, contrast_factor: number | Tensor): Tensor =>
    inFloats(images, (x) => one("AdjustContrastv2", [x, cast(contrast_factor, float32)])),
);
export const adjust_hue = def(
  "tensorflow.image.adjust_hue",
  "image delta name",
  (image: Data, delta: number | Tensor, _name: Name = null): Tensor => {
    if (typeof delta === "number" && (delta < -1 || delta > 1))
      throw new ValueError("delta must be in the interval [-1, 1]");
    return inFloats(image, (x) => one("AdjustHue", [x, cast(delta, float32)]));
  },
);
export const adjust_saturation = def(
  "tensorflow.image.adjust_saturation",
  "image saturation_factor name",
  (image: Data, saturation_factor: number | Tensor, _name: Name = null): Tensor =>
    inFloats(image, (x) => one("AdjustSaturation", [x, cast(saturation_factor, float32)])),
);
export const adjust_gamma = def(
  "tensorflow.image.adjust_gamma",
  "image gamma gain",
  (image: Data, gamma: number = 1, gain: number = 1): Tensor => {
    if (gamma < 0) throw new ValueError("Gamma should be a non-negative real number.");
    return inFloats(image, (x) => multiply(gain, pow(x, toTensor(gamma, { dtype: x.dtype }))));
  },
);
export const per_image_standardization = def(
  "tensorflow.image.per_image_standardization",
  "image",
  (image: Data): Tensor => {
    const given = toTensor(image);
    const x = given.dtype.is_floating ? given : cast(given, float32);
    const axes = [-1, -2, -3];
    const n = [...x.shape].slice(-3).reduce((a, b) => a * b, 1);
    const mean = reduce_mean(x, axes, true);
    const centred = subtract(x, mean);
    const deviation = sqrt(reduce_mean(square(centred), axes, true));
    return divide(centred, maximum(deviation, one("Rsqrt", [toTensor(n, { dtype: x.dtype })])));
  },
);
export const image_gradients = def(
  "tensorflow.image.image_gradients",
  "image",
  (image: Data): Tuple<Tensor> => {
    const x = toTensor(image);
    if (x.shape.length !== 4)
      throw new ValueError(
        `image_gradients expects a 4D tensor [batch_size, h, w, d], not ${String(x.shape)}.`,
      );
    const [b, h, w, d] = [...x.shape] as [number, number, number, number];
    const part = (from: number[], size: number[]): Tensor => one("Slice", [x, ints(from), ints(size)]);
    const dy = subtract(part([0, 1, 0, 0], [-1, -1, -1, -1]), part([0, 0, 0, 0], [-1, h - 1, -1, -1]));
    const dx = subtract(part([0, 0, 1, 0], [-1, -1, -1, -1]), part([0, 0, 0, 0], [-1, -1, w - 1, -1]));
    const zeros = (s: number[]): Tensor => one("Fill", [ints(s), cast(0, x.dtype)]);
    return Tuple.of_([concat([dy, zeros([b, 1, w, d])], 1), concat([dx, zeros([b, h, 1, d])], 2)]);
  },
);
export const sobel_edges = def("tensorflow.image.sobel_edges", "image", (image: Data): Tensor => {
  const x = toTensor(image);
  const [b, h, w, d] = [...x.shape] as [number, number, number, number];
  const kernels = [
    [
      [-1, -2, -1],
      [0, 0, 0],
      [1, 2, 1],
    ],
    [
      [-1, 0, 1],
      [-2, 0, 2],
      [-1, 0, 1],
    ],
  ];
  const filter = [0, 1, 2].map((i) =>
    [0, 1, 2].map((j) => Array.from({ length: d }, () => kernels.map((k) => k[i]![j]!))),
  );
  const padded = pad(
    x,
    ints2([
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]),
    "REFLECT",
  );
  const y = depthwise_conv2d(padded, toTensor(filter, { dtype: x.dtype }), [1, 1, 1, 1], "VALID");
  return reshape(y, [b, h, w, d, 2]);
});
export const total_variation = def(
  "tensorflow.image.total_variation",
  "images name",
  (images: Data, _name: Name = null): Tensor => {
    const x = toTensor(images);
    const n = x.shape.length;
    if (n !== 3 && n !== 4) throw new ValueError("'images' must be either 3 or 4-dimensional.");
    const at = n - 3;
    const diff = (axis: number): Tensor => {
      const from = Array.from({ length: n }, (_, i) => (i === axis ? 1 : 0));
      const upto = Array.from({ length: n }, (_, i) => (i === axis ? x.shape.at(i) - 1 : -1));
      return subtract(
        one("Slice", [x, ints(from), ints(new Array<number>(n).fill(-1))]),
        one("Slice", [x, ints(new Array<number>(n).fill(0)), ints(upto)]),
      );
    };
    const axes = n === 4 ? [1, 2, 3] : null;
    return add(reduce_sum(abs(diff(at)), axes), reduce_sum(abs(diff(at + 1)), axes));
  },
);
export const psnr = def(
  "tensorflow.image.psnr",
  "a b max_val name",
  (a: Data, b: Data, max_val: number, _name: Name = null): Tensor => {
    const x = toTensor(a);
    const top = convert_image_dtype(cast(max_val, x.dtype), float32);
    const [p, q] = [convert_image_dtype(x, float32), convert_image_dtype(toTensor(b), float32)];
    const mse = reduce_mean(one("SquaredDifference", [p, q]), [-3, -2, -1]);
    return subtract(
      divide(multiply(20, log(top)), log(toTensor(10, { dtype: float32 }))),
      multiply(10 / Math.log(10), log(mse)),
    );
  },
);
/** Structural similarity of two images. */
function ssimParts(
  x: Tensor,
  y: Tensor,
  max: Tensor,
  size: number,
  sigma: number,
  k1: number,
  k2: number,
): [Tensor, Tensor] {
  const c = x.shape.at(-1) as unknown as number;
  const line = Array.from({ length: size }, (_, i) => -((i - (size - 1) / 2) ** 2) / (2 * sigma * sigma));
  const grid = line.flatMap((a) => line.map((b) => a + b));
  const top = Math.max(...grid);
  const e = grid.map((g) => Math.exp(g - top));
  const total = e.reduce((a, b) => a + b, 0);
  const window = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_v, j) => Array.from({ length: c }, () => [e[i * size + j]! / total])),
  );
  const kernel = toTensor(window, { dtype: float32 });
  const smooth = (t: Tensor): Tensor => {
    const lead = [...t.shape].slice(0, -3) as number[];
    const flat = reshape(t, [-1, ...[...t.shape].slice(-3)] as number[]);
    const out = depthwise_conv2d(flat, kernel, [1, 1, 1, 1], "VALID");
    return reshape(out, [...lead, ...[...out.shape].slice(1)] as number[]);
  };
  const c1 = square(multiply(k1, max));
  const c2 = square(multiply(k2, max));
  const [m0, m1] = [smooth(x), smooth(y)];
  const num0 = multiply(2, multiply(m0, m1));
  const den0 = add(square(m0), square(m1));
  const luminance = divide(add(num0, c1), add(den0, c1));
  const num1 = multiply(2, smooth(multiply(x, y)));
  const den1 = smooth(add(square(x), square(y)));
  const cs = divide(add(subtract(num1, num0), c2), add(subtract(den1, den0), c2));
  return [reduce_mean(multiply(luminance, cs), [-3, -2]), reduce_mean(cs, [-3, -2])];
}
export const ssim = def(
  "tensorflow.image.ssim",
  "img1 img2 max_val filter_size filter_sigma k1 k2 return_index_map",
  (
    img1: Data,
    img2: Data,
    max_val: number,
    filter_size = 11,
    filter_sigma = 1.5,
    k1 = 0.01,
    k2 = 0.03,
    _map = false,
  ): Tensor => {
    const x = toTensor(img1);
    const top = convert_image_dtype(cast(max_val, x.dtype), float32);
    const [value] = ssimParts(
      convert_image_dtype(x, float32),
      convert_image_dtype(toTensor(img2), float32),
      top,
      filter_size,
      filter_sigma,
      k1,
      k2,
    );
    return reduce_mean(value, [-1]);
  },
);
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
export const extract_patches = def(
  "tensorflow.image.extract_patches",
  "images sizes strides rates padding name",
  (
    images: Data,
    sizes: readonly number[],
    strides: readonly number[],
    rates: readonly number[],
    padding: string,
    name: Name = null,
  ): Tensor =>
    one(
      "ExtractImagePatches",
      [images],
      { ksizes: [...sizes], strides: [...strides], rates: [...rates], padding },
      name,
    ),
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
