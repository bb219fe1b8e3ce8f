import type { HasArray, Strided } from "@cognate/kernel";
import type { Complex, Slice, Tuple } from "@cognate/py";
import type { ndarray } from "./ndarray.js";

/** A number as Python code has it; a boxed `Number` is a float that looks whole. */
export type Scalar = number | bigint | boolean | Number | Complex;

/** Whatever an array argument may be given as: an array of any package, a typed array, nested lists, a number. */
export type ArrayLike = Scalar | HasArray | Strided | ArrayBufferView | Iterable<ArrayLike>;

/**
 * A result that is an array where it has axes and a number where it has none (`a.at(0)`, `a.sum()`, `np.exp(x)`): used
 * as either, since only the values decide which it is.
 */
export type Item = ndarray & number;
/** The same for results of type bool. */
export type Flag = ndarray & boolean;

/** Axes of a reduction: one, several, or all. */
export type Axis = number | readonly number[] | null;

/** Lengths of axes: several, or one. */
export type ShapeLike = number | bigint | Number | readonly (number | bigint | Number)[] | ArrayLike;

/** Memory order: rows or columns first, as the input lies (`A`, `K`). */
export type Order = "C" | "F" | "A" | "K" | null;

/** One entry between the brackets of `x[…]`: an integer, a slice or its text, `"..."`, `null`, a mask, integers. */
export type Index = number | bigint | boolean | string | null | Slice | ArrayLike | readonly Index[] | Tuple;
