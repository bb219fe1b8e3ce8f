import {
  arrayOf,
  bool,
  castTo,
  cloneContiguous,
  type DType,
  fromNested,
  inspectNested,
  integerRange,
  isInteger,
  kindOf,
  type NestedFacts,
  Strided,
  typedArrayType,
  uint64,
  widestOf,
} from "@cognate/kernel";
import { OverflowError, TypeError, ValueError } from "@cognate/py";
import { promoteTypes } from "../dtype/promote.js";
import { inNumpyWords } from "../errors/words.js";
import type { ArrayLike } from "./types.js";

/** A kernel array for any data: an array's own memory where nothing has to change, else fresh memory. */
export function asStrided(data: ArrayLike, dtype?: DType): Strided {
  const own = viewed(data);
  if (own) return dtype ? castTo(own, dtype) : own;
  return nested(data, dtype);
}

/** The same with fresh memory in any case. */
export function newStrided(data: ArrayLike, dtype?: DType): Strided {
  const own = viewed(data);
  if (!own) return nested(data, dtype);
  return dtype && dtype !== own.dtype ? castTo(own, dtype) : cloneContiguous(own);
}

/** The memory of an array of any package or of a typed array. */
function viewed(data: unknown): Strided | undefined {
  const own = arrayOf(data);
  if (own) return own;
  if (ArrayBuffer.isView(data) && !(data instanceof DataView)) {
    const typed = data as Uint8Array;
    return Strided.over(typed, typedArrayType(typed), [typed.length]);
  }
  return undefined;
}

const isNumber = (x: unknown): boolean =>
  typeof x === "number" || typeof x === "bigint" || x instanceof Number;

function nested(data: ArrayLike, dtype: DType | undefined): Strided {
  return inNumpyWords(() => {
    // An iterable is consumed once, yet looked at twice.
    const list = Array.isArray(data) || !isIterable(data) ? data : [...data];
    const facts = inspectNested(list);
    const type = dtype ?? inferred(list, facts);
    if (facts.kind !== undefined) check(list, facts, type);
    return fromNested(list, type, facts.shape);
  });
}

const isIterable = (x: unknown): x is Iterable<unknown> =>
  typeof x === "object" && x !== null && Symbol.iterator in x;

/** The type that lists get without `dtype`: that of their arrays and numbers taken together. */
function inferred(data: unknown, { kind, dtypes, whole }: NestedFacts): DType {
  let type: DType | undefined;
  for (const d of dtypes) type = type ? promoteTypes(type, d) : d;
  if (kind === undefined) return type ?? widestOf("float");
  const own = kind === "int" && !whole ? integerType(data) : widestOf(kind);
  return type ? promoteTypes(type, own) : own;
}

/** int64, or uint64 where a Python int needs it. @throws OverflowError for larger ones */
function integerType(data: unknown): DType {
  let [low, high] = [0n, 0n];
  walk(data, (x) => {
    if (typeof x !== "bigint") return;
    if (x < low) low = x;
    if (x > high) high = x;
  });
  const [min, max] = integerRange(widestOf("int"));
  if (low >= min && high <= max) return widestOf("int");
  if (low >= 0n && high <= integerRange(uint64)[1]) return uint64;
  throw new OverflowError("Python int too large to convert to C long");
}

function walk(data: unknown, visit: (x: unknown) => void): void {
  if (isIterable(data) && !arrayOf(data) && !ArrayBuffer.isView(data)) for (const x of data) walk(x, visit);
  else visit(data);
}

/** @throws where Python's numbers do not fit the wanted type */
function check(data: unknown, { kind, whole }: NestedFacts, type: DType): void {
  if (kind === "complex" && type.kind !== "complex" && type !== bool)
    throw new TypeError(
      `${isInteger(type) ? "int() argument must be a string, a bytes-like object or a real number" : "float() argument must be a string or a real number"}, not 'complex'`,
    );
  if (!isInteger(type) || (whole && type.big && type.kind === "int")) return;
  const range = integerRange(type);
  walk(data, (x) => {
    if (isNumber(x)) checkInteger(x as number | bigint, type, range);
  });
}

/** @throws OverflowError, ValueError where a Python number does not fit an integer type */
export function checkInteger(
  x: number | bigint | Number,
  type: DType,
  [low, high]: readonly [bigint, bigint] = integerRange(type),
): void {
  if (typeof x !== "bigint") {
    const v = Number(x);
    if (Number.isNaN(v)) throw new ValueError("cannot convert float NaN to integer");
    if (!Number.isFinite(v)) throw new OverflowError("cannot convert float infinity to integer");
    if (v >= low && v <= high && Math.abs(v) < 2 ** 62) return;
    x = BigInt(Math.trunc(v));
  }
  if ((x as bigint) >= low && (x as bigint) <= high) return;
  if (type.big && type.kind === "int") throw new OverflowError("Python int too large to convert to C long");
  throw new OverflowError(`Python integer ${x} out of bounds for ${type.name}`);
}

/** Whether an argument is a plain number: Python's, not an array's. */
export const isScalarLike = (x: unknown): boolean => arrayOf(x) === undefined && kindOf(x) !== undefined;
