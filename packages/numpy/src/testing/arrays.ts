import { bool } from "@cognate/kernel";
import {
  type ArrayLike,
  array_repr,
  array2string,
  logic,
  type ndarray,
  reductions,
  scalars,
  tupleText,
} from "@cognate/ndarray/core";
import { absolute, divide, minimum, subtract } from "@cognate/ndarray/functions";
import { AssertionError, Float, format, repr, str, TypeError } from "@cognate/py";
import { allOf, anyOf, asArray, cast, wrap } from "../internal.js";
import { broadcast_to } from "../manipulation/arranging.js";
import { argwhere } from "../select/where.js";

/** How a comparison is done and what a failed one says. */
export interface Report {
  readonly header: string;
  readonly err_msg: string;
  readonly verbose: boolean;
  readonly precision: number;
  readonly names: readonly [string, string];
  readonly equalNan: boolean;
  readonly equalInf: boolean;
  readonly strict: boolean;
}

const LONGEST_LINE = 79;

/** The text of values that differ. */
export function failureText(
  values: readonly unknown[],
  err_msg: string,
  { header, verbose, names, precision }: Pick<Report, "header" | "verbose" | "names" | "precision">,
): string {
  let text = `\n${header}`;
  if (err_msg)
    text +=
      err_msg.includes("\n") || err_msg.length >= LONGEST_LINE - header.length
        ? `\n${err_msg}`
        : ` ${err_msg}`;
  if (!verbose) return text;
  const shown = values.map((v, i) => {
    const isArray = typeof v === "object" && v !== null && "ndim" in v;
    const lines = (isArray ? array_repr(v as ndarray, { precision }) : repr(v)).split("\n");
    return ` ${names[i]}: ${lines.length > 4 ? `${lines.slice(0, 3).join("\n")}...` : lines.join("\n")}`;
  });
  return [text, ...shown].join("\n");
}

/** A truth by itself as an array without axes. */
const truths = (x: ArrayLike): ndarray => wrap(cast(asArray(x)._a, bool));
const not = (x: ArrayLike): ndarray => truths(logic.logical_not(x));
const and = (x: ArrayLike, y: ArrayLike): ndarray => truths(logic.logical_and(x, y));

type Compare = (x: ndarray, y: ndarray) => ArrayLike;

/** Compares two arrays; NaNs and infinities must stand at the same places. @throws AssertionError */
export function compareArrays(compare: Compare, actual: ArrayLike, desired: ArrayLike, report: Report): void {
  let [x, y] = [asArray(actual), asArray(desired)];
  const [ox, oy] = [x, y];
  const fail = (a: ndarray, b: ndarray, more: string): never => {
    throw new AssertionError(failureText([a, b], `${report.err_msg}\n${more}`, report));
  };
  const sameShape = x.shape.eq(y.shape);
  const fits = report.strict ? sameShape && x.dtype === y.dtype : sameShape || x.ndim === 0 || y.ndim === 0;
  if (!fits)
    fail(
      x,
      y,
      sameShape
        ? `(dtypes ${x.dtype.name}, ${y.dtype.name} mismatch)`
        : `(shapes ${tupleText(x.shape)}, ${tupleText(y.shape)} mismatch)`,
    );

  let flagged = truths(false);
  const samePlaces = (test: (a: ndarray) => ndarray, what: string): ndarray => {
    const [p, q] = [test(x), test(y)];
    if (anyOf(p.ne(q))) fail(x, y, `${what} location mismatch:`);
    return p.ndim === 0 ? p : q;
  };
  if (report.equalNan) flagged = samePlaces((a) => truths(logic.isnan(a)), "nan");
  if (report.equalInf) {
    const infinite = samePlaces((a) => and(logic.isinf(a), not(flagged)), "inf");
    if (anyOf(infinite)) {
      const both = x.ndim > 0 && y.ndim > 0;
      const [p, q] = both ? [x.at(infinite) as ndarray, y.at(infinite) as ndarray] : [x, y];
      if (anyOf(p.ne(q))) fail(p, q, "inf values mismatch:");
    }
    flagged = truths(logic.logical_or(flagged, infinite));
  }
  if (flagged.ndim > 0) {
    const kept = not(flagged);
    const narrowed = (a: ndarray): ndarray => (a.ndim === 0 ? a : (a.at(kept) as ndarray));
    [x, y] = [narrowed(x), narrowed(y)];
    if (x.size === 0) return;
  } else if (anyOf(flagged)) return;

  const same = truths(compare(x, y));
  if (allOf(same)) return;
  const wrong = not(same);
  const lines = [
    countLine(same, flagged),
    ...placeLines(wrong, flagged, ox, oy, report.names),
    ...sizeLines(wrong, x, y),
  ];
  fail(ox, oy, lines.join("\n"));
}

