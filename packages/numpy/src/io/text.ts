import { bytesOf, readFile, writeFileAtomic } from "@cognate/formats";
import { castTo, float64, isComplex, isInteger } from "@cognate/kernel";
import { type ArrayLike, type DTypeLike, indexOf, type ndarray, toKernel } from "@cognate/ndarray/core";
import {
  AttributeError,
  Complex,
  def,
  fmt,
  str,
  TypeError,
  UserWarning,
  ValueError,
  warn,
} from "@cognate/py";
import { asArray, Strided, strided, wrap } from "../internal.js";

/** A path, the bytes of a file, or its lines. */
export type TextSource = string | Uint8Array | ArrayBuffer | Iterable<string>;

/** The lines of a text file. */
function linesOf(source: TextSource): string[] {
  if (typeof source === "string" && !/[\n]/.test(source))
    return split(new TextDecoder().decode(readFile(source)));
  if (typeof source === "string") return split(source);
  if (source instanceof Uint8Array || source instanceof ArrayBuffer)
    return split(new TextDecoder().decode(bytesOf(source)));
  return [...source].map((l) => l.replace(/\r?\n$/, ""));
}

const split = (text: string): string[] => {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
};

const formatOne = (spec: string, v: unknown): string => {
  if (v instanceof Complex) return `(${fmt(spec, v.real)}${fmt(spec.replace("%", "%+"), v.imag)}j)`;
  return fmt(spec, v);
};

/** A complex number as NumPy writes it where the caller gives one format. */
const complexText = (spec: string, v: Complex): string =>
  ` (${fmt(spec, v.real)}+${fmt(spec, v.imag)}j)`.replace("+-", "-");

/**
 * Writes an array of one or two axes as text.
 *
 * @param fname - a path; without one (`null`) the text's bytes are returned
 */
export const savetxt = def(
  "numpy.savetxt",
  "fname X fmt delimiter newline header footer comments encoding",
  (
    fname: string | null,
    X: ArrayLike,
    format: string | readonly string[] = "%.18e",
    delimiter = " ",
    newline = "\n",
    header = "",
    footer = "",
    comments = "# ",
    _encoding: string | null = null,
  ): Uint8Array | null => {
    const x = asArray(X);
    if (x.ndim === 0 || x.ndim > 2)
      throw new ValueError(`Expected 1D or 2D array, got ${x.ndim}D array instead`);
    const rows = (x.ndim === 1 ? x.reshape(-1, 1) : x).tolist() as unknown[][];
    const columns = x.ndim === 1 ? 1 : x.shape[1]!;
    const specs = Array.isArray(format) ? (format as readonly string[]) : (format as string);
    let line: (row: readonly unknown[]) => string;
    if (typeof specs !== "string") {
      if (specs.length !== columns) throw new AttributeError(`fmt has wrong shape.  ${str(specs)}`);
      line = (row) => row.map((v, i) => formatOne(specs[i]!, v)).join(delimiter);
    } else {
      const count = (specs.match(/%/g) ?? []).length;
      const complex = isComplex(x._a.dtype);
      if (count === 1 && complex)
        line = (row) => row.map((v) => complexText(specs, v as Complex)).join(delimiter);
      else if (count === 1) line = (row) => row.map((v) => formatOne(specs, v)).join(delimiter);
      else if (count === (complex ? 2 : 1) * columns)
        line = (row) => fmt(specs, ...row.flatMap((v) => (v instanceof Complex ? [v.real, v.imag] : [v])));
      else throw new ValueError(`fmt has wrong number of % formats:  ${specs}`);
    }
    const note = (text: string): string =>
      text ? `${comments}${text.replaceAll("\n", `\n${comments}`)}${newline}` : "";
    const text = note(header) + rows.map((r) => line(r) + newline).join("") + note(footer);
    const bytes = new TextEncoder().encode(text);
    if (fname === null) return bytes;
    writeFileAtomic(fname, [bytes]);
    return null;
  },
);

type Converter = (text: string) => unknown;
type Converters = Converter | Readonly<Record<string, Converter>> | ReadonlyMap<number, Converter> | null;

const converterAt = (c: Converters, column: number): Converter | undefined => {
  if (c === null) return undefined;
  if (typeof c === "function") return c;
  return c instanceof Map ? c.get(column) : (c as Readonly<Record<string, Converter>>)[column];
};

const word = (text: string): number => {
  const t = text.trim();
  if (/^[+-]?(inf|infinity)$/i.test(t))
    return t.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^[+-]?nan$/i.test(t)) return Number.NaN;
  return t === "" ? Number.NaN : Number(t);
};

const isNumeric = (text: string): boolean =>
  /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) || /^\s*[+-]?(inf|infinity|nan)\s*$/i.test(text);

