import { ParamError, ShapeError } from "../../errors/errors.js";
import { normalizeAxes } from "../../strided/axes.js";
import { positions } from "../../strided/iterate.js";
import { contiguousStrides, type Shape, Strided, sizeOf } from "../../strided/strided.js";

/** Over which elements statistics are taken, and along which axes weight and bias run. */
export interface StandardizeParams {
  /** Axes that one mean and variance are taken over. */
  readonly axes: readonly number[];
  /** Axes of x that weight and bias have, in order; none if there are neither. */
  readonly affine?: readonly number[];
  /** Cuts axis 1 into so many groups, each with statistics of its own; `axes` then names axis 1 too. */
  readonly groups?: number;
  readonly eps: number;
  /** Subtract the mean; without it the variance is the mean of squares (RMS normalisation). */
  readonly center?: boolean;
}

/** An array cut as {@link StandardizeParams} says: lines of elements with common statistics. */
export interface Lines {
  /** Shape with axis 1 cut into groups; `axes` and `affine` count in it. */
  readonly shape: Shape;
  readonly axes: readonly number[];
  readonly affine: readonly number[];
  /** Shape of the statistics. */
  readonly outer: Shape;
  /** Number of elements of a line. */
  readonly length: number;
  /** Place in weight and bias of a line's first element, and of each element relative to it. */
  readonly affineBase: Float64Array;
  readonly affineStep: Float64Array;
}

export function linesOf(op: string, x: Shape, p: StandardizeParams): Lines {
  let axes = normalizeAxes(op, p.axes, x.length);
  let affine = normalizeAxes(op, p.affine ?? [], x.length);
  let shape = x;
  if (p.groups !== undefined) {
    if (x[1]! % p.groups !== 0) throw new ParamError(op, "groups", p.groups, `a divisor of ${x[1]} channels`);
    // Axis 1 becomes (group, channel within it): statistics run over the second, weights along both.
    shape = [x[0]!, p.groups, x[1]! / p.groups, ...x.slice(2)];
    axes = axes.map((a) => (a > 0 ? a + 1 : a));
    affine = affine.flatMap((a) => (a === 1 ? [1, 2] : a > 1 ? [a + 1] : [a]));
  }
  const rest = shape.map((_, i) => i).filter((i) => !axes.includes(i));
  const own = contiguousStrides(affine.map((a) => shape[a]!));
  const strides = shape.map((_, i) => (affine.includes(i) ? own[affine.indexOf(i)]! : 0));
  return {
    shape,
    axes,
    affine,
    outer: rest.map((i) => shape[i]!),
    length: sizeOf(axes.map((a) => shape[a]!)),
    affineBase: positions(shape, strides, rest),
    affineStep: positions(shape, strides, axes),
  };
}

/** Memory positions of the lines of `x`: of each first element, and of each element relative to it. */
export function placesOf(x: Strided, l: Lines): { array: Strided; base: Float64Array; step: Float64Array } {
  const rest = l.shape.map((_, i) => i).filter((i) => !l.axes.includes(i));
  const cut = cutAxis(x, l.shape);
  return {
    array: cut,
    base: positions(l.shape, cut.strides, rest).map((at) => at + cut.offset),
    step: positions(l.shape, cut.strides, l.axes),
  };
}

/** x with axis 1 cut in two, without copying; x itself if the shape is its own. */
function cutAxis(x: Strided, shape: Shape): Strided {
  if (shape.length === x.rank) return x;
  const s = x.strides;
  return new Strided(x.storage, x.dtype, shape, [s[0]!, s[1]! * shape[2]!, s[1]!, ...s.slice(2)], x.offset);
}

/** @throws ShapeError unless `w` has the axes of x that weight and bias run along */
export function checkAffine(
  op: string,
  name: string,
  w: Strided | null,
  x: Shape,
  p: StandardizeParams,
): void {
  const want = normalizeAxes(op, p.affine ?? [], x.length).map((a) => x[a]!);
  if (w && (w.rank !== want.length || want.some((n, i) => n !== w.shape[i])))
    throw new ShapeError(op, name, w.shape, `[${want.join(", ")}]`);
}
