// What operators and reductions do with texts: `+` joins, everything else raises.

import { noSignatureError } from "../errors/classes.js";
import { asStrided } from "./create.js";
import { isText, TextArray, textArray } from "./text.js";
import { mapTexts, textsOf } from "./text-map.js";

function define(name: string, value: (this: TextArray, other: never) => unknown): void {
  Object.defineProperty(TextArray.prototype, name, { value, writable: true, configurable: true });
}

/** Python's operators that no text has, by the names of their methods and ufuncs. */
const REFUSED = {
  sub: "subtract",
  mul: "multiply",
  div: "divide",
  floordiv: "floor_divide",
  mod: "remainder",
  pow: "power",
  and: "bitwise_and",
  or: "bitwise_or",
  xor: "bitwise_xor",
  lshift: "left_shift",
  rshift: "right_shift",
  matmul: "matmul",
} as const;
for (const [name, ufunc] of Object.entries(REFUSED))
  for (const method of [name, `r${name}`, `${name}_`])
    define(method, function (other: never) {
      const type = `dtype('${isText(other) ? textArray(other).dtype : asStrided(other).dtype.name}')`;
      const own = `dtype('${this.dtype}')`;
      throw noSignatureError(ufunc, method[0] === "r" && method !== "rshift" ? [type, own] : [own, type]);
    });
for (const [name, ufunc] of Object.entries({
  neg: "negative",
  pos: "positive",
  abs: "absolute",
  invert: "invert",
}))
  define(name, function () {
    throw noSignatureError(ufunc, [`dtype('${this.dtype}')`]);
  });
for (const [name, ufunc] of Object.entries({ max: "maximum", min: "minimum" }))
  define(name, function () {
    const own = `dtype('${this.dtype}')`;
    throw noSignatureError(ufunc, [own, own]);
  });
for (const name of ["add", "radd"])
  define(name, function (other: never): TextArray {
    if (!isText(other)) {
      const types = [`dtype('${this.dtype}')`, `dtype('${asStrided(other).dtype.name}')`];
      throw noSignatureError("add", name === "add" ? types : types.reverse());
    }
    const two = [this, textArray(other)];
    const sums = textsOf(mapTexts(name === "add" ? two : two.reverse(), (a, b) => `${a}${b}`));
    return new TextArray(sums._a, sums._words, two[0]!._width + two[1]!._width);
  });
