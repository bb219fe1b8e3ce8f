import type { Value } from "@cognate/tensor";
import { floatx } from "../backend/config.js";
import { Variable } from "../backend/variable.js";
import { hide } from "../hide.js";
import { moments } from "./adam.js";
import { optimizerClass, powerOf, type Round, roundingOf, type Step, slotOptimizer } from "./make.js";
import type { Rate } from "./optimizer.js";

const options = (learning_rate: Rate = 0.001, beta_1 = 0.9, beta_2 = 0.999, epsilon = 1e-7) => ({
  learning_rate,
  beta_1,
  beta_2,
  epsilon,
});
type Options = ReturnType<typeof options>;

/** β₁·(1 − ½·0.96ᵗ): how much momentum step t has. */
const schedule = (round: Round, beta1: number, t: number): number =>
  round(round(beta1) * round(1 - round(0.5 * powerOf(round, 0.96, t))));

class NadamBase extends slotOptimizer<Options>({
  slots: () => [["momentum", "velocity"]],
  step: (s) => {
    const { p, g, rate, t, round, options: o, optimizer } = s;
    const [beta1, beta2] = [Number(o.beta_1), Number(o.beta_2)];
    const now = schedule(round, beta1, t);
    const next = schedule(round, beta1, t + 1);
    const product = round(Number((optimizer as NadamBase)._u_product));
    const [m, v] = moments(s as Step<never>, round(beta1), round(beta2));
    const ahead = m.mul(next).div(round(1 - round(product * next)));
    const here = g.mul(round(1 - now)).div(round(1 - product));
    const mean = v.div(round(1 - powerOf(round, beta2, t)));
    return [
      p.sub(
        ahead
          .add(here)
          .mul(rate)
          .div(mean.sqrt().add(Number(o.epsilon))),
      ),
      m,
      v,
    ];
  },
}) {
  /** The product of all momenta so far. */
  declare _u_product: Variable;

  override build(variables: readonly Variable[]): void {
    if (this.built) return;
    super.build(variables);
    const dtype = variables[0]?._current.dtype.name ?? floatx();
    hide(this, "_u_product", this._track_variable(new Variable(1, { dtype })));
  }
  /** The product that goes with the steps so far. */
  _derive(): void {
    const round = roundingOf(this._u_product._current.dtype);
    const beta1 = Number(this._options.beta_1);
    const factors = Array.from({ length: this._count }, (_, t) => schedule(round, beta1, t + 1));
    this._u_product.assign(factors.reduce((product, f) => round(product * f), 1));
  }
  override _beforeUpdates(): void {
    const product = this._u_product._current;
    const round = roundingOf(product.dtype);
    const factor = schedule(round, Number(this._options.beta_1), this._count + 1);
    this._u_product._take(product.mul(factor) as Value);
  }
}

/** `keras.optimizers.Nadam`: Adam with Nesterov's momentum, which grows over the first steps. */
export const Nadam = optimizerClass("nadam.Nadam", "learning_rate beta_1 beta_2 epsilon", options, NadamBase);
export type Nadam = InstanceType<typeof Nadam>;
