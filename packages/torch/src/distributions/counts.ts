import { NotImplementedError, ValueError } from "@cognate/py";
import { no_grad } from "../autograd/index.js";
import { softplus } from "../nn/functional/activation.js";
import { arange, zeros } from "../ops/creation.js";
import { lgamma } from "../ops/special-functions.js";
import { binomial, poisson } from "../random/sample.js";
import type { Tensor } from "../tensor/tensor.js";
import * as constraints from "./constraints.js";
import { Categorical } from "./discrete.js";
import { broadcastAll, DistributionImpl, distribution, lazy, type Param } from "./distribution.js";
import { Gamma } from "./gamma.js";

// Distributions of how often something happens.

const epsOf = (x: Tensor): number => (x.dtype.itemsize === 8 ? 2 ** -52 : 2 ** -23);
type Shape = Parameters<DistributionImpl["sample"]>[0];

/** A number of tries beside a probability, or its logit. */
abstract class Tries extends DistributionImpl {
  readonly total_count: Tensor;
  declare readonly probs: Tensor;
  declare readonly logits: Tensor;

  constructor(total_count: Param, probs: Param | null, logits: Param | null, validate_args: boolean | null) {
    if ((probs === null) === (logits === null))
      throw new ValueError("Either `probs` or `logits` must be specified, but not both.");
    const [count, given] = broadcastAll([total_count, (probs ?? logits) as Param]) as [Tensor, Tensor];
    super(given.shape, [], validate_args);
    this.total_count = count.to(given.dtype);
    Object.defineProperty(this, probs === null ? "logits" : "probs", { value: given, enumerable: true });
    this._check();
  }
}
lazy(Tries, {
  probs: (d) => d.logits.sigmoid(),
  logits: (d) => {
    const p = d.probs.clamp(epsOf(d.probs), 1 - epsOf(d.probs));
    return p.log().sub(p.neg().log1p());
  },
});

class BinomialImpl extends Tries {
  override get has_enumerate_support(): boolean {
    return true;
  }
  get arg_constraints(): Readonly<Record<string, constraints.Constraint>> {
    return {
      total_count: constraints.nonnegative_integer,
      probs: constraints.unit_interval,
      logits: constraints.real,
    };
  }
  constructor(
    total_count: Param = 1,
    probs: Param | null = null,
    logits: Param | null = null,
    validate_args: boolean | null = null,
  ) {
    super(total_count, probs, logits, validate_args);
  }
  get support(): constraints.Constraint {
    return constraints.integer_interval(0, this.total_count);
  }
  override get mean(): Tensor {
    return this.total_count.mul(this.probs);
  }
  override get mode(): Tensor {
    return this.total_count.add(1).mul(this.probs).floor().clamp({ max: this.total_count });
  }
  override get variance(): Tensor {
    return this.total_count.mul(this.probs).mul(this.probs.rsub(1));
  }
  protected _draw(shape: number[]): Tensor {
    return binomial(this.total_count.expand(shape), this.probs.expand(shape));
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const { total_count: n, logits } = this;
    const normal = n
      .mul(logits.clamp({ min: 0 }))
      .add(n.mul(logits.abs().neg().exp().log1p()))
      .sub(lgamma(n.add(1)));
    return value
      .mul(logits)
      .sub(lgamma(value.add(1)))
      .sub(lgamma(n.sub(value).add(1)))
      .sub(normal);
  }
  /** Every possible number of successes, along a new first axis. @throws NotImplementedError for unlike counts */
  override enumerate_support(expand = true): Tensor {
    const most = Math.trunc(this.total_count.max().item() as number);
    if (this.total_count.min().item() !== most)
      throw new NotImplementedError("Inhomogeneous total count not supported by `enumerate_support`.");
    const values = arange(0, most + 1, 1, { dtype: this.total_count.dtype }).view(
      -1,
      ...this.batch_shape.map(() => 1),
    );
    return expand ? values.expand([-1, ...this.batch_shape]) : values;
  }
  override entropy(): Tensor {
    const total = this.enumerate_support(false);
    const log = this.log_prob(total);
    return log.exp().mul(log).sum(0).neg();
  }
}
/**
 * How many of `total_count` tries succeed.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.distributions.Binomial(4, torch.tensor([0.5])).log_prob(torch.tensor([2])).exp()); // prints tensor([0.3750])
 * ```
 */
export const Binomial = distribution(
  "binomial.Binomial",
  "total_count probs logits validate_args",
  BinomialImpl,
);
export type Binomial = BinomialImpl;

