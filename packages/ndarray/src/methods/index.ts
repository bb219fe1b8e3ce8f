import type { Method } from "@cognate/py";
import type { flagsobj } from "../array/flags.js";
import type { flatiter } from "../array/flat.js";
import type { ndarray } from "../array/ndarray.js";
import type { ArrayLike, Index, Item, Order, ShapeLike } from "../array/types.js";
import type { DTypeLike } from "../dtype/dtype.js";
import type * as contraction from "./contraction.js";
import type { OperatorMethods } from "./operators.js";
import type * as own from "./own.js";
import type * as reductions from "./reductions.js";
import type * as select from "./select.js";
import type * as shape from "./shape.js";
import type * as sort from "./sort.js";

type R = typeof reductions;
type S = typeof select;

/** NumPy's methods of arrays, and of scalars. */
export interface ArrayMethods extends OperatorMethods {
  at(...index: readonly Index[]): Item;
  set(index: Index | readonly Index[], value: ArrayLike): void;
  update(index: Index | readonly Index[], f: (part: Item) => ArrayLike): void;

  sum: Method<R["sum"]>;
  prod: Method<R["prod"]>;
  mean: Method<R["mean"]>;
  var: Method<R["var_"]>;
  std: Method<R["std"]>;
  max: Method<R["max"]>;
  min: Method<R["min"]>;
  any: Method<R["any"]>;
  all: Method<R["all"]>;
  argmax: Method<R["argmax"]>;
  argmin: Method<R["argmin"]>;
  cumsum: Method<R["cumsum"]>;
  cumprod: Method<R["cumprod"]>;

  take: Method<S["take"]>;
  put: Method<S["put"]>;
  choose: Method<S["choose"]>;
  compress(condition: ArrayLike, axis?: number | null, out?: ndarray | null): Item;
  repeat: Method<S["repeat"]>;
  nonzero: Method<S["nonzero"]>;
  clip: Method<S["clip"]>;
  round: Method<S["round"]>;
  trace: Method<S["trace"]>;

  dot: Method<(typeof contraction)["dot"]>;
  argsort: Method<(typeof sort)["argsort"]>;
  argpartition: Method<(typeof sort)["argpartition"]>;
  searchsorted: Method<(typeof sort)["searchsorted"]>;
  sort: Method<(typeof own)["sort"]>;
  partition: Method<(typeof own)["partition"]>;

  reshape(
    ...args: readonly (ShapeLike | { readonly order?: Order; readonly copy?: boolean | null })[]
  ): ndarray;
  transpose(...axes: readonly (number | readonly number[] | null)[]): ndarray;
  ravel: Method<(typeof shape)["ravel"]>;
  flatten: Method<(typeof shape)["flatten"]>;
  swapaxes: Method<(typeof shape)["swapaxes"]>;
  squeeze: Method<(typeof shape)["squeeze"]>;
  diagonal: Method<(typeof shape)["diagonal"]>;

  astype: Method<(typeof own)["astype"]>;
  copy: Method<(typeof own)["copy"]>;
  view: Method<(typeof own)["view"]>;
  tobytes: Method<(typeof own)["tobytes"]>;
  byteswap: Method<(typeof own)["byteswap"]>;
  fill(value: ArrayLike): void;
  resize(...shape: readonly unknown[]): void;
  setflags(...args: readonly unknown[]): void;
  to_device(device: string, stream?: unknown): ndarray;
  getfield(dtype: DTypeLike, offset?: number): ndarray;
  setfield(value: ArrayLike, dtype: DTypeLike, offset?: number): null;
  tofile(fid?: string | null, sep?: string, format?: string): Uint8Array | null;
  dump(): never;
  dumps(): never;
  readonly ctypes: never;
  conj(): Item;
  conjugate(): Item;

  readonly T: ndarray;
  readonly mT: ndarray;
  flat: flatiter;
  readonly flags: flagsobj;
  real: Item;
  imag: Item;
}
