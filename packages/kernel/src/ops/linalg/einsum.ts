import { CognateError } from "../../errors/errors.js";
import type { Value } from "../value.js";
import { tensordot } from "./tensordot.js";

/** What is wrong with an equation; façades put it in their library's words. */
export type EinsumProblem =
  | { readonly kind: "no-operands" }
  | { readonly kind: "count"; readonly given: number; readonly named: number }
  | { readonly kind: "letter"; readonly at: number }
  | { readonly kind: "dot"; readonly operand: number; readonly twice: boolean }
  | {
      readonly kind: "rank";
      readonly subscripts: number;
      readonly rank: number;
      readonly operand: number;
      readonly ellipsis: boolean;
    }
  | { readonly kind: "output-twice"; readonly label: string }
  | { readonly kind: "output-unknown"; readonly label: string }
  | {
      readonly kind: "repeated-size";
      readonly label: string;
      readonly operand: number;
      readonly sizes: readonly [number, number];
    }
  | {
      readonly kind: "size";
      readonly label: string;
      readonly operand: number;
      readonly size: number;
      readonly before: number;
    };

export class EinsumError extends CognateError {
  override readonly name = "EinsumError";
  override readonly code = "COGNATE_EINSUM";
  constructor(readonly problem: EinsumProblem) {
    super(`einsum: ${JSON.stringify(problem)}`);
  }
}

/** One label an axis; axes of an ellipsis are called "0", "1", … from the last one on. */
type Labels = readonly string[];

interface Term {
  readonly labels: Labels;
  /** Where the ellipsis stands, or −1. */
  readonly dots: number;
}

/** The letters of one operand or of the output; `start` is where its text begins in the equation. */
function readTerm(text: string, start: number, operand: number): Term {
  const labels: string[] = [];
  let dots = -1;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === " ") continue;
    if (c === ".") {
      if (dots >= 0) throw new EinsumError({ kind: "dot", operand, twice: true });
      if (text.slice(i, i + 3) !== "...") throw new EinsumError({ kind: "dot", operand, twice: false });
      dots = labels.length;
      i += 2;
    } else if (/[a-zA-Z]/.test(c)) labels.push(c);
    else throw new EinsumError({ kind: "letter", at: start + i });
  }
  return { labels, dots };
}

/** The labels of every axis, with an ellipsis standing for as many as are left. */
function spell({ labels, dots }: Term, rank: number, operand: number): Labels {
  const left = rank - labels.length;
  if (left < 0 || (left > 0 && dots < 0))
    throw new EinsumError({
      kind: "rank",
      subscripts: labels.length,
      rank,
      operand,
      ellipsis: dots >= 0,
    });
  if (dots < 0) return labels;
  return [...labels.slice(0, dots), ...ellipsis(left), ...labels.slice(dots)];
}

const ellipsis = (n: number): string[] => Array.from({ length: n }, (_, i) => String(n - 1 - i));

const isLetter = (label: string): boolean => label > "9";

/** The labels of the operands' axes and of the result's. @throws EinsumError */
export function parseEinsum(
  equation: string,
  shapes: readonly (readonly number[])[],
): { inputs: readonly Labels[]; output: Labels } {
  if (shapes.length === 0) throw new EinsumError({ kind: "no-operands" });
  const arrow = equation.indexOf("->");
  const left = arrow < 0 ? equation : equation.slice(0, arrow);
  let start = 0;
  const terms = left.split(",").map((text, i) => {
    const term = readTerm(text, start, i);
    start += text.length + 1;
    return term;
  });
  if (terms.length !== shapes.length)
    throw new EinsumError({ kind: "count", given: shapes.length, named: terms.length });
  const inputs = terms.map((t, i) => spell(t, shapes[i]!.length, i));
  const rest = Math.max(0, ...inputs.map((labels) => labels.filter((l) => !isLetter(l)).length));
  const output =
    arrow < 0 ? implied(inputs, rest) : named(equation.slice(arrow + 2), arrow + 2, inputs, rest);
  checkSizes(inputs, shapes);
  return { inputs, output };
}

/** Without an arrow: the ellipsis, then the letters that occur once, in alphabetical order. */
function implied(inputs: readonly Labels[], rest: number): Labels {
  const all = inputs.flat().filter(isLetter);
  const once = all.filter((l) => all.indexOf(l) === all.lastIndexOf(l)).sort();
  return [...ellipsis(rest), ...once];
}

function named(text: string, start: number, inputs: readonly Labels[], rest: number): Labels {
  const { labels, dots } = readTerm(text, start, -1);
  labels.forEach((label, i) => {
    if (labels.indexOf(label) < i) throw new EinsumError({ kind: "output-twice", label });
    if (!inputs.some((input) => input.includes(label)))
      throw new EinsumError({ kind: "output-unknown", label });
  });
  return dots < 0 ? labels : [...labels.slice(0, dots), ...ellipsis(rest), ...labels.slice(dots)];
}

