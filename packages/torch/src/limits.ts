import { type DType, integerRange, isInteger } from "@cognate/kernel";
import { classNames, fmt, TypeError } from "@cognate/py";
import { dtype, fromKernel, getDefault } from "./dtype.js";

/** Bits of the fraction, the least exponent of a normal number and the number of decimal digits that are exact. */
const FLOATS: Readonly<
  Record<string, readonly [fraction: number, least: number, most: number, digits: number]>
> = {
  float16: [10, -14, 15, 3],
  bfloat16: [7, -126, 127, 2],
  float32: [23, -126, 127, 6],
  float64: [52, -1022, 1023, 15],
};

class Finfo {
  readonly #type: DType;
  readonly bits: number;
  /** The distance of the next number above 1. */
  readonly eps: number;
  readonly max: number;
  readonly min: number;
  /** The least positive number with a full fraction. */
  readonly smallest_normal: number;
  /** The decimal resolution. */
  readonly resolution: number;

  constructor(type: dtype = fromKernel(getDefault())) {
    if (!(type instanceof dtype))
      throw new TypeError(
        `finfo(): argument 'type' (position 1) must be torch.dtype, not ${typeof type === "string" ? "str" : typeof type}`,
      );
    if (!type.is_floating_point && !type.is_complex)
      throw new TypeError(
        "torch.finfo() requires a floating point input type. Use torch.iinfo to handle 'torch.finfo'",
      );
    this.#type = type.is_complex ? type.to_real().kernel : type.kernel;
    const [fraction, least, most, digits] = FLOATS[this.#type.name]!;
    this.bits = this.#type.itemsize * 8;
    this.eps = 2 ** -fraction;
    this.max = (2 - this.eps) * 2 ** most;
    this.min = -this.max;
    this.smallest_normal = 2 ** least;
    this.resolution = Number(`1e-${digits}`);
  }

  get dtype(): string {
    return this.#type.name;
  }
  /** {@link smallest_normal}. */
  get tiny(): number {
    return this.smallest_normal;
  }
  __repr__(): string {
    const shown = (["resolution", "min", "max", "eps", "smallest_normal", "tiny"] as const).map(
      (name) => `${name}=${fmt("%g", this[name])}`,
    );
    return `finfo(${shown.join(", ")}, dtype=${this.dtype})`;
  }
  toString(): string {
    return this.__repr__();
  }
}

class Iinfo {
  readonly #type: DType;
  readonly bits: number;
  readonly min: number | bigint;
  readonly max: number | bigint;

  constructor(type: dtype) {
    if (!(type instanceof dtype))
      throw new TypeError(
        `iinfo(): argument 'type' (position 1) must be torch.dtype, not ${typeof type === "string" ? "str" : typeof type}`,
      );
    if (type.kernel.kind === "bool") throw new TypeError("torch.bool is not supported by torch.iinfo");
    if (!isInteger(type.kernel))
      throw new TypeError(
        "torch.iinfo() requires an integer input type. Use torch.finfo to handle 'torch.iinfo'",
      );
    this.#type = type.kernel;
    this.bits = type.itemsize * 8;
    [this.min, this.max] = integerRange(type.kernel).map(narrowed) as [number, number];
  }

  get dtype(): string {
    return this.#type.name;
  }
  __repr__(): string {
    return `iinfo(min=${fmt("%g", Number(this.min))}, max=${fmt("%g", Number(this.max))}, dtype=${this.dtype})`;
  }
  toString(): string {
    return this.__repr__();
  }
}
classNames.set(Finfo, "finfo");
classNames.set(Iinfo, "iinfo");

const narrowed = (v: number | bigint): number | bigint => (Number.isSafeInteger(Number(v)) ? Number(v) : v);

/**
 * `torch.finfo(dtype)`: the limits of a floating-point type, of the default one if none is given.
 *
 * @throws TypeError for other types
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.finfo(torch.float16).eps, torch.iinfo(torch.int8).max); // prints 0.0009765625 127
 * ```
 */
export const finfo = (type?: dtype): Finfo => new Finfo(type);
/** `torch.iinfo(dtype)`: the limits of an integer type. @throws TypeError for other types */
export const iinfo = (type: dtype): Iinfo => new Iinfo(type);
export type finfo = Finfo;
export type iinfo = Iinfo;

export const inf = Number.POSITIVE_INFINITY;
export const nan = Number.NaN;
export const pi = Math.PI;
export const e = Math.E;
/** `null`, which makes a new axis in an index. */
export const newaxis = null;
