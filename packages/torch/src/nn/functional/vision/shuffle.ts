import { def, RuntimeError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { type Int, int, shown, valueOf } from "../../../ops/args.js";
import type { Tensor, TensorLike } from "../../../tensor/tensor.js";
import { done } from "../args.js";

/** Cuts axes, puts the pieces in another order and joins them. */
const rearranged = (x: Value, cut: number[], axes: number[], shape: number[], gradFn: string): Tensor =>
  done(x.reshape({ shape: cut }).permute({ axes }).reshape({ shape }), gradFn);

function images(name: string, factor: string, n: number, x: Value): number[] {
  const rank = x.shape.length;
  if (rank < 3)
    throw new RuntimeError(
      `${name} expects input to have at least 3 dimensions, but got input with ${rank} dimension(s)`,
    );
  if (n <= 0) throw new RuntimeError(`${name} expects a positive ${factor}, but got ${n}`);
  return x.shape.slice(0, -3);
}

/** `(*, C·r², H, W)` as `(*, C, H·r, W·r)`. */
export const pixel_shuffle = def(
  "torch.nn.functional.pixel_shuffle",
  "input upscale_factor",
  (input: TensorLike, upscale_factor: Int): Tensor => {
    const [x, r] = [valueOf(input), int(upscale_factor)];
    const lead = images("pixel_shuffle", "upscale_factor", r, x);
    const [c, h, w] = x.shape.slice(-3) as [number, number, number];
    if (c % (r * r) !== 0)
      throw new RuntimeError(
        `pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but input.size(-3)=${c} is not divisible by ${r * r}`,
      );
    const out = c / (r * r);
    const k = lead.length;
    const axes = [0, 3, 1, 4, 2].map((i) => k + i);
    return rearranged(
      x,
      [...lead, out, r, r, h, w],
      [...lead.map((_, i) => i), ...axes],
      [...lead, out, h * r, w * r],
      "PixelShuffleBackward0",
    );
  },
);

/** `(*, C, H·r, W·r)` as `(*, C·r², H, W)`. */
export const pixel_unshuffle = def(
  "torch.nn.functional.pixel_unshuffle",
  "input downscale_factor",
  (input: TensorLike, downscale_factor: Int): Tensor => {
    const [x, r] = [valueOf(input), int(downscale_factor)];
    const lead = images("pixel_unshuffle", "downscale_factor", r, x);
    const [c, h, w] = x.shape.slice(-3) as [number, number, number];
    for (const [what, axis, n] of [
      ["height", -2, h],
      ["width", -1, w],
    ] as const)
      if (n % r !== 0)
        throw new RuntimeError(
          `pixel_unshuffle expects ${what} to be divisible by downscale_factor, but input.size(${axis})=${n} is not divisible by ${r}`,
        );
    const k = lead.length;
    const axes = [0, 2, 4, 1, 3].map((i) => k + i);
    return rearranged(
      x,
      [...lead, c, h / r, r, w / r, r],
      [...lead.map((_, i) => i), ...axes],
      [...lead, c * r * r, h / r, w / r],
      "PixelUnshuffleBackward0",
    );
  },
);

const shuffled = (name: string, gradFn: string) =>
  def(`torch.nn.functional.${name}`, "input groups", (input: TensorLike, groups: Int): Tensor => {
    const [x, g] = [valueOf(input), int(groups)];
    if (x.shape.length <= 2)
      throw new RuntimeError(
        `channel_shuffle expects input with > 2 dims, but got input with sizes ${shown(x.shape)}`,
      );
    const [n, c] = x.shape as readonly [number, number];
    if (g <= 0)
      throw new RuntimeError(`Number of groups to divide channels in must be positive. Value of groups:${g}`);
    if (c % g !== 0)
      throw new RuntimeError(
        `Number of channels must be divisible by groups. Got ${c} channels and ${g} groups.`,
      );
    const rest = x.shape.slice(2);
    const axes = [0, 2, 1, ...rest.map((_, i) => i + 3)];
    return rearranged(x, [n, g, c / g, ...rest], axes, [...x.shape], gradFn);
  });

/** Channels `(N, g·C, *)` in another order: first the first of every group, then the second … */
export const channel_shuffle = shuffled("channel_shuffle", "ChannelShuffleBackward0");
/** {@link channel_shuffle}. */
export const native_channel_shuffle = shuffled("native_channel_shuffle", "ChannelShuffleBackward0");
