import { ValueError } from "@cognate/py";
import { optimizerClass, slotOptimizer } from "./make.js";
import type { Rate } from "./optimizer.js";

const notNegative = (name: string, value: number): void => {
  if (value < 0)
    throw new ValueError(`\`${name}\` needs to be positive or zero. Received: ${name}=${value}.`);
};

const options = (
  learning_rate: Rate = 0.001,
  learning_rate_power = -0.5,
  initial_accumulator_value = 0.1,
  l1_regularization_strength = 0,
  l2_regularization_strength = 0,
  l2_shrinkage_regularization_strength = 0,
  beta = 0,
) => {
  notNegative("initial_accumulator_value", initial_accumulator_value);
  if (learning_rate_power > 0)
    throw new ValueError(
      `\`learning_rate_power\` needs to be negative or zero. Received: learning_rate_power=${learning_rate_power}.`,
    );
  notNegative("l1_regularization_strength", l1_regularization_strength);
  notNegative("l2_regularization_strength", l2_regularization_strength);
  notNegative("l2_shrinkage_regularization_strength", l2_shrinkage_regularization_strength);
  return {
    learning_rate,
    learning_rate_power,
    initial_accumulator_value,
    l1_regularization_strength,
    l2_regularization_strength,
    l2_shrinkage_regularization_strength,
    beta,
  };
};

/** `keras.optimizers.Ftrl`: follows the regularised leader; l1 gives weights that are exactly zero. */
export const Ftrl = optimizerClass(
  "ftrl.Ftrl",
  "learning_rate learning_rate_power initial_accumulator_value l1_regularization_strength l2_regularization_strength l2_shrinkage_regularization_strength beta",
  options,
  slotOptimizer<ReturnType<typeof options>>({
    slots: () => [["accumulator", "linear"]],
    start: (o) => ({ accumulator: Number(o.initial_accumulator_value) }),
    step: ({ p, g, slots: [a, z], rate, options: o }) => {
      const power = -Number(o.learning_rate_power);
      const [l1, beta] = [Number(o.l1_regularization_strength), Number(o.beta)];
      const l2 = Number(o.l2_regularization_strength) + beta / (2 * rate);
      const grad = g.add(p.mul(2 * Number(o.l2_shrinkage_regularization_strength)));
      const sum = a!.add(g.square());
      const raised = sum.pow(power);
      const linear = z!.add(grad.sub(raised.sub(a!.pow(power)).div(rate).mul(p)));
      const quadratic = raised.div(rate).add(2 * l2);
      const held = linear.clampMin(-l1).clampMax(l1);
      return [held.sub(linear).div(quadratic), sum, linear];
    },
  }),
);
export type Ftrl = InstanceType<typeof Ftrl>;
