import type { Tensor } from "../../tensor/tensor.js";
import type { PerAxis } from "../conv/conv.js";
import * as F from "../functional/index.js";
import { fieldsText, optionLayer } from "../module/option-layer.js";

/** How an upsampling layer prints: by its factor, else by its size. Factors are floats. */
const shown = (self: Readonly<Record<string, unknown>>): string =>
  fieldsText(self, [self.scale_factor === null ? "size" : "scale_factor", "mode"], ["scale_factor"]);

/** `torch.nn.Upsample`: interpolation to a size or by a factor. */
export const Upsample = optionLayer(
  "upsampling.Upsample",
  "size scale_factor mode align_corners recompute_scale_factor",
  (
    size: PerAxis | null = null,
    scale_factor: PerAxis | null = null,
    mode = "nearest",
    align_corners: boolean | null = null,
    recompute_scale_factor: boolean | null = null,
  ) => ({ size, scale_factor, mode, align_corners, recompute_scale_factor }),
  {
    inputs: "input",
    show: shown,
    forward: (self, input: Tensor): Tensor =>
      F.interpolate(
        input,
        self.size as never,
        self.scale_factor as never,
        self.mode as never,
        self.align_corners,
        self.recompute_scale_factor,
      ),
  },
);
export type Upsample = InstanceType<typeof Upsample>;

/** The deprecated forms of two axes. */
const upsampling2d = (name: string, mode: "nearest" | "bilinear", align_corners: boolean | null) =>
  optionLayer(
    `upsampling.${name}`,
    "size scale_factor",
    (size: PerAxis | null = null, scale_factor: PerAxis | null = null) => ({
      size,
      scale_factor,
      mode,
      align_corners,
      recompute_scale_factor: null,
    }),
    {
      inputs: "input",
      show: shown,
      forward: (self, input: Tensor): Tensor =>
        F.interpolate(input, self.size as never, self.scale_factor as never, mode, align_corners),
    },
  );

/** `torch.nn.UpsamplingNearest2d`: {@link Upsample} of images by repetition. */
export const UpsamplingNearest2d = upsampling2d("UpsamplingNearest2d", "nearest", null);
export type UpsamplingNearest2d = InstanceType<typeof UpsamplingNearest2d>;

/** `torch.nn.UpsamplingBilinear2d`: {@link Upsample} of images, bilinear with aligned corners. */
export const UpsamplingBilinear2d = upsampling2d("UpsamplingBilinear2d", "bilinear", true);
export type UpsamplingBilinear2d = InstanceType<typeof UpsamplingBilinear2d>;
