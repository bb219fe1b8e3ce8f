import { AttributeError } from "@cognate/py";

/** Names that NumPy 2 took away, and what its error says to use instead. */
const HINTS: Readonly<Record<string, string>> = {
  geterrobj: "Use the np.errstate context manager instead.",
  seterrobj: "Use the np.errstate context manager instead.",
  cast: "Use `np.asarray(arr, dtype=dtype)` instead.",
  source: "Use `inspect.getsource` instead.",
  lookfor: "Search NumPy's documentation directly.",
  who: "Use an IDE variable explorer or `locals()` instead.",
  fastCopyAndTranspose: "Use `arr.T.copy()` instead.",
  set_numeric_ops:
    "For the general case, use `PyUFunc_ReplaceLoopBySignature`. For ndarray subclasses, define the ``__array_ufunc__`` method and override the relevant ufunc.",
  NINF: "Use `-np.inf` instead.",
  PINF: "Use `np.inf` instead.",
  NZERO: "Use `-0.0` instead.",
  PZERO: "Use `0.0` instead.",
  add_newdoc: "It's still available as `np.lib.add_newdoc`.",
  add_docstring: "It's still available as `np.lib.add_docstring`.",
  add_newdoc_ufunc: "It's an internal function and doesn't have a replacement.",
  safe_eval: "Use `ast.literal_eval` instead.",
  float_: "Use `np.float64` instead.",
  complex_: "Use `np.complex128` instead.",
  longfloat: "Use `np.longdouble` instead.",
  singlecomplex: "Use `np.complex64` instead.",
  cfloat: "Use `np.complex128` instead.",
  longcomplex: "Use `np.clongdouble` instead.",
  clongfloat: "Use `np.clongdouble` instead.",
  string_: "Use `np.bytes_` instead.",
  unicode_: "Use `np.str_` instead.",
  Inf: "Use `np.inf` instead.",
  Infinity: "Use `np.inf` instead.",
  NaN: "Use `np.nan` instead.",
  infty: "Use `np.inf` instead.",
  issctype: "Use `issubclass(rep, np.generic)` instead.",
  maximum_sctype:
    "Use a specific dtype instead. You should avoid relying on any implicit mechanism and select the largest dtype of a kind explicitly in the code.",
  obj2sctype: "Use `np.dtype(obj).type` instead.",
  sctype2char: "Use `np.dtype(obj).char` instead.",
  sctypes: "Access dtypes explicitly instead.",
  issubsctype: "Use `np.issubdtype` instead.",
  set_string_function:
    "Use `np.set_printoptions` instead with a formatter for custom printing of NumPy objects.",
  asfarray: "Use `np.asarray` with a proper dtype instead.",
  issubclass_: "Use `issubclass` builtin instead.",
  tracemalloc_domain: "It's now available from `np.lib`.",
  mat: "Use `np.asmatrix` instead.",
  recfromcsv: "Use `np.genfromtxt` with comma delimiter instead.",
  recfromtxt: "Use `np.genfromtxt` instead.",
  deprecate: "Emit `DeprecationWarning` with `warnings.warn` directly, or use `typing.deprecated`.",
  deprecate_with_doc: "Emit `DeprecationWarning` with `warnings.warn` directly, or use `typing.deprecated`.",
  find_common_type:
    "Use `numpy.promote_types` or `numpy.result_type` instead. To achieve semantics for the `scalar_types` argument, use `numpy.result_type` and pass the Python values `0`, `0.0`, or `0j`.",
  round_: "Use `np.round` instead.",
  get_array_wrap: "",
  DataSource: "It's still available as `np.lib.npyio.DataSource`.",
  nbytes: "Use `np.dtype(<dtype>).itemsize` instead.",
  byte_bounds: "Now it's available under `np.lib.array_utils.byte_bounds`",
  compare_chararrays: "It's still available as `np.char.compare_chararrays`.",
  format_parser: "It's still available as `np.rec.format_parser`.",
  alltrue: "Use `np.all` instead.",
  sometrue: "Use `np.any` instead.",
};

