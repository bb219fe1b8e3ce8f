import { ValueError } from "@cognate/py";
import { toTensor } from "../../core/convert.js";
import { float32 } from "../../core/dtypes.js";
import { one } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { reshape } from "../array.js";
import { type Data, def, type Name } from "../make.js";
import { add, cast, divide, maximum, multiply, pow, sqrt, square, subtract } from "../math.js";
import { matmul } from "../matmul.js";
import { reduce_mean } from "../reduce.js";
import { convert_image_dtype, inFloats, ints } from "./batch.js";

export const rgb_to_grayscale = def(
  "tensorflow.image.rgb_to_grayscale",
  "images name",
  (images: Data, _name: Name = null): Tensor => {
    const x = toTensor(images);
    const own = x.dtype;
    const floats = convert_image_dtype(x, float32);
    const weights = toTensor([[0.2989], [0.587], [0.114]], { dtype: float32 });
    const flat = reshape(floats, [-1, 3]);
    const lead = ([...x.shape] as (number | null)[]).slice(0, -1);
    const wanted = lead.includes(null)
      ? one(
          "ConcatV2",
          [[one("StridedSlice", [one("Shape", [x]), [0], [-1], [1]], { begin_mask: 1 }), ints([1])], 0],
          {
            N: 2,
          },
        )
      : ([...lead, 1] as number[]);
    const y = reshape(matmul(flat, weights), wanted);
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
    return reshape(
      matmul(flat, toTensor(kernel, { dtype: x.dtype })),
      ([...x.shape] as (number | null)[]).includes(null) ? one("Shape", [x]) : ([...x.shape] as number[]),
    );
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
    const x = cast(given, float32);
    const axes = [-1, -2, -3];
    const dims = ([...x.shape] as (number | null)[]).slice(-3);
    const n = dims.includes(null)
      ? cast(
          one("Prod", [one("StridedSlice", [one("Shape", [x]), [-3], [0], [1]], { end_mask: 1 }), [0]]),
          x.dtype,
        )
      : toTensor(
          dims.reduce<number>((a, b) => a * b!, 1),
          { dtype: x.dtype },
        );
    const mean = reduce_mean(x, axes, true);
    const centred = subtract(x, mean);
    const deviation = sqrt(reduce_mean(square(centred), axes, true));
    return divide(centred, maximum(deviation, one("Rsqrt", [n])));
  },
);
