import type { Method } from "@cognate/py";
import type { Tensor } from "../tensor/tensor.js";
import type * as pointwise from "./pointwise.js";
import type * as reduction from "./reduction.js";

type Methods<M> = { [K in keyof M]: Method<M[K]> };
type InPlace<M> = { [K in keyof M & string as `${K}_`]: Method<M[K]> };

type All = typeof pointwise & typeof reduction;

/** Every function of `torch` whose first parameter is a tensor, as a method; in-place twins with `_`. */
export interface TensorMethods extends Methods<All>, InPlace<typeof pointwise> {
  /** Gradients of this tensor (with respect to the graph's leaves) added to their `grad`. */
  backward(gradient?: Tensor | null, retain_graph?: boolean | null, create_graph?: boolean): void;
}
