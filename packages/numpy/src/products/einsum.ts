import { bool, EinsumError, type EinsumProblem, einsum as einsumOf, int64, onArrays } from "@cognate/kernel";
import {
  type ArrayLike,
  type DTypeLike,
  deliverTo,
  givenKernel,
  type Item,
  type ndarray,
  promoteAll,
  remappedError,
  shapeText,
} from "@cognate/ndarray/core";
import { def, RuntimeError, Tuple, ValueError } from "@cognate/py";
import { cast, type Strided, strided } from "../internal.js";
import { type Optimize, parseTerms, planOf } from "./path.js";

type Words = { readonly [K in EinsumProblem["kind"]]: (p: Extract<EinsumProblem, { kind: K }>) => string };

const WORDS: Words = {
  "no-operands": () =>
    "must specify the einstein sum subscripts string and at least one operand, or at least one operand and its corresponding subscripts list",
  count: (p) =>
    p.given < p.named
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
    `dimensions in operand ${p.operand} for collapsing index '${p.label}' don't match (${p.sizes[1]} != ${p.sizes[0]})`,
  size: (p) =>
    `operands could not be broadcast together with remapped shapes [original->remapped]: label '${p.label}' has sizes ${p.before} and ${p.size}`,
};

/** `f`'s value; errors about the equation come out in NumPy's words. @throws ValueError */
const inWords = <T>(equation: string, arrays: readonly Strided[], f: () => T): T => {
  try {
    return f();
  } catch (e) {
    if (e instanceof EinsumError && e.problem.kind === "letter")
      throw new ValueError(
        `invalid subscript '${equation[e.problem.at]}' in einstein sum subscripts string, subscripts must be letters`,
      );
    if (e instanceof EinsumError && e.problem.kind === "repeated-size" && arrays.length === 1) {
      const { label, sizes } = e.problem;
      if (equation.split("->")[1]?.includes(label))
        throw new ValueError(
          `dimensions in single operand for collapsing index '${label}' don't match (${sizes[1]} != ${sizes[0]})`,
        );
    }
    if (e instanceof EinsumError && e.problem.kind === "size") throw sizesError(equation, arrays);
    if (e instanceof EinsumError)
      throw new ValueError((WORDS[e.problem.kind] as (p: EinsumProblem) => string)(e.problem));
    throw e;
  }
};

/** Operands whose axes differ, with their axes in the order in which they are walked: the output's, then the summed ones. */
function sizesError(equation: string, arrays: readonly Strided[]): ValueError {
  const { inputs, output } = parseTerms(
    equation,
    arrays.map((x) => x.shape),
  );
  const summed = [...new Set(inputs.join(""))].filter((s) => !output.includes(s)).sort();
  const order = [...output, ...summed];
  const texts = inputs.map((term, i) => {
    const { shape } = arrays[i]!;
    const axes = order.map((s) => (term.includes(s) ? String(shape[term.indexOf(s)]) : "newaxis"));
    while (axes[0] === "newaxis") axes.shift();
    return `${shapeText(shape)}->(${axes.join(",")}${axes.length === 1 ? "," : ""})`;
  });
  return remappedError(texts);
}

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
    optimize: Optimize = false,
    dtype: DTypeLike | null = null,
    _order = "K",
    _casting = "safe",
  ): Item => {
    const { equation, arrays } = formOf(operands);
    const type = givenKernel(dtype) ?? promoteAll(arrays.map((x) => x.dtype));
    // Sums of truths are counts, whose truth is the result.
    const within = type === bool ? int64 : type;
    const same = arrays.map((x) => cast(x, within));
    const y = optimize
      ? byPlan(equation, same, optimize)
      : inWords(equation, same, () => onArrays((values) => einsumOf(equation, values), same));
    return deliverTo(cast(y, type), out, "einsum");
  },
);

/** Contracts one pair after the other. @throws ValueError */
function byPlan(equation: string, arrays: readonly Strided[], optimize: Optimize): Strided {
  const { steps } = planOf(
    equation,
    arrays.map((x) => x.shape),
    optimize,
  );
  const left = [...arrays];
  for (const { positions, equation: step } of steps) {
    const operands = positions.map((p) => left.splice(p, 1)[0]!);
    left.push(inWords(step, operands, () => onArrays((values) => einsumOf(step, values), operands)));
  }
  if (left.length > 1)
    throw new RuntimeError(
      `Invalid einsum_path is specified: ${left.length - 1} more operands has to be contracted.`,
    );
  return left[0]!;
}

/**
 * The order in which {@link einsum} contracts its operands, and a report on what it costs.
 *
 * @param optimize - `"greedy"`, `"optimal"`, one of them with a limit of memory, or a path
 * @throws ValueError
 */
export const einsum_path = def(
  "numpy.einsum_path",
  "...operands * optimize einsum_call",
  (operands: readonly unknown[] = [], optimize: Optimize = "greedy", _einsum_call = false): Tuple => {
    if (operands.length === 0) throw new ValueError("No input operands");
    const { equation, arrays } = formOf(operands);
    const { path, report } = planOf(
      equation,
      arrays.map((x) => x.shape),
      optimize,
    );
    return Tuple.of_([["einsum_path", ...path.map((p) => Tuple.of_([...p]))], report]);
  },
);
