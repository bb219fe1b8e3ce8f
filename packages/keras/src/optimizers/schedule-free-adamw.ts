import type { Variable } from "../backend/variable.js";
import { optimizerClass, powerOf, slotOptimizer } from "./make.js";
import type { Rate } from "./optimizer.js";

const options = (
  learning_rate: Rate = 0.0025,
  beta_1 = 0.9,
  beta_2 = 0.999,
  epsilon = 1e-8,
  warmup_steps = 0,
) => ({ learning_rate, beta_1, beta_2, epsilon, warmup_steps });

class ScheduleFreeBase extends slotOptimizer<ReturnType<typeof options>>({
  slots: () => [["momentum", "velocity"]],
  step: ({ p, g, slots: [m, v], rate, t, round, options: o }) => {
    const [beta1, beta2] = [round(Number(o.beta_1)), round(Number(o.beta_2))];
    const warm = o.warmup_steps > 0 ? Math.min(t / o.warmup_steps, 1) : 1;
    const square = v!.add(
      g
        .square()
        .sub(v!)
        .mul(round(1 - beta2)),
    );
    const root = square
      .div(round(1 - powerOf(round, beta2, t)))
      .sqrt()
      .add(Number(o.epsilon));
    const z = m!.sub(g.mul(round(rate * round(warm))).div(root));
    const weight = round(1 / t);
    // Keras on TensorFlow reads the old momentum only after it was moved.
    const before = p.sub(z.mul(round(1 - beta1))).div(beta1);
    const x = before.mul(round(1 - weight)).add(z.mul(weight));
    return [z.mul(round(1 - beta1)).add(x.mul(beta1)), z, square];
  },
}) {
  override build(variables: readonly Variable[]): void {
    if (this.built) return;
    super.build(variables);
    this._slots[0]!.forEach((m, i) => {
      m?.assign(variables[i]!.value);
    });
  }
}

/** `keras.optimizers.ScheduleFreeAdamW`: averages the iterates instead of lowering the learning rate. */
export const ScheduleFreeAdamW = optimizerClass(
  "schedule_free_adamw.ScheduleFreeAdamW",
  "learning_rate beta_1 beta_2 epsilon warmup_steps",
  options,
  ScheduleFreeBase,
  ["warmup_steps"],
);
export type ScheduleFreeAdamW = InstanceType<typeof ScheduleFreeAdamW>;
