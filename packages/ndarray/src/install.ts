import { def, method } from "@cognate/py";
import { ArrayBase } from "./array/base.js";
import type { ndarray } from "./array/ndarray.js";
import { GenericImpl } from "./array/scalars.js";
import "./array/text-operators.js";
import type { ArrayLike } from "./array/types.js";
import { dot } from "./methods/contraction.js";
import { fieldGetters, fields } from "./methods/fields.js";
import { operators } from "./methods/operators.js";
import * as own from "./methods/own.js";
import * as reductions from "./methods/reductions.js";
import * as select from "./methods/select.js";
import * as shape from "./methods/shape.js";
import * as sorting from "./methods/sort.js";
import { currentOptions } from "./print/options.js";
import { formatArray, reprOf, strOf } from "./print/repr.js";
import { scalarText } from "./print/scalar-text.js";
import { conjugate } from "./ufunc/arithmetic.js";

type AnyDef = Parameters<typeof method>[0];

function define(name: string, value: unknown, target: object = ArrayBase.prototype): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

const { var_, ptp: _ptp, meanArray: _mean, ...reduced } = reductions;
const { compress, wholeNumbers: _whole, ...selected } = select;
const { reshape: _reshape, transpose: _transpose, copy: _copy, asArray: _asArray, ...shaped } = shape;
const { argsort, argpartition, searchsorted } = sorting;
const { astype, copy, view, tobytes, byteswap, sort, partition } = own;

const functions: Readonly<Record<string, unknown>> = {
  ...reduced,
  var: var_,
  ...selected,
  ...shaped,
  argsort,
  argpartition,
  searchsorted,
  astype,
  copy,
  view,
  tobytes,
  byteswap,
  sort,
  partition,
  dot,
};

for (const [name, f] of Object.entries(functions)) define(name, method(f as AnyDef, name));
for (const [name, f] of Object.entries({ ...own.own, ...fields })) define(name, f);
for (const [name, f] of Object.entries(operators)) define(name, f);
define(
  "compress",
  method(
    def(
      "numpy.ndarray.compress",
      "a condition axis out",
      (a: ndarray, condition: ArrayLike, axis: number | null = null, out: ndarray | null = null) =>
        compress.impl(condition, a, axis, out),
    ),
  ),
);
for (const name of ["conj", "conjugate"])
  define(name, function (this: ndarray) {
    return this._a.dtype.lanes === 2 ? conjugate(this) : this;
  });

for (const [name, get] of Object.entries({ ...own.getters, ...fieldGetters })) {
  const set = (own.setters as Readonly<Record<string, (a: ArrayBase, v: ArrayLike) => void>>)[name];
  Object.defineProperty(ArrayBase.prototype, name, {
    get(this: ArrayBase) {
      return get(this);
    },
    ...(set && {
      set(this: ArrayBase, v: ArrayLike) {
        set(this, v);
      },
    }),
    configurable: true,
  });
}

define("__str__", function (this: ArrayBase) {
  return strOf(this._a, currentOptions());
});
define("__repr__", function (this: ArrayBase) {
  return reprOf(this._a, currentOptions());
});
define("__format__", function (this: ArrayBase, spec: string) {
  return formatArray(this, spec);
});
define("__round__", function (this: ndarray, digits: number | null = null) {
  return this.round(digits ?? 0);
});
define(
  "__repr__",
  function (this: GenericImpl) {
    return `np.${this._a.dtype.name}(${scalarText(this._a).replace(/^\((.*)\)$/, "$1")})`;
  },
  GenericImpl.prototype,
);
