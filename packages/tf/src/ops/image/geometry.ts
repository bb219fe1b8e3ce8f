import { ValueError } from "@cognate/py";
import { toTensor } from "../../core/convert.js";
import { float64, int32 } from "../../core/dtypes.js";
import { one } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { concat, pad } from "../array.js";
import { type Data, def, type Name } from "../make.js";
import { cast, multiply, subtract } from "../math.js";
import { batched, ints, ints2 } from "./batch.js";

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
export const central_crop = def(
  "tensorflow.image.central_crop",
  "image central_fraction",
  (image: Data, central_fraction: number): Tensor => {
    if (central_fraction <= 0 || central_fraction > 1)
      throw new ValueError("central_fraction must be within (0, 1]");
    if (central_fraction === 1) return toTensor(image);
    const { x, back } = batched(image);
    const [, h, w] = [...x.shape] as (number | null)[];
    if (h == null || w == null) {
      // Lengths that are known when the graph runs.
      const size = one("StridedSlice", [one("Shape", [x]), ints([1]), ints([3]), ints([1])]);
      const wide = cast(size, float64);
      const from = cast(multiply(subtract(wide, multiply(wide, central_fraction)), 0.5), int32);
      const rest = subtract(size, multiply(from, 2));
      const cut = one("Slice", [x, concat([[0], from, [0]], 0), concat([[-1], rest, [-1]], 0)]);
      const [batch, , , depth] = [...x.shape] as (number | null)[];
      (cut as unknown as { set_shape(dims: unknown): void }).set_shape([batch, null, null, depth]);
      return back(cut);
    }
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
