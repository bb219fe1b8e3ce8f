import { contiguous, type Strided, sizeOf } from "@cognate/kernel";
import { bytesOfArray, readArray } from "../bytes/arrays.js";
import { MemorySource } from "../bytes/source.js";
import { descrOf, parseDescr } from "../numpy-dtypes.js";
import { describe, Global, type PickleContext, PickledObject } from "../pickle/globals.js";
import { NUMPY_GLOBALS, PickledArray, PickledDType } from "../pickle/numpy.js";
import { PyTuple } from "../pickle/values.js";

/** A NumPy array in a pickle that may hold texts or objects, too. */
export class PickledTable extends PickledArray {
  /** The items row by row, where they are no numbers. */
  items: readonly unknown[] | undefined;
  shape: readonly number[] = [];
}

const isShape = (x: unknown): x is number[] =>
  Array.isArray(x) &&
  x.length <= 32 &&
  x.every((n) => typeof n === "number" && Number.isSafeInteger(n) && n >= 0) &&
  Number.isSafeInteger(sizeOf(x as number[]));

/** The items of a column-major array, row by row. */
function rowMajor(items: readonly unknown[], shape: readonly number[]): unknown[] {
  const strides: number[] = [];
  let step = 1;
  for (const n of shape) {
    strides.push(step);
    step *= n;
  }
  return items.map((_, flat) => {
    let [rest, at] = [flat, 0];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += (rest % shape[axis]!) * strides[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    return items[at];
  });
}

/** UTF-32 texts of a fixed number of characters, padded with zeros. */
export function fixedTexts(bytes: Uint8Array, characters: number, little: boolean): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const n = characters === 0 ? 0 : bytes.length / (4 * characters);
  return Array.from({ length: n }, (_, i) => {
    let text = "";
    for (let k = 0; k < characters; k++) {
      const code = view.getUint32(4 * (i * characters + k), little);
      if (code > 0x10ffff) return text;
      text += String.fromCodePoint(code);
    }
    return text.replace(/\0+$/, "");
  });
}

/** Fills an array with what a pickle or a file says of it. @throws FormatError */
export function fillTable(
  to: PickledTable,
  shape: unknown,
  dtype: unknown,
  fortran: boolean,
  raw: unknown,
  context: PickleContext,
): void {
  if (!isShape(shape)) throw context.fail("an array's shape", describe(shape), "at most 32 axis lengths");
  if (!(dtype instanceof PickledDType))
    throw context.fail("an array's element type", describe(dtype), "a dtype");
  const count = sizeOf(shape);
  to.shape = shape;
  const [, kind, size] = /^([a-zA-Z])(\d*)$/.exec(dtype.code) ?? [];
  if (kind === "O") {
    if (!Array.isArray(raw) || raw.length !== count)
      throw context.fail("an array of objects", describe(raw), `a list of ${count}`);
    context.charge(count);
    to.items = fortran ? rowMajor(raw, shape) : raw;
    return;
  }
  if (!(raw instanceof Uint8Array)) throw context.fail("an array's data", describe(raw), "bytes");
  context.charge(raw.length);
  if (kind === "U") {
    const characters = Number(size);
    if (raw.length !== 4 * characters * count)
      throw context.fail("an array's data", `${raw.length} bytes long`, `${4 * characters * count} bytes`);
    const texts = fixedTexts(raw, characters, dtype.order !== ">");
    to.items = fortran ? rowMajor(texts, shape) : texts;
    return;
  }
  const type = parseDescr(dtype.descr);
  if (!type) throw context.fail("an array's element type", dtype.descr, "numbers, texts or objects");
  if (raw.length !== count * type.dtype.itemsize)
    throw context.fail("an array's data", `${raw.length} bytes long`, `${count * type.dtype.itemsize} bytes`);
  const order = fortran ? [...shape].reverse() : shape;
  const array = readArray(new MemorySource(raw), 0, type.dtype, order, { little: type.little });
  to.array = fortran ? array.view(shape, [...array.strides].reverse()) : array;
}

