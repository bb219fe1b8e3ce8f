// Frames and series as pandas prints them.

import type { ndarray } from "@cognate/ndarray/core";
import { format, str } from "@cognate/py";

/** Digits behind the point. */
const PRECISION = 6;
/** Longer tables show as many rows as FEW. */
export const MOST_ROWS = 60;
const FEW = 10;

const isNumber = (s: string): boolean => /^\s*[+-]?[0-9]+\.[0-9]*$/.test(s);

function trimmed(texts: readonly string[]): string[] {
  let out = [...texts];
  for (;;) {
    const numbers = out.filter(isNumber);
    if (numbers.length === 0 || !numbers.every((s) => s.endsWith("0"))) break;
    out = out.map((s) => (isNumber(s) ? s.slice(0, -1) : s));
  }
  return out.map((s) => (isNumber(s) && s.endsWith(".") ? `${s}0` : s));
}

function floatTexts(values: readonly number[]): string[] {
  const write = (spec: string): string[] =>
    values.map((v) =>
      Number.isNaN(v) ? " NaN" : Number.isFinite(v) ? format(v, spec) : v > 0 ? " inf" : "-inf",
    );
  const fixed = trimmed(write(` .${PRECISION}f`));
  const width = Math.max(0, ...fixed.map((s) => s.length));
  const sizes = values.map(Math.abs);
  const small = sizes.some((v) => v > 0 && v < 10 ** -PRECISION);
  const large = sizes.some((v) => v > 1e6);
  if (small || (width > PRECISION + 6 && large)) return write(` .${PRECISION}e`);
  return fixed;
}

/** The elements of a column, each with a place for its sign. */
export function columnTexts(values: ndarray): string[] {
  const { kind } = values.dtype;
  const list = values.tolist() as (number | boolean)[];
  if (kind === "f") return floatTexts(list.map(Number));
  if (kind === "i" || kind === "u") return list.map((v) => format(v, " d"));
  return list.map((v) => ` ${str(v)}`);
}

/** Which of n rows are shown: those before and after a gap, or all. */
export function shownRows(n: number): readonly [readonly number[], readonly number[]] {
  const all = Array.from({ length: n }, (_, i) => i);
  if (n <= MOST_ROWS) return [all, []];
  return [all.slice(0, FEW / 2), all.slice(n - FEW / 2)];
}

/** A number as a float64 and other elements in columns: right-aligned texts under a header. */
export interface Column {
  readonly header: string;
  readonly texts: readonly string[];
}

const dots = (width: number): string => (width > 3 ? "..." : "..");

/** Columns side by side; a gap, if there is one, is a row of dots after `before` rows. */
export function tableText(
  index: readonly string[],
  columns: readonly Column[],
  before: number | null,
): string {
  const withGap = (texts: readonly string[], mark: (width: number) => string, width: number): string[] =>
    before === null ? [...texts] : [...texts.slice(0, before), mark(width), ...texts.slice(before)];
  const left = Math.max(0, ...index.map((s) => s.length));
  const blocks = [
    ["", ...withGap(index, (w) => dots(w), left)].map((s) =>
      s.padEnd(Math.max(left, before === null ? 0 : 2)),
    ),
    ...columns.map(({ header, texts }) => {
      const width = Math.max(header.length, ...texts.map((s) => s.length));
      return [header, ...withGap(texts, dots, width)].map((s) => s.padStart(width));
    }),
  ];
  return blocks[0]!.map((_, row) => blocks.map((b) => b[row]!).join(" ")).join("\n");
}

/** A series: labels, four places further the values, and below what they are. */
export function seriesText(
  index: readonly string[],
  texts: readonly string[],
  before: number | null,
  facts: readonly string[],
): string {
  const width = Math.max(0, ...texts.map((s) => s.length));
  const left = Math.max(0, ...index.map((s) => s.length));
  const rows = index.map((label, i) => `${label.padEnd(left)}   ${texts[i]!.padStart(width)}`);
  if (before !== null) {
    const own = texts[before - 1]!.padStart(width).length;
    const mark = dots(own);
    const room = own - mark.length;
    const centred = " ".repeat(Math.floor(room / 2) + (room % 2 === 1 && own % 2 === 1 ? 1 : 0)) + mark;
    rows.splice(before, 0, `${" ".repeat(left)}   ${centred.padEnd(own)}`);
  }
  return [...rows, facts.join(", ")].join("\n");
}