function checkSizes(inputs: readonly Labels[], shapes: readonly (readonly number[])[]): void {
  const sizes = new Map<string, number>();
  inputs.forEach((labels, operand) => {
    const own = new Map<string, number>();
    labels.forEach((label, axis) => {
      const size = shapes[operand]![axis]!;
      const twin = own.get(label);
      if (twin !== undefined && twin !== size)
        throw new EinsumError({ kind: "repeated-size", label, operand, sizes: [size, twin] });
      own.set(label, size);
      const before = sizes.get(label) ?? 1;
      if (before !== 1 && size !== 1 && before !== size)
        throw new EinsumError({ kind: "size", label, operand, size, before });
      sizes.set(label, Math.max(before, size === 0 ? 0 : size));
    });
  });
}

/** A value and the label of each of its axes, no two alike. */
interface Labelled {
  readonly value: Value;
  readonly labels: Labels;
}

/** Axes of one label become their diagonal. */
function withoutRepeats(value: Value, labels: Labels): Labelled {
  const at = labels.findIndex((l, i) => labels.indexOf(l) < i);
  if (at < 0) return { value, labels };
  const first = labels.indexOf(labels[at]!);
  const others = labels.filter((_, i) => i !== first && i !== at);
  return withoutRepeats(value.diagonal({ dim1: first, dim2: at }), [...others, labels[at]!]);
}

/** Sums over the axes whose labels nobody needs any more. */
function summed({ value, labels }: Labelled, needed: (label: string) => boolean): Labelled {
  const dims = labels.map((_, i) => i).filter((i) => !needed(labels[i]!));
  if (dims.length === 0) return { value, labels };
  return { value: value.sum({ dims, dtype: value.dtype }), labels: labels.filter(needed) };
}

/** Drops the axes of length 1 that the other operand stretches. */
function dropped({ value, labels }: Labelled, other: Labelled): Labelled {
  const drop = labels.map((l, i) => {
    const j = other.labels.indexOf(l);
    return value.shape[i] === 1 && j >= 0 && other.value.shape[j] !== 1;
  });
  if (!drop.includes(true)) return { value, labels };
  const kept = (_: unknown, i: number): boolean => !drop[i];
  return { value: value.reshape({ shape: value.shape.filter(kept) }), labels: labels.filter(kept) };
}

/** Contracts two operands; labels that are needed later stay. */
function contract(p: Labelled, q: Labelled, needed: (label: string) => boolean): Labelled {
  const [a, b] = [dropped(p, q), dropped(q, p)];
  const left = summed(a, (l) => needed(l) || b.labels.includes(l));
  const right = summed(b, (l) => needed(l) || left.labels.includes(l));
  const shared = left.labels.filter((l) => right.labels.includes(l));
  const batch = shared.filter(needed);
  const gone = shared.filter((l) => !needed(l));
  const freeA = left.labels.filter((l) => !shared.includes(l));
  const freeB = right.labels.filter((l) => !shared.includes(l));
  const labels = [...batch, ...freeA, ...freeB];
  if (gone.length === 0) {
    const [x, y] = [arranged(left, labels), arranged(right, labels)];
    return { value: x.mul(y), labels };
  }
  const axes = (v: Labelled, ls: Labels): number[] => ls.map((l) => v.labels.indexOf(l));
  const value = tensordot(left.value, right.value, axes(left, gone), axes(right, gone), [
    axes(left, batch),
    axes(right, batch),
  ]);
  return { value, labels };
}

/** The value with its axes in the order of `order`, axes of length 1 for labels that it has not. */
function arranged({ value, labels }: Labelled, order: Labels): Value {
  const there = order.filter((l) => labels.includes(l));
  const axes = there.map((l) => labels.indexOf(l));
  const sorted = axes.every((a, i) => a === i) ? value : value.permute({ axes });
  if (there.length === order.length) return sorted;
  return sorted.reshape({
    shape: order.map((l) => (labels.includes(l) ? value.shape[labels.indexOf(l)]! : 1)),
  });
}

/**
 * Einstein's summation: products of elements whose axes have the same letters, summed over the letters that the output
 * has not. Operands are contracted one after the other, each pair by a matrix product.
 *
 * @throws EinsumError
 */
export function einsum(equation: string, values: readonly Value[]): Value {
  const { inputs, output } = parseEinsum(
    equation,
    values.map((v) => v.shape),
  );
  const operands = values.map((v, i) => withoutRepeats(v, inputs[i]!));
  let result = operands[0]!;
  for (let i = 1; i < operands.length; i++) {
    const later = operands.slice(i + 1);
    result = contract(
      result,
      operands[i]!,
      (l) => output.includes(l) || later.some((o) => o.labels.includes(l)),
    );
  }
  result = summed(result, (l) => output.includes(l));
  return arranged(result, output);
}
