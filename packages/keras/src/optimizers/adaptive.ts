import { ValueError } from "@cognate/py";
import { moments } from "./adam.js";
import { optimizerClass, powerOf, type Step, slotOptimizer } from "./make.js";
import type { Rate } from "./optimizer.js";

/*
 * Optimizers of slots whose steps are a few lines.
 */

const adamax = (learning_rate: Rate = 0.001, beta_1 = 0.9, beta_2 = 0.999, epsilon = 1e-7) => ({
  learning_rate,
  beta_1,
  beta_2,
  epsilon,
});
/** `keras.optimizers.Adamax`: Adam with the largest gradient in place of the root mean square: u ← max(β₂·u, |g|). */
export const Adamax = optimizerClass(
  "adamax.Adamax",
  "learning_rate beta_1 beta_2 epsilon",
  adamax,
  slotOptimizer<ReturnType<typeof adamax>>({
    slots: () => [["momentum", "norm"]],
    step: ({ p, g, slots: [m, u], rate, t, round, options: o }) => {
      const mean = m!.add(g.sub(m!).mul(1 - Number(o.beta_1)));
      const most = u!.mul(Number(o.beta_2)).maximum(g.abs());
      const rest = round(1 - powerOf(round, Number(o.beta_1), t));
      return [p.sub(mean.mul(rate).div(most.add(Number(o.epsilon)).mul(rest))), mean, most];
    },
  }),
);
export type Adamax = InstanceType<typeof Adamax>;

const adadelta = (learning_rate: Rate = 0.001, rho = 0.95, epsilon = 1e-7) => ({
  learning_rate,
  rho,
  epsilon,
});
/** `keras.optimizers.Adadelta`: steps as long as the steps before, over the gradients before: −√(d + ε)·g / √(a + ε). */
export const Adadelta = optimizerClass(
  "adadelta.Adadelta",
  "learning_rate rho epsilon",
  adadelta,
  slotOptimizer<ReturnType<typeof adadelta>>({
    slots: () => [["accumulated_grad", "accumulated_delta_var"]],
    step: ({ p, g, slots: [a, d], rate, options: o }) => {
      const [rho, epsilon] = [Number(o.rho), Number(o.epsilon)];
      const grads = a!.mul(rho).add(g.square().mul(1 - rho));
      const delta = d!.add(epsilon).sqrt().mul(g).div(grads.add(epsilon).sqrt()).neg();
      const deltas = d!.mul(rho).add(delta.square().mul(1 - rho));
      return [p.add(delta.mul(rate)), grads, deltas];
    },
  }),
);
export type Adadelta = InstanceType<typeof Adadelta>;

const adagrad = (learning_rate: Rate = 0.001, initial_accumulator_value = 0.1, epsilon = 1e-7) => ({
  learning_rate,
  initial_accumulator_value,
  epsilon,
});
/** `keras.optimizers.Adagrad`: a ← a + g², p ← p − η·g / √(a + ε). */
export const Adagrad = optimizerClass(
  "adagrad.Adagrad",
  "learning_rate initial_accumulator_value epsilon",
  adagrad,
  slotOptimizer<ReturnType<typeof adagrad>>({
    slots: () => [["accumulator"]],
    start: (o) => ({ accumulator: Number(o.initial_accumulator_value) }),
    step: ({ p, g, slots: [a], rate, options: o }) => {
      const sum = a!.add(g.square());
      return [p.sub(g.mul(rate).div(sum.add(Number(o.epsilon)).sqrt())), sum];
    },
  }),
);
export type Adagrad = InstanceType<typeof Adagrad>;

const lion = (learning_rate: Rate = 0.001, beta_1 = 0.9, beta_2 = 0.99) => {
  if (!(beta_1 > 0 && beta_1 <= 1))
    throw new ValueError(
      `Argument \`beta_1\` must be in the [0, 1] range. Otherwise, the optimizer degenerates to SignSGD. Received: beta_1=${beta_1}.`,
    );
  return { learning_rate, beta_1, beta_2 };
};
/** `keras.optimizers.Lion`: steps of one length: p ← p − η·sign(β₁·m + (1 − β₁)·g). */
export const Lion = optimizerClass(
  "lion.Lion",
  "learning_rate beta_1 beta_2",
  lion,
  slotOptimizer<ReturnType<typeof lion>>({
    slots: () => [["momentum"]],
    step: ({ p, g, slots: [m], rate, round, options: o }) => {
      const [beta1, beta2] = [round(Number(o.beta_1)), round(Number(o.beta_2))];
      const mixed = m!.mul(beta1).add(g.mul(round(1 - beta1)));
      return [p.sub(mixed.sign().mul(rate)), m!.mul(beta2).add(g.mul(round(1 - beta2)))];
    },
  }),
);
export type Lion = InstanceType<typeof Lion>;

const lamb = (learning_rate: Rate = 0.001, beta_1 = 0.9, beta_2 = 0.999, epsilon = 1e-7) => ({
  learning_rate,
  beta_1,
  beta_2,
  epsilon,
});
/** `keras.optimizers.Lamb`: Adam's direction, as long as the variable itself times the learning rate. */
export const Lamb = optimizerClass(
  "lamb.Lamb",
  "learning_rate beta_1 beta_2 epsilon",
  lamb,
  slotOptimizer<ReturnType<typeof lamb>>({
    slots: () => [["momentum", "velocity"]],
    step: (s) => {
      const { p, rate, t, round, options: o } = s;
      const [beta1, beta2] = [Number(o.beta_1), Number(o.beta_2)];
      const [m, v] = moments(s as Step<never>, beta1, beta2);
      const hat = m.div(round(1 - powerOf(round, beta1, t)));
      const root = v
        .div(round(1 - powerOf(round, beta2, t)))
        .sqrt()
        .add(Number(o.epsilon));
      const update = hat.div(root);
      const one = p.full([], 1);
      const [size, length] = [p.square().sum().sqrt(), update.square().sum().sqrt()];
      const known = size.gt(0).logicalAnd(length.gt(0));
      const ratio = size.div(length.where(known, one)).where(known, one);
      return [p.sub(update.mul(rate).mul(ratio)), m, v];
    },
  }),
);
export type Lamb = InstanceType<typeof Lamb>;
