import {
  arange,
  castTo,
  cloneContiguous,
  eye as identity,
  ops,
  Strided,
  linspace as spaced,
} from "@cognate/kernel";
import { LuaError } from "../errors.js";
import { entriesOf } from "../table.js";
import { defaultType } from "../tensor/default-type.js";
import { writeNumber } from "../tensor/elements.js";
import { lengthsOf, SHAPE_METHODS } from "../tensor/shapes.js";
import { TensorImpl } from "../tensor/tensor.js";
import { fresh, functions, plain, store } from "./make.js";

/* Functions that make tensors: `torch.zeros(2, 3)`, `torch.zeros(result, 2, 3)`, `x.zeros(2, 3)`. */

type Args = readonly unknown[];

/** A factory: what comes after an optional tensor for the result. The method's object is that result. */
export function factory(name: string, make: (args: Args, like: Strided | undefined) => Strided): void {
  const f = (...args: Args): TensorImpl => {
    if (args[0] instanceof TensorImpl) return store(args[0], make(args.slice(1), args[0]._array));
    return new TensorImpl(castTo(make(args, undefined), defaultType()));
  };
  plain(name, f);
}

const filled =
  (value: number) =>
  (args: Args, like?: Strided): Strided => {
    const y = Strided.zeros(like?.dtype ?? defaultType(), lengthsOf(args as readonly number[]));
    if (value !== 0) writeNumber(y, value);
    return y;
  };
factory("zeros", filled(0));
factory("ones", filled(1));
factory("eye", ([n, m = n]) => identity(defaultType(), Number(n), Number(m)));
/** `range(from, to [, step])`, both ends included. */
factory("range", ([from, to, step = 1]) => {
  const [a, b, s] = [Number(from), Number(to), Number(step)];
  if (s === 0) throw new LuaError("step must be a non-null number");
  if ((s > 0 && b < a) || (s < 0 && b > a))
    throw new LuaError("upper bound and larger bound incoherent with step sign");
  return arange(defaultType(), Math.floor((b - a) / s) + 1, a, s);
});
factory("linspace", ([from, to, n = 100]) => spaced(defaultType(), Number(n), Number(from), Number(to)));
factory(
  "logspace",
  ([from, to, n = 100]) =>
    ops.pow.run(
      [10 as never, spaced(defaultType(), Number(n), Number(from), Number(to))],
      undefined as never,
    ) as Strided,
);

/** Tensors laid end to end along an axis: `cat({x, y}, dim)`, `cat(x, y, dim)`; the last axis if it is left out. */
export const cat = plain("cat", (...args: Args): TensorImpl => {
  const list = entriesOf(args[0]) as readonly TensorImpl[] | undefined;
  const tensors = list ?? args.filter((a): a is TensorImpl => a instanceof TensorImpl);
  const given = args[list ? 1 : tensors.length];
  const parts = tensors.filter((t) => t._array.rank > 0);
  const rank = Math.max(...parts.map((t) => t._array.rank));
  const dim = given === undefined ? rank : Number(given);
  const arrays = parts.map((t) => {
    const missing = Math.max(rank, dim) - t._array.rank;
    return ops.reshape.run([t._array], {
      shape: [...t._array.shape, ...new Array<number>(missing).fill(1)],
    }) as Strided;
  });
  return new TensorImpl(ops.cat.run(arrays, { dim: dim - 1 }) as Strided);
});

const diagonal = (x: Strided, k: number): Strided => {
  if (x.rank === 2) return cloneContiguous(ops.diagonal.run([x], { offset: k }) as Strided);
  const n = x.size + Math.abs(k);
  const y = Strided.zeros(x.dtype, [n, n]);
  store(new TensorImpl(ops.diagonal.run([y], { offset: k }) as Strided), x);
  return y;
};
/** The diagonal of a matrix, or a matrix with a vector on its diagonal. */
export const diag = fresh("diag", {
  t: ([x]) => diagonal(x as Strided, 0),
  tn: ([x, k]) => diagonal(x as Strided, k as number),
});
fresh("tril", {
  t: ([x]) => ops.tril.run([x as Strided], {}) as Strided,
  tn: ([x, k]) => ops.tril.run([x as Strided], { k: k as number }) as Strided,
});
fresh("triu", {
  t: ([x]) => ops.triu.run([x as Strided], {}) as Strided,
  tn: ([x, k]) => ops.triu.run([x as Strided], { k: k as number }) as Strided,
});

for (const name of [
  "reshape",
  "repeatTensor",
  "squeeze",
  "transpose",
  "narrow",
  "select",
  "expand",
  "expandAs",
  "split",
  "chunk",
  "unfold",
  "view",
] as const) {
  const method = SHAPE_METHODS[name] as (...args: never[]) => unknown;
  functions.set(name, (x: TensorImpl, ...args: never[]) => method.call(x, ...args));
}
functions.set("numel", (x: TensorImpl) => x.nElement());
