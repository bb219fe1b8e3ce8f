import {
  einsum as contract,
  tensordot as contracted,
  EinsumError,
  type EinsumProblem,
  ops,
} from "@cognate/kernel";
import { def, RuntimeError, ValueError } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import { type Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { axis, deliver, type Int, type Ints, int, ints, named, valueOf, weakLike } from "./args.js";
import { alike, matmulOf, mismatched } from "./matmul.js";
import { aliasOf, expandOf, unsqueezeOf } from "./views.js";

/** The product of matrices from left to right. */
export const chain_matmul = def(
  "torch.chain_matmul",
  "...matrices * out",
  (matrices: readonly TensorLike[], out: Tensor | null = null): Tensor => {
    if (matrices.length === 0) throw new RuntimeError("chain_matmul(): Expected one or more matrices");
    const y = matrices.map(valueOf).reduce((a, b) => matmulOf(a, b));
    return deliver(named(y, "ViewBackward0"), out);
  },
);

/** Which axes to contract: so many, or lists for each operand. */
export type ContractedAxes = Int | readonly [Ints, Ints];

/** Σ a·b over pairs of axes: the last of a and first of b (two by default), or those listed. */
export const tensordot = def(
  "torch.tensordot",
  "a b dims out",
  (a: TensorLike, b: TensorLike, dims: ContractedAxes = 2, out: Tensor | null = null): Tensor => {
    const [x, w] = [valueOf(a), valueOf(b)];
    const [listA, listB] = contractedAxes(x, w, dims);
    if (listA.length !== listB.length) throw new RuntimeError("both dimension lists should have same length");
    const [p, q] = alike([x, w], () => new RuntimeError("both inputs should have same dtype")) as [
      Value,
      Value,
    ];
    const da = listA.map((d) => axis(d, p.shape.length));
    const db = listB.map((d) => axis(d, q.shape.length));
    // An axis of length 1 meets the sum over the other.
    const short = (v: Value, ds: readonly number[], w: Value, es: readonly number[]): Value => {
      const dims = ds.filter((d, i) => v.shape[d] !== 1 && w.shape[es[i]!] === 1);
      return dims.length === 0 ? v : (v.sum({ dims, keepdim: true, dtype: v.dtype }) as Value);
    };
    const [left, right] = [short(p, da, q, db), short(q, db, p, da)];
    da.forEach((d, i) => {
      if (left.shape[d] !== right.shape[db[i]!])
        throw new RuntimeError(
          `contracted dimensions need to match, but first has size ${p.shape[d]} in dim ${listA[i]} and second has size ${q.shape[db[i]!]} in dim ${listB[i]}`,
        );
    });
    return deliver(named(contracted(left, right, da, db) as Value, "ViewBackward0"), out);
  },
);

function contractedAxes(x: Value, w: Value, dims: ContractedAxes): [number[], number[]] {
  if (Array.isArray(dims)) return [ints([dims[0]]), ints([dims[1]])];
  const n = int(dims as Int);
  if (n < 0) throw new RuntimeError(`tensordot expects dims >= 0, but got dims=${n}`);
  if (n > Math.min(x.shape.length, w.shape.length))
    throw new RuntimeError(
      `tensordot expects dims < ndim_a or ndim_b, but got dims=${n} and tensors of dimensions ${x.shape.length} and ${w.shape.length}`,
    );
  return [Array.from({ length: n }, (_, i) => i - n), Array.from({ length: n }, (_, i) => i)];
}

type EinsumWords = {
  readonly [K in EinsumProblem["kind"]]: (p: Extract<EinsumProblem, { kind: K }>) => string;
};

const EINSUM: EinsumWords = {
  "no-operands": () => "must provide at least one operand",
  count: (p) =>
    `${p.given > p.named ? "more" : "fewer"} operands were provided than specified in the equation`,
  letter: (p) =>
    `invalid subscript given at index ${p.at} in the equation string, subscripts must be in [a-zA-Z]`,
  dot: (p) => {
    if (p.operand < 0)
      return p.twice
        ? "found '.' for output but an ellipsis (...) was already found"
        : "found '.' for output that is not part of any ellipsis (...)";
    return p.twice
      ? `found '.' for operand ${p.operand} for which an ellipsis was already found`
      : `found '.' for operand ${p.operand} that is not part of any ellipsis`;
  },
  rank: (p) =>
    `the number of subscripts in the equation (${p.subscripts}) ${p.ellipsis ? "is more than" : "does not match"} the number of dimensions (${p.rank}) for operand ${p.operand}${p.ellipsis ? "" : " and no ellipsis was given"}`,
  "output-twice": (p) => `output subscript ${p.label} appears more than once in the output`,
  "output-unknown": (p) =>
    `output subscript ${p.label} does not appear in the equation for any input operand`,
  "repeated-size": (p) =>
    `subscript ${p.label} is repeated for operand ${p.operand} but the sizes don't match, ${p.sizes.join(" != ")}`,
  size: (p) =>
    `subscript ${p.label} has size ${p.size} for operand ${p.operand} which does not broadcast with previously seen size ${p.before}`,
};

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** One operand's subscripts as numbers, `"..."` for an ellipsis. */
export type Sublist = readonly (number | "...")[];

const spelled = (subscripts: Sublist): string =>
  subscripts.map((s) => (s === "..." ? s : LETTERS[s]!)).join("");

/** Equation and operands out of the three ways to write them. */
function einsumArguments(args: readonly unknown[]): { equation: string; operands: TensorLike[] } {
  if (args.length < 2)
    throw new ValueError(
      "einsum(): must specify the equation string and at least one operand, or at least one operand and its subscripts list",
    );
  const [first, second] = args;
  if (typeof first === "string") {
    const list = args.length === 2 && Array.isArray(second) ? second : args.slice(1);
    return { equation: first, operands: list as TensorLike[] };
  }
  const pairs = Math.floor(args.length / 2);
  const inputs = Array.from({ length: pairs }, (_, i) => spelled(args[2 * i + 1] as Sublist));
  const output = args.length % 2 === 1 ? `->${spelled(args[args.length - 1] as Sublist)}` : "";
  return {
    equation: inputs.join(",") + output,
    operands: Array.from({ length: pairs }, (_, i) => args[2 * i] as TensorLike),
  };
}

/**
 * Einstein's summation: `einsum("ij,jk->ik", a, b)`; operands may also come as one list, or as tensors with lists of
 * numbers for subscripts.
 *
 * @throws RuntimeError in PyTorch's words for an equation that does not fit
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const [a, b] = [torch.arange(6).reshape(2, 3), torch.arange(3)];
 * print(torch.einsum("ij,j->i", a, b), torch.einsum("ij->j", a)); // prints tensor([ 5, 14]) tensor([3, 5, 7])
 * ```
 */
export function einsum(...args: readonly unknown[]): Tensor {
  const { equation, operands } = einsumArguments(args);
  const xs = operands.map(valueOf);
  const typed = alike(xs, mismatched);
  try {
    const y = contract(equation, typed) as Value;
    if (y.ownNode?.name === "sum") named(y, "SumBackward1");
    // An operand that comes back as it went is a view of its own.
    return wrap(weakLike(typed.includes(y) ? aliasOf(y) : y, ...xs));
  } catch (e) {
    if (!(e instanceof EinsumError)) throw e;
    const words = EINSUM[e.problem.kind] as (p: EinsumProblem) => string;
    throw new RuntimeError(`einsum(): ${words(e.problem)}`);
  }
}

/** The powers of the elements of a vector as columns, the highest first unless `increasing`. */
export const vander = def(
  "torch.vander",
  "x N increasing",
  (x: TensorLike, N: Int | null = null, increasing = false): Tensor => {
    const v = valueOf(x);
    if (v.shape.length !== 1) throw new RuntimeError("x must be a one-dimensional tensor.");
    const n = N === null ? v.size : int(N);
    if (n < 0) throw new RuntimeError("N must be non-negative.");
    const ones = v.full([v.size, Math.min(n, 1)], 1) as Value;
    const column = expandOf(unsqueezeOf(v, 1), [v.size, Math.max(n - 1, 0)]);
    const powers = call(ops.cumprod, [column], { dim: 1, dtype: v.dtype });
    const y = ones.cat([powers], { dim: 1 }) as Value;
    return wrap(increasing ? named(y, "CopySlices") : call(ops.flip, [y], { dims: [1] }));
  },
);
