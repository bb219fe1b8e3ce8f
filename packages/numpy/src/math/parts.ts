import { bool, copyInto, isComplex } from "@cognate/kernel";
import {
  type ArrayLike,
  deliverTo,
  elementary,
  type Flag,
  fromStrided,
  type Item,
  logic,
  type ndarray,
  scalars,
  toKernel,
} from "@cognate/ndarray/core";
import { Complex, def, isinstance, TypeError } from "@cognate/py";
import { allOf, asArray, cast, item, multiply, ops, run, Strided, strided, wrap } from "../internal.js";

/** The angle of complex numbers with the positive real axis, in radians or degrees. */
export const angle = def("numpy.angle", "z deg", (z: ArrayLike, deg = false): Item => {
  const x = asArray(z);
  const a = elementary.arctan2(x._a.dtype.kind === "complex" ? x.imag : 0, x.real);
  return deg ? multiply(a, 180 / Math.PI) : a;
});

/** The real parts: a view of a complex array, a real one itself. */
export const real = def("numpy.real", "val", (val: ArrayLike): Item => {
  const x = asArray(val);
  return x.ndim === 0 ? item(x.real.at()) : x.real;
});
/** The imaginary parts: a view of a complex array, zeros for a real one. */
export const imag = def("numpy.imag", "val", (val: ArrayLike): Item => {
  const x = asArray(val);
  return x.ndim === 0 ? item(x.imag.at()) : x.imag;
});

const finite = (x: Strided): number => (x.dtype.itemsize / x.dtype.lanes === 8 ? 2 ** -52 : 2 ** -23);

/** The real parts where all imaginary parts are within `tol` times the type's precision, else the array. */
export const real_if_close = def("numpy.real_if_close", "a tol", (a: ArrayLike, tol = 100): ndarray => {
  const x = asArray(a);
  if (!isComplex(x._a.dtype)) return x;
  const limit = tol > 1 ? tol * finite(x._a) : tol;
  return allOf(asArray(x.imag.abs()).lt(limit)) ? x.real : x;
});

/** Whether an element has an imaginary part, elementwise. */
export const iscomplex = def("numpy.iscomplex", "x", (x: ArrayLike): Flag => {
  const a = asArray(x);
  return logic.not_equal(a.imag, 0) as unknown as Flag;
});
/** Whether an element has no imaginary part, elementwise. */
export const isreal = def(
  "numpy.isreal",
  "x",
  (x: ArrayLike): Flag => logic.equal(asArray(x).imag, 0) as unknown as Flag,
);
/** Whether the type is complex. */
export const iscomplexobj = def("numpy.iscomplexobj", "x", (x: ArrayLike): boolean =>
  isComplex(strided(x).dtype),
);
/** Whether the type is not complex. */
export const isrealobj = def("numpy.isrealobj", "x", (x: ArrayLike): boolean => !isComplex(strided(x).dtype));

/** Whether a value is a single number, Python's or NumPy's, and no array. */
export const isscalar = (element: unknown): boolean =>
  ["number", "bigint", "boolean", "string"].includes(typeof element) ||
  element instanceof Number ||
  element instanceof Complex ||
  element instanceof Uint8Array ||
  isinstance(element, scalars.generic);

const infinite =
  (sign: 1 | -1) =>
  (x: ArrayLike, out: ndarray | null = null): Flag => {
    const a = strided(x);
    if (isComplex(a.dtype))
      throw new TypeError(
        `This operation is not supported for ${a.dtype.name} values because it would be ambiguous.`,
      );
    const y =
      a.dtype.kind === "float"
        ? run(sign > 0 ? ops.isposinf : ops.isneginf, undefined, a)
        : Strided.zeros(bool, a.shape);
    return deliverTo(y, out, "isinf") as unknown as Flag;
  };

/** Whether an element is positive infinity. */
export const isposinf = def("numpy.isposinf", "x out", infinite(1));
/** Whether an element is negative infinity. */
export const isneginf = def("numpy.isneginf", "x out", infinite(-1));

/** Rounded towards zero. */
export const fix = def(
  "numpy.fix",
  "x out",
  (x: ArrayLike, out: ndarray | null = null): Item => elementary.trunc(x, out),
);