function countLine(same: ndarray, flagged: ndarray): string {
  const wrong = same.size - Number(reductions.sum.impl(same));
  const all = flagged.ndim > 0 ? flagged.size : same.size;
  return `Mismatched elements: ${wrong} / ${all} (${format((100 * wrong) / all, ".3g")}%)`;
}

/** An element as Python formats it: floats of any width as the float64 that they are. */
function elementText(x: ndarray, place: readonly number[]): string {
  const part = asArray(x.ndim === 0 ? x : x.at(...place.map((i) => `${i}:${i + 1}`))).reshape([]);
  return x.dtype.kind === "f" ? str(new Float(Number(part))) : str(scalars.scalarOf(part._a));
}

/** Where the first mismatches are and what stands there. */
function placeLines(
  wrong: ndarray,
  flagged: ndarray,
  x: ndarray,
  y: ndarray,
  names: readonly [string, string],
): string[] {
  if (wrong.ndim === 0) return [];
  const all = flagged.ndim > 0 ? (argwhere.impl(not(flagged)).at(wrong) as ndarray) : argwhere.impl(wrong);
  const places = all.tolist() as number[][];
  const shown = places
    .slice(0, 5)
    .map((p) => ` [${p.join(", ")}]: ${elementText(x, p)} (${names[0]}), ${elementText(y, p)} (${names[1]})`);
  const title =
    places.length === 1
      ? "Mismatch at index:"
      : places.length <= 5
        ? "Mismatch at indices:"
        : "First 5 mismatches are at indices:";
  return [[title, ...shown].join("\n")];
}

/** The largest element as an array without axes, which keeps its type. */
const largest = (x: ndarray): ndarray => asArray(asArray(x.ravel()).max({ keepdims: true })).reshape([]);
const masked = (x: ndarray, mask: ndarray): ndarray =>
  x.ndim === 0 ? x.reshape(1) : (x.at(mask) as ndarray);

/** The largest differences; none where the type knows no differences. */
function sizeLines(wrong: ndarray, x: ndarray, y: ndarray): string[] {
  try {
    const lift = (a: ndarray): ndarray => (a.ndim === 0 ? a.reshape(1) : a);
    const [p, q] = [lift(x), lift(y)];
    let error = asArray(absolute(subtract(p, q)));
    if (p.dtype.kind === "u") error = asArray(minimum(error, absolute(subtract(q, p))));
    const at = broadcast_to.impl(lift(wrong), error.shape);
    const counted = and(at, logic.not_equal(q, 0));
    const below = broadcast_to.impl(q, error.shape);
    const relative = anyOf(counted)
      ? largest(asArray(divide(masked(error, counted), absolute(masked(below, counted)))))
      : asArray(new Float(Number.POSITIVE_INFINITY));
    return [
      `Max absolute difference among violations: ${array2string(largest(masked(error, at)))}`,
      `Max relative difference among violations: ${array2string(relative)}`,
    ];
  } catch (e) {
    if (e instanceof TypeError) return [];
    throw e;
  }
}
