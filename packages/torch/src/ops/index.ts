import type { Method } from "@cognate/py";
import type * as random from "../random/methods.js";
import type { ItemOperators, Target } from "../tensor/indexing.js";
import type * as methods from "../tensor/methods.js";
import type * as properties from "../tensor/properties.js";
import type { Index, Tensor, TensorLike } from "../tensor/tensor.js";
import type * as operators from "./operators.js";
import type { Overloads } from "./overloads.js";
import type * as pointwise from "./pointwise.js";
import type * as structure from "./structure.js";

/** A pointwise function says what it is as a method, where it takes no `out`. */
type Methods<M> = { [K in keyof M]: M[K] extends { method: infer D } ? Method<D> : Method<M[K]> };
/** Pointwise functions that PyTorch has no in-place twin of; a test holds the list to what is there. */
export type Twinless =
  | "angle"
  | "conj"
  | "fmax"
  | "fmin"
  | "frexp"
  | "hardshrink"
  | "invert"
  | "isclose"
  | "isfinite"
  | "isinf"
  | "isnan"
  | "isneginf"
  | "isposinf"
  | "isreal"
  | "logaddexp"
  | "logaddexp2"
  | "maximum"
  | "minimum"
  | "positive"
  | "prelu"
  | "signbit"
  | "where"
  | `r${"add" | "sub" | "mul" | "div" | "floordiv" | "mod" | "pow" | "and" | "or" | "xor" | "lshift" | "rshift"}`;

/** In-place twins, of the functions that have one. */
type InPlace<M> = {
  [K in Exclude<keyof M & string, Twinless> as `${K}_`]: M[K] extends { twin: infer D } ? Method<D> : never;
};

type All = typeof pointwise & typeof operators & typeof structure & typeof methods & typeof random;

/** In-place twins of functions that say which have one. */
type Twins<M> = {
  [K in keyof M & string as M[K] extends { twin: unknown } ? `${K}_` : never]: M[K] extends { twin: infer D }
    ? Method<D>
    : never;
};

/** Indexing; see `tensor/indexing.ts`. */
interface Items extends ItemOperators {
  /** `x[…]` */
  at(...index: Index[]): Tensor;
  /** `x[index] = value` */
  set(index: Target, value: TensorLike): void;
  /** `x[index] = f(x[index])` */
  update(index: Target, f: (part: Tensor) => TensorLike): void;
}

/** Properties that are computed; see `tensor/properties.ts`. */
type Properties = { readonly [K in keyof typeof properties]: ReturnType<(typeof properties)[K]> };

/** Every function of `torch` whose first parameter is a tensor, as a method; in-place twins with `_`. */
export interface TensorMethods
  extends Omit<Methods<All>, keyof Overloads>,
    Overloads,
    InPlace<typeof pointwise & typeof operators>,
    Twins<typeof structure>,
    Items,
    Properties {}
