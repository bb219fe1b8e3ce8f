import { classNames, ValueError } from "@cognate/py";
import { one_hot } from "../nn/functional/embedding.js";
import { binary_cross_entropy_with_logits } from "../nn/functional/loss/likelihood.js";
import { arange, empty, eye } from "../ops/creation.js";
import { broadcast_shapes } from "../ops/joining.js";
import { bernoulli, multinomial, poisson } from "../random/sample.js";
import type { Size } from "../size.js";
import type { Tensor } from "../tensor/tensor.js";
import * as constraints from "./constraints.js";
import { broadcastAll, DistributionImpl, distribution, lazy, type Param } from "./distribution.js";

const epsOf = (x: Tensor): number => (x.dtype.itemsize === 8 ? 2 ** -52 : 2 ** -23);
const inside = (p: Tensor): Tensor => p.clamp(epsOf(p), 1 - epsOf(p));

/** @throws ValueError unless exactly one is given */
function requireOne(probs: unknown, logits: unknown): void {
  if ((probs === null) === (logits === null))
    throw new ValueError("Either `probs` or `logits` must be specified, but not both.");
}

/** Distributions of yes and no, by probability or by its logit. */
abstract class Binary extends DistributionImpl {
  /** The one of the two that was given stands on the object itself, and so prints. */
  declare readonly probs: Tensor;
  declare readonly logits: Tensor;
  get arg_constraints() {
    return { probs: constraints.unit_interval, logits: constraints.real };
  }

  constructor(probs: Param | null = null, logits: Param | null = null, validate_args: boolean | null = null) {
    requireOne(probs, logits);
    const [given] = broadcastAll([(probs ?? logits) as Param]) as [Tensor];
    super(given.shape, [], validate_args);
    Object.defineProperty(this, probs === null ? "logits" : "probs", { value: given, enumerable: true });
    this._check();
  }
  /** The parameter that was given. */
  protected get _given(): Tensor {
    return Object.hasOwn(this, "probs") ? this.probs : this.logits;
  }
}
lazy(Binary, {
  probs: (d) => d.logits.sigmoid(),
  logits: (d) => {
    const p = inside(d.probs);
    return p.log().sub(p.neg().log1p());
  },
});

class BernoulliImpl extends Binary {
  override get has_enumerate_support(): boolean {
    return true;
  }
  override enumerate_support(expand = true): Tensor {
    return this._enumerated(arange(2, { dtype: this._given.dtype }), expand);
  }
  get support() {
    return constraints.boolean;
  }
  protected _draw(shape: number[]): Tensor {
    return bernoulli(this.probs.detach().expand(shape));
  }
  override get mean(): Tensor {
    return this.probs;
  }
  override get variance(): Tensor {
    return this.probs.mul(this.probs.rsub(1));
  }
  override get mode(): Tensor {
    const mode = this.probs.ge(0.5).to(this.probs.dtype);
    return mode.masked_fill(this.probs.eq(0.5), Number.NaN);
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const [logits, v] = broadcastAll([this.logits, value]) as [Tensor, Tensor];
    return binary_cross_entropy_with_logits(logits, v, { reduction: "none" }).neg();
  }
  override entropy(): Tensor {
    return binary_cross_entropy_with_logits(this.logits, this.probs, { reduction: "none" });
  }
}
/**
 * 1 with probability `probs`, else 0; or by `logits` = log(p/(1 − p)).
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.distributions.Bernoulli(torch.tensor([0.25, 0.5])).log_prob(torch.ones(2))); // prints tensor([-1.3863, -0.6931])
 * ```
 */
export const Bernoulli = distribution("bernoulli.Bernoulli", "probs logits validate_args", BernoulliImpl);
export type Bernoulli = BernoulliImpl;

class GeometricImpl extends Binary {
  get support() {
    return constraints.nonnegative_integer;
  }
  protected _draw(shape: number[]): Tensor {
    const tiny = this.probs.dtype.itemsize === 8 ? 2 ** -1022 : 2 ** -126;
    const u = empty(shape, { dtype: this.probs.dtype }).uniform_(tiny, 1);
    return u.log().div(this.probs.neg().log1p()).floor();
  }
  override get mean(): Tensor {
    return this.probs.reciprocal().sub(1);
  }
  override get mode(): Tensor {
    return this.probs.mul(0);
  }
  override get variance(): Tensor {
    return this.probs.reciprocal().sub(1).div(this.probs);
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const [v, p] = broadcastAll([value, this.probs]) as [Tensor, Tensor];
    const q = p.masked_fill(p.eq(1).logical_and(v.eq(0)), 0);
    return v.mul(q.neg().log1p()).add(this.probs.log());
  }
  override entropy(): Tensor {
    return binary_cross_entropy_with_logits(this.logits, this.probs, { reduction: "none" }).div(this.probs);
  }
}
/** How often it failed before the first success. */
export const Geometric = distribution("geometric.Geometric", "probs logits validate_args", GeometricImpl);
export type Geometric = GeometricImpl;