class NegativeBinomialImpl extends Tries {
  get arg_constraints(): Readonly<Record<string, constraints.Constraint>> {
    return {
      total_count: constraints.greater_than_eq(0),
      probs: constraints.half_open_interval(0, 1),
      logits: constraints.real,
    };
  }
  constructor(
    total_count: Param,
    probs: Param | null = null,
    logits: Param | null = null,
    validate_args: boolean | null = null,
  ) {
    super(total_count, probs, logits, validate_args);
  }
  get support() {
    return constraints.nonnegative_integer;
  }
  override get mean(): Tensor {
    return this.total_count.mul(this.logits.exp());
  }
  override get mode(): Tensor {
    return this.total_count.sub(1).mul(this.logits.exp()).floor().clamp({ min: 0 });
  }
  override get variance(): Tensor {
    return this.mean.div(this.logits.neg().sigmoid());
  }
  protected _draw(_shape: number[]): Tensor {
    return this.sample();
  }
  override sample(sample_shape: Shape = []): Tensor {
    return no_grad(() => {
      const rates = Gamma(this.total_count, this.logits.neg().exp(), { validate_args: false });
      return poisson(rates.sample(sample_shape));
    });
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const { total_count: n, logits } = this;
    const log_sigmoid = (x: Tensor): Tensor => softplus(x.neg()).neg();
    const weight = n.mul(log_sigmoid(logits.neg())).add(value.mul(log_sigmoid(logits)));
    const scale = lgamma(n.add(value))
      .neg()
      .add(lgamma(value.add(1)))
      .add(lgamma(n));
    return weight.sub(scale.masked_fill(n.add(value).eq(0), 0));
  }
}
/** How many successes there are before `total_count` failures. */
export const NegativeBinomial = distribution(
  "negative_binomial.NegativeBinomial",
  "total_count probs logits validate_args",
  NegativeBinomialImpl,
);
export type NegativeBinomial = NegativeBinomialImpl;

class MultinomialImpl extends DistributionImpl {
  get arg_constraints() {
    return { probs: constraints.simplex, logits: constraints.real_vector };
  }
  readonly total_count: number;
  private readonly _categorical: InstanceType<typeof Categorical>;
  constructor(
    total_count: number | Number = 1,
    probs: Tensor | null = null,
    logits: Tensor | null = null,
    validate_args: boolean | null = null,
  ) {
    const each = Categorical(probs, logits);
    super(each.batch_shape, each.probs.shape.slice(-1), validate_args);
    this.total_count = Number(total_count);
    this._categorical = each;
  }
  get probs(): Tensor {
    return this._categorical.probs;
  }
  get logits(): Tensor {
    return this._categorical.logits;
  }
  get support() {
    return constraints.multinomial(this.total_count);
  }
  override get mean(): Tensor {
    return this.probs.mul(this.total_count);
  }
  override get variance(): Tensor {
    return this.probs.mul(this.total_count).mul(this.probs.rsub(1));
  }
  protected _draw(shape: number[]): Tensor {
    const lead = shape.slice(0, shape.length - this.batch_shape.length - 1);
    const drawn = this._categorical.sample([this.total_count, ...lead]);
    const last = drawn.permute(...Array.from({ length: drawn.ndim - 1 }, (_, i) => i + 1), 0);
    const counts = zeros(shape, { dtype: this.probs.dtype });
    return counts.scatter_add(-1, last, last.mul(0).add(1).to(counts.dtype));
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const [logits, v] = broadcastAll([this.logits, value]) as [Tensor, Tensor];
    const known = logits.masked_fill(v.eq(0).logical_and(logits.eq(Number.NEGATIVE_INFINITY)), 0);
    return lgamma(v.sum(-1).add(1))
      .sub(lgamma(v.add(1)).sum(-1))
      .add(known.mul(v).sum(-1));
  }
  override entropy(): Tensor {
    const n = this.total_count;
    const own = this._categorical
      .entropy()
      .mul(n)
      .sub(lgamma(this.probs.new_tensor(n + 1)));
    const counts = arange(0, n + 1, 1, { dtype: this.probs.dtype })
      .view(-1, ...Array.from({ length: this.batch_shape.length + 1 }, () => 1))
      .at("1:");
    const weights = Binomial(n, { probs: this.probs }).log_prob(counts).exp();
    return own.add(weights.mul(lgamma(counts.add(1))).sum([0, -1]));
  }
}
/** How often each of several came in `total_count` draws. */
export const Multinomial = distribution(
  "multinomial.Multinomial",
  "total_count probs logits validate_args",
  MultinomialImpl,
);
export type Multinomial = MultinomialImpl;