/** What the error says of names that were Python's own. */
const former = (name: string, more: string): string =>
  `module 'numpy' has no attribute '${name}'.\n\`np.${name}\` was a deprecated alias for the builtin \`${name}\`. To avoid this error in existing code, use \`${name}\` by itself. Doing this will not modify any behavior and is safe. ${more}\nThe aliases was originally deprecated in NumPy 1.20; for more details and guidance see the original release note at:\n    https://numpy.org/devdocs/release/1.20.0-notes.html#deprecations`;

const scalar = (type: string): string =>
  `If you specifically wanted the numpy scalar type, use \`np.${type}\` here.`;

const FORMER: Readonly<Record<string, string>> = {
  int: "When replacing `np.int`, you may wish to use e.g. `np.int64` or `np.int32` to specify the precision. If you wish to review your current use, check the release note link for additional information.",
  float: scalar("float64"),
  complex: scalar("complex128"),
  object: "",
  str: scalar("str_"),
};

/** What NumPy 2.4 says of names that are wholly gone. */
const gone = (name: string): string => `module 'numpy' has no attribute '${name}'`;

/** Something that raises NumPy's error whatever is done with it. */
function removed(name: string): never {
  const message =
    name in HINTS
      ? `\`np.${name}\` was removed in the NumPy 2.0 release. ${HINTS[name]}`
      : name in FORMER
        ? former(name, FORMER[name]!)
        : gone(name);
  const fail = (): never => {
    throw new AttributeError(message);
  };
  return new Proxy(fail, { get: fail, apply: fail, construct: fail, has: fail }) as never;
}

export const geterrobj = removed("geterrobj");
export const seterrobj = removed("seterrobj");
export const cast = removed("cast");
export const source = removed("source");
export const lookfor = removed("lookfor");
export const who = removed("who");
export const fastCopyAndTranspose = removed("fastCopyAndTranspose");
export const set_numeric_ops = removed("set_numeric_ops");
export const NINF = removed("NINF");
export const PINF = removed("PINF");
export const NZERO = removed("NZERO");
export const PZERO = removed("PZERO");
export const add_newdoc = removed("add_newdoc");
export const add_docstring = removed("add_docstring");
export const add_newdoc_ufunc = removed("add_newdoc_ufunc");
export const safe_eval = removed("safe_eval");
export const float_ = removed("float_");
export const complex_ = removed("complex_");
export const longfloat = removed("longfloat");
export const singlecomplex = removed("singlecomplex");
export const cfloat = removed("cfloat");
export const longcomplex = removed("longcomplex");
export const clongfloat = removed("clongfloat");
export const string_ = removed("string_");
export const unicode_ = removed("unicode_");
export const Inf = removed("Inf");
export const Infinity = removed("Infinity");
export const NaN = removed("NaN");
export const infty = removed("infty");
export const issctype = removed("issctype");
export const maximum_sctype = removed("maximum_sctype");
export const obj2sctype = removed("obj2sctype");
export const sctype2char = removed("sctype2char");
export const sctypes = removed("sctypes");
export const issubsctype = removed("issubsctype");
export const set_string_function = removed("set_string_function");
export const asfarray = removed("asfarray");
export const issubclass_ = removed("issubclass_");
export const tracemalloc_domain = removed("tracemalloc_domain");
export const mat = removed("mat");
export const recfromcsv = removed("recfromcsv");
export const recfromtxt = removed("recfromtxt");
export const deprecate = removed("deprecate");
export const deprecate_with_doc = removed("deprecate_with_doc");
export const find_common_type = removed("find_common_type");
export const round_ = removed("round_");
export const get_array_wrap = removed("get_array_wrap");
export const DataSource = removed("DataSource");
export const nbytes = removed("nbytes");
export const byte_bounds = removed("byte_bounds");
export const compare_chararrays = removed("compare_chararrays");
export const format_parser = removed("format_parser");
export const alltrue = removed("alltrue");
export const sometrue = removed("sometrue");
export const trapz = removed("trapz");
export const in1d = removed("in1d");
export const product = removed("product");
export const cumproduct = removed("cumproduct");
export const msort = removed("msort");
export const asscalar = removed("asscalar");
export const typeDict = removed("typeDict");
const [int, float, complex, object, str] = ["int", "float", "complex", "object", "str"].map(removed);

export { complex, float, int, object, str };
