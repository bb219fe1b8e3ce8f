import {
  bool,
  complex128,
  type Data,
  DTYPES,
  type DType,
  float64,
  int64,
  type NumericData,
  uint8,
} from "../dtype/dtype.js";
import { CognateError } from "../errors/errors.js";
import type { ComplexScalar } from "../ops/row.js";
import { castTo, copyInto, encoderOf } from "../strided/copy.js";
import { Strided } from "../strided/strided.js";

/** The method by which any package's array gives its kernel array: `x[ARRAY]()`. */
export const ARRAY: unique symbol = Symbol.for("cognate.array") as never;

/** An array of any package. */
export interface HasArray {
  [ARRAY](): Strided;
}

/** The kernel array inside an array of any package, or `undefined`. */
export function arrayOf(x: unknown): Strided | undefined {
  if (x instanceof Strided) return x;
  const get = x === null || x === undefined ? undefined : (x as Partial<HasArray>)[ARRAY];
  return typeof get === "function" ? get.call(x) : undefined;
}

/** Nested lists whose lengths or items do not make an array. */
export class NestedError extends CognateError {
  override readonly name = "NestedError";
  override readonly code = "COGNATE_NESTED";
  constructor(
    readonly problem:
      | {
          readonly kind: "ragged";
          readonly axis: number;
          readonly expected: number | "scalar";
          readonly got: number | "scalar";
          readonly shape: readonly number[];
        }
      | { readonly kind: "item"; readonly item: unknown },
  ) {
    super(
      problem.kind === "ragged"
        ? `nested list: expected length ${problem.expected} at axis ${problem.axis}, got ${problem.got}.`
        : `nested list: ${String(problem.item)} is no number.`,
    );
  }
}

export type NumberKind = "bool" | "int" | "float" | "complex";

/** What nested lists of numbers hold, found without making the array. */
export interface NestedFacts {
  readonly shape: readonly number[];
  /** The highest kind of number in it; `undefined` if there are none. */
  readonly kind: NumberKind | undefined;
  /** Element types of the arrays in it. */
  readonly dtypes: readonly DType[];
  /** Only whole JavaScript numbers, which in Python may have been written as floats. */
  readonly whole: boolean;
}

const KINDS: readonly NumberKind[] = ["bool", "int", "float", "complex"];

/** The kind of a scalar, or `undefined` for what is no number. A boxed `Number`, and a whole number past 2^53, is a float. */
export function kindOf(x: unknown): NumberKind | undefined {
  if (typeof x === "number") return Number.isSafeInteger(x) && !Object.is(x, -0) ? "int" : "float";
  if (typeof x === "boolean") return "bool";
  if (typeof x === "bigint") return "int";
  if (x instanceof Number) return "float";
  if (typeof x === "object" && x !== null && "re" in x && "im" in x) return "complex";
  return undefined;
}

const isTyped = (x: unknown): x is Data => ArrayBuffer.isView(x) && !(x instanceof DataView);

/** The element type that a typed array has by itself. */
export function typedArrayType(data: Data): DType {
  const own = data.constructor as unknown;
  if (own === Uint8ClampedArray || data instanceof Uint8Array) return uint8;
  return DTYPES.find((d) => (d.Data as unknown) === own && !d.half && d.lanes === 1 && d !== bool)!;
}

/** An iterable that is a list for this purpose: no string, no typed array. */
export function asList(x: unknown): readonly unknown[] | undefined {
  if (Array.isArray(x)) return x;
  if (typeof x === "object" && x !== null && Symbol.iterator in x && !isTyped(x) && arrayOf(x) === undefined)
    return [...(x as Iterable<unknown>)];
  return undefined;
}

