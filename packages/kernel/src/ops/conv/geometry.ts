import type { DType } from "../../dtype/dtype.js";
import { DTypeError, ParamError, ShapeError } from "../../errors/errors.js";
import { contiguousStrides, type Shape, Strided, sizeOf } from "../../strided/strided.js";
import { checkLength, type WindowParams, windowCount } from "../engines/windows.js";

/** How the kernel slides over the image; one entry an axis in every list. */
export interface ConvParams extends Omit<WindowParams, "kernel"> {
  /** Input and output channels are cut into this many groups that do not see each other. */
  readonly groups: number;
}

type Three = readonly [number, number, number];

/** Sizes of one convolution, with three spatial axes (the first ones 1 where there are fewer). */
export interface Geometry {
  readonly batch: number;
  readonly groups: number;
  /** Channels of one group on either side. */
  readonly inChannels: number;
  readonly outChannels: number;
  readonly input: Three;
  readonly kernel: Three;
  readonly output: Three;
  readonly stride: Three;
  readonly before: Three;
  readonly dilation: Three;
  /** Elements under the kernel in one group: what one output element sums over. */
  readonly patch: number;
  /** Output positions of one image. */
  readonly positions: number;
}

const three = (list: readonly number[], fill: number): Three =>
  [...new Array<number>(3 - list.length).fill(fill), ...list] as unknown as Three;

/**
 * Sizes of the convolution of x `[batch, channels, …spatial]` with w `[out, channels/groups, …kernel]`.
 *
 * @throws ShapeError, ParamError where they do not fit
 */
export function geometryOf(op: string, x: Shape, w: Shape, p: ConvParams): Geometry {
  const axes = x.length - 2;
  if (axes < 1 || axes > 3) throw new ShapeError(op, "x", x, "[batch, channels, …spatial] with 1 to 3 axes");
  if (w.length !== x.length) throw new ShapeError(op, "w", w, `${x.length} axes like x`);
  for (const name of ["stride", "padding", "dilation"] as const) checkLength(op, name, p[name], axes);
  const { groups } = p;
  if (w[1]! * groups !== x[1])
    throw new ShapeError(op, "x", x, `${w[1]! * groups} channels (w is [${w.join(", ")}], groups ${groups})`);
  if (w[0]! % groups !== 0)
    throw new ParamError(op, "groups", groups, `a divisor of ${w[0]} output channels`);
  const output = Array.from({ length: axes }, (_, i) => {
    const count = windowCount(x[2 + i]!, w[2 + i]!, p.stride[i]!, p.padding[i]!, p.dilation[i]!);
    if (count < 1)
      throw new ShapeError(op, "x", x, `spatial axis ${i} to hold the kernel (w is [${w.join(", ")}])`);
    return count;
  });
  const kernel = three(w.slice(2), 1);
  return {
    batch: x[0]!,
    groups,
    inChannels: w[1]!,
    outChannels: w[0]! / groups,
    input: three(x.slice(2), 1),
    kernel,
    output: three(output, 1),
    stride: three(p.stride, 1),
    before: three(
      p.padding.map(([b]) => b),
      0,
    ),
    dilation: three(p.dilation, 1),
    patch: w[1]! * sizeOf(kernel),
    positions: sizeOf(output),
  };
}

/** Strides of an image array with the spatial axes brought to three. */
export function imageStrides(x: Strided): { batch: number; channel: number; spatial: Three } {
  return { batch: x.strides[0]!, channel: x.strides[1]!, spatial: three(x.strides.slice(2), 0) };
}

/** Whether channels lie next to each other in memory while the logical order has them second. */
export function channelsLast(x: Strided): boolean {
  if (x.rank < 3 || x.contiguous) return false;
  let step = 1;
  for (const axis of [1, ...Array.from({ length: x.rank - 2 }, (_, i) => x.rank - 1 - i)]) {
    if (x.shape[axis] !== 1 && x.strides[axis] !== step) return false;
    step *= x.shape[axis]!;
  }
  return true;
}

/** Zeros whose axes, from the outermost in memory to the innermost, are those of `order`. */
function zerosInOrder(dtype: DType, shape: Shape, order: readonly number[]): Strided {
  const inner = contiguousStrides(order.map((a) => shape[a]!));
  const strides = new Array<number>(shape.length);
  order.forEach((axis, i) => {
    strides[axis] = inner[i]!;
  });
  return Strided.zeros(
    dtype,
    order.map((a) => shape[a]!),
  ).view(shape, strides);
}

const spatialAxes = (rank: number): number[] => Array.from({ length: rank - 2 }, (_, i) => i + 2);

/** Zeros `[batch, channels, …spatial]` that lie in memory as `like` does: channels last there, channels last here. */
export const imageLike = (like: Strided, dtype: DType, shape: Shape): Strided =>
  channelsLast(like)
    ? zerosInOrder(dtype, shape, [0, ...spatialAxes(shape.length), 1])
    : Strided.zeros(dtype, shape);

/** Whether gradients of kernels lie with their channels last, too: those of the image, then those of the result. */
export const kernelsLast = (x: Strided, gy: Strided): boolean => channelsLast(x) && channelsLast(gy);

/** Zeros `[out, channels, …taps]` for the gradient of the kernels between x and gy. */
export const kernelsLike = (x: Strided, gy: Strided, dtype: DType, shape: Shape): Strided =>
  kernelsLast(x, gy)
    ? zerosInOrder(dtype, shape, [...spatialAxes(shape.length), 1, 0])
    : Strided.zeros(dtype, shape);

/** @throws DTypeError unless all arrays have one type that has numbers */
export function oneType(op: string, names: readonly string[], arrays: readonly (Strided | null)[]): DType {
  const type = arrays[0]!.dtype;
  arrays.forEach((x, i) => {
    if (x && x.dtype !== type)
      throw new DTypeError(op, names[i]!, x.dtype.name, `${type.name} like ${names[0]}`);
  });
  if (type.kind === "bool") throw new DTypeError(op, names[0]!, type.name, "a type of numbers");
  return type;
}
