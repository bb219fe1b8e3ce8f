import { complexOf, isComplex, realOf } from "../../dtype/dtype.js";
import { broadcastShapes } from "../../strided/broadcast.js";
import { copyInto } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { unary } from "../engines/elementwise.js";
import { defineOp } from "../row.js";

/** The real or imaginary parts of a complex array as a view with doubled strides. */
function part(x: Strided, which: 0 | 1): Strided {
  return new Strided(
    x.storage,
    realOf(x.dtype),
    x.shape,
    x.strides.map((s) => 2 * s),
    2 * x.offset + which,
  );
}

/** Re x, a view; a real x as it is. */
export const real = defineOp({
  name: "real",
  inputs: ["x"],
  dtype: "real",
  view: true,
  run: ([x]) => (isComplex((x as Strided).dtype) ? part(x as Strided, 0) : (x as Strided)),
  vjp: (gy, _saved, { dtype }) => ({ x: isComplex(dtype(0)) ? gy.cast({ dtype: dtype(0) }) : gy }),
  samples: [{ inputs: [{ shape: [3], dtype: "complex128" }] }],
});

/** Im x, a view; zeros for a real x. */
export const imag = defineOp({
  name: "imag",
  inputs: ["x"],
  dtype: "real",
  view: true,
  run: ([x]) =>
    isComplex((x as Strided).dtype)
      ? part(x as Strided, 1)
      : Strided.zeros((x as Strided).dtype, (x as Strided).shape),
  vjp: (gy, _saved, { dtype }) => ({
    x: isComplex(dtype(0)) ? gy.cast({ dtype: dtype(0) }).mul({ re: 0, im: 1 }) : null,
  }),
  samples: [{ inputs: [{ shape: [3], dtype: "complex128" }] }],
});

/** The complex conjugate; a real x as it is. */
export const conj = unary({
  name: "conj",
  dtype: "same",
  reference: (x) => x,
  integer: "reference",
  bigint: (x) => x,
  boolean: "integer",
  complex: (re, im, out) => {
    out.re = re;
    out.im = -im;
  },
  vjp: (gy) => ({ x: gy.conj() }),
});

/** A complex array from its real and imaginary parts. */
export const complex = defineOp({
  name: "complex",
  inputs: ["re", "im"],
  dtype: "given",
  broadcasts: true,
  run: ([a, b]) => {
    const [re, im] = [a as Strided, b as Strided];
    return joinParts(re, im);
  },
  vjp: (gy) => ({ re: gy.real(), im: gy.imag() }),
  samples: [{ inputs: [[2, 3], [3]] }],
});

function joinParts(re: Strided, im: Strided): Strided {
  const y = Strided.zeros(complexOf(re.dtype), broadcastShapes("complex", [re.shape, im.shape]));
  copyInto(part(y, 0), re);
  copyInto(part(y, 1), im);
  return y;
}
