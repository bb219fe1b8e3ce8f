import type { DType, Storage, Strided } from "@cognate/kernel";

/** A piece of memory that tensors of a file share. */
export class TorchStorage {
  constructor(
    readonly storage: Storage,
    /** The type of its elements; `uint8` for an untyped storage. */
    readonly dtype: DType,
    /** Saved as `torch.UntypedStorage`. */
    readonly untyped: boolean,
    /** Number of elements. */
    readonly numel: number,
    /** Where it lay when it was saved: `cpu`, `cuda:0` … */
    readonly location: string,
    /** First element within `storage`; only files from before PyTorch 1.6 have parts of storages. */
    readonly offset = 0,
  ) {}
}

/** A tensor of a file, as the façade gets it to make its own of. */
export interface LoadedTensor {
  readonly array: Strided;
  readonly requiresGrad: boolean;
  readonly location: string;
  /** The elements are to be read as their complex conjugates. */
  readonly conj: boolean;
  /** The elements are to be read with the other sign. */
  readonly neg: boolean;
}

/** Something of `torch` that is only a name: an element type, a layout, a way to quantize. */
export class TorchName {
  constructor(
    readonly kind: "dtype" | "layout" | "qscheme" | "memory_format",
    readonly name: string,
  ) {}
  toString(): string {
    return `torch.${this.name}`;
  }
}

/** A `torch.device`. */
export class TorchDevice {
  constructor(
    readonly type: string,
    readonly index: number | null,
  ) {}
}

/** Makes the façade's objects of what a file holds. What is left out gives the plain records of this package. */
export interface TorchHooks {
  tensor?(tensor: LoadedTensor): unknown;
  /** `torch.nn.Parameter(data, requires_grad)`; `data` is what {@link tensor} gave. */
  parameter?(data: unknown, requiresGrad: boolean): unknown;
  /** Attributes of a tensor or parameter, or of a subclass's instance. */
  attributes?(tensor: unknown, state: unknown): void;
  named?(name: TorchName): unknown;
  device?(device: TorchDevice): unknown;
  size?(items: readonly number[]): unknown;
  /**
   * A class or function that is not PyTorch's own file machinery: a {@link Global} with handlers, a plain value, or
   * `undefined` to refuse it. With `weightsOnly` these are the user's safe globals.
   */
  findClass?(module: string, name: string): unknown;
}

/** A tensor as it is without hooks. */
export class TorchTensor implements LoadedTensor {
  readonly array: Strided;
  readonly requiresGrad: boolean;
  readonly location: string;
  readonly conj: boolean;
  readonly neg: boolean;
  constructor(t: LoadedTensor) {
    this.array = t.array;
    this.requiresGrad = t.requiresGrad;
    this.location = t.location;
    this.conj = t.conj;
    this.neg = t.neg;
  }
}

/** A parameter as it is without hooks. */
export class TorchParameter {
  constructor(
    readonly data: unknown,
    readonly requiresGrad: boolean,
  ) {}
}
