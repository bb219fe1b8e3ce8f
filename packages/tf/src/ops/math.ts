import { repr, TypeError } from "@cognate/py";
import { tensorOf, toTensor } from "../core/convert.js";
import {
  as_dtype,
  bool,
  complex64,
  complex128,
  float32,
  float64,
  int8,
  int16,
  string,
  type TypeLike,
  uint8Type,
  uint16,
} from "../core/dtypes.js";
import { one } from "../core/execute.js";
import { limitsOf, number, valueOf } from "../kernels/tools.js";
import { type DType, type Tensor, Value } from "../shared.js";
import { binary, type Data, def, type Name, unary, unaryOf } from "./make.js";

/* `tf.math`: elementwise functions. */

export const acos = unary("math.acos", "Acos");
export const acosh = unary("math.acosh", "Acosh");
export const asin = unary("math.asin", "Asin");
export const asinh = unary("math.asinh", "Asinh");
export const atan = unary("math.atan", "Atan");
export const atanh = unary("math.atanh", "Atanh");
export const bessel_i0 = unary("math.bessel_i0", "BesselI0");
export const bessel_i0e = unary("math.bessel_i0e", "BesselI0e");
export const bessel_i1 = unary("math.bessel_i1", "BesselI1");
export const bessel_i1e = unary("math.bessel_i1e", "BesselI1e");
export const bessel_j0 = unary("math.special.bessel_j0", "BesselJ0");
export const bessel_j1 = unary("math.special.bessel_j1", "BesselJ1");
export const bessel_k0 = unary("math.special.bessel_k0", "BesselK0");
export const bessel_k0e = unary("math.special.bessel_k0e", "BesselK0e");
export const bessel_k1 = unary("math.special.bessel_k1", "BesselK1");
export const bessel_k1e = unary("math.special.bessel_k1e", "BesselK1e");
export const bessel_y0 = unary("math.special.bessel_y0", "BesselY0");
export const bessel_y1 = unary("math.special.bessel_y1", "BesselY1");
export const ceil = unary("math.ceil", "Ceil");
export const cos = unary("math.cos", "Cos");
export const cosh = unary("math.cosh", "Cosh");
export const digamma = unary("math.digamma", "Digamma");
export const erf = unary("math.erf", "Erf");
export const erfc = unary("math.erfc", "Erfc");
export const erfinv = unary("math.erfinv", "Erfinv");
export const ndtri = unary("math.ndtri", "Ndtri");
export const exp = unary("math.exp", "Exp");
export const expm1 = unary("math.expm1", "Expm1");
export const floor = unary("math.floor", "Floor");
export const is_finite = unary("math.is_finite", "IsFinite");
export const is_inf = unary("math.is_inf", "IsInf");
export const is_nan = unary("math.is_nan", "IsNan");
export const lgamma = unary("math.lgamma", "Lgamma");
export const log = unary("math.log", "Log");
export const log1p = unary("math.log1p", "Log1p");
export const logical_not = unary("math.logical_not", "LogicalNot");
export const negative = unary("math.negative", "Neg");
export const reciprocal = unary("math.reciprocal", "Reciprocal");
export const rint = unary("math.rint", "Rint");
export const rsqrt = unary("math.rsqrt", "Rsqrt");
export const sigmoid = def(
  "tensorflow.math.sigmoid",
  "x name",
  (x: Data, name: Name = null): Tensor => one("Sigmoid", [toTensor(x)], {}, name),
);
export const sin = unary("math.sin", "Sin");
export const sinh = unary("math.sinh", "Sinh");
export const softplus = unaryOf("math.softplus", "Softplus", "features");
export const softsign = unaryOf("nn.softsign", "Softsign", "features");
export const sqrt = unary("math.sqrt", "Sqrt");
export const square = unary("math.square", "Square");
export const tan = unary("math.tan", "Tan");
export const tanh = unary("math.tanh", "Tanh");
export const invert = unary("bitwise.invert", "Invert");
export const dawsn = unary("math.special.dawsn", "Dawsn");
export const expint = unary("math.special.expint", "Expint");
export const fresnel_cos = unary("math.special.fresnel_cos", "FresnelCos");
export const fresnel_sin = unary("math.special.fresnel_sin", "FresnelSin");
export const spence = unary("math.special.spence", "Spence");

