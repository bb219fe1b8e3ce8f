import { tuple } from "@cognate/py";
import * as F from "../nn/functional/index.js";
import type { Tensor } from "../tensor/tensor.js";
import { type Operator, type Operators, table } from "./operator.js";

type Sizes = readonly number[];
type Factors = Sizes | null;

const MODES = {
  upsample_nearest1d: "nearest",
  upsample_nearest2d: "nearest",
  upsample_nearest3d: "nearest",
  _upsample_nearest_exact1d: "nearest-exact",
  _upsample_nearest_exact2d: "nearest-exact",
  _upsample_nearest_exact3d: "nearest-exact",
  upsample_linear1d: "linear",
  upsample_bilinear2d: "bilinear",
  upsample_bicubic2d: "bicubic",
  upsample_trilinear3d: "trilinear",
  _upsample_bilinear2d_aa: "bilinear",
  _upsample_bicubic2d_aa: "bicubic",
} as const;

/** Both forms: a size with a factor for each axis after it, or one of a size and a list of factors. */
function resized(
  mode: string,
  antialias: boolean,
  x: Tensor,
  size: Factors,
  align: boolean | null,
  scales: readonly unknown[],
): Tensor {
  const [first] = scales;
  const factors = Array.isArray(first) ? (first as Sizes) : null;
  const how = { mode, ...(align === null ? {} : { align_corners: align }), antialias };
  if (size === null) return F.interpolate(x, { scale_factor: factors as never, ...how } as never);
  // A size that was computed from factors keeps them for the places that it samples.
  const given =
    (scales as readonly (number | null)[]).every((s) => typeof s === "number") && scales.length > 0;
  const same =
    given && (size as Sizes).every((n, i) => n === Math.floor(x.shape[i + 2]! * Number(scales[i])));
  return same
    ? F.interpolate(x, { scale_factor: scales as never, ...how } as never)
    : F.interpolate(x, { size: size as never, ...how } as never);
}

const upsampling: Operators = Object.fromEntries(
  Object.entries(MODES).map(([name, mode]): [string, Operator] => {
    const aligned = !mode.startsWith("nearest");
    return [
      name,
      (args, keywords = {}) => {
        const [x, size = null, ...rest] = [...args, ...Object.values(keywords)];
        const align = aligned ? (rest.shift() as boolean) : null;
        return resized(mode, name.endsWith("_aa"), x as Tensor, size as Factors, align, rest);
      },
    ];
  }),
);

const MODES_OF_PADDING = { reflection: "reflect", replication: "replicate" } as const;
const pads: Operators = Object.fromEntries(
  Object.entries(MODES_OF_PADDING).flatMap(([word, mode]) =>
    [1, 2, 3].map((axes): [string, Operator] => [
      `${word}_pad${axes}d`,
      ([x, padding]) => F.pad(x as Tensor, padding as number[], mode),
    ]),
  ),
);

const drawn = (pool: typeof F.fractional_max_pool2d) => (x: Tensor, k: Sizes, size: Sizes, samples: Tensor) =>
  pool(x, k as never, size as never, null, true as never, samples);

/** Images: resizing, borders, patches, and poolings that also tell where the maxima stood. */
export const VISION: Operators = {
  ...upsampling,
  ...pads,
  ...table({
    "constant_pad_nd self pad value": (x: Tensor, pad: number[], value = 0) =>
      F.pad(x, pad, "constant", value),
    "_pad_circular self pad": (x: Tensor, pad: number[]) => F.pad(x, pad, "circular"),
    "im2col self kernel_size dilation padding stride": (
      x: Tensor,
      k: number[],
      dilation: number[],
      padding: number[],
      stride: number[],
    ) => F.unfold(x, k as never, dilation as never, padding as never, stride as never),
    "col2im self output_size kernel_size dilation padding stride": (
      x: Tensor,
      size: number[],
      k: number[],
      dilation: number[],
      padding: number[],
      stride: number[],
    ) => F.fold(x, size as never, k as never, dilation as never, padding as never, stride as never),
    "max_pool1d_with_indices self kernel_size stride padding dilation ceil_mode": withPlaces(F.max_pool1d),
    "max_pool2d_with_indices self kernel_size stride padding dilation ceil_mode": withPlaces(
      F.max_pool2d as never,
    ),
    "max_pool3d_with_indices self kernel_size stride padding dilation ceil_mode": withPlaces(
      F.max_pool3d as never,
    ),
    "adaptive_max_pool2d self output_size": (x: Tensor, size: number[]) =>
      F.adaptive_max_pool2d(x, size as never, true as never),
    "adaptive_max_pool3d self output_size": (x: Tensor, size: number[]) =>
      F.adaptive_max_pool3d(x, size as never, true as never),
    "fractional_max_pool2d self kernel_size output_size random_samples": drawn(F.fractional_max_pool2d),
    "fractional_max_pool3d self kernel_size output_size random_samples": drawn(
      F.fractional_max_pool3d as never,
    ),
    "max_unpool2d self indices output_size": (x: Tensor, at: Tensor, size: Sizes) =>
      F.max_unpool2d(
        x,
        at,
        1 as never,
        null as never,
        0 as never,
        [...x.shape.slice(0, -2), ...size] as never,
      ),
    "max_unpool3d self indices output_size stride padding": (
      x: Tensor,
      at: Tensor,
      size: Sizes,
      stride: Sizes,
    ) =>
      F.max_unpool3d(
        x,
        at,
        stride as never,
        stride as never,
        0 as never,
        [...x.shape.slice(0, -3), ...size] as never,
      ),
  }),
};

function withPlaces(pool: typeof F.max_pool1d) {
  return (
    x: Tensor,
    k: Sizes,
    stride: Sizes = [],
    padding: Sizes = [0],
    dilation: Sizes = [1],
    ceil = false,
  ) =>
    tuple(
      pool(
        x,
        k as never,
        (stride.length === 0 ? null : stride) as never,
        padding as never,
        dilation as never,
        ceil,
        true as never,
      ) as never,
    );
}
