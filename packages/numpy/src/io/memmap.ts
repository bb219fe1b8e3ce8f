import { FileError, readFile, withSource, writeFileAtomic } from "@cognate/formats";
import { Strided, uint8 } from "@cognate/kernel";
import { type DTypeLike, indicesOf, type ndarray, type Order, toKernel } from "@cognate/ndarray/core";
import { def, ValueError } from "@cognate/py";
import { frombuffer } from "../creation/array.js";

/** How a file is opened: to read, to read and write, new, or to read with changes that stay in memory. */
export type MapMode = "r" | "r+" | "w+" | "c" | "readonly" | "readwrite" | "write" | "copyonwrite";

const MODES: Readonly<Record<string, MapMode>> = {
  readonly: "r",
  copyonwrite: "c",
  readwrite: "r+",
  write: "w+",
  r: "r",
  c: "c",
  "r+": "r+",
  "w+": "w+",
};

/** An array that stands for a part of a file. */
export interface Mapped {
  readonly filename: string;
  readonly mode: MapMode;
  /** Where the part begins, in bytes. */
  readonly offset: number;
  /** Writes the elements into the file, where the mode lets it. */
  flush(): void;
}

function sizeOfFile(filename: string): number {
  return withSource(filename, (s) => s.size);
}

/** So many zero bytes. */
const blank = (length: number): Uint8Array => Strided.zeros(uint8, [length]).flat() as Uint8Array;

/**
 * A part of a file as an array: of a large file only that part is read. Changes go into the file by `flush()`.
 *
 * @param filename - a path (Node)
 * @param shape - as many elements as the file has from `offset` on by default
 * @throws ValueError
 */
export const memmap = def(
  "numpy.memmap",
  "filename dtype mode offset shape order",
  (
    filename: string,
    dtype: DTypeLike = "uint8",
    mode: MapMode = "r+",
    offset = 0,
    shape: number | readonly number[] | null = null,
    order: Order = "C",
  ): ndarray & Mapped => {
    const how = MODES[mode];
    if (!how)
      throw new ValueError(`mode must be one of ${JSON.stringify(Object.keys(MODES))} (got '${mode}')`);
    const { itemsize } = toKernel(dtype);
    const fresh = how === "w+";
    if (fresh && shape === null) throw new ValueError("shape must be given if mode == 'w+'");
    const have = fresh ? 0 : sizeOfFile(filename);
    if (shape === null && (have - offset) % itemsize !== 0)
      throw new ValueError("Size of available data is not a multiple of the data-type size.");
    const lengths = shape === null ? [(have - offset) / itemsize] : indicesOf(shape);
    const length = lengths.reduce((n, m) => n * m, 1) * itemsize;
    const bytes = blank(length);
    if (!fresh) {
      if (have < offset + length && how === "r")
        throw new ValueError("mmap length is greater than file size");
      withSource(filename, (s) => s.readInto(offset, bytes.subarray(0, Math.min(length, have - offset))));
    } else writeFileAtomic(filename, [blank(offset + length)]);
    const line = frombuffer.impl(bytes, dtype) as ndarray;
    const array = order === "F" ? line.reshape([...lengths].reverse()).T : line.reshape(lengths);
    if (how === "r") array._readonly = true;
    const flush = (): void => {
      if (how === "r" || how === "c") return;
      let before: Uint8Array;
      try {
        before = readFile(filename);
      } catch (e) {
        if (!(e instanceof FileError)) throw e;
        before = bytes.subarray(0, 0);
      }
      const after = offset + length;
      writeFileAtomic(filename, [
        before.subarray(0, offset),
        bytes,
        before.subarray(Math.min(after, before.length)),
      ]);
    };
    return Object.assign(array, { filename, mode: how, offset, flush }) as ndarray & Mapped;
  },
);
