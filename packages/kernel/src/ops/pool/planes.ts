import type { DType } from "../../dtype/dtype.js";
import { cloneContiguous } from "../../strided/copy.js";
import { contiguousStrides, type Shape, Strided, sizeOf } from "../../strided/strided.js";
import { imageLike } from "../conv/geometry.js";

/**
 * An array as planes: for every combination of the leading axes the elements of the last axes, row-major at one step. A class,
 * because a literal's getter would stay in the literal's hidden class, and the array with it until a full collection.
 */
export class Planes {
  private _bases: Float64Array | null = null;

  constructor(
    readonly array: Strided,
    private readonly _axes: number,
    /** Distance between neighbours within a plane. */
    readonly step: number,
    /** Elements of a plane. */
    readonly length: number,
  ) {}

  /** Position of each plane's first element. Fast kernels do without them. */
  get bases(): Float64Array {
    return (this._bases ??= basesOf(this.array, this._axes));
  }
}

/** The step between elements of the last axes if they lie row-major at one step, else 0. */
function planeStep(x: Strided, axes: number): number {
  let step = 0;
  let expected = 0;
  for (let i = x.rank - 1; i >= x.rank - axes; i--) {
    if (x.shape[i] === 1) continue;
    if (step === 0) step = expected = x.strides[i]!;
    if (x.strides[i] !== expected) return 0;
    expected *= x.shape[i]!;
  }
  return step || 1;
}

/** x as planes of its last `axes` axes; copied only if they do not lie so already. */
export function planesOf(x: Strided, axes: number): Planes {
  const step = planeStep(x, axes);
  const array = step === 0 ? cloneContiguous(x) : x;
  return new Planes(array, axes, step || 1, sizeOf(array.shape.slice(array.rank - axes)));
}

function basesOf(array: Strided, axes: number): Float64Array {
  const lead = array.shape.slice(0, array.rank - axes);
  const count = sizeOf(lead);
  const bases = new Float64Array(count);
  const rows = contiguousStrides(lead);
  for (let k = 0; k < count; k++) {
    let at = array.offset;
    for (let i = 0; i < lead.length; i++) at += (Math.floor(k / rows[i]!) % lead[i]!) * array.strides[i]!;
    bases[k] = at;
  }
  return bases;
}

/** How many numbers lie side by side in each place of the planes: 1, or the channels where those come last; else 0. */
export function innerOf({ array, step, length }: Planes): number {
  if (array.contiguous) return 1;
  const [, channels] = array.shape as [number, number];
  const last = array.strides[1] === 1 && step === channels;
  return last && array.strides[0] === channels * length ? channels : 0;
}

/** Zeros of a shape with the leading axes of `like`, laid out in memory as `like`. */
export function planesLike(like: Strided, dtype: DType, lengths: Shape): Planes {
  const shape = [...like.shape.slice(0, like.rank - lengths.length), ...lengths];
  const image = like.rank - lengths.length === 2;
  return planesOf(image ? imageLike(like, dtype, shape) : Strided.zeros(dtype, shape), lengths.length);
}
