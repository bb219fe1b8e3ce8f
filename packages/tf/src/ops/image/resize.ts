import { ValueError } from "@cognate/py";
import { isTensor, toTensor } from "../../core/convert.js";
import { float32 } from "../../core/dtypes.js";
import { one } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { type Data, def, type Name } from "../make.js";
import { cast } from "../math.js";
import { batched, ints } from "./batch.js";
import { pad_to_bounding_box } from "./geometry.js";

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
