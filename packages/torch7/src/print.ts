import { castTo, cloneContiguous, float64, type Strided, toNested } from "@cognate/kernel";
import { fmt } from "@cognate/py";

/** How Lua 5.1 shows a number: 14 significant digits, whole numbers without a point. */
export function numberText(x: number): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  return Number.isInteger(x) && Math.abs(x) < 1e14 ? String(x) : fmt("%.14g", x);
}

interface Format {
  readonly text: string;
  /** A factor that all elements are divided by. */
  readonly scale: number;
  readonly width: number;
}

/** Decimal places before the point of a magnitude; 1 for 0. */
const places = (x: number): number => (x === 0 ? 1 : Math.floor(Math.log10(x)) + 1);

/** One format for all elements, from the smallest and the largest magnitude. */
function formatOf(elements: readonly number[]): Format {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let whole = true;
  for (const x of elements) {
    const m = Math.abs(x);
    if (m < low) low = m;
    if (m > high) high = m;
    if (x !== Math.ceil(x)) whole = false;
  }
  const [min, max] = [places(low), places(high)];
  if (whole) return max > 9 ? scientific(11) : { text: `%${max + 1}d`, scale: 1, width: max + 1 };
  if (max - min > 4) return scientific(Math.abs(max) > 99 || Math.abs(min) > 99 ? 12 : 11);
  if (max > 5 || max < 0) return { text: "%7.4f", scale: 10 ** (max - 1), width: 7 };
  const width = max === 0 ? 7 : max + 6;
  return { text: `%${width}.4f`, scale: 1, width };
}
const scientific = (width: number): Format => ({ text: `%${width}.4e`, scale: 1, width });

const shown = (x: number, { text, scale }: Format): string =>
  Number.isFinite(x / scale) || !text.endsWith("d")
    ? fmt(text, x / scale)
    : fmt(text.replace("d", "s"), numberText(x));

/** How wide a line may be. */
const LINE = 80;

/** A matrix, cut into bands of columns where a row is too long. */
function matrixText(rows: readonly (readonly number[])[], indent: string): string {
  const format = formatOf(rows.flat());
  const columns = rows[0]?.length ?? 0;
  const perLine = Math.floor((LINE - indent.length) / (format.width + 1));
  const scaled = format.scale !== 1;
  let out = indent;
  for (let first = 0; first < columns; first += perLine) {
    const last = Math.min(first + perLine, columns);
    if (perLine < columns) {
      if (first > 0) out += `\n${indent}`;
      out += `Columns ${first + 1} to ${last}\n${indent}`;
    }
    if (scaled) out += `${fmt("%g", format.scale)} *\n ${indent}`;
    out += rows
      .map((row) =>
        row
          .slice(first, last)
          .map((x) => shown(x, format))
          .join(" "),
      )
      .join(`\n${indent}${scaled ? " " : ""}`);
    out += "\n";
  }
  return out;
}

/** Every 2-dimensional slice of an array, with the positions of the axes before it (the first runs fastest). */
function* slices(nested: unknown, lead: number): Generator<[number[], number[][]]> {
  if (lead === 0) {
    yield [[], nested as number[][]];
    return;
  }
  const parts = nested as unknown[];
  const inner = parts.map((p) => [...slices(p, lead - 1)]);
  for (let k = 0; k < (inner[0]?.length ?? 0); k++)
    for (let i = 0; i < parts.length; i++) yield [[i + 1, ...inner[i]![k]![0]], inner[i]![k]![1]];
}

/** The text of a tensor as `print` shows it. */
export function tensorText(a: Strided, typename: string): string {
  if (a.rank === 0 || a.size === 0)
    return a.rank === 0
      ? `[${typename} with no dimension]\n`
      : `[${typename} of size ${a.shape.join("x")}]\n`;
  const nested = toNested(castTo(cloneContiguous(a), float64), (x, p) => (x.data as Float64Array)[p]!);
  let body: string;
  if (a.rank === 1) {
    const values = nested as number[];
    const format = formatOf(values);
    body =
      (format.scale !== 1 ? `${fmt("%g", format.scale)} *\n` : "") +
      values.map((x) => `${shown(x, format)}\n`).join("");
  } else if (a.rank === 2) body = matrixText(nested as number[][], "");
  else
    body = [...slices(nested, a.rank - 2)]
      .map(([at, rows]) => `(${at.join(",")},.,.) = \n${matrixText(rows, " ")}`)
      .join("\n");
  return `${body}[${typename} of size ${a.shape.join("x")}]\n`;
}
