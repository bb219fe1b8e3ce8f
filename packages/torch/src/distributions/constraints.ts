/**
 * `torch.distributions.constraints`: which values are allowed.
 *
 * @packageDocumentation
 */
import { format } from "@cognate/py";
import type { Tensor } from "../tensor/tensor.js";

/** A set of values, and how it prints. */
export class Constraint {
  constructor(
    private readonly _text: string,
    /** Whether each value (or each vector, of the last axes) is in the set. */
    readonly check: (value: Tensor) => Tensor,
    readonly is_discrete = false,
    /** How many axes make one value. */
    readonly event_dim = 0,
  ) {}
  __repr__(): string {
    return this._text;
  }
  toString(): string {
    return this._text;
  }
}

type Bound = number | Tensor;
/** A bound as Python prints a float. */
const shown = (x: Bound): string =>
  typeof x === "number" ? (Number.isInteger(x) ? `${x}.0` : String(x)) : x.ndim === 0 ? format(x) : String(x);

const isWhole = (v: Tensor): Tensor => v.fmod(1).eq(0);

export const real = new Constraint("Real()", (v) => v.eq(v));
export const boolean = new Constraint("Boolean()", (v) => v.eq(0).logical_or(v.eq(1)), true);
export const greater_than = (low: Bound): Constraint =>
  new Constraint(`GreaterThan(lower_bound=${shown(low)})`, (v) => v.gt(low));
export const greater_than_eq = (low: Bound): Constraint =>
  new Constraint(`GreaterThanEq(lower_bound=${shown(low)})`, (v) => v.ge(low));
export const less_than = (high: Bound): Constraint =>
  new Constraint(`LessThan(upper_bound=${shown(high)})`, (v) => v.lt(high));
export const interval = (low: Bound, high: Bound): Constraint =>
  new Constraint(`Interval(lower_bound=${shown(low)}, upper_bound=${shown(high)})`, (v) =>
    v.ge(low).logical_and(v.le(high)),
  );
export const half_open_interval = (low: Bound, high: Bound): Constraint =>
  new Constraint(`HalfOpenInterval(lower_bound=${shown(low)}, upper_bound=${shown(high)})`, (v) =>
    v.ge(low).logical_and(v.lt(high)),
  );
export const integer_interval = (low: number, high: Bound): Constraint =>
  new Constraint(
    `IntegerInterval(lower_bound=${low}, upper_bound=${typeof high === "number" ? high : shown(high)})`,
    (v) => isWhole(v).logical_and(v.ge(low)).logical_and(v.le(high)),
    true,
  );
export const nonnegative_integer = new Constraint(
  "IntegerGreaterThan(lower_bound=0)",
  (v) => isWhole(v).logical_and(v.ge(0)),
  true,
);
export const positive = greater_than(0);
export const nonnegative = greater_than_eq(0);
export const unit_interval = interval(0, 1);
export const simplex = new Constraint(
  "Simplex()",
  (v) => v.ge(0).all(-1).logical_and(v.sum(-1).sub(1).abs().lt(1e-6)),
  false,
  1,
);
export const one_hot = new Constraint(
  "OneHot()",
  (v) => v.eq(0).logical_or(v.eq(1)).all(-1).logical_and(v.sum(-1).eq(1)),
  true,
  1,
);
/** Whole numbers whose sum is `most`. */
export const multinomial = (most: number): Constraint =>
  new Constraint("Multinomial()", (v) => v.ge(0).all(-1).logical_and(v.sum(-1).le(most)), true, 1);
/** A constraint on all of the last axes at once. */
export const independent = (base: Constraint, axes: number): Constraint =>
  new Constraint(
    `IndependentConstraint(${base}, ${axes})`,
    (v) => {
      let ok = base.check(v);
      for (let i = 0; i < axes; i++) ok = ok.all(-1);
      return ok;
    },
    base.is_discrete,
    base.event_dim + axes,
  );
export const real_vector = independent(real, 1);
export const lower_cholesky = new Constraint(
  "LowerCholesky()",
  (v) =>
    v
      .tril()
      .eq(v)
      .all(-1)
      .all(-1)
      .logical_and(v.diagonal(0, -2, -1).gt(0).all(-1)),
  false,
  2,
);
export const positive_definite = new Constraint(
  "PositiveDefinite()",
  (v) => v.isclose(v.mT, { atol: 1e-6 }).all(-1).all(-1),
  false,
  2,
);
