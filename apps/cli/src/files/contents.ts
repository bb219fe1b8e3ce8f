import type { DType, Strided } from "@cognate/kernel";
import { sizeOf } from "@cognate/kernel";

/** The formats that are told apart. */
export type Format = "torch" | "torchscript" | "safetensors" | "npy" | "npz" | "keras" | "hdf5" | "pickle";

/** An array of a file. */
export interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** Its elements; zeros where the file was opened without its data. */
  array(): Strided;
}

/** What a file holds. */
export interface Contents {
  readonly path: string;
  readonly format: Format;
  /** What it is, in words. */
  readonly title: string;
  /** Bytes. */
  readonly size: number;
  readonly entries: readonly Entry[];
  /** What the file says about itself. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Numbers and texts among the arrays, by path. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The file holds a model, not only its weights. */
  readonly model: boolean;
  /** The architecture as the library prints it, where the file has one. */
  architecture?(): Promise<string>;
  close(): void;
}

export interface OpenOptions {
  /** `false` where only names, types and shapes are wanted. */
  readonly data: boolean;
}

export const bytesOfEntry = (e: Entry): number => sizeOf(e.shape) * e.dtype.itemsize;

export const entryOf = (name: string, array: Strided): Entry => ({
  name,
  shape: array.shape,
  dtype: array.dtype,
  array: () => array,
});