/** Whole numbers are rounded already. */
export const round = def("tensorflow.math.round", "x name", (x: Data, name: Name = null): Tensor => {
  const t = toTensor(x);
  return t.dtype.is_integer && !t._value?.weak ? t : one("Round", [t], {}, name);
});
export const sign = def("tensorflow.math.sign", "x name", (x: Data, name: Name = null): Tensor => {
  const t = toTensor(x);
  return one("Sign", [t], {}, name);
});
export const abs = def("tensorflow.math.abs", "x name", (x: Data, name: Name = null): Tensor => {
  const t = toTensor(x);
  return t.dtype.is_complex
    ? one("ComplexAbs", [t], { Tout: t.dtype.real_dtype }, name)
    : one("Abs", [t], {}, name);
});

/** Sum; of texts their joining. */
export const add = def("tensorflow.math.add", "x y name", (x: Data, y: Data, name: Name = null): Tensor => {
  const text = isText(x);
  return one(text ? "Add" : "AddV2", [x, y], {}, name, { loose: true });
});
const isText = (x: unknown): boolean =>
  typeof x === "string" || (x as { dtype?: unknown } | null)?.dtype === string;

export const subtract = binary("math.subtract", "Sub");
export const realdiv = binary("realdiv", "RealDiv");
export const multiply = binary("math.multiply", "Mul");
export const maximum = binary("math.maximum", "Maximum");
export const minimum = binary("math.minimum", "Minimum");
export const floordiv = binary("math.floordiv", "FloorDiv");
export const floormod = binary("math.floormod", "FloorMod");
export const mod = binary("math.mod", "FloorMod");
export const truncatediv = binary("truncatediv", "TruncateDiv");
export const truncatemod = binary("truncatemod", "TruncateMod");
export const pow = binary("math.pow", "Pow");
export const atan2 = def(
  "tensorflow.math.atan2",
  "y x name",
  (y: Data, x: Data, name: Name = null): Tensor => one("Atan2", [y, x], {}, name),
);
export const squared_difference = binary("math.squared_difference", "SquaredDifference");
export const divide_no_nan = def(
  "tensorflow.math.divide_no_nan",
  "x y name",
  (x: Data, y: Data, name: Name = null): Tensor => {
    const a = toTensor(x, { hint: typeBeside(y) });
    const b = toTensor(y, { dtype: a.dtype });
    const type = a.dtype.is_integer ? (DIVIDED.get(a.dtype) ?? float64) : a.dtype;
    return one("DivNoNan", [cast(a, type), cast(b, type)], {}, name);
  },
);
const typeBeside = (y: unknown): DType | undefined => {
  const d = (y as { dtype?: TypeLike } | null)?.dtype;
  return d ? as_dtype(d) : undefined;
};
export const multiply_no_nan = binary("math.multiply_no_nan", "MulNoNan");
export const xdivy = binary("math.xdivy", "Xdivy");
export const xlogy = binary("math.xlogy", "Xlogy");
export const xlog1py = binary("math.xlog1py", "Xlog1py");
export const nextafter = def(
  "tensorflow.math.nextafter",
  "x1 x2 name",
  (x1: Data, x2: Data, name: Name = null): Tensor => one("NextAfter", [x1, x2], {}, name),
);
export const igamma = def(
  "tensorflow.math.igamma",
  "a x name",
  (a: Data, x: Data, name: Name = null): Tensor => one("Igamma", [a, x], {}, name),
);
export const igammac = def(
  "tensorflow.math.igammac",
  "a x name",
  (a: Data, x: Data, name: Name = null): Tensor => one("Igammac", [a, x], {}, name),
);
export const polygamma = def(
  "tensorflow.math.polygamma",
  "a x name",
  (a: Data, x: Data, name: Name = null): Tensor => one("Polygamma", [a, x], {}, name),
);
export const zeta = def(
  "tensorflow.math.zeta",
  "x q name",
  (x: Data, q: Data, name: Name = null): Tensor => one("Zeta", [x, q], {}, name),
);
export const betainc = def(
  "tensorflow.math.betainc",
  "a b x name",
  (a: Data, b: Data, x: Data, name: Name = null): Tensor => one("Betainc", [a, b, x], {}, name),
);

