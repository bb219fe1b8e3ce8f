/**
 * What Python itself does: print and repr, operators and builtins, formats, slices, tuples, keyword arguments, exceptions.
 *
 * @packageDocumentation
 */
export { round, sum } from "./builtins/arithmetic.js";
export {
  assert,
  contains,
  delattr,
  getattr,
  hasattr,
  hash,
  id,
  setattr,
  vars,
} from "./builtins/attributes.js";
export { bytes, dict, frozenset, list, set, str, tuple } from "./builtins/containers.js";
export { copy, deepcopy } from "./builtins/copy.js";
export {
  all,
  any,
  enumerate,
  filter,
  iter,
  len,
  map,
  next,
  reversed,
  type TupleOf,
  zip,
} from "./builtins/iteration.js";
export { items, keys, values } from "./builtins/mappings.js";
export { bool, complex, float, int } from "./builtins/numbers.js";
export { print } from "./builtins/print.js";
export { sleep } from "./builtins/sleep.js";
export { type ExtremeOptions, max, min, type SortOptions, sorted } from "./builtins/sorting.js";
export { bin, chr, hex, input, oct, ord } from "./builtins/text.js";
export {
  type ClassLike,
  callable,
  type InstanceOf,
  isinstance,
  issubclass,
  object,
  type,
  type_name,
} from "./builtins/type.js";
export { Callable, innerClass, type PyClass, pyClass, pyclass } from "./call/callable.js";
export { type Def, def, type Method, method } from "./call/def.js";
export { isKeywords, kw, markPositional } from "./call/keywords.js";
export { bindArguments, isPlainCall, parseSignature, type Signature } from "./call/signature.js";
export type { Arguments } from "./call/types.js";
export { type Context, type ContextManager, context, type Guard } from "./context.js";
export { className, classNames, isClass, moduleName, nameClass, shortName } from "./core/names.js";
export { isPlainObject } from "./core/plain.js";
export type { PyType } from "./core/py-type.js";
export * from "./exceptions.js";
export { format } from "./format/format.js";
export { fmt } from "./format/percent.js";
export { str_format } from "./format/str-format.js";
export { Complex } from "./numbers/complex.js";
export { asFloat, Float, floatRepr } from "./numbers/float.js";
export {
  add,
  and_,
  div,
  divmod,
  floordiv,
  lshift,
  matmul,
  mod,
  mul,
  or_,
  pow,
  rshift,
  sub,
  xor,
} from "./operators/binary.js";
export { eq, ge, gt, le, lt, ne } from "./operators/comparison.js";
export type { BinaryResult, CompareResult, Numeral, UnaryResult } from "./operators/types.js";
export { abs, invert, is_, neg, not_, pos } from "./operators/unary.js";
export { type Output, setOutput, write } from "./output.js";
export { NotImplemented } from "./protocol/equality.js";
export type { ItemOf, PyIterable } from "./protocol/iterate.js";
export {
  type NamedTuple,
  type NamedTupleClass,
  type NamedTupleOptions,
  namedTuple,
} from "./sequences/named-tuple.js";
export { freezeInto } from "./sequences/parenthesized.js";
export { Range, range } from "./sequences/range.js";
export { asSlice, type IndexEntry, parseEntry, parseSlice, Slice } from "./sequences/slice.js";
export { slice } from "./sequences/slicing.js";
export { Tuple } from "./sequences/tuple.js";
export { FrozenSet } from "./sets/frozenset.js";
export { asciiRepr as ascii, repr } from "./text/repr.js";
export { warn } from "./warnings.js";