/** {@link NUMPY_GLOBALS} with arrays that hold texts and objects, too. */
export function tableGlobals(): Map<string, Global> {
  const out = new Map(NUMPY_GLOBALS);
  const ndarray = out.get("numpy.ndarray");
  for (const core of ["numpy.core", "numpy._core"]) {
    out.set(
      `${core}.multiarray._reconstruct`,
      new Global(`${core}.multiarray`, "_reconstruct", {
        call: ([cls], c) => {
          if (cls !== ndarray) throw c.fail("an array's class", describe(cls), "numpy.ndarray");
          return new PickledTable();
        },
        build: (object, state, c) => {
          const s = Array.isArray(state) ? (state.length === 4 ? [1, ...state] : state) : [];
          if (s.length !== 5)
            throw c.fail("an array's state", describe(state), "version, shape, type, order and data");
          fillTable(
            object as PickledTable,
            s[1] && [...(s[1] as number[])],
            s[2],
            s[3] === true || s[3] === 1,
            s[4],
            c,
          );
        },
      }),
    );
    out.set(
      `${core}.numeric._frombuffer`,
      new Global(`${core}.numeric`, "_frombuffer", {
        call: ([raw, type, shape, order], c) => {
          const table = new PickledTable();
          fillTable(table, shape && [...(shape as number[])], type, order === "F", raw, c);
          return table;
        },
      }),
    );
  }
  return out;
}

const RECONSTRUCT = new Global("numpy._core.multiarray", "_reconstruct");
const SCALAR = new Global("numpy._core.multiarray", "scalar");
const NDARRAY = new Global("numpy", "ndarray");
const DTYPE = new Global("numpy", "dtype");

function typeObject(descr: string): PickledObject {
  const [order, code] = [descr[0]!, descr.slice(1)];
  const text = /^[UO]/.test(code);
  const size = code[0] === "U" ? 4 * Number(code.slice(1)) : -1;
  const state = text
    ? [3, order, null, null, null, size, code[0] === "U" ? 4 : -1, code[0] === "U" ? 8 : 63]
    : [3, order, null, null, null, -1, -1, 0];
  return new PickledObject(DTYPE, [code, false, true], "call", undefined, PyTuple.of_(state));
}

const tableObject = (shape: readonly number[], descr: string, data: unknown): PickledObject =>
  new PickledObject(
    RECONSTRUCT,
    [NDARRAY, PyTuple.of_([0]), Uint8Array.of(98)],
    "call",
    undefined,
    PyTuple.of_([1, PyTuple.of_(shape), typeObject(descr), false, data]),
  );

/** An array of numbers as NumPy pickles it. */
export function pickledArray(a: Strided): PickledObject {
  const whole = contiguous(a);
  return tableObject(a.shape, descrOf(a.dtype)!, bytesOfArray(whole));
}

/** A number with a type as NumPy pickles it. */
export const pickledScalar = (a: Strided): PickledObject =>
  new PickledObject(SCALAR, [typeObject(descrOf(a.dtype)!), bytesOfArray(contiguous(a))]);

/** An array of texts as NumPy pickles it. */
export function pickledTexts(texts: readonly string[], shape: readonly number[]): PickledObject {
  const width = Math.max(1, ...texts.map((t) => [...t].length));
  const data = new Uint8Array(4 * width * texts.length);
  const view = new DataView(data.buffer);
  texts.forEach((t, i) => {
    [...t].forEach((ch, k) => {
      view.setUint32(4 * (i * width + k), ch.codePointAt(0)!, true);
    });
  });
  return tableObject(shape, `<U${width}`, data);
}

/** An array of objects as NumPy pickles it. */
export const pickledItems = (items: readonly unknown[], shape: readonly number[]): PickledObject =>
  tableObject(shape, "|O8", [...items]);
