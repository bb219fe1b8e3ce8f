import { pyClass } from "@cognate/py";
import { epsilon } from "../backend/config.js";
import { valueOf } from "../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import { add, clip, divide, maximum, multiply, sqrt, square } from "../ops/numpy/elementwise.js";
import { sum } from "../ops/numpy/reduction.js";
import { ConstraintImpl } from "./constraint.js";

const PATH = "keras.src.constraints.constraints";

type Axis = number | readonly number[];

/** Lengths along an axis, kept as an axis of 1. */
const norms = (w: Tensor, axis: Axis): Tensor => sqrt.impl(sum.impl(square.impl(w), axis, true));
/** w with lengths `wanted` in place of those it has. */
const rescaled = (w: Tensor, wanted: Tensor, lengths: Tensor): Tensor =>
  multiply.impl(w, divide.impl(wanted, add.impl(epsilon(), lengths)));

const tensorOf = (x: TensorLike): Tensor => wrap(valueOf(x));

class MaxNormImpl extends ConstraintImpl {
  readonly max_value: number;
  readonly axis: Axis;
  constructor(max_value = 2, axis: Axis = 0) {
    super();
    this.max_value = max_value;
    this.axis = axis;
  }
  override __call__(given: TensorLike): Tensor {
    const w = tensorOf(given);
    const lengths = norms(w, this.axis);
    return rescaled(w, clip.impl(lengths, 0, this.max_value), lengths);
  }
  override get_config(): Record<string, unknown> {
    return { max_value: this.max_value, axis: this.axis };
  }
}
/** `keras.constraints.MaxNorm`: lengths along an axis of at most `max_value`. */
export const MaxNorm = pyClass(`${PATH}.MaxNorm`, "max_value axis", MaxNormImpl);
export type MaxNorm = MaxNormImpl;

class NonNegImpl extends ConstraintImpl {
  override __call__(w: TensorLike): Tensor {
    return maximum.impl(tensorOf(w), 0);
  }
}
/** `keras.constraints.NonNeg`: no negative weights. */
export const NonNeg = pyClass(`${PATH}.NonNeg`, "", NonNegImpl);
export type NonNeg = NonNegImpl;

class UnitNormImpl extends ConstraintImpl {
  readonly axis: Axis;
  constructor(axis: Axis = 0) {
    super();
    this.axis = axis;
  }
  override __call__(given: TensorLike): Tensor {
    const w = tensorOf(given);
    return divide.impl(w, add.impl(epsilon(), norms(w, this.axis)));
  }
  override get_config(): Record<string, unknown> {
    return { axis: this.axis };
  }
}
/** `keras.constraints.UnitNorm`: lengths of 1 along an axis. */
export const UnitNorm = pyClass(`${PATH}.UnitNorm`, "axis", UnitNormImpl);
export type UnitNorm = UnitNormImpl;

class MinMaxNormImpl extends ConstraintImpl {
  readonly min_value: number;
  readonly max_value: number;
  readonly rate: number;
  readonly axis: Axis;
  constructor(min_value = 0, max_value = 1, rate = 1, axis: Axis = 0) {
    super();
    this.min_value = min_value;
    this.max_value = max_value;
    this.rate = rate;
    this.axis = axis;
  }
  override __call__(given: TensorLike): Tensor {
    const w = tensorOf(given);
    const lengths = norms(w, this.axis);
    const within = multiply.impl(this.rate, clip.impl(lengths, this.min_value, this.max_value));
    return rescaled(w, add.impl(within, multiply.impl(1 - this.rate, lengths)), lengths);
  }
  override get_config(): Record<string, unknown> {
    return { min_value: this.min_value, max_value: this.max_value, rate: this.rate, axis: this.axis };
  }
}
/** `keras.constraints.MinMaxNorm`: lengths along an axis between two bounds, approached at `rate`. */
export const MinMaxNorm = pyClass(`${PATH}.MinMaxNorm`, "min_value max_value rate axis", MinMaxNormImpl);
export type MinMaxNorm = MinMaxNormImpl;