/** Shape and kinds of nested lists, arrays and scalars. @throws NestedError */
export function inspectNested(data: unknown): NestedFacts {
  let kind = -1;
  let whole = true;
  const dtypes = new Set<DType>();
  const walk = (x: unknown, axis: number): number[] => {
    const array = isTyped(x) ? Strided.over(x, typedArrayType(x), [x.length]) : arrayOf(x);
    if (array) {
      dtypes.add(array.dtype);
      whole = false;
      return [...array.shape];
    }
    const list = asList(x);
    if (list) {
      let inner: number[] | undefined;
      for (const item of list) {
        const shape = walk(item, axis + 1);
        if (!inner) inner = shape;
        else if (shape.length !== inner.length || shape.some((n, i) => n !== inner![i])) {
          const i = shape.findIndex((n, k) => n !== inner![k]);
          const at = i < 0 ? shape.length : i;
          const expected = inner[at];
          throw new NestedError({
            kind: "ragged",
            axis: axis + 1 + at,
            expected: expected ?? "scalar",
            got: shape[at] ?? "scalar",
            shape: [list.length, ...inner.slice(0, at)],
          });
        }
      }
      return [list.length, ...(inner ?? [])];
    }
    const k = kindOf(x);
    if (k === undefined) throw new NestedError({ kind: "item", item: x });
    kind = Math.max(kind, KINDS.indexOf(k));
    if (typeof x !== "number" || k !== "int") whole = false;
    return [];
  };
  const shape = walk(data, 0);
  return { shape, kind: kind < 0 ? undefined : KINDS[kind]!, dtypes: [...dtypes], whole: whole && kind >= 0 };
}

/** A fresh row-major array of `dtype` with the numbers of nested lists, arrays and scalars. */
export function fromNested(data: unknown, dtype: DType, shape: readonly number[]): Strided {
  if (isTyped(data))
    return castTo(Strided.over(data.slice() as Data, typedArrayType(data), [data.length]), dtype);
  const y = Strided.zeros(dtype, shape);
  const out = y.data;
  const encode = encoderOf(dtype);
  let at = 0;
  const walk = (x: unknown): void => {
    const array = isTyped(x) ? Strided.over(x, typedArrayType(x), [x.length]) : arrayOf(x);
    if (array) {
      const strides = y.strides.slice(y.rank - array.rank);
      copyInto(y.view(array.shape, strides, at), array);
      at += array.size;
      return;
    }
    const list = asList(x);
    if (list) {
      for (const item of list) walk(item);
      return;
    }
    if (dtype.lanes === 2) {
      const c = (typeof x === "object" && "re" in x! ? x : { re: Number(x), im: 0 }) as ComplexScalar;
      (out as NumericData)[2 * at] = c.re;
      (out as NumericData)[2 * at + 1] = c.im;
    } else if (dtype.big) out[at] = typeof x === "bigint" ? x : BigInt(Math.trunc(Number(x)));
    else if (dtype === bool) out[at] = Number(x) !== 0 ? 1 : 0;
    else if (dtype.kind === "float") out[at] = encode ? encode(Number(x)) : Number(x);
    else out[at] = typeof x === "bigint" ? Number(BigInt.asIntN(32, x)) : Number(x);
    at++;
  };
  walk(data);
  return y;
}

/** A JavaScript value for the element at a position of the storage: number, boolean, bigint past 2^53, complex. */
export function elementAt(x: Strided, position: number): number | boolean | bigint | ComplexScalar {
  const { dtype } = x;
  if (dtype.lanes === 2) {
    const data = x.peek as NumericData;
    return { re: data[2 * position]!, im: data[2 * position + 1]! };
  }
  if (dtype.big) {
    const v = (x.peek as BigInt64Array)[position]!;
    return v >= -9007199254740992n && v <= 9007199254740992n ? Number(v) : v;
  }
  if (dtype === bool) return (x.peek as Uint8Array)[position] !== 0;
  if (dtype.half) return castTo(x.view([], [], position), float64).data[0] as number;
  return (x.peek as NumericData)[position]!;
}

/** Nested JavaScript arrays of the elements; the element itself for a scalar. */
export function toNested<T = number | boolean | bigint | ComplexScalar>(
  x: Strided,
  element: (x: Strided, position: number) => T = elementAt as never,
): T | NestedList<T> {
  const walk = (axis: number, position: number): T | NestedList<T> => {
    if (axis === x.rank) return element(x, position);
    const out: (T | NestedList<T>)[] = [];
    for (let i = 0; i < x.shape[axis]!; i++) out.push(walk(axis + 1, position + i * x.strides[axis]!));
    return out;
  };
  return walk(0, x.offset);
}

export interface NestedList<T> extends Array<T | NestedList<T>> {}

/** The element type that a kind of number has where no framework says otherwise: int64, float64, complex128, bool. */
export const widestOf = (kind: NumberKind): DType =>
  kind === "bool" ? bool : kind === "int" ? int64 : kind === "float" ? float64 : complex128;