/** A number or complex number from text. */
function parsed(text: string, complex: boolean): number | bigint | Complex | undefined {
  if (/^\s*[+-]?\d{16,}\s*$/.test(text)) return BigInt(text.trim());
  if (isNumeric(text)) return word(text);
  if (!complex) return undefined;
  const m = /^\s*\(?\s*([+-]?[^+-]*?(?:e[+-]?\d+)?)??([+-]?[^+-]*?(?:e[+-]?\d+)?)j\s*\)?\s*$/i.exec(text);
  return m ? new Complex(m[1] ? word(m[1]) : 0, word(m[2]!)) : undefined;
}

interface Table {
  readonly rows: string[][];
  readonly numbers: readonly number[];
}

const fieldsOf = (line: string, delimiter: string | null): string[] =>
  delimiter === null ? line.trim().split(/\s+/) : line.split(delimiter);

const stripComment = (line: string, marks: readonly string[]): string => {
  let out = line;
  for (const m of marks) {
    const at = m === "" ? -1 : out.indexOf(m);
    if (at >= 0) out = out.slice(0, at);
  }
  return out;
};

function tableOf(
  source: TextSource,
  comments: string | readonly string[] | null,
  delimiter: string | null,
  skip: number,
  limit: number | null,
): Table {
  const marks = comments === null ? [] : [comments].flat();
  const rows: string[][] = [];
  const numbers: number[] = [];
  linesOf(source).forEach((raw, i) => {
    if (i < skip || (limit !== null && rows.length >= limit)) return;
    const line = stripComment(raw, marks);
    if (line.trim() === "") return;
    rows.push(fieldsOf(line, delimiter));
    numbers.push(i + 1);
  });
  return { rows, numbers };
}

const withAxes = (y: ndarray, ndmin: number): ndarray => {
  let x = y.squeeze();
  if (x.ndim > ndmin && ndmin > 0) x = y.ndim <= Math.max(ndmin, 1) ? y : x;
  while (x.ndim < ndmin)
    x =
      ndmin === 2 && x.ndim === 1 && y.ndim === 2 && y.shape[1] === 1
        ? x.reshape(-1, 1)
        : x.reshape([1, ...x.shape]);
  return x;
};

/**
 * Reads numbers from text, one row a line.
 *
 * @throws ValueError for a text that is no number, or rows of unequal length
 */
export const loadtxt = def(
  "numpy.loadtxt",
  "fname dtype comments delimiter converters:dict skiprows usecols unpack ndmin encoding max_rows * quotechar like",
  (
    fname: TextSource,
    dtype: DTypeLike | null = null,
    comments: string | readonly string[] | null = "#",
    delimiter: string | null = null,
    converters: Converters = null,
    skiprows = 0,
    usecols: number | readonly number[] | null = null,
    unpack = false,
    ndmin = 0,
    _encoding: string | null = null,
    max_rows: number | null = null,
    _quotechar: string | null = null,
    _like: unknown = null,
  ): ndarray => {
    const type = toKernel(dtype);
    const { rows, numbers } = tableOf(fname, comments, delimiter, skiprows, max_rows);
    if (rows.length === 0) {
      warn("loadtxt: input contained no data", UserWarning);
      const n = usecols === null ? 1 : [usecols].flat().length;
      return wrap(Strided.zeros(type, ndmin === 2 || n > 1 ? [0, n] : [0]));
    }
    const width = rows[0]!.length;
    const columns = usecols === null ? null : [usecols].flat().map((c) => indexOf(c));
    const data = rows.map((fields, r) => {
      if (columns === null && fields.length !== width)
        throw new ValueError(
          `the number of columns changed from ${width} to ${fields.length} at row ${r + 1}; use \`usecols\` to select a subset and avoid this error`,
        );
      return (columns ?? fields.map((_, c) => c)).map((c) => {
        const at = c < 0 ? c + fields.length : c;
        const text = fields[at];
        if (text === undefined)
          throw new ValueError(`invalid column index ${c} at row ${r + 1} with ${fields.length} columns`);
        return cell(text, converterAt(converters, at), dtype, numbers[r]! - 1, at, r);
      });
    });
    const y = wrap(castTo(strided(data as ArrayLike, wide(type.kind)), type));
    const shaped = withAxes(y, ndmin);
    return unpack ? shaped.T : shaped;
  },
);

const wide = (kind: string) =>
  kind === "complex" ? toKernel("complex") : kind === "float" ? float64 : undefined;

function cell(
  text: string,
  convert: Converter | undefined,
  dtype: DTypeLike | null,
  _line: number,
  column: number,
  row: number,
): unknown {
  if (convert) return convert(text);
  const type = toKernel(dtype);
  const v = parsed(text, isComplex(type));
  const whole = !isInteger(type) || /^\s*[+-]?\d+\s*$/.test(text);
  if (v === undefined || !whole)
    throw new ValueError(
      `could not convert string '${text}' to ${type.name} at row ${row}, column ${column + 1}.`,
    );
  return v;
}

/**
 * Reads numbers from text in which some may be missing.
 *
 * @param missing_values - texts that stand for a missing value, besides none at all
 * @param filling_values - what stands for them, NaN (−1 for integers) by default
 */