/** NaN as `nan`, infinities as numbers (the largest of the type by default). */
export const nan_to_num = def(
  "numpy.nan_to_num",
  "x copy nan posinf neginf",
  (
    x: ArrayLike,
    copy = true,
    nan: ArrayLike = 0.0,
    posinf: ArrayLike | null = null,
    neginf: ArrayLike | null = null,
  ): Item => {
    const a = strided(x);
    const target = copy ? undefined : asArray(x);
    const own = (v: ArrayLike | null): number | null => (v === null ? null : Number(v));
    const p = { nan: Number(nan), posinf: own(posinf), neginf: own(neginf) };
    const fixed = (v: Strided): Strided => run(ops.nanToNum, p, v);
    let y = a;
    if (isComplex(a.dtype))
      y = run(
        ops.complex,
        undefined,
        fixed(run(ops.real, undefined as never, a)),
        fixed(run(ops.imag, undefined as never, a)),
      );
    else if (a.dtype.kind === "float") y = fixed(a);
    else if (copy) y = run(ops.cast, { dtype: a.dtype }, a);
    if (target) {
      if (y !== target._a) copyInto(target._a, y);
      return item(target);
    }
    return item(y.rank === 0 ? fromStrided(y).at() : fromStrided(y));
  },
);

const floats = (x: ArrayLike): Strided => {
  const a = strided(x);
  return a.dtype.kind === "float" || isComplex(a.dtype) ? a : cast(a, toKernel("float"));
};

/** sin(πx)/(πx), elementwise; 1 at 0. */
export const sinc = def("numpy.sinc", "x", (x: ArrayLike): Item => {
  const a = floats(x);
  const y = run(ops.sinc, undefined, a);
  return item(y.rank === 0 ? wrap(y).at() : wrap(y));
});

/** The modified Bessel function of the first kind, order 0. */
export const i0 = def("numpy.i0", "x", (x: ArrayLike): Item => {
  const a = floats(x);
  if (isComplex(a.dtype)) throw new TypeError("i0 not supported for complex values");
  return item(wrap(run(ops.i0, undefined, a)));
});

type Window = (n: Strided, M: number) => Strided;

/** A window of M points from positions 1 − M, 3 − M, …, M − 1. */
const windowed =
  (f: Window) =>
  (M: number): ndarray => {
    const count = Math.trunc(Number(M));
    if (count < 1) return wrap(Strided.zeros(toKernel("float"), [0]));
    if (count === 1) return wrap(strided([1.0], toKernel("float")));
    const n = strided(
      Array.from({ length: count }, (_, i) => 1 - M + 2 * i),
      toKernel("float"),
    );
    return wrap(f(n, count));
  };

const cosines =
  (weights: readonly number[]): Window =>
  (n, M) =>
    weights
      .map((w, k) =>
        run(
          ops.mul,
          undefined,
          run(ops.cos, undefined, run(ops.mul, undefined, n, (k * Math.PI) / (M - 1))),
          w,
        ),
      )
      .reduce((a, b) => run(ops.add, undefined, a, b));

/** The Hamming window. */
export const hamming = def("numpy.hamming", "M", windowed(cosines([0.54, 0.46])));
/** The Hann window. */
export const hanning = def("numpy.hanning", "M", windowed(cosines([0.5, 0.5])));
/** The Blackman window. */
export const blackman = def("numpy.blackman", "M", windowed(cosines([0.42, 0.5, 0.08])));
/** The Bartlett window, a triangle. */
export const bartlett = def(
  "numpy.bartlett",
  "M",
  windowed((n, M) =>
    run(
      ops.sub,
      undefined,
      strided(1.0, toKernel("float")),
      run(ops.div, undefined, run(ops.abs, undefined, n), M - 1),
    ),
  ),
);

/** The Kaiser window with shape `beta`. */
export const kaiser = def(
  "numpy.kaiser",
  "M beta",
  (M: number, beta: number): ndarray =>
    windowed((n, count) => {
      const ratio = run(ops.square, undefined, run(ops.div, undefined, n, count - 1));
      const root = run(ops.sqrt, undefined, run(ops.sub, undefined, strided(1.0, toKernel("float")), ratio));
      const scale = run(ops.i0, undefined, strided(Number(beta), toKernel("float")));
      return run(
        ops.div,
        undefined,
        run(ops.i0, undefined, run(ops.mul, undefined, root, Number(beta))),
        scale,
      );
    })(M),
);