export const greater = binary("math.greater", "Greater");
export const greater_equal = binary("math.greater_equal", "GreaterEqual");
export const less = binary("math.less", "Less");
export const less_equal = binary("math.less_equal", "LessEqual");
export const equal = binary("math.equal", "Equal");
export const not_equal = binary("math.not_equal", "NotEqual");
export const approximate_equal = def(
  "tensorflow.math.approximate_equal",
  "x y tolerance name",
  (x: Data, y: Data, tolerance = 1e-5, name: Name = null): Tensor =>
    one("ApproximateEqual", [x, y], { tolerance }, name),
);
export const logical_and = binary("math.logical_and", "LogicalAnd");
export const logical_or = binary("math.logical_or", "LogicalOr");
/** (x ∨ y) ∧ ¬(x ∧ y). */
export const logical_xor = def(
  "tensorflow.math.logical_xor",
  "x y name",
  (x: Data, y: Data, name: Name = "LogicalXor"): Tensor =>
    one("LogicalAnd", [logical_or(x, y), logical_not(logical_and(x, y))], {}, name),
);
export const bitwise_and = binary("bitwise.bitwise_and", "BitwiseAnd");
export const bitwise_or = binary("bitwise.bitwise_or", "BitwiseOr");
export const bitwise_xor = binary("bitwise.bitwise_xor", "BitwiseXor");
export const left_shift = binary("bitwise.left_shift", "LeftShift");
export const right_shift = binary("bitwise.right_shift", "RightShift");
export const population_count = unary("raw_ops.PopulationCount", "PopulationCount");

/** The float type in which integers of a type are divided. */
const DIVIDED = new Map<DType, DType | null>([
  [uint8Type, float32],
  [int8, float32],
  [uint16, float32],
  [int16, float32],
]);

/** Division as Python's: integers give floats. @throws TypeError for two types */
export function trueDivide(x: unknown, y: unknown, name: Name): Tensor {
  let a = toTensor(x, { hint: typeBeside(y) });
  let b = toTensor(y, { hint: a.dtype });
  if (a.dtype !== b.dtype) {
    if (a._value?.weak && b.dtype.is_floating) a = toTensor(a, { dtype: b.dtype });
    else if (b._value?.weak && a.dtype.is_floating) b = toTensor(b, { dtype: a.dtype });
    else
      throw new TypeError(
        `\`x\` and \`y\` must have the same dtype, got ${repr(a.dtype)} != ${repr(b.dtype)}.`,
      );
  }
  if (!a.dtype.is_integer && !a.dtype.is_floating && !a.dtype.is_complex)
    throw new TypeError(
      `Invalid dtype ${String(a.dtype)} in __truediv__. Expected one of {tf.uint8, tf.int8, tf.uint16, tf.int16, tf.uint32, tf.int32, tf.uint64, tf.int64, tf.bfloat16, tf.float16, tf.float32, tf.float64, tf.complex64, tf.complex128}.`,
    );
  if (a.dtype.is_integer) {
    const type = DIVIDED.get(a.dtype) ?? float64;
    return one("RealDiv", [cast(a, type), cast(b, type)], {}, name);
  }
  return one("RealDiv", [a, b], {}, name);
}
export const divide = def(
  "tensorflow.math.divide",
  "x y name",
  (x: Data, y: Data, name: Name = null): Tensor => trueDivide(x, y, name),
);
export const truediv = def(
  "tensorflow.math.truediv",
  "x y name",
  (x: Data, y: Data, name: Name = null): Tensor => trueDivide(x, y, name),
);

/** The elements in another type. */
export const cast = def(
  "tensorflow.cast",
  "x dtype name",
  (x: Data, dtype: TypeLike, name: Name = null): Tensor => {
    const to = as_dtype(dtype);
    const t = toTensor(x);
    if (t.dtype === to) {
      // A type that was asked for is one.
      return t._value?.weak ? tensorOf(new Value(t._value.array)) : t;
    }
    return one("Cast", [t], { SrcT: t.dtype, DstT: to, Truncate: false }, name);
  },
);
const saturating = (t: Tensor, low: number | bigint, high: number | bigint): Tensor =>
  minimum(maximum(t, cast(toTensor(low), t.dtype)), cast(toTensor(high), t.dtype));
