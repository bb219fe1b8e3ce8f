import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import { optionLayer } from "../module/option-layer.js";

/** `torch.nn.PixelShuffle`: channels as finer pixels, `[…, C·r², H, W]` → `[…, C, H·r, W·r]`. */
export const PixelShuffle = optionLayer(
  "pixelshuffle.PixelShuffle",
  "upscale_factor",
  (upscale_factor: number) => ({ upscale_factor }),
  {
    inputs: "input",
    show: ["upscale_factor"],
    forward: (self, input: Tensor): Tensor => F.pixel_shuffle(input, self.upscale_factor),
  },
);
export type PixelShuffle = InstanceType<typeof PixelShuffle>;

/** `torch.nn.PixelUnshuffle`: pixels as channels, `[…, C, H·r, W·r]` → `[…, C·r², H, W]`. */
export const PixelUnshuffle = optionLayer(
  "pixelshuffle.PixelUnshuffle",
  "downscale_factor",
  (downscale_factor: number) => ({ downscale_factor }),
  {
    inputs: "input",
    show: ["downscale_factor"],
    forward: (self, input: Tensor): Tensor => F.pixel_unshuffle(input, self.downscale_factor),
  },
);
export type PixelUnshuffle = InstanceType<typeof PixelUnshuffle>;

/** `torch.nn.ChannelShuffle`: channels of groups interleaved. */
export const ChannelShuffle = optionLayer(
  "channelshuffle.ChannelShuffle",
  "groups",
  (groups: number) => ({ groups }),
  {
    inputs: "input",
    show: ["groups"],
    forward: (self, input: Tensor): Tensor => F.channel_shuffle(input, self.groups),
  },
);
export type ChannelShuffle = InstanceType<typeof ChannelShuffle>;
