/**
 * `torch.distributions.constraints`: which values are allowed.
 *
 * @packageDocumentation
 */
import { format } from "@cognate/py";
import { finfo } from "../limits.js";
import { eigvalsh } from "../linalg/eigen.js";
import { cholesky_ex } from "../linalg/factorize.js";
import { concatenate, stack as joined } from "../ops/joining.js";
import type { Tensor } from "../tensor/tensor.js";

interface ConstraintFacts {
  readonly lower_bound?: number | Tensor;
  readonly upper_bound?: number | Tensor;
  readonly base_constraint?: Constraint;
  readonly reinterpreted_batch_ndims?: number;
  readonly parts?: readonly Constraint[];
  readonly dim?: number;
  readonly lengths?: readonly number[];
}

/** A set of values, and how it prints. */
export class Constraint {
  constructor(
    private readonly _text: string,
    /** Whether each value (or each vector, of the last axes) is in the set. */
    readonly check: (value: Tensor) => Tensor,
    readonly is_discrete = false,
    /** How many axes make one value. */
    readonly event_dim = 0,
    /** What it is made of: bounds, a base, parts. */
    readonly _facts: ConstraintFacts = {},
  ) {}
  /** The name of its class. */
  get _kind(): string {
    return this._text.slice(0, this._text.indexOf("("));
  }
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
  new Constraint(`GreaterThan(lower_bound=${shown(low)})`, (v) => v.gt(low), false, 0, { lower_bound: low });
export const greater_than_eq = (low: Bound): Constraint =>
  new Constraint(`GreaterThanEq(lower_bound=${shown(low)})`, (v) => v.ge(low), false, 0, {
    lower_bound: low,
  });
export const less_than = (high: Bound): Constraint =>
  new Constraint(`LessThan(upper_bound=${shown(high)})`, (v) => v.lt(high), false, 0, { upper_bound: high });
export const interval = (low: Bound, high: Bound): Constraint =>
  new Constraint(
    `Interval(lower_bound=${shown(low)}, upper_bound=${shown(high)})`,
    (v) => v.ge(low).logical_and(v.le(high)),
    false,
    0,
    { lower_bound: low, upper_bound: high },
  );
export const half_open_interval = (low: Bound, high: Bound): Constraint =>
  new Constraint(
    `HalfOpenInterval(lower_bound=${shown(low)}, upper_bound=${shown(high)})`,
    (v) => v.ge(low).logical_and(v.lt(high)),
    false,
    0,
    { lower_bound: low, upper_bound: high },
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
    { base_constraint: base, reinterpreted_batch_ndims: axes },
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
  (v) => v.isclose(v.mT, { atol: 1e-6 }).all(-1).all(-1).logical_and(cholesky_ex(v).info.eq(0)),
  false,
  2,
);
export const positive_integer = new Constraint(
  "IntegerGreaterThan(lower_bound=1)",
  (v) => isWhole(v).logical_and(v.ge(1)),
  true,
);
export const square = new Constraint(
  "Square()",
  (v) => v.new_full(v.shape.slice(0, -2), v.shape.at(-1) === v.shape.at(-2)).bool(),
  false,
  2,
);
export const symmetric = new Constraint(
  "Symmetric()",
  (v) => v.isclose(v.mT, { atol: 1e-6 }).all(-2).all(-1),
  false,
  2,
);
export const positive_semidefinite = new Constraint(
  "PositiveSemidefinite()",
  (v) => symmetric.check(v).logical_and(eigvalsh(v).ge(0).all(-1)),
  false,
  2,
);
/** Lower triangular matrices with positive diagonal whose rows have length 1. */
export const corr_cholesky = new Constraint(
  "CorrCholesky()",
  (v) => {
    const most = finfo(v.dtype).eps * (v.shape.at(-1) as number) * 10;
    const unit = v.square().sum(-1).sqrt().sub(1).abs().le(most).all(-1);
    return lower_cholesky.check(v).logical_and(unit);
  },
  false,
  2,
);
/** Parts along an axis, each with a constraint of its own. */
export function cat(
  parts: readonly Constraint[],
  dim = 0,
  lengths: readonly number[] | null = null,
): Constraint {
  const sizes = lengths ?? parts.map(() => 1);
  return new Constraint(
    "Cat()",
    (v) => {
      let at = 0;
      return concatenate(
        parts.map((c, i) => {
          const own = c.check(v.narrow(dim, at, sizes[i]!));
          at += sizes[i]!;
          return own;
        }),
        dim,
      );
    },
    parts.some((c) => c.is_discrete),
    Math.max(...parts.map((c) => c.event_dim)),
    { parts, dim, lengths: sizes },
  );
}
/** Slices along an axis, each with a constraint of its own. */
export const stack = (parts: readonly Constraint[], dim = 0): Constraint =>
  new Constraint(
    "Stack()",
    (v) =>
      joined(
        parts.map((c, i) => c.check(v.select(dim, i))),
        dim,
      ),
    parts.some((c) => c.is_discrete),
    Math.max(...parts.map((c) => c.event_dim)) + (dim < 0 ? 1 : 0),
    { parts, dim },
  );
