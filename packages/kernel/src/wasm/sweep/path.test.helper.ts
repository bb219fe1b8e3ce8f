import type { DType } from "../../dtype/dtype.js";
import type { Strided } from "../../strided/strided.js";

/* How fast paths are written down that the sweep walks; see sweep.test.helper.ts. */

/** Lengths of axes by the letters of shapes. */
export type Sizes = Readonly<Record<string, number>>;

/** One way to call what a path computes. */
export interface Form {
  /** Shapes of the inputs, an axis a letter, `1` for an axis that is stretched; "" is an array without axes. */
  readonly shapes: readonly string[];
  /** What the inputs hold: an element type or a maker; float32 where nothing stands. */
  readonly make?: readonly (DType | Make | undefined)[];
  /** Lengths; the first are swept in all ways, the others as they are. */
  readonly sizes: readonly Sizes[];
  /** Lengths that follow from the others. */
  readonly derived?: (sizes: Sizes) => Sizes;
  /** Calls it; what is written in place must be copied first. */
  readonly run: Run;
  /** What defines the meaning, where it is not the call without kernels. */
  readonly plain?: Run;
  /** One of many alike: layouts are tried on all inputs at once, and numbers that are not finite left to the others. */
  readonly brief?: boolean;
}

export type Run = (inputs: readonly Strided[], sizes: Sizes) => Strided | readonly Strided[];

/** Makes an input. */
export type Make = (shape: readonly number[], sizes: Sizes) => Strided;

/** One fast path: what the kernels compute by it is compared with the reference over all that arrays can be. */
export interface Path {
  readonly name: string;
  /** The kernels: exports, or `row …` for what rows name in `simd`. Each must run, and one of them in each call. */
  readonly kernels: readonly string[];
  readonly forms: readonly Form[];
  /** How far results may be apart, relative to the largest one (0: the very bits), or in steps of the last place. */
  readonly close: number | { readonly ulp: number; readonly atol: number };
  /** What it declines: exactly these calls. */
  readonly declines?: (inputs: readonly Strided[], label: string, sizes: Sizes) => boolean;
  /** Calls where results that are not finite need not be of one kind, as sums run in another order. */
  readonly unlike?: RegExp;
  /** Calls that raise. */
  readonly raises?: RegExp;
  /** Inputs, by their place, that are never infinite: results of bounded functions. */
  readonly bounded?: readonly number[];
  /** Inputs that hold nothing but finite numbers here: what others do stands in tests of their own. */
  readonly finite?: readonly number[];
}

/** Whether an array has its elements in rows without gaps. */
export const inRows = (x: Strided): boolean => x.contiguous;
