import {
  type ByteInput,
  bytesOf,
  npyPieces,
  npzPieces,
  readFile,
  readNpy,
  readNpz,
  writeFileAtomic,
  writeNpy,
  writeNpz,
} from "@cognate/formats";
import { type ArrayLike, type DTypeLike, type ndarray, toKernel } from "@cognate/ndarray/core";
import { def, isPlainObject, KeyError, nameClass, ValueError } from "@cognate/py";
import { frombuffer } from "../creation/array.js";
import { asArray, strided, wrap } from "../internal.js";
import { fromstring } from "./text.js";

const withEnding = (path: string, ending: string): string => (path.endsWith(ending) ? path : path + ending);

/**
 * Writes an array as a `.npy` file.
 *
 * @param file - a path; `np.save(a)` without one returns the bytes
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * const bytes = np.save(np.arange(3));
 * print(bytes.length, np.load(bytes)); // prints 152 [0 1 2]
 * ```
 */
export function save(file: string | null, arr: ArrayLike, allow_pickle?: boolean): null;
export function save(arr: ArrayLike): Uint8Array;
export function save(file: unknown, arr?: unknown, _allow_pickle?: boolean): Uint8Array | null {
  if (arr === undefined || isPlainObject(arr)) return writeNpy(strided(file as ArrayLike));
  const array = strided(arr as ArrayLike);
  if (file === null) return writeNpy(array);
  writeFileAtomic(withEnding(String(file), ".npy"), npyPieces(array));
  return null;
}

/**
 * The arrays of a `.npz` file by name: `z.weights`, `z["weights"]`, `z.files`.
 */
export class NpzFile {
  readonly [name: string]: ndarray | unknown;

  constructor(arrays: ReadonlyMap<string, ndarray>) {
    for (const [name, a] of arrays)
      Object.defineProperty(this, name, { value: a, enumerable: true, configurable: true });
  }
  /** The arrays' names. */
  get files(): string[] {
    return Object.keys(this);
  }
  get f(): this {
    return this;
  }
  get length(): number {
    return Object.keys(this).length;
  }
  at(name: string): ndarray {
    const found = (this as Readonly<Record<string, ndarray>>)[name];
    if (found === undefined) throw new KeyError(`${name} is not a file in the archive`);
    return found;
  }
  get(name: string, otherwise: ndarray | null = null): ndarray | null {
    return Object.hasOwn(this, name) ? this.at(name) : otherwise;
  }
  keys(): string[] {
    return Object.keys(this);
  }
  values(): ndarray[] {
    return Object.values(this) as ndarray[];
  }
  items(): [string, ndarray][] {
    return Object.entries(this) as [string, ndarray][];
  }
  close(): void {}
  enter(): this {
    return this;
  }
  exit(): void {}
  [Symbol.dispose](): void {}
  [Symbol.iterator](): Iterator<string> {
    return Object.keys(this)[Symbol.iterator]();
  }
  __contains__(name: string): boolean {
    return Object.hasOwn(this, name);
  }
  __repr__(): string {
    const names = Object.keys(this);
    return `NpzFile 'object' with keys: ${names.slice(0, 5).join(", ")}${names.length > 5 ? "..." : ""}`;
  }
}
nameClass("numpy.lib.npyio.NpzFile", NpzFile);

const isZip = (b: Uint8Array): boolean => b[0] === 0x50 && b[1] === 0x4b;

/** Reads a `.npy` file as an array, a `.npz` file as {@link NpzFile}. @throws ValueError, FormatError */
export const load = def(
  "numpy.load",
  "file mmap_mode allow_pickle fix_imports encoding * max_header_size",
  (
    file: ByteInput,
    mmap_mode: string | null = null,
    _allow_pickle = false,
    _fix_imports = true,
    _encoding = "ASCII",
    _max_header_size = 10000,
  ): ndarray & NpzFile => {
    const bytes = typeof file === "string" ? readFile(file) : file;
    if (bytes instanceof Uint8Array && bytes.length === 0) throw new ValueError("No data left in file");
    if (!isZip(bytesOf(bytes))) {
      const a = wrap(readNpy(bytes));
      if (mmap_mode === "r") a._readonly = true;
      return a as ndarray & NpzFile;
    }
    const arrays = [...readNpz(bytes)].map(([name, a]) => [name, wrap(a)] as const);
    return new NpzFile(new Map(arrays)) as ndarray & NpzFile;
  },
);

type Named = Readonly<Record<string, ArrayLike>>;

/** The arrays of a call by name: positional ones are `arr_0`, `arr_1`, … @throws ValueError for a name given twice */
function namedArrays(args: readonly unknown[]): [string, ReturnType<typeof strided>][] {
  const last = args.at(-1);
  const keywords = isPlainObject(last) ? (last as Named) : {};
  const positional = isPlainObject(last) ? args.slice(0, -1) : args;
  const out = Object.entries(keywords).map(
    ([name, a]) => [name, strided(a)] as [string, ReturnType<typeof strided>],
  );
  positional.forEach((a, i) => {
    const name = `arr_${i}`;
    if (name in keywords) throw new ValueError(`Cannot use un-named variables and keyword ${name}`);
    out.push([name, strided(a as ArrayLike)]);
  });
  return out;
}

const saver =
  (compressed: boolean) =>
  (file: string | null, ...args: readonly (ArrayLike | Named)[]): Uint8Array | null => {
    const arrays = namedArrays(args);
    if (file === null) return writeNpz(arrays, { compressed });
    writeFileAtomic(withEnding(file, ".npz"), npzPieces(arrays, { compressed }));
    return null;
  };

/** Writes several arrays into a `.npz` file, by the names of keywords or as `arr_0`, `arr_1` …; bytes for `null`. */
export const savez = saver(false);
/** {@link savez} with compression. */
export const savez_compressed = saver(true);

/** Reads a file of bare elements, or of numbers separated by `sep`. */
export const fromfile = def(
  "numpy.fromfile",
  "file dtype count sep offset * like",
  (
    file: string | Uint8Array,
    dtype: DTypeLike | null = null,
    count = -1,
    sep = "",
    offset = 0,
    _like: unknown = null,
  ): ndarray => {
    const bytes = typeof file === "string" ? readFile(file) : file;
    if (sep !== "")
      return fromstring.impl(new TextDecoder().decode(bytes.subarray(offset)), dtype, count, sep);
    const { itemsize } = toKernel(dtype);
    const whole = Math.floor((bytes.length - offset) / itemsize);
    const n = count < 0 ? whole : Math.min(count, whole);
    return asArray(frombuffer.impl(bytes.slice(offset, offset + n * itemsize), dtype));
  },
);
