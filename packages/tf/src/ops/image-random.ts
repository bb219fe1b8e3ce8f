import { ValueError } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { one } from "../core/execute.js";
import type { Tensor } from "../shared.js";
import {
  adjust_brightness,
  adjust_contrast,
  adjust_hue,
  adjust_saturation,
  flip_left_right,
  flip_up_down,
} from "./image.js";
import { type Data, def } from "./make.js";
import { cast } from "./math.js";
import { stateless_uniform, uniform } from "./random.js";

/* Images changed at random: `random_*` by operations' seeds, `stateless_random_*` by seeds given. */

type Draw = (low: number, high: number) => Tensor;
const seeded =
  (seed: number | null): Draw =>
  (low, high) =>
    uniform([], low, high, "float32", seed);
const stateless =
  (seed: Data): Draw =>
  (low, high) =>
    stateless_uniform([], seed, low, high);

function checked(low: number, high: number): void {
  if (high <= low) throw new ValueError("upper must be > lower.");
  if (low < 0) throw new ValueError("lower must be non-negative.");
}
const brightness = (image: Data, max_delta: number, draw: Draw): Tensor => {
  if (max_delta < 0) throw new ValueError("max_delta must be non-negative.");
  return adjust_brightness(image, draw(-max_delta, max_delta));
};
const contrast = (image: Data, lower: number, upper: number, draw: Draw): Tensor => {
  checked(lower, upper);
  return adjust_contrast(image, draw(lower, upper));
};
const saturation = (image: Data, lower: number, upper: number, draw: Draw): Tensor => {
  checked(lower, upper);
  return adjust_saturation(image, draw(lower, upper));
};
const hue = (image: Data, max_delta: number, draw: Draw): Tensor => {
  if (max_delta > 0.5) throw new ValueError("max_delta must be <= 0.5.");
  if (max_delta < 0) throw new ValueError("max_delta must be non-negative.");
  return adjust_hue(image, draw(-max_delta, max_delta));
};
/** Turned over where a draw is below a half; a batch draws for each image. */
function flipped(image: Data, flip: (x: Tensor) => Tensor, draw: (shape: number[]) => Tensor): Tensor {
  const x = toTensor(image);
  if (x.shape.length === 3) return one("SelectV2", [one("Less", [draw([]), 0.5]), flip(x), x]);
  const n = x.shape[0]!;
  const flags = cast(one("Round", [one("Reshape", [draw([n]), [n, 1, 1, 1]])]), x.dtype);
  return one("AddV2", [one("Mul", [flags, flip(x)]), one("Mul", [one("Sub", [cast(1, x.dtype), flags]), x])]);
}
export const random_brightness = def(
  "tensorflow.image.random_brightness",
  "image max_delta seed",
  (image: Data, max_delta: number, seed: number | null = null): Tensor =>
    brightness(image, max_delta, seeded(seed)),
);
export const random_contrast = def(
  "tensorflow.image.random_contrast",
  "image lower upper seed",
  (image: Data, lower: number, upper: number, seed: number | null = null): Tensor =>
    contrast(image, lower, upper, seeded(seed)),
);
export const random_saturation = def(
  "tensorflow.image.random_saturation",
  "image lower upper seed",
  (image: Data, lower: number, upper: number, seed: number | null = null): Tensor =>
    saturation(image, lower, upper, seeded(seed)),
);
export const random_hue = def(
  "tensorflow.image.random_hue",
  "image max_delta seed",
  (image: Data, max_delta: number, seed: number | null = null): Tensor => hue(image, max_delta, seeded(seed)),
);
export const random_flip_left_right = def(
  "tensorflow.image.random_flip_left_right",
  "image seed",
  (image: Data, seed: number | null = null): Tensor =>
    flipped(image, flip_left_right, (s) => uniform(s, 0, 1, "float32", seed)),
);
export const random_flip_up_down = def(
  "tensorflow.image.random_flip_up_down",
  "image seed",
  (image: Data, seed: number | null = null): Tensor =>
    flipped(image, flip_up_down, (s) => uniform(s, 0, 1, "float32", seed)),
);
export const stateless_random_brightness = def(
  "tensorflow.image.stateless_random_brightness",
  "image max_delta seed",
  (image: Data, max_delta: number, seed: Data): Tensor => brightness(image, max_delta, stateless(seed)),
);
export const stateless_random_contrast = def(
  "tensorflow.image.stateless_random_contrast",
  "image lower upper seed",
  (image: Data, lower: number, upper: number, seed: Data): Tensor =>
    contrast(image, lower, upper, stateless(seed)),
);
export const stateless_random_saturation = def(
  "tensorflow.image.stateless_random_saturation",
  "image lower upper seed",
  (image: Data, lower: number, upper: number, seed: Data): Tensor =>
    saturation(image, lower, upper, stateless(seed)),
);
export const stateless_random_hue = def(
  "tensorflow.image.stateless_random_hue",
  "image max_delta seed",
  (image: Data, max_delta: number, seed: Data): Tensor => hue(image, max_delta, stateless(seed)),
);
export const stateless_random_flip_left_right = def(
  "tensorflow.image.stateless_random_flip_left_right",
  "image seed",
  (image: Data, seed: Data): Tensor => flipped(image, flip_left_right, (s) => stateless_uniform(s, seed)),
);
export const stateless_random_flip_up_down = def(
  "tensorflow.image.stateless_random_flip_up_down",
  "image seed",
  (image: Data, seed: Data): Tensor => flipped(image, flip_up_down, (s) => stateless_uniform(s, seed)),
);
