import { type Shape, type Strided, sizeOf } from "@cognate/kernel";
import { readArray } from "../bytes/arrays.js";
import { MemorySource } from "../bytes/source.js";
import { KNOWN_DESCRS, parseDescr } from "../numpy-dtypes.js";
import { describe, Global, type PickleContext } from "./globals.js";

/** A NumPy element type as a pickle describes it. */
export class PickledDType {
  /** `<`, `>`, `=` or `|`. */
  order = "|";
  constructor(
    /** Kind and size: `f4`, `i8`, `O8` … */
    readonly code: string,
  ) {}
  get descr(): string {
    return this.order + this.code;
  }
}

/**
 * A NumPy array (or scalar) in a pickle. It exists before its content is known; callers exchange it for an array of
 * their own once everything is read (`plainDicts`).
 */
export class PickledArray {
  array: Strided | undefined;
  /** A NumPy scalar, not an array without axes. */
  constructor(readonly scalar = false) {}
}

const longest = 32;

function shapeOf(x: unknown, context: PickleContext): number[] {
  const ok =
    Array.isArray(x) &&
    x.length <= longest &&
    x.every((n) => typeof n === "number" && Number.isSafeInteger(n) && n >= 0) &&
    Number.isSafeInteger(sizeOf(x as number[]));
  if (!ok) throw context.fail("an array's shape", describe(x), `at most ${longest} axis lengths`);
  return [...(x as number[])];
}

function fill(
  to: PickledArray,
  dtype: unknown,
  shape: Shape,
  fortran: boolean,
  raw: unknown,
  context: PickleContext,
): PickledArray {
  const type = dtype instanceof PickledDType ? parseDescr(dtype.descr) : undefined;
  if (!type)
    throw context.fail(
      "an array's element type",
      dtype instanceof PickledDType ? dtype.descr : describe(dtype),
      KNOWN_DESCRS,
    );
  // Python 2 wrote the bytes as a string; decoded as latin-1 it has one character a byte.
  const bytes = typeof raw === "string" ? Uint8Array.from(raw, (ch) => ch.charCodeAt(0)) : raw;
  const size = sizeOf(shape) * type.dtype.itemsize;
  if (!(bytes instanceof Uint8Array) || bytes.length !== size)
    throw context.fail(
      "an array's data",
      bytes instanceof Uint8Array ? `${bytes.length} bytes long` : describe(bytes),
      `${size} bytes`,
    );
  context.charge(size);
  const order = fortran ? [...shape].reverse() : shape;
  const array = readArray(new MemorySource(bytes), 0, type.dtype, order, { little: type.little });
  to.array = fortran ? array.view(shape, [...array.strides].reverse()) : array;
  return to;
}

/** What each NumPy version calls the modules. */
const CORES = ["numpy.core", "numpy._core"];

function entries(): [string, Global][] {
  const ndarray = new Global("numpy", "ndarray");
  const dtype = new Global("numpy", "dtype", {
    call: ([code], c) => {
      const text = code instanceof PickledDType ? code.code : code;
      if (typeof text !== "string" || !/^[a-zA-Z][0-9]*$/.test(text))
        throw c.fail("an element type", describe(code), "a kind and a size, such as f4");
      return new PickledDType(text);
    },
    build: (object, state, c) => {
      // (version, byte order, subarray, names, fields, size, alignment, flags)
      const [, order, subarray, names] = Array.isArray(state) ? state : [];
      if (typeof order !== "string" || !/^[<>=|]$/.test(order))
        throw c.fail("an element type's byte order", describe(order), "<, >, = or |");
      if ((subarray ?? null) !== null || (names ?? null) !== null)
        throw c.fail("an element type", "structured", KNOWN_DESCRS);
      (object as PickledDType).order = order;
    },
  });
  const reconstruct: Global["handlers"] = {
    call: ([cls], c) => {
      if (cls !== ndarray) throw c.fail("an array's class", describe(cls), "numpy.ndarray");
      return new PickledArray();
    },
    build: (object, state, c) => {
      // (version, shape, dtype, is_fortran, data); the version was left out at first.
      const s = Array.isArray(state) ? (state.length === 4 ? [1, ...state] : state) : [];
      if (s.length !== 5)
        throw c.fail("an array's state", describe(state), "version, shape, type, order and data");
      fill(object as PickledArray, s[2], shapeOf(s[1], c), s[3] === true || s[3] === 1, s[4], c);
    },
  };
  const scalar: Global["handlers"] = {
    call: ([type, raw], c) => fill(new PickledArray(true), type, [], false, raw, c),
  };
  const fromBuffer: Global["handlers"] = {
    call: ([raw, type, shape, order], c) =>
      fill(new PickledArray(), type, shapeOf(shape, c), order === "F", raw, c),
  };
  const named = (module: string, name: string, handlers: Global["handlers"]): [string, Global] => [
    `${module}.${name}`,
    new Global(module, name, handlers),
  ];
  return [
    ["numpy.ndarray", ndarray],
    ["numpy.dtype", dtype],
    // `type(np.dtype('float32'))`, which is what allow-lists of PyTorch users name.
    ...["Bool", "Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64"]
      .concat(["Float16", "Float32", "Float64", "Complex64", "Complex128"])
      .map((kind) => named("numpy.dtypes", `${kind}DType`, dtype.handlers)),
    ...CORES.flatMap((core) => [
      named(`${core}.multiarray`, "_reconstruct", reconstruct),
      named(`${core}.multiarray`, "scalar", scalar),
      named(`${core}.numeric`, "_frombuffer", fromBuffer),
    ]),
  ];
}

/** NumPy's classes and functions that pickles of arrays, scalars and element types use, by path. */
export const NUMPY_GLOBALS: ReadonlyMap<string, Global> = new Map(entries());
