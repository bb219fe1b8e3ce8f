import { ValueError } from "@cognate/py";
import type { Tensor } from "../../tensor/tensor.js";
import type { PerAxis } from "../conv/conv.js";
import * as F from "../functional/index.js";
import { optionLayer, optionText } from "../module/option-layer.js";
import { perAxis } from "../module/weights.js";

type Mode = "reflect" | "replicate" | "circular" | "constant";

/** @throws ValueError unless the input has `axes` axes besides channels, and perhaps a batch */
function checkRank(input: Tensor, axes: number): void {
  if (input.ndim !== axes + 1 && input.ndim !== axes + 2)
    throw new ValueError(`expected ${axes + 1}D or ${axes + 2}D input (got ${input.ndim}D input)`);
}

/** Padding of the last `axes` axes, both ends: one number, or two an axis from the last to the first. */
const padding = (name: string, axes: 1 | 2 | 3, mode: Mode) =>
  optionLayer(
    `padding.${name}${axes}d`,
    "padding",
    (padding: PerAxis) => ({ padding: perAxis(2 * axes, padding) }),
    {
      inputs: "input",
      show: (self) => optionText(self.padding),
      forward: (self, input: Tensor): Tensor => {
        if (mode === "circular") checkRank(input, axes);
        return F.pad(input, self.padding, mode, mode === "constant" ? 0 : null);
      },
    },
  );

const constant = (axes: 1 | 2 | 3) =>
  optionLayer(
    `padding.ConstantPad${axes}d`,
    "padding value",
    (padding: PerAxis, value: number) => ({ padding: perAxis(2 * axes, padding), value }),
    {
      inputs: "input",
      show: ["padding", "value"],
      forward: (self, input: Tensor): Tensor => F.pad(input, self.padding, "constant", self.value),
    },
  );

/** `torch.nn.ReflectionPad1d`: the last axis padded by its mirror image. */
export const ReflectionPad1d = padding("ReflectionPad", 1, "reflect");
export type ReflectionPad1d = InstanceType<typeof ReflectionPad1d>;
/** `torch.nn.ReflectionPad2d`: the last two axes padded by their mirror images. */
export const ReflectionPad2d = padding("ReflectionPad", 2, "reflect");
export type ReflectionPad2d = InstanceType<typeof ReflectionPad2d>;
/** `torch.nn.ReflectionPad3d`: the last three axes padded by their mirror images. */
export const ReflectionPad3d = padding("ReflectionPad", 3, "reflect");
export type ReflectionPad3d = InstanceType<typeof ReflectionPad3d>;

/** `torch.nn.ReplicationPad1d`: the last axis padded by its ends. */
export const ReplicationPad1d = padding("ReplicationPad", 1, "replicate");
export type ReplicationPad1d = InstanceType<typeof ReplicationPad1d>;
/** `torch.nn.ReplicationPad2d`: the last two axes padded by their ends. */
export const ReplicationPad2d = padding("ReplicationPad", 2, "replicate");
export type ReplicationPad2d = InstanceType<typeof ReplicationPad2d>;
/** `torch.nn.ReplicationPad3d`: the last three axes padded by their ends. */
export const ReplicationPad3d = padding("ReplicationPad", 3, "replicate");
export type ReplicationPad3d = InstanceType<typeof ReplicationPad3d>;

/** `torch.nn.ZeroPad1d`: the last axis padded by zeros. */
export const ZeroPad1d = padding("ZeroPad", 1, "constant");
export type ZeroPad1d = InstanceType<typeof ZeroPad1d>;
/** `torch.nn.ZeroPad2d`: the last two axes padded by zeros. */
export const ZeroPad2d = padding("ZeroPad", 2, "constant");
export type ZeroPad2d = InstanceType<typeof ZeroPad2d>;
/** `torch.nn.ZeroPad3d`: the last three axes padded by zeros. */
export const ZeroPad3d = padding("ZeroPad", 3, "constant");
export type ZeroPad3d = InstanceType<typeof ZeroPad3d>;

/** `torch.nn.CircularPad1d`: the last axis padded by its other end. */
export const CircularPad1d = padding("CircularPad", 1, "circular");
export type CircularPad1d = InstanceType<typeof CircularPad1d>;
/** `torch.nn.CircularPad2d`: the last two axes padded by their other ends. */
export const CircularPad2d = padding("CircularPad", 2, "circular");
export type CircularPad2d = InstanceType<typeof CircularPad2d>;
/** `torch.nn.CircularPad3d`: the last three axes padded by their other ends. */
export const CircularPad3d = padding("CircularPad", 3, "circular");
export type CircularPad3d = InstanceType<typeof CircularPad3d>;

/** `torch.nn.ConstantPad1d`: the last axis padded by a value. */
export const ConstantPad1d = constant(1);
export type ConstantPad1d = InstanceType<typeof ConstantPad1d>;
/** `torch.nn.ConstantPad2d`: the last two axes padded by a value. */
export const ConstantPad2d = constant(2);
export type ConstantPad2d = InstanceType<typeof ConstantPad2d>;
/** `torch.nn.ConstantPad3d`: the last three axes padded by a value. */
export const ConstantPad3d = constant(3);
export type ConstantPad3d = InstanceType<typeof ConstantPad3d>;
