import { bool, copyInto, Strided, sameShape } from "@cognate/kernel";
import type { Tuple } from "@cognate/py";
import { ArrayBase } from "../array/base.js";
import { asStrided } from "../array/create.js";
import { entriesOf, getItem, setItem } from "../array/index.js";
import { fromStrided, type ndarray } from "../array/ndarray.js";
import { GenericImpl } from "../array/scalars.js";
import type { ArrayLike, Flag, Index, Item } from "../array/types.js";
import * as arithmetic from "../ufunc/arithmetic.js";
import * as logic from "../ufunc/logic.js";
import type { Core } from "../ufunc/ufunc.js";
import { matmul } from "./contraction.js";
import { checkWritable } from "./own.js";

type Binary = (a: ArrayLike, b: ArrayLike) => Item;

const matmulOf: Binary = (a, b) => matmul.impl(a, b);

/** Python's binary operators by the names of their methods, with the ufunc that each one is. */
const BINARY = {
  add: arithmetic.add.core,
  sub: arithmetic.subtract.core,
  mul: arithmetic.multiply.core,
  div: arithmetic.divide.core,
  floordiv: arithmetic.floor_divide.core,
  mod: arithmetic.remainder.core,
  pow: arithmetic.power.core,
  matmul: matmulOf,
  and: logic.bitwise_and.core,
  or: logic.bitwise_or.core,
  xor: logic.bitwise_xor.core,
  lshift: logic.left_shift.core,
  rshift: logic.right_shift.core,
} as const;

const COMPARISON = {
  eq: logic.equal.core,
  ne: logic.not_equal.core,
  lt: logic.less.core,
  le: logic.less_equal.core,
  gt: logic.greater.core,
  ge: logic.greater_equal.core,
} as const;

const UNARY = {
  neg: arithmetic.negative.core,
  pos: arithmetic.positive.core,
  abs: arithmetic.absolute.core,
  invert: logic.invert.core,
} as const;

type BinaryName = keyof typeof BINARY;

/** `a op b`, `b op a`, `a op= b` and `a[index] op= b` for every operator of Python. */
export type OperatorMethods = {
  [K in BinaryName | `r${BinaryName}`]: (b: ArrayLike) => Item;
} & {
  [K in `${BinaryName}_`]: (b: ArrayLike) => ndarray;
} & {
  [K in `${BinaryName}_at`]: (index: Index | readonly Index[], value: ArrayLike) => void;
} & {
  [K in keyof typeof COMPARISON]: (b: ArrayLike | null | string) => Flag;
} & {
  [K in keyof typeof UNARY]: () => Item;
} & {
  divmod(b: ArrayLike): Tuple<Item>;
  rdivmod(b: ArrayLike): Tuple<Item>;
};

const applied = (op: Core | Binary): Binary => (typeof op === "function" ? op : (a, b) => op.two(a, b));

/** `a op= b`: writes into a, whose type and shape stay. @throws UFuncTypeError, ValueError */
function inPlace(op: Core | Binary): (a: ndarray, b: ArrayLike) => ndarray {
  if (typeof op === "function")
    return (a, b) => {
      checkWritable(a);
      matmul.impl(a, b, a);
      return a;
    };
  return (a, b) => {
    checkWritable(a);
    op.call([a, b], { out: a, where: true, casting: "same_kind", order: null, dtype: null });
    return a;
  };
}

/** Whether a result of this kind has a place in `a`; where not, `a.and_(b)` was meant as the operator. */
function hasPlace(a: ndarray, y: unknown): y is ndarray {
  return y instanceof ArrayBase && y._a.dtype === a._a.dtype && sameShape(y._a.shape, a._a.shape);
}

/** `a.and_(b)` stands for `a &= b` and for `a & b`: what it returns is right for both. */
function inPlaceOrNew(op: Core): (a: ndarray, b: ArrayLike) => ndarray {
  return (a, b) => {
    const y = op.call([a, b], null) as Item;
    if (!hasPlace(a, y)) return y;
    checkWritable(a);
    copyInto(a._a, y._a);
    a._a.storage.version++;
    return a;
  };
}

/** `x[index] op= value`: in place on the part where it is an array, so that its type stays. */
function atIndex(op: Core | Binary): (x: ndarray, index: Index | readonly Index[], value: ArrayLike) => void {
  const [binary, change] = [applied(op), inPlace(op)];
  return (x, index, value) => {
    checkWritable(x);
    const entries = entriesOf(index);
    const part = getItem(x, entries);
    setItem(x, entries, isWhole(part) ? change(part, value) : binary(part, value));
  };
}

const isWhole = (x: unknown): x is ndarray => x instanceof ArrayBase && !(x instanceof GenericImpl);

const foreign = (x: unknown): boolean => x === null || x === undefined || typeof x === "string";

/** Every operator method, by name. */
export const operators: Record<string, (this: ndarray, ...args: never[]) => unknown> = {};

const define = (name: string, f: (self: ndarray, ...args: never[]) => unknown): void => {
  operators[name] = function (this: ndarray, ...args: never[]) {
    return f(this, ...args);
  };
};

for (const [name, op] of Object.entries(BINARY)) {
  const f = applied(op);
  operators[name] = function (this: ndarray, b: ArrayLike) {
    return f(this, b);
  };
  define(`r${name}`, (a, b: ArrayLike) => f(b, a));
  const both = name === "and" || name === "or" || name === "xor";
  const change = both ? inPlaceOrNew(op as Core) : inPlace(op);
  define(`${name}_`, (a, b: ArrayLike) =>
    // A scalar is immutable: `x += 1` gives the name another value.
    a instanceof GenericImpl ? f(a, b) : change(a, b),
  );
  const part = atIndex(op);
  define(`${name}_at`, (x, index: Index, value: ArrayLike) => part(x, index, value));
}

for (const [name, core] of Object.entries(COMPARISON)) {
  const none = name === "eq" ? 0 : 1;
  const asks = name === "eq" || name === "ne";
  operators[name] = function (this: ndarray, b: ArrayLike) {
    if (asks && foreign(b))
      return fromStrided(copyInto(Strided.zeros(bool, this._a.shape), asStrided(none === 1)));
    return core.two(this, b);
  };
}

for (const [name, core] of Object.entries(UNARY)) define(name, (a) => core.one(a));
define("__abs__", (a) => arithmetic.absolute.core.call([a], null));
define("divmod", (a, b: ArrayLike) => arithmetic.divmod.core.call([a, b], null));
define("rdivmod", (a, b: ArrayLike) => arithmetic.divmod.core.call([b, a], null));
define("__contains__", (a, x: ArrayLike) =>
  (logic.equal.core.call([a, x], null) as unknown) instanceof ArrayBase
    ? asStrided(logic.logical_or.reduce(logic.equal(a, x), null) as ArrayLike).peek[0] === 1
    : Boolean(logic.equal(a, x)),
);
