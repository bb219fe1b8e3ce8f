import { ops } from "@cognate/kernel";
import { runMany } from "../backend/record.js";
import { SlicedGradient } from "../backend/sliced-gradient.js";
import { optimizerClass, slotOptimizer } from "./make.js";
import type { Rate } from "./optimizer.js";

const options = (learning_rate: Rate = 0.001, rho = 0.9, momentum = 0, epsilon = 1e-7, centered = false) => ({
  learning_rate,
  rho,
  momentum,
  epsilon,
  centered,
});

/**
 * `keras.optimizers.RMSprop`: v ← ρ·v + (1 − ρ)·g², p ← p − η·g / √(v + ε); centered, v less the square of the mean
 * gradient; with momentum, the increments gather speed.
 */
export const RMSprop = optimizerClass(
  "rmsprop.RMSprop",
  "learning_rate rho momentum epsilon centered",
  options,
  slotOptimizer<ReturnType<typeof options>>({
    slots: ({ momentum, centered }) => [
      ["velocity"],
      ...(Number(momentum) > 0 ? [["momentum"]] : []),
      ...(centered ? [["average_gradient"]] : []),
    ],
    step: ({ p, g, slots, rate, options: o }) => {
      const [rho, momentum, epsilon] = [Number(o.rho), Number(o.momentum), Number(o.epsilon)];
      if (slots.length === 1 && !(g instanceof SlicedGradient))
        return runMany(ops.rmspropStep, [p, g, slots[0]!], { rho, rate, epsilon });
      const v = slots[0]!.mul(rho).add(g.square().mul(1 - rho));
      const kept = [v];
      let denominator = v;
      if (o.centered) {
        const mean = slots[slots.length - 1]!.mul(rho).add(g.mul(1 - rho));
        denominator = v.sub(mean.square());
        kept.push(mean);
      }
      const increment = g.mul(rate).div(denominator.add(epsilon).sqrt());
      if (!(momentum > 0)) return [p.sub(increment), ...kept];
      const m = slots[1]!.mul(momentum).add(increment);
      return [p.sub(m), v, m, ...kept.slice(1)];
    },
  }),
);
export type RMSprop = InstanceType<typeof RMSprop>;
