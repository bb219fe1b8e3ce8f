import { ValueError, warn } from "@cognate/py";
import { sigmoid, tanh } from "../../ops/pointwise.js";
import type { Tensor } from "../../tensor/tensor.js";
import * as F from "../functional/index.js";
import { optionLayer, optionText } from "../module/option-layer.js";

const none = () => ({});
const inplaceOnly = (inplace = false) => ({ inplace });
const shownInplace = { inputs: "input", show: ["?inplace"] } as const;

/**
 * `torch.nn.ReLU`: max(0, x).
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.nn.ReLU()(torch.tensor([-1.5, 2]))); // prints tensor([0., 2.])
 * ```
 */
export const ReLU = optionLayer("activation.ReLU", "inplace", inplaceOnly, {
  ...shownInplace,
  forward: (self, input: Tensor): Tensor => F.relu(input, self.inplace),
});
export type ReLU = InstanceType<typeof ReLU>;

/** `torch.nn.ReLU6`: min(max(0, x), 6). */
export const ReLU6 = optionLayer("activation.ReLU6", "inplace", inplaceOnly, {
  ...shownInplace,
  forward: (self, input: Tensor): Tensor => F.relu6(input, self.inplace),
});
export type ReLU6 = InstanceType<typeof ReLU6>;

/** `torch.nn.SELU`: ELU with the constants that keep mean and variance. */
export const SELU = optionLayer("activation.SELU", "inplace", inplaceOnly, {
  ...shownInplace,
  forward: (self, input: Tensor): Tensor => F.selu(input, self.inplace),
});
export type SELU = InstanceType<typeof SELU>;

/** `torch.nn.SiLU`: x·σ(x). */
export const SiLU = optionLayer("activation.SiLU", "inplace", inplaceOnly, {
  ...shownInplace,
  forward: (self, input: Tensor): Tensor => F.silu(input, self.inplace),
});
export type SiLU = InstanceType<typeof SiLU>;

/** `torch.nn.Mish`: x·tanh(softplus(x)). */
export const Mish = optionLayer("activation.Mish", "inplace", inplaceOnly, {
  ...shownInplace,
  forward: (self, input: Tensor): Tensor => F.mish(input, self.inplace),
});
export type Mish = InstanceType<typeof Mish>;

/** `torch.nn.Hardsigmoid`: min(max(0, x/6 + ½), 1). */
export const Hardsigmoid = optionLayer("activation.Hardsigmoid", "inplace", inplaceOnly, {
  inputs: "input",
  forward: (self, input: Tensor): Tensor => F.hardsigmoid(input, self.inplace),
});
export type Hardsigmoid = InstanceType<typeof Hardsigmoid>;

/** `torch.nn.Hardswish`: x·hardsigmoid(x). */
export const Hardswish = optionLayer("activation.Hardswish", "inplace", inplaceOnly, {
  inputs: "input",
  forward: (self, input: Tensor): Tensor => F.hardswish(input, self.inplace),
});
export type Hardswish = InstanceType<typeof Hardswish>;

/** `torch.nn.ELU`: x where positive, else α·(eˣ − 1). */
export const ELU = optionLayer(
  "activation.ELU",
  "alpha inplace",
  (alpha = 1, inplace = false) => ({ alpha, inplace }),
  {
    inputs: "input",
    show: ["alpha", "?inplace"],
    floats: ["alpha"],
    forward: (self, input: Tensor): Tensor => F.elu(input, self.alpha, self.inplace),
  },
);
export type ELU = InstanceType<typeof ELU>;

/** `torch.nn.CELU`: max(0, x) + min(0, α·(e^(x/α) − 1)). */
export const CELU = optionLayer(
  "activation.CELU",
  "alpha inplace",
  (alpha = 1, inplace = false) => ({ alpha, inplace }),
  {
    inputs: "input",
    show: ["alpha", "?inplace"],
    floats: ["alpha"],
    forward: (self, input: Tensor): Tensor => F.celu(input, self.alpha, self.inplace),
  },
);
export type CELU = InstanceType<typeof CELU>;

/** `torch.nn.LeakyReLU`: x where positive, else negative_slope·x. */
export const LeakyReLU = optionLayer(
  "activation.LeakyReLU",
  "negative_slope inplace",
  (negative_slope = 1e-2, inplace = false) => ({ negative_slope, inplace }),
  {
    inputs: "input",
    show: ["negative_slope", "?inplace"],
    floats: ["negative_slope"],
    forward: (self, input: Tensor): Tensor => F.leaky_relu(input, self.negative_slope, self.inplace),
  },
);
export type LeakyReLU = InstanceType<typeof LeakyReLU>;

/** `torch.nn.RReLU`: LeakyReLU whose slope is drawn for each element in training, and the middle in evaluation. */
export const RReLU = optionLayer(
  "activation.RReLU",
  "lower upper inplace",
  (lower = 1 / 8, upper = 1 / 3, inplace = false) => ({ lower, upper, inplace }),
  {
    inputs: "input",
    show: ["lower", "upper", "?inplace"],
    floats: ["lower", "upper"],
    forward: (self, input: Tensor): Tensor =>
      F.rrelu(input, self.lower, self.upper, self.training, self.inplace),
  },
);
export type RReLU = InstanceType<typeof RReLU>;

