import { complexOf, float32, float64, isComplex, realOf } from "../../dtype/dtype.js";
import { DTypeError, ParamError, ShapeError } from "../../errors/errors.js";
import { broadcastShapes } from "../../strided/broadcast.js";
import { copyInto } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { unary } from "../engines/elementwise.js";
import { defineOp } from "../row.js";
import type { Value } from "../value.js";

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

/** The complex conjugate; a real x as it is, without a copy, so that derivatives may write it for any type. */
export const conj = defineOp({
  name: "conj",
  inputs: ["x"],
  dtype: "same",
  run: ([operand], params: void, out) => {
    const x = operand as Strided;
    if (isComplex(x.dtype)) return conjugate.run([x], params, out);
    return out ? copyInto(out, x) : x;
  },
  vjp: (gy) => ({ x: gy.conj() }),
  samples: [{ inputs: [[2, 3]] }, { inputs: [{ shape: [3], dtype: "complex128" }] }],
});

const conjugate = unary({
  name: "conj",
  dtype: "same",
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

/** The parts of a complex array as a new last axis of length 2, a view. */
export const viewAsReal = defineOp({
  name: "viewAsReal",
  inputs: ["x"],
  dtype: "real",
  view: true,
  run: ([operand]) => {
    const x = operand as Strided;
    if (!isComplex(x.dtype)) throw new DTypeError("viewAsReal", "x", x.dtype.name, "a complex type");
    return new Strided(
      x.storage,
      realOf(x.dtype),
      [...x.shape, 2],
      [...x.strides.map((s) => 2 * s), 1],
      2 * x.offset,
    );
  },
  vjp: (gy) => ({ x: lastOf(gy, 0).complex(lastOf(gy, 1)) }),
  samples: [{ inputs: [{ shape: [2, 3], dtype: "complex128" }] }],
});

/** A last axis of length 2 as real and imaginary parts, a view. */
export const viewAsComplex = defineOp({
  name: "viewAsComplex",
  inputs: ["x"],
  dtype: "given",
  view: true,
  run: ([operand]) => {
    const x = operand as Strided;
    const last = x.rank - 1;
    if (x.dtype !== float32 && x.dtype !== float64)
      throw new DTypeError("viewAsComplex", "x", x.dtype.name, "float32 or float64");
    if (last < 0 || x.shape[last] !== 2)
      throw new ShapeError("viewAsComplex", "x", x.shape, "a last axis of length 2");
    const even =
      x.strides[last] === 1 && x.offset % 2 === 0 && x.strides.every((s, i) => i === last || s % 2 === 0);
    if (!even)
      throw new ParamError(
        "viewAsComplex",
        "x",
        `strides [${x.strides.join(", ")}]`,
        "pairs that lie together",
      );
    return new Strided(
      x.storage,
      complexOf(x.dtype),
      x.shape.slice(0, -1),
      x.strides.slice(0, -1).map((s) => s / 2),
      x.offset / 2,
    );
  },
  vjp: (gy) => ({ x: gy.viewAsReal() }),
  samples: [{ inputs: [[3, 2]] }],
});

function lastOf(x: Value, index: number): Value {
  const whole = x.shape.slice(0, -1).map((length) => ({ kind: "slice" as const, start: 0, step: 1, length }));
  return x.indexView({ items: [...whole, { kind: "select", index }] });
}