export const genfromtxt = def(
  "numpy.genfromtxt",
  "fname dtype comments delimiter skip_header skip_footer converters:dict missing_values filling_values usecols names excludelist deletechars replace_space autostrip case_sensitive defaultfmt unpack usemask loose invalid_raise max_rows encoding * ndmin like",
  (
    fname: TextSource,
    dtype: DTypeLike | null = null,
    comments: string | null = "#",
    delimiter: string | number | null = null,
    skip_header = 0,
    skip_footer = 0,
    converters: Converters = null,
    missing_values: string | readonly string[] | null = null,
    filling_values: number | readonly number[] | null = null,
    usecols: number | readonly number[] | null = null,
    names: unknown = null,
    _excludelist: unknown = null,
    _deletechars: unknown = null,
    _replace_space = "_",
    _autostrip = false,
    _case_sensitive = true,
    _defaultfmt = "f%i",
    unpack = false,
    _usemask = false,
    _loose = true,
    invalid_raise = true,
    max_rows: number | null = null,
    _encoding: string | null = null,
    ndmin = 0,
    _like: unknown = null,
  ): ndarray => {
    if (names !== null && names !== false)
      throw new TypeError("genfromtxt with names makes a structured array, which arrays here cannot be");
    const type = toKernel(dtype);
    let { rows } = tableOf(
      fname,
      comments,
      delimiter === null ? null : String(delimiter),
      skip_header,
      max_rows,
    );
    if (skip_footer > 0) rows = rows.slice(0, -skip_footer);
    if (rows.length === 0) {
      warn("genfromtxt: Empty input file", UserWarning);
      return asArray(strided([], type) as ArrayLike);
    }
    const width = rows[0]!.length;
    const bad = rows.map((r, i) => ({ r, i })).filter(({ r }) => r.length !== width && usecols === null);
    if (bad.length > 0) {
      const text = `Some errors were detected !\n${bad.map(({ r, i }) => `    Line #${i + skip_header + 1} (got ${r.length} columns instead of ${width})`).join("\n")}`;
      if (invalid_raise) throw new ValueError(text);
      warn(text, UserWarning);
      rows = rows.filter((r) => r.length === width);
    }
    const missing = new Set(["", ...[missing_values ?? []].flat()]);
    const fill = (c: number): number =>
      Array.isArray(filling_values)
        ? (filling_values[c] as number)
        : ((filling_values as number | null) ?? (isInteger(type) ? -1 : Number.NaN));
    const columns =
      usecols === null ? rows[0]!.map((_, c) => c) : [usecols].flat().map((c) => (c < 0 ? c + width : c));
    const data = rows.map((fields) =>
      columns.map((c) => {
        const text = (fields[c] ?? "").trim();
        const convert = converterAt(converters, c);
        if (convert) return convert(text);
        if (missing.has(text)) return fill(c);
        const v = parsed(text, isComplex(type));
        const whole = !isInteger(type) || typeof v === "bigint" || Number.isInteger(v);
        return v !== undefined && whole ? v : fill(c);
      }),
    );
    const y = wrap(castTo(strided(data as ArrayLike, wide(type.kind)), type));
    const shaped = withAxes(y, ndmin);
    return unpack ? shaped.T : shaped;
  },
);

/** Numbers from a text, separated by `sep`. */
export const fromstring = def(
  "numpy.fromstring",
  "string dtype count * sep like",
  (string: string, dtype: DTypeLike | null = null, count = -1, sep = "", _like: unknown = null): ndarray => {
    if (sep === "") throw new ValueError("The binary mode of fromstring is removed, use frombuffer instead");
    const words = string
      .split(sep.trim() === "" ? /\s+/ : sep.trim())
      .map((w) => w.trim())
      .filter((w) => w !== "");
    const values = words.slice(0, count < 0 ? undefined : count).map((w) => {
      const v = parsed(w, true);
      if (v === undefined)
        throw new ValueError("string or file could not be read to its end due to unmatched data");
      return v;
    });
    return wrap(strided(values as ArrayLike, toKernel(dtype)));
  },
);

/** Numbers that the groups of a regular expression find in a text file. */
export const fromregex = def(
  "numpy.fromregex",
  "file regexp dtype encoding",
  (file: TextSource, regexp: string | RegExp, dtype: DTypeLike, _encoding: string | null = null): ndarray => {
    const pattern = typeof regexp === "string" ? new RegExp(regexp, "g") : new RegExp(regexp.source, "g");
    const text = linesOf(file).join("\n");
    const found = [...text.matchAll(pattern)].map((m) =>
      m.slice(1).map((g) => parsed(g, true) ?? Number.NaN),
    );
    const y = wrap(strided(found as ArrayLike, toKernel(dtype)));
    return y.ndim === 2 && y.shape[1] === 1 ? y.ravel() : y;
  },
);