/** The bounds of a hard tanh, with their former names. @throws AssertionError-like ValueError for bounds in the wrong order */
function bounds(
  min_val = -1,
  max_val = 1,
  inplace = false,
  min_value: number | null = null,
  max_value: number | null = null,
) {
  if (min_value !== null) warn("keyword argument `min_value` is deprecated and rename to `min_val`");
  if (max_value !== null) warn("keyword argument `max_value` is deprecated and rename to `max_val`");
  const [least, most] = [min_value ?? min_val, max_value ?? max_val];
  if (most <= least) throw new ValueError(`max_val (${most}) must be larger than min_val (${least})`);
  return { min_val: least, max_val: most, inplace };
}

/** `torch.nn.Hardtanh`: min(max(min_val, x), max_val). */
export const Hardtanh = optionLayer(
  "activation.Hardtanh",
  "min_val max_val inplace min_value max_value",
  bounds,
  {
    inputs: "input",
    show: ["min_val", "max_val", "?inplace"],
    floats: ["min_val", "max_val"],
    forward: (self, input: Tensor): Tensor => F.hardtanh(input, self.min_val, self.max_val, self.inplace),
  },
);
export type Hardtanh = InstanceType<typeof Hardtanh>;

/** `torch.nn.Threshold`: x where it is greater than `threshold`, else `value`. */
export const Threshold = optionLayer(
  "activation.Threshold",
  "threshold value inplace",
  (threshold: number, value: number, inplace = false) => ({ threshold, value, inplace }),
  {
    inputs: "input",
    show: ["threshold", "value", "?inplace"],
    forward: (self, input: Tensor): Tensor => F.threshold(input, self.threshold, self.value, self.inplace),
  },
);
export type Threshold = InstanceType<typeof Threshold>;

/** `torch.nn.GELU`: x·Φ(x), or its approximation by tanh. */
export const GELU = optionLayer(
  "activation.GELU",
  "approximate",
  (approximate: "none" | "tanh" = "none") => ({ approximate }),
  {
    inputs: "input",
    show: ["approximate"],
    forward: (self, input: Tensor): Tensor => F.gelu(input, { approximate: self.approximate }),
  },
);
export type GELU = InstanceType<typeof GELU>;

/** `torch.nn.GLU`: the first half along `dim` times the sigmoid of the second. */
export const GLU = optionLayer("activation.GLU", "dim", (dim = -1) => ({ dim }), {
  inputs: "input",
  show: ["dim"],
  forward: (self, input: Tensor): Tensor => F.glu(input, self.dim),
});
export type GLU = InstanceType<typeof GLU>;

/** `torch.nn.Hardshrink`: 0 where |x| ≤ λ, else x. */
export const Hardshrink = optionLayer("activation.Hardshrink", "lambd", (lambd = 0.5) => ({ lambd }), {
  inputs: "input",
  show: (self) => optionText(self.lambd, true),
  forward: (self, input: Tensor): Tensor => F.hardshrink(input, self.lambd),
});
export type Hardshrink = InstanceType<typeof Hardshrink>;

/** `torch.nn.Softshrink`: x moved towards 0 by λ. */
export const Softshrink = optionLayer("activation.Softshrink", "lambd", (lambd = 0.5) => ({ lambd }), {
  inputs: "input",
  show: (self) => optionText(self.lambd, true),
  forward: (self, input: Tensor): Tensor => F.softshrink(input, self.lambd),
});
export type Softshrink = InstanceType<typeof Softshrink>;

/** `torch.nn.Softplus`: log(1 + e^(βx)) / β, and x itself past the threshold. */
export const Softplus = optionLayer(
  "activation.Softplus",
  "beta threshold",
  (beta = 1, threshold = 20) => ({ beta, threshold }),
  {
    inputs: "input",
    show: ["beta", "threshold"],
    floats: ["beta", "threshold"],
    forward: (self, input: Tensor): Tensor => F.softplus(input, self.beta, self.threshold),
  },
);
export type Softplus = InstanceType<typeof Softplus>;

/** `torch.nn.Sigmoid`: 1 / (1 + e⁻ˣ). */
export const Sigmoid = optionLayer("activation.Sigmoid", "", none, {
  inputs: "input",
  forward: (_self, input: Tensor): Tensor => sigmoid(input),
});
export type Sigmoid = InstanceType<typeof Sigmoid>;

/** `torch.nn.Tanh`: the hyperbolic tangent. */
export const Tanh = optionLayer("activation.Tanh", "", none, {
  inputs: "input",
  forward: (_self, input: Tensor): Tensor => tanh(input),
});
export type Tanh = InstanceType<typeof Tanh>;

/** `torch.nn.LogSigmoid`: log σ(x). */
export const LogSigmoid = optionLayer("activation.LogSigmoid", "", none, {
  inputs: "input",
  forward: (_self, input: Tensor): Tensor => F.logsigmoid(input),
});
export type LogSigmoid = InstanceType<typeof LogSigmoid>;

/** `torch.nn.Softsign`: x / (1 + |x|). */
export const Softsign = optionLayer("activation.Softsign", "", none, {
  inputs: "input",
  forward: (_self, input: Tensor): Tensor => F.softsign(input),
});
export type Softsign = InstanceType<typeof Softsign>;

/** `torch.nn.Tanhshrink`: x − tanh(x). */
export const Tanhshrink = optionLayer("activation.Tanhshrink", "", none, {
  inputs: "input",
  forward: (_self, input: Tensor): Tensor => F.tanhshrink(input),
});
export type Tanhshrink = InstanceType<typeof Tanhshrink>;
