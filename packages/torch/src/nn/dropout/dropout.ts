import { asFloat, repr, ValueError } from "@cognate/py";
import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import { optionLayer } from "../module/option-layer.js";

const SIGNATURE = "p inplace";

const options = (p = 0.5, inplace = false) => {
  if (p < 0 || p > 1)
    throw new ValueError(`dropout probability has to be between 0 and 1, but got ${repr(asFloat(p))}`);
  return { p, inplace };
};

const shown = { show: ["p", "inplace"], floats: ["p"] } as const;

/**
 * `torch.nn.Dropout`: in training zeroes elements with probability p and scales the others by 1 / (1 − p).
 *
 * @throws ValueError for a p outside of [0, 1]
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * torch.manual_seed(0);
 * const drop = torch.nn.Dropout(0.5);
 * print(drop(torch.ones(6)), drop.eval()(torch.ones(3))); // prints tensor([0., 0., 2., 0., 0., 0.]) tensor([1., 1., 1.])
 * ```
 */
export const Dropout = optionLayer("dropout.Dropout", SIGNATURE, options, {
  ...shown,
  inputs: "input",
  forward: (self, input: Tensor): Tensor => F.dropout(input, self.p, self.training, self.inplace),
});
export type Dropout = InstanceType<typeof Dropout>;

/** `torch.nn.Dropout1d`: {@link Dropout} of whole channels of `[N, C, L]`. */
export const Dropout1d = optionLayer("dropout.Dropout1d", SIGNATURE, options, {
  ...shown,
  inputs: "input",
  forward: (self, input: Tensor): Tensor => F.dropout1d(input, self.p, self.training, self.inplace),
});
export type Dropout1d = InstanceType<typeof Dropout1d>;

/** `torch.nn.Dropout2d`: {@link Dropout} of whole channels of `[N, C, H, W]`. */
export const Dropout2d = optionLayer("dropout.Dropout2d", SIGNATURE, options, {
  ...shown,
  inputs: "input",
  forward: (self, input: Tensor): Tensor => F.dropout2d(input, self.p, self.training, self.inplace),
});
export type Dropout2d = InstanceType<typeof Dropout2d>;

/** `torch.nn.Dropout3d`: {@link Dropout} of whole channels of `[N, C, D, H, W]`. */
export const Dropout3d = optionLayer("dropout.Dropout3d", SIGNATURE, options, {
  ...shown,
  inputs: "input",
  forward: (self, input: Tensor): Tensor => F.dropout3d(input, self.p, self.training, self.inplace),
});
export type Dropout3d = InstanceType<typeof Dropout3d>;

/** `torch.nn.AlphaDropout`: dropout that keeps mean and variance, for networks of {@link SELU}. */
export const AlphaDropout = optionLayer("dropout.AlphaDropout", SIGNATURE, options, {
  ...shown,
  inputs: "input",
  forward: (self, input: Tensor): Tensor => F.alpha_dropout(input, self.p, self.training),
});
export type AlphaDropout = InstanceType<typeof AlphaDropout>;

/** `torch.nn.FeatureAlphaDropout`: {@link AlphaDropout} of whole channels. */
export const FeatureAlphaDropout = optionLayer("dropout.FeatureAlphaDropout", SIGNATURE, options, {
  ...shown,
  inputs: "input",
  forward: (self, input: Tensor): Tensor => F.feature_alpha_dropout(input, self.p, self.training),
});
export type FeatureAlphaDropout = InstanceType<typeof FeatureAlphaDropout>;
