import { ops } from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import { runMany } from "../backend/record.js";
import { SlicedGradient } from "../backend/sliced-gradient.js";
import {
  AFTER_DECAY,
  type AfterDecay,
  optimizerClass,
  optimizerOf,
  powerOf,
  type Round,
  type Step,
  slotOptimizer,
} from "./make.js";
import type { Rate } from "./optimizer.js";

const options = (
  learning_rate: Rate = 0.001,
  beta_1 = 0.9,
  beta_2 = 0.999,
  epsilon = 1e-7,
  amsgrad = false,
) => ({
  learning_rate,
  beta_1,
  beta_2,
  epsilon,
  amsgrad,
});
type AdamOptions = ReturnType<typeof options>;

/** η·√(1 − β₂ᵗ) / (1 − β₁ᵗ), in the variable's precision. */
export function correctedRate(round: Round, rate: number, beta1: number, beta2: number, t: number): number {
  const root = round(Math.sqrt(round(1 - powerOf(round, beta2, t))));
  return round(round(rate * root) / round(1 - powerOf(round, beta1, t)));
}

/** m + (g − m)(1 − β) and the like for g². */
export const moments = ({ g, slots: [m, v] }: Step<never>, beta1: number, beta2: number) =>
  [
    m!.add(g.sub(m!).mul(1 - beta1)),
    v!.add(
      g
        .square()
        .sub(v!)
        .mul(1 - beta2),
    ),
  ] as const;

/** A step of Adam with its slots. */
export const AdamBase = slotOptimizer<AdamOptions>({
  slots: ({ amsgrad }) => [["momentum", "velocity"], ...(amsgrad ? [["velocity_hat"]] : [])],
  step: (s) => {
    const { p, g, slots, rate, t, round, options: o } = s;
    const [beta1, beta2, epsilon] = [Number(o.beta_1), Number(o.beta_2), Number(o.epsilon)];
    const alpha = correctedRate(round, rate, beta1, beta2, t);
    const [m, v, most] = slots;
    if (!most && !(g instanceof SlicedGradient))
      return runMany(ops.adamStep, [p, g, m!, v!], {
        share1: round(1 - beta1),
        share2: round(1 - beta2),
        rate: alpha,
        epsilon: round(epsilon),
      });
    const [mean, square] = moments(s as Step<never>, beta1, beta2);
    if (!most) return [p.sub(mean.mul(alpha).div(square.sqrt().add(epsilon))), mean, square];
    const hat = most.maximum(square);
    return [p.sub(mean.mul(alpha).div(hat.sqrt().add(epsilon))), mean, square, hat];
  },
});

/**
 * `keras.optimizers.Adam`: steps by the mean of the gradient over the root of the mean of its square.
 *
 * m ← m + (g − m)(1 − β₁), v ← v + (g² − v)(1 − β₂), p ← p − η·√(1 − β₂ᵗ) / (1 − β₁ᵗ)·m / (√v + ε)
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const w = keras.Variable([1, 2.5]);
 * keras.optimizers.Adam({ learning_rate: 0.1 }).apply([keras.ops.array([5, -10])], [w]);
 * print(w.numpy()); // prints [0.90000075 2.5999994 ]
 * ```
 */
export const Adam = optimizerClass(
  "adam.Adam",
  "learning_rate beta_1 beta_2 epsilon amsgrad",
  options,
  AdamBase,
);
export type Adam = InstanceType<typeof Adam>;

/** `keras.optimizers.AdamW`: {@link Adam} whose weights shrink by `weight_decay`·η with each step. */
export const AdamW = optimizerOf(
  "adamw.AdamW",
  `learning_rate weight_decay beta_1 beta_2 epsilon amsgrad ${AFTER_DECAY} **kwargs`,
  (
    learning_rate: Rate = 0.001,
    weight_decay: number | null = 0.004,
    beta_1 = 0.9,
    beta_2 = 0.999,
    epsilon = 1e-7,
    amsgrad = false,
    ...common: AfterDecay
  ) => {
    if (weight_decay === null)
      throw new ValueError("Argument `weight_decay` must be a float. Received: weight_decay=None");
    return {
      own: options(learning_rate, beta_1, beta_2, epsilon, amsgrad),
      common: [weight_decay, ...common],
    };
  },
  AdamBase as never,
);
export type AdamW = InstanceType<typeof AdamW>;
