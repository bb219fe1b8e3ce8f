import type { Value as KernelValue } from "@cognate/kernel";
import type { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../backend/create.js";
import type { Tensor } from "../backend/tensor.js";
import type { Variable } from "../backend/variable.js";
import { hide } from "../hide.js";
import { correctedRate } from "./adam.js";
import { AFTER_DECAY, OptionOptimizer, optimizerOf, roundingOf } from "./make.js";
import type { Rate } from "./optimizer.js";

interface MuonOptions extends Record<string, unknown> {
  readonly learning_rate: Rate;
  readonly adam_beta_1: number;
  readonly adam_beta_2: number;
  readonly epsilon: number;
  readonly exclude_layers: readonly string[];
  readonly muon_a: number;
  readonly muon_b: number;
  readonly muon_c: number;
  readonly adam_lr_ratio: number;
  readonly momentum: number;
  readonly ns_steps: number;
  readonly nesterov: boolean;
  readonly exclude_embeddings: boolean;
  readonly adam_weight_decay: number | null;
  readonly rms_rate: number | null;
}

const turned = (x: KernelValue): KernelValue => {
  const rank = x.shape.length;
  return x.permute({
    axes: x.shape.map((_, i) => (i === rank - 2 ? rank - 1 : i === rank - 1 ? rank - 2 : i)),
  });
};

class MuonBase extends OptionOptimizer<MuonOptions> {
  declare momentums: (Variable | null)[];
  declare adam_velocities: (Variable | null)[];

  /** Whether a variable is no matrix of a hidden layer, and moved as AdamW does. */
  _should_use_adamw(variable: Variable): boolean {
    const { exclude_embeddings, exclude_layers } = this._options;
    if (variable.ndim !== 2) return true;
    if (exclude_embeddings && variable.path.toLowerCase().includes("embedding")) return true;
    return exclude_layers.some((pattern) => new RegExp(pattern).test(variable.path));
  }

  override build(variables: readonly Variable[]): void {
    if (this.built) return;
    super.build(variables);
    hide(this, "momentums", []);
    hide(this, "adam_velocities", []);
    for (const v of variables) {
      const own = (name: string): Variable | null =>
        v.overwrite_with_gradient ? null : this.add_variable_from_reference(v, name);
      this.momentums.push(own("momentum"));
      this.adam_velocities.push(this._should_use_adamw(v) ? own("velocity") : null);
    }
  }

  override update_step(gradient: Tensor, variable: Variable, learning_rate: unknown): void {
    const o = this._options;
    const p = variable._current;
    const g = castValue(valueOf(gradient), p.dtype);
    const at = this._get_variable_index(variable);
    const [slot, square] = [this.momentums[at]!, this.adam_velocities[at]];
    const round = roundingOf(p.dtype);
    const rate = round(Number(learning_rate));
    const m = slot._current;
    if (square) {
      const alpha = correctedRate(
        round,
        round(rate * o.adam_lr_ratio),
        o.adam_beta_1,
        o.adam_beta_2,
        this._count + 1,
      );
      const mean = m.add(g.sub(m).mul(1 - o.adam_beta_1));
      const v = square._current;
      const squares = v.add(
        g
          .square()
          .sub(v)
          .mul(1 - o.adam_beta_2),
      );
      slot._take(mean as Value);
      square._take(squares as Value);
      variable._take(p.sub(mean.mul(alpha).div(squares.sqrt().add(o.epsilon))) as Value);
      return;
    }
    const mean = m.add(g.add(m.mul(o.momentum - 1)));
    slot._take(mean as Value);
    const update = this._orthogonal(o.nesterov ? g.add(mean.mul(o.momentum)) : mean).mul(rate);
    const longest = Math.sqrt(Math.max(...p.shape));
    const step = o.rms_rate === null ? update : update.mul(round(longest)).mul(o.rms_rate);
    variable._take(p.sub(step) as Value);
  }

  /** The nearest orthogonal matrix, by a few steps of a polynomial of Newton and Schulz's kind. */
  private _orthogonal(x: KernelValue): KernelValue {
    const { muon_a, muon_b, muon_c, ns_steps } = this._options;
    const [rows, columns] = x.shape.slice(-2) as [number, number];
    const tall = rows > columns;
    let y = tall ? turned(x) : x;
    y = y.div(
      y
        .square()
        .sum({ dims: [-2, -1], keepdim: true })
        .sqrt()
        .add(1e-7),
    );
    for (let i = 0; i < ns_steps; i++) {
      const a = y.matmul(turned(y));
      const b = a.mul(muon_b).add(a.mul(muon_c).matmul(a));
      y = y.mul(muon_a).add(b.matmul(y));
    }
    return tall ? turned(y) : y;
  }

  override _apply_weight_decay(variables: readonly Variable[]): void {
    for (const v of variables) {
      if (!this._use_weight_decay(v)) continue;
      const decay = this._should_use_adamw(v) ? this._options.adam_weight_decay : this.weight_decay;
      if (decay !== null) this._decay(v, decay);
    }
  }
}

/** `keras.optimizers.Muon`: matrices of hidden layers move along orthogonalised momentum, all else as AdamW does. */
export const Muon = optimizerOf(
  "muon.Muon",
  `learning_rate adam_beta_1 adam_beta_2 adam_weight_decay epsilon weight_decay ${AFTER_DECAY} exclude_layers exclude_embeddings muon_a muon_b muon_c adam_lr_ratio momentum ns_steps nesterov rms_rate **kwargs`,
  (
    learning_rate: Rate = 0.001,
    adam_beta_1 = 0.9,
    adam_beta_2 = 0.999,
    adam_weight_decay: number | null = 0.004,
    epsilon = 1e-7,
    weight_decay: number | null = 0.004,
    clipnorm: number | null = null,
    clipvalue: number | null = null,
    global_clipnorm: number | null = null,
    use_ema = false,
    ema_momentum = 0.99,
    ema_overwrite_frequency: number | null = null,
    loss_scale_factor: number | null = null,
    gradient_accumulation_steps: number | null = null,
    name: string | null = null,
    exclude_layers: readonly string[] | null = null,
    exclude_embeddings = true,
    muon_a = 3.4445,
    muon_b = -4.775,
    muon_c = 2.0315,
    adam_lr_ratio = 1,
    momentum = 0.95,
    ns_steps = 5,
    nesterov = true,
    rms_rate: number | null = 0.2,
    others: Readonly<Record<string, unknown>> = {},
  ) => ({
    own: {
      learning_rate,
      adam_beta_1: Number(adam_beta_1),
      adam_beta_2: Number(adam_beta_2),
      epsilon: Number(epsilon),
      exclude_layers: exclude_layers ?? [],
      muon_a: Number(muon_a),
      muon_b: Number(muon_b),
      muon_c: Number(muon_c),
      adam_lr_ratio,
      momentum: Number(momentum),
      ns_steps,
      nesterov,
      exclude_embeddings,
      adam_weight_decay,
      rms_rate: rms_rate === null ? null : Number(rms_rate),
    },
    common: [
      weight_decay,
      clipnorm,
      clipvalue,
      global_clipnorm,
      use_ema,
      ema_momentum,
      ema_overwrite_frequency,
      loss_scale_factor,
      gradient_accumulation_steps,
      name,
      others,
    ],
  }),
  MuonBase as never,
  ["adam_lr_ratio", "ns_steps"],
);
export type Muon = InstanceType<typeof Muon>;
