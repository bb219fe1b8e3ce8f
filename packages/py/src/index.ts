/**
 * What Python itself does: print, repr, slices, tuples, keyword arguments, exceptions.
 *
 * @packageDocumentation
 */
export { Callable, className, classNames, type PyClass, pyClass, pyclass } from "./call/callable.js";
export { type Def, def, type Method, method, shortName } from "./call/def.js";
export { isPlainObject, kw, markPositional } from "./call/signature.js";
export type { Arguments } from "./call/types.js";
export * from "./exceptions.js";
export { Complex, Float, floatRepr } from "./numbers.js";
export { type Output, setOutput, write } from "./output.js";
export { type IndexEntry, parseEntry, parseSlice, Slice, slice } from "./slice.js";
export { freezeInto, Tuple } from "./tuple.js";