class PoissonImpl extends DistributionImpl {
  readonly rate: Tensor;
  get arg_constraints() {
    return { rate: constraints.nonnegative };
  }
  constructor(rate: Param, validate_args: boolean | null = null) {
    const [r] = broadcastAll([rate]) as [Tensor];
    super(r.shape, [], validate_args);
    this.rate = r;
    this._check();
  }
  get support() {
    return constraints.nonnegative_integer;
  }
  protected _draw(shape: number[]): Tensor {
    return poisson(this.rate.detach().expand(shape));
  }
  override get mean(): Tensor {
    return this.rate;
  }
  override get mode(): Tensor {
    return this.rate.floor();
  }
  override get variance(): Tensor {
    return this.rate;
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const [rate, v] = broadcastAll([this.rate, value]) as [Tensor, Tensor];
    return v.xlogy(rate).sub(rate).sub(v.add(1).lgamma());
  }
}
/** How many of many rare things happen, on average `rate`. */
export const Poisson = distribution("poisson.Poisson", "rate validate_args", PoissonImpl);
export type Poisson = PoissonImpl;

class CategoricalImpl extends DistributionImpl {
  declare readonly probs: Tensor;
  declare readonly logits: Tensor;
  protected readonly _count: number;
  get arg_constraints() {
    return { probs: constraints.simplex, logits: constraints.real_vector };
  }

  constructor(
    probs: Tensor | null = null,
    logits: Tensor | null = null,
    validate_args: boolean | null = null,
    event: readonly number[] = [],
  ) {
    requireOne(probs, logits);
    const given = (probs ?? logits) as Tensor;
    if (given.ndim < 1)
      throw new ValueError(
        `\`${probs === null ? "logits" : "probs"}\` parameter must be at least one-dimensional.`,
      );
    super(given.shape.slice(0, -1), event, validate_args);
    const value = probs === null ? given.sub(given.logsumexp(-1, true)) : given.div(given.sum(-1, true));
    Object.defineProperty(this, probs === null ? "logits" : "probs", { value, enumerable: true });
    this._count = given.shape[given.ndim - 1]!;
    this._check();
  }
  get support(): constraints.Constraint {
    return constraints.integer_interval(0, this._count - 1);
  }
  get param_shape(): Size {
    return (Object.hasOwn(this, "probs") ? this.probs : this.logits).shape;
  }
  override get has_enumerate_support(): boolean {
    return true;
  }
  override enumerate_support(expand = true): Tensor {
    return this._enumerated(arange(this._count), expand);
  }
  /** Indices of a shape. */
  protected _indices(shape: readonly number[]): Tensor {
    const count = shape.slice(0, shape.length - this.batch_shape.length).reduce((a, b) => a * b, 1);
    const flat = this.probs.detach().reshape(-1, this._count);
    return multinomial(flat, count, true).T.reshape(shape);
  }
  protected _draw(shape: number[]): Tensor {
    return this._indices(shape);
  }
  override get mean(): Tensor {
    return this.probs.select(-1, 0).detach().mul(0).add(Number.NaN);
  }
  override get variance(): Tensor {
    return this.mean;
  }
  override get mode(): Tensor {
    return this.probs.argmax(-1);
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const index = value.long().unsqueeze(-1);
    const shape = broadcast_shapes(index.shape.slice(0, -1), this.logits.shape.slice(0, -1));
    const logits = this.logits.expand([...shape, this._count]);
    return logits.gather(-1, index.expand([...shape, 1])).squeeze(-1);
  }
  override entropy(): Tensor {
    const logits = this.logits.clamp_min(
      this.logits.dtype.itemsize === 8 ? -1.7976931348623157e308 : -3.4028234663852886e38,
    );
    return logits.mul(this.probs).sum(-1).neg();
  }
}
lazy(CategoricalImpl, {
  probs: (d) => d.logits.softmax(-1),
  logits: (d) => inside(d.probs).log(),
});
/** The place of one of several, with probabilities proportional to `probs`. */
export const Categorical = distribution(
  "categorical.Categorical",
  "probs logits validate_args",
  CategoricalImpl,
);
export type Categorical = CategoricalImpl;

class OneHotCategoricalImpl extends CategoricalImpl {
  constructor(
    probs: Tensor | null = null,
    logits: Tensor | null = null,
    validate_args: boolean | null = null,
  ) {
    super(probs, logits, validate_args, ((probs ?? logits) as Tensor | null)?.shape.slice(-1) ?? []);
  }
  override get support(): constraints.Constraint {
    return constraints.one_hot;
  }
  override enumerate_support(expand = true): Tensor {
    return this._enumerated(eye(this._count, { dtype: this.probs.dtype }), expand);
  }
  protected override _draw(shape: number[]): Tensor {
    return one_hot(this._indices(shape.slice(0, -1)), this._count).to(this.probs.dtype);
  }
  override get mean(): Tensor {
    return this.probs;
  }
  override get variance(): Tensor {
    return this.probs.mul(this.probs.rsub(1));
  }
  override get mode(): Tensor {
    return one_hot(this.probs.argmax(-1), this._count).to(this.probs.dtype);
  }
  override log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const index = value.argmax(-1).unsqueeze(-1);
    const shape = broadcast_shapes(index.shape.slice(0, -1), this.logits.shape.slice(0, -1));
    return this.logits
      .expand([...shape, this._count])
      .gather(-1, index.expand([...shape, 1]))
      .squeeze(-1);
  }
  override __repr__(): string {
    const path = classNames.get(this.constructor) ?? "";
    return `${path.slice(path.lastIndexOf(".") + 1)}()`;
  }
}
/** {@link Categorical} whose samples are vectors with a single 1. */
export const OneHotCategorical = distribution(
  "one_hot_categorical.OneHotCategorical",
  "probs logits validate_args",
  OneHotCategoricalImpl,
);
export type OneHotCategorical = OneHotCategoricalImpl;
