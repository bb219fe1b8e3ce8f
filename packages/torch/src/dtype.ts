import * as kernel from "@cognate/kernel";
import { TypeError } from "@cognate/py";

/**
 * `torch.dtype`: an element type, a singleton compared with `===`, printed as `torch.float32`.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.float32, torch.float32 === torch.float); // prints torch.float32 True
 * ```
 */
export class dtype {
  constructor(
    /** The kernel's element type. */
    readonly kernel: kernel.DType,
  ) {}

  get is_floating_point(): boolean {
    return this.kernel.kind === "float";
  }
  get is_complex(): boolean {
    return this.kernel.kind === "complex";
  }
  get is_signed(): boolean {
    return this.kernel.kind !== "uint" && this.kernel.kind !== "bool";
  }
  /** Size of one element in bytes. */
  get itemsize(): number {
    return this.kernel.itemsize;
  }
  to_complex(): dtype {
    return fromKernel(kernel.complexOf(this.kernel));
  }
  to_real(): dtype {
    return fromKernel(kernel.realOf(this.kernel));
  }
  __repr__(): string {
    return `torch.${this.kernel.name}`;
  }
  toString(): string {
    return this.__repr__();
  }
}

const byCode: readonly dtype[] = kernel.DTYPES.map((d) => new dtype(d));

/** The torch dtype of a kernel element type. */
export const fromKernel = (d: kernel.DType): dtype => byCode[d.code]!;

export const bool = fromKernel(kernel.bool);
export const uint8 = fromKernel(kernel.uint8);
export const int8 = fromKernel(kernel.int8);
export const int16 = fromKernel(kernel.int16);
export const short = int16;
export const int32 = fromKernel(kernel.int32);
export const int = int32;
export const int64 = fromKernel(kernel.int64);
export const long = int64;
export const uint16 = fromKernel(kernel.uint16);
export const uint32 = fromKernel(kernel.uint32);
export const uint64 = fromKernel(kernel.uint64);
export const float16 = fromKernel(kernel.float16);
export const half = float16;
export const bfloat16 = fromKernel(kernel.bfloat16);
export const float32 = fromKernel(kernel.float32);
export const float = float32;
export const float64 = fromKernel(kernel.float64);
export const double = float64;
export const complex64 = fromKernel(kernel.complex64);
export const cfloat = complex64;
export const complex128 = fromKernel(kernel.complex128);
export const cdouble = complex128;

/** What a `dtype=` argument may be: a torch dtype, or a Python type of `@cognate/py` (`int`, `float`, `bool`, `complex`). */
export type DTypeLike = dtype | { readonly __name__: string };

const PYTHON_TYPES: Readonly<Record<string, dtype>> = {
  int: int64,
  float: float64,
  bool,
  complex: complex128,
};

/** The kernel element type behind a `dtype=` argument. @throws TypeError in PyTorch's words */
export function toKernel(d: DTypeLike, op: string): kernel.DType {
  if (d instanceof dtype) return d.kernel;
  const python = typeof d === "function" || typeof d === "object" ? PYTHON_TYPES[d?.__name__] : undefined;
  if (python) return python === float64 ? getDefault() : python.kernel;
  throw new TypeError(
    `${op}(): argument 'dtype' must be torch.dtype, not ${typeof d === "string" ? "str" : typeof d}`,
  );
}

let defaultFloat: kernel.DType = kernel.float32;

/** The kernel type that Python floats become. */
export const getDefault = (): kernel.DType => defaultFloat;

/** `torch.get_default_dtype()`. */
export const get_default_dtype = (): dtype => fromKernel(defaultFloat);

/** `torch.set_default_dtype(d)`: the type that Python floats become. @throws TypeError for a type that is not floating */
export function set_default_dtype(d: dtype): void {
  if (!d.is_floating_point)
    throw new TypeError("only floating-point types are supported as the default type");
  defaultFloat = d.kernel;
}
