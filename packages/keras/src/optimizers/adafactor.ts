import type { Value as KernelValue } from "@cognate/kernel";
import type { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../backend/create.js";
import type { Tensor } from "../backend/tensor.js";
import { Variable } from "../backend/variable.js";
import { hide } from "../hide.js";
import { OptionOptimizer, optimizerClass, powerOf, roundingOf } from "./make.js";
import type { Rate } from "./optimizer.js";

const options = (
  learning_rate: Rate = 0.001,
  beta_2_decay = -0.8,
  epsilon_1 = 1e-30,
  epsilon_2 = 0.001,
  clip_threshold = 1,
  relative_step = true,
) => ({ learning_rate, beta_2_decay, epsilon_1, epsilon_2, clip_threshold, relative_step });

const numberOf = (v: KernelValue): number => Number(v.array.data[v.array.offset]);
const rootMeanSquare = (v: KernelValue): number => Math.sqrt(numberOf(v.square().mean()));

class AdafactorBase extends OptionOptimizer<ReturnType<typeof options>> {
  /** Means of squared gradients by rows and by columns, and of single entries. */
  declare _r: (Variable | null)[];
  declare _c: (Variable | null)[];
  declare _v: (Variable | null)[];

  override build(variables: readonly Variable[]): void {
    if (this.built) return;
    super.build(variables);
    hide(this, "_r", []);
    hide(this, "_c", []);
    hide(this, "_v", []);
    for (const v of variables) {
      const { shape, dtype } = v._current;
      const overwritten = v.overwrite_with_gradient;
      if (shape.length < 2) {
        for (const list of [this._r, this._c])
          list.push(this._track_variable(new Variable(0, { name: v.name, trainable: false })));
      } else if (overwritten) for (const list of [this._r, this._c]) list.push(null);
      else {
        const own = (lengths: readonly number[]): Variable =>
          this.add_variable(lengths, "zeros", dtype.name, "none", null, v.name);
        this._r.push(own(shape.slice(0, -1)));
        this._c.push(own([...shape.slice(0, -2), shape[shape.length - 1]!]));
      }
      this._v.push(overwritten ? null : this.add_variable_from_reference(v, "velocity"));
    }
  }

  override update_step(gradient: Tensor, variable: Variable, learning_rate: unknown): void {
    const o = this._options;
    const p = variable._current;
    const g = castValue(valueOf(gradient), p.dtype);
    const round = roundingOf(p.dtype);
    const at = this._get_variable_index(variable);
    const t = this._count + 1;
    const inverse = round(1 / round(Math.sqrt(t)));
    let rate = round(Number(learning_rate));
    if (this._learning_rate instanceof Variable && o.relative_step) rate = Math.min(rate, inverse);
    const size = Math.max(round(Number(o.epsilon_2)), rootMeanSquare(p));
    const alpha = round(size * Math.min(rate, inverse));
    const squares = g.square().add(Number(o.epsilon_1));
    const beta = round(1 - powerOf(round, t, Number(o.beta_2_decay)));
    const mixed = (slot: Variable, next: KernelValue): KernelValue => {
      const mean = slot._current.mul(beta).add(next.mul(round(1 - beta)));
      slot._take(mean as Value);
      return mean;
    };
    let v: KernelValue;
    if (p.shape.length >= 2) {
      const r = mixed(this._r[at]!, squares.mean({ dims: [-1] }));
      const c = mixed(this._c[at]!, squares.mean({ dims: [-2] }));
      const share = r.div(r.mean({ dims: [-1], keepdim: true }));
      v = share
        .reshape({ shape: [...share.shape, 1] })
        .mul(c.reshape({ shape: [...c.shape.slice(0, -1), 1, c.shape[c.shape.length - 1]!] }));
      this._v[at]!._take(v as Value);
    } else v = mixed(this._v[at]!, squares);
    const u = g.div(v.sqrt());
    const clipped = u.div(Math.max(1, rootMeanSquare(u) / Number(o.clip_threshold)));
    variable._take(p.sub(clipped.mul(alpha)) as Value);
  }
}

/** `keras.optimizers.Adafactor`: keeps means of squared gradients by rows and columns instead of one an entry. */
export const Adafactor = optimizerClass(
  "adafactor.Adafactor",
  "learning_rate beta_2_decay epsilon_1 epsilon_2 clip_threshold relative_step",
  options,
  AdafactorBase,
);
export type Adafactor = InstanceType<typeof Adafactor>;