const RANGES: Readonly<Record<string, readonly [number | bigint, number | bigint]>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
  uint16: [0, 65535],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
  float16: [-65504, 65504],
  bfloat16: [-3.3895313892515355e38, 3.3895313892515355e38],
  float32: [-3.4028234663852886e38, 3.4028234663852886e38],
};
const DIGITS: Readonly<Record<string, number>> = { float16: 11, bfloat16: 8, float32: 24, float64: 53 };
/** Floats cut to the numbers of their type that another type has, too. */
function within(t: Tensor, to: DType): Tensor {
  const bound = (own: number, limit: number): Tensor => {
    const nearest = Math.sign(limit) * Math.min(Math.abs(own), Math.abs(limit));
    const n = number(valueOf(nearest, t.dtype.kernel));
    // Rounded up to a power of 2: the number before it.
    const inside = Math.abs(n) <= Math.abs(limit) ? n : n * (1 - 2 ** -DIGITS[t.dtype.name]!);
    return toTensor(inside, { dtype: t.dtype });
  };
  const [lowest, highest] = limitsOf(t.dtype.kernel).map(Number);
  const [least, most] = limitsOf(to.kernel).map(Number);
  return one("ClipByValue", [t, bound(lowest!, least!), bound(highest!, most!)]);
}
/** {@link cast} where what does not fit becomes the nearest number of the type. */
export const saturate_cast = def(
  "tensorflow.saturate_cast",
  "value dtype name",
  (value: Data, dtype: TypeLike, name: Name = null): Tensor => {
    const to = as_dtype(dtype);
    const given = toTensor(value);
    const t = given.dtype.is_complex && !to.is_complex ? real(given) : given;
    if (t.dtype.is_floating) return cast(within(t, to.is_complex ? to.real_dtype : to), to, name);
    const range = RANGES[to.name];
    const own = RANGES[t.dtype.name];
    const needed = range && (!own || own[0] < range[0] || own[1] > range[1]);
    if (!needed) return cast(t, to, name);
    // Bounds that the type itself has already are kept within it.
    const low = own && own[0] > range[0] ? own[0] : range[0];
    const high = own && own[1] < range[1] ? own[1] : range[1];
    return cast(saturating(t, low, high), to, name);
  },
);

export const complex = def(
  "tensorflow.dtypes.complex",
  "real imag name",
  (re: Data, im: Data, name: Name = null): Tensor => {
    const [real, imag] = [re, im].map((v) => {
      const t = toTensor(v);
      return t._value?.weak ? cast(t, float32) : t;
    }) as [Tensor, Tensor];
    const type = { float64: complex128, float32: complex64 }[real.dtype.name];
    if (!type || imag.dtype !== real.dtype)
      throw new TypeError(
        `The \`real\` and \`imag\` components have incorrect types: ${real.dtype.name} ${imag.dtype.name}. They must be consistent, and one of [tf.float32, tf.float64]`,
      );
    return one("Complex", [real, imag], { Tout: type }, name);
  },
);
const part = (py: string, type: string) =>
  def(`tensorflow.math.${py}`, "input name", (input: Data, name: Name = null): Tensor => {
    const t = toTensor(input);
    return t.dtype.is_complex ? one(type, [t], { Tout: t.dtype.real_dtype }, name) : t;
  });
export const real = part("real", "Real");
export const imag = def("tensorflow.math.imag", "input name", (input: Data, name: Name = null): Tensor => {
  const t = toTensor(input);
  return t.dtype.is_complex ? one("Imag", [t], { Tout: t.dtype.real_dtype }, name) : one("ZerosLike", [t]);
});
export const angle = def("tensorflow.math.angle", "input name", (input: Data, name: Name = null): Tensor => {
  const t = toTensor(input);
  if (t.dtype.is_complex) return one("Angle", [t], { Tout: t.dtype.real_dtype }, name);
  return one("SelectV2", [less(t, 0), multiply(one("OnesLike", [t]), Math.PI), one("ZerosLike", [t])]);
});
export const conj = def("tensorflow.math.conj", "x name", (x: Data, name: Name = null): Tensor => {
  const t = toTensor(x);
  return t.dtype.is_complex ? one("Conj", [t], {}, name) : t;
});

/** log σ(x) = −softplus(−x). */
export const log_sigmoid = def(
  "tensorflow.math.log_sigmoid",
  "x name",
  (x: Data, _name: Name = null): Tensor => negative(softplus(negative(x))),
);
/** The sum of tensors of one shape. */
export const add_n = def(
  "tensorflow.math.add_n",
  "inputs name",
  (inputs: readonly Data[], name: Name = null): Tensor => one("AddN", [[...inputs]], {}, name),
);
export const accumulate_n = def(
  "tensorflow.math.accumulate_n",
  "inputs shape tensor_dtype name",
  (inputs: readonly Data[], _shape: unknown = null, _type: unknown = null, name: Name = null): Tensor =>
    one("AddN", [[...inputs]], {}, name),
);

/** x where a mask holds, else y. */
export const where = def(
  "tensorflow.where",
  "condition x y name",
  (condition: Data, x: Data | null = null, y: Data | null = null, name: Name = null): Tensor => {
    if (x === null && y === null) return one("Where", [toTensor(condition)], {}, name);
    return one("SelectV2", [toTensor(condition, { hint: bool }), x, y], {}, name);
  },
);

export { isText };
