import { EinsumError, type EinsumProblem, einsum as einsumOf, onArrays, parseEinsum } from "@cognate/kernel";
import {
  type ArrayLike,
  type DTypeLike,
  deliverTo,
  givenKernel,
  type Item,
  type ndarray,
  promoteTypes,
} from "@cognate/ndarray/core";
import { def, Tuple, ValueError } from "@cognate/py";
import { cast, type Strided, strided } from "../internal.js";

type Words = { readonly [K in EinsumProblem["kind"]]: (p: Extract<EinsumProblem, { kind: K }>) => string };

const WORDS: Words = {
  "no-operands": () =>
    "must specify the einstein sum subscripts string and at least one operand, or at least one operand and its corresponding subscripts list",
  count: (p) =>
    p.given > p.named
      ? "more operands provided to einstein sum function than specified in the subscripts string"
      : "fewer operands provided to einstein sum function than specified in the subscripts string",
  letter: () => "invalid subscript in einstein sum subscripts string, subscripts must be letters",
  dot: () =>
    "einstein sum subscripts string contains a '.' that is not part of an ellipsis ('...') in operand 0",
  rank: (p) =>
    p.subscripts > p.rank
      ? `einstein sum subscripts string contains too many subscripts for operand ${p.operand}`
      : `operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to broadcast the extra dimensions.`,
  "output-twice": (p) =>
    `einstein sum subscripts string includes output subscript '${p.label}' multiple times`,
  "output-unknown": (p) =>
    `einstein sum subscripts string included output subscript '${p.label}' which never appeared in an input`,
  "repeated-size": (p) =>
    `dimensions in single operand for collapsing index '${p.label}' don't match (${p.sizes[1]} != ${p.sizes[0]})`,
  size: (p) =>
    `operands could not be broadcast together with remapped shapes [original->remapped]: label '${p.label}' has sizes ${p.before} and ${p.size}`,
};

const inWords = <T>(f: () => T): T => {
  try {
    return f();
  } catch (e) {
    if (e instanceof EinsumError)
      throw new ValueError((WORDS[e.problem.kind] as (p: EinsumProblem) => string)(e.problem));
    throw e;
  }
};

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

type Sublist = readonly (number | "...")[];

const lettersOf = (list: Sublist): string => list.map((i) => (i === "..." ? "..." : LETTERS[i]!)).join("");

/** The equation and operands of either form of the call: `"ij,jk", a, b` or `a, [0, 1], b, [1, 2], [0, 2]`. */
function formOf(operands: readonly unknown[]): { equation: string; arrays: Strided[] } {
  if (operands.length === 0) throw new ValueError(WORDS["no-operands"]({ kind: "no-operands" }));
  if (typeof operands[0] === "string")
    return {
      equation: operands[0].replace(/\s/g, ""),
      arrays: operands.slice(1).map((x) => strided(x as ArrayLike)),
    };
  const arrays: Strided[] = [];
  const terms: string[] = [];
  let k = 0;
  for (; k + 1 < operands.length; k += 2) {
    arrays.push(strided(operands[k] as ArrayLike));
    terms.push(lettersOf(operands[k + 1] as Sublist));
  }
  const output = k < operands.length ? `->${lettersOf(operands[k] as Sublist)}` : "";
  return { equation: terms.join(",") + output, arrays };
}

/**
 * Einstein's summation: products of elements whose axes have the same letters, summed over letters that the output has
 * not.
 *
 * @throws ValueError for an equation that does not fit the operands
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * const a = np.arange(4).reshape(2, 2);
 * print(np.einsum("ij,jk->k", a, a), np.einsum("ii", a)); // prints [ 8 14] 3
 * ```
 */
export const einsum = def(
  "numpy.einsum",
  "...operands * out optimize dtype order casting",
  (
    operands: readonly unknown[] = [],
    out: ndarray | null = null,
    _optimize: unknown = false,
    dtype: DTypeLike | null = null,
    _order = "K",
    _casting = "safe",
  ): Item => {
    const { equation, arrays } = formOf(operands);
    const type = givenKernel(dtype) ?? arrays.map((x) => x.dtype).reduce(promoteTypes);
    const same = arrays.map((x) => cast(x, type));
    const y = inWords(() => onArrays((values) => einsumOf(equation, values), same));
    return deliverTo(cast(y, type), out, "einsum");
  },
);

/** The order in which {@link einsum} contracts its operands, and a report on what it costs. */
export const einsum_path = def(
  "numpy.einsum_path",
  "...operands * optimize einsum_call",
  (operands: readonly unknown[] = [], _optimize: unknown = "greedy", _einsum_call = false): Tuple => {
    const { equation, arrays } = formOf(operands);
    inWords(() =>
      parseEinsum(
        equation,
        arrays.map((x) => x.shape),
      ),
    );
    const n = arrays.length;
    const steps =
      n === 1
        ? [Tuple.of_([0])]
        : Array.from({ length: n - 1 }, (_, i) => Tuple.of_([0, i === 0 ? 1 : n - 1 - i]));
    const report = `  Complete contraction:  ${equation}\n         Naive scaling:  ${new Set(equation.match(/[a-zA-Z]/g) ?? []).size}\n`;
    return Tuple.of_([["einsum_path", ...steps], report]);
  },
);
