import { AttributeError } from "@cognate/py";

/** Names that NumPy 2 took away, and what its error says to use instead. */
const HINTS: Readonly<Record<string, string>> = {
  float_: "Use `np.float64` instead.",
  complex_: "Use `np.complex128` instead.",
  singlecomplex: "Use `np.complex64` instead.",
  cfloat: "Use `np.complex128` instead.",
  Inf: "Use `np.inf` instead.",
  Infinity: "Use `np.inf` instead.",
  NaN: "Use `np.nan` instead.",
  infty: "Use `np.inf` instead.",
  NINF: "Use `-np.inf` instead.",
  PINF: "Use `np.inf` instead.",
  NZERO: "Use `-0.0` instead.",
  PZERO: "Use `0.0` instead.",
  round_: "Use `np.round` instead.",
  alltrue: "Use `np.all` instead.",
  sometrue: "Use `np.any` instead.",
  mat: "Use `np.asmatrix` instead.",
  asfarray: "Use `np.asarray` with a proper dtype instead.",
  find_common_type:
    "Use `numpy.promote_types` or `numpy.result_type` instead. To achieve semantics for the `scalar_types` argument, use `numpy.result_type` and pass the Python values `0`, `0.0`, or `0j`.",
  cast: "Use `np.asarray(arr, dtype=dtype)` instead.",
  issubclass_: "Use `issubclass` builtin instead.",
  issctype: "Use `issubclass(rep, np.generic)` instead.",
  obj2sctype: "Use `np.dtype(obj).type` instead.",
  sctype2char: "Use `np.dtype(obj).char` instead.",
  sctypes: "Access dtypes explicitly instead.",
  safe_eval: "Use `ast.literal_eval` instead.",
  nbytes: "Use `np.dtype(<dtype>).itemsize` instead.",
};

/** What NumPy 2.4 says of names that are wholly gone. */
const gone = (name: string): string => `module 'numpy' has no attribute '${name}'`;

/** Something that raises NumPy's error whatever is done with it. */
function removed(name: string): never {
  const message = HINTS[name]
    ? `\`np.${name}\` was removed in the NumPy 2.0 release. ${HINTS[name]}`
    : gone(name);
  const fail = (): never => {
    throw new AttributeError(message);
  };
  return new Proxy(fail, { get: fail, apply: fail, construct: fail, has: fail }) as never;
}

export const float_ = removed("float_");
export const complex_ = removed("complex_");
export const singlecomplex = removed("singlecomplex");
export const cfloat = removed("cfloat");
export const Inf = removed("Inf");
export const NaN = removed("NaN");
export const infty = removed("infty");
export const NINF = removed("NINF");
export const PINF = removed("PINF");
export const NZERO = removed("NZERO");
export const PZERO = removed("PZERO");
export const round_ = removed("round_");
export const alltrue = removed("alltrue");
export const sometrue = removed("sometrue");
export const mat = removed("mat");
export const asfarray = removed("asfarray");
export const find_common_type = removed("find_common_type");
export const cast = removed("cast");
export const issubclass_ = removed("issubclass_");
export const issctype = removed("issctype");
export const obj2sctype = removed("obj2sctype");
export const sctype2char = removed("sctype2char");
export const sctypes = removed("sctypes");
export const safe_eval = removed("safe_eval");
export const nbytes = removed("nbytes");
export const trapz = removed("trapz");
export const in1d = removed("in1d");
export const product = removed("product");
export const cumproduct = removed("cumproduct");
