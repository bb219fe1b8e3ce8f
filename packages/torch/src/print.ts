import { castTo, complex64, complex128, float32, float64, isComplex, type Strided } from "@cognate/kernel";
import { type Complex, def, float, format, RuntimeError } from "@cognate/py";
import { currentForward, noGrad, tangentOf } from "@cognate/tensor";
import { fromKernel, getDefault } from "./dtype.js";
import { gradFnName } from "./policy.js";
import { scalarAt, type Tensor, wrap } from "./tensor/tensor.js";

/** What `torch.set_printoptions` sets. */
export interface PrintOptions {
  readonly precision: number;
  readonly threshold: number;
  readonly edgeitems: number;
  readonly linewidth: number;
  readonly sci_mode: boolean | null;
}

const DEFAULT: PrintOptions = { precision: 4, threshold: 1000, edgeitems: 3, linewidth: 80, sci_mode: null };
const PROFILES: Readonly<Record<string, Partial<PrintOptions>>> = {
  default: { precision: 4, threshold: 1000, edgeitems: 3, linewidth: 80 },
  short: { precision: 2, threshold: 1000, edgeitems: 2, linewidth: 80 },
  full: { precision: 4, threshold: Number.POSITIVE_INFINITY, edgeitems: 3, linewidth: 80 },
};

let options = DEFAULT;

/**
 * Sets how tensors print: digits, when to summarise, line width, scientific notation.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * torch.set_printoptions({ precision: 2 });
 * print(torch.tensor([1.12345]));
 * torch.set_printoptions({ profile: "default" });
 * print(torch.tensor([1.12345]));
 * // prints
 * // tensor([1.12])
 * // tensor([1.1235])
 * ```
 */
export const set_printoptions = def(
  "torch.set_printoptions",
  "precision threshold edgeitems linewidth profile sci_mode",
  (
    precision: number | null = null,
    threshold: number | null = null,
    edgeitems: number | null = null,
    linewidth: number | null = null,
    profile: string | null = null,
    sci_mode: boolean | null = null,
  ): void => {
    const given = Object.entries({ precision, threshold, edgeitems, linewidth }).filter(
      ([, v]) => v !== null,
    );
    options = {
      ...options,
      ...(profile === null ? {} : PROFILES[profile.toLowerCase()]),
      ...Object.fromEntries(given),
      sci_mode,
    };
  },
);

/** The present print options. */
export const get_printoptions = (): PrintOptions => ({ ...options });

/** `f` run under other print options. */
export function printoptions<T>(changes: Partial<PrintOptions>, f: () => T): T {
  const before = options;
  set_printoptions({ ...changes });
  try {
    return f();
  } finally {
    options = before;
  }
}

type Item = number | bigint | boolean | Complex;

/** Decides once for all elements how floats are written, and how wide. */
class Formatter {
  readonly floating: boolean;
  readonly integral: boolean;
  readonly scientific: boolean;
  readonly width: number;

  constructor(items: readonly Item[], floating: boolean) {
    this.floating = floating;
    this.integral = true;
    this.scientific = false;
    this.width = 1;
    if (!floating) {
      for (const v of items) this.width = Math.max(this.width, plain(v).length);
      return;
    }
    const finite = (items as number[]).filter((v) => Number.isFinite(v) && v !== 0);
    if (finite.length === 0) return;
    let [low, high] = [Number.POSITIVE_INFINITY, 0];
    for (const v of finite) {
      low = Math.min(low, Math.abs(v));
      high = Math.max(high, Math.abs(v));
    }
    this.integral = finite.every((v) => Number.isInteger(v));
    this.scientific = options.sci_mode ?? (high / low > 1000 || high > 1e8 || low < 1e-4);
    for (const v of finite) this.width = Math.max(this.width, this._text(v).length);
  }

  private _text(x: number): string {
    if (this.integral && !this.scientific) return format(x, ".0f") + (Number.isFinite(x) ? "." : "");
    return format(x, `.${options.precision}${this.scientific ? "e" : "f"}`);
  }

  format(v: Item): string {
    return (this.floating ? this._text(Number(v)) : plain(v)).padStart(this.width);
  }
}

const plain = (v: Item): string => (typeof v === "boolean" ? (v ? "True" : "False") : String(v));

/** One formatter, or one for the real and one for the imaginary parts. */
type Formatters = readonly [Formatter] | readonly [Formatter, Formatter];

function itemText(v: Item, [first, second]: Formatters): string {
  if (!second) return first.format(v);
  const c = v as Complex;
  const imag = `${second.format(c.imag)}j`.trimStart();
  return first.format(c.real) + (imag.startsWith("+") || imag.startsWith("-") ? imag : `+${imag}`);
}

/** Positions along an axis that are shown, −1 where the dots stand. */
function shown(n: number, summarize: boolean): number[] {
  const { edgeitems } = options;
  const all = Array.from({ length: n }, (_, i) => i);
  return summarize && n > 2 * edgeitems ? [...all.slice(0, edgeitems), -1, ...all.slice(n - edgeitems)] : all;
}

/** Elements that a summary shows, which alone decide the format. */
function shownItems(a: Strided, summarize: boolean): Item[] {
  const out: Item[] = [];
  const walk = (axis: number, at: number): void => {
    if (axis === a.rank) {
      out.push(scalarAt(a, at));
      return;
    }
    for (const i of shown(a.shape[axis]!, summarize)) if (i >= 0) walk(axis + 1, at + i * a.strides[axis]!);
  };
  walk(0, a.offset);
  return out;
}

function nested(
  a: Strided,
  axis: number,
  at: number,
  indent: number,
  summarize: boolean,
  f: Formatters,
): string {
  const rank = a.rank - axis;
  if (rank === 0) return itemText(scalarAt(a, at), f);
  const positions =
    summarize && options.edgeitems === 0 && rank === 1 ? [-1] : shown(a.shape[axis]!, summarize);
  const step = a.strides[axis]!;
  if (rank === 1) {
    const dots = options.edgeitems === 0 ? "..." : " ...";
    const items = positions.map((i) => (i < 0 ? dots : itemText(scalarAt(a, at + i * step), f)));
    const each = f[0].width + 2 + (f[1] ? f[1].width + 1 : 0);
    const perLine = Math.max(1, Math.floor((options.linewidth - indent) / each));
    const lines: string[] = [];
    for (let i = 0; i < items.length; i += perLine) lines.push(items.slice(i, i + perLine).join(", "));
    return `[${lines.join(`,\n${" ".repeat(indent + 1)}`)}]`;
  }
  const parts = positions.map((i) =>
    i < 0 ? "..." : nested(a, axis + 1, at + i * step, indent + 1, summarize, f),
  );
  return `[${parts.join(`,${"\n".repeat(rank - 1)}${" ".repeat(indent + 1)}`)}]`;
}

/** The numbers of an array as PyTorch prints them, without what stands around. */
function numbersText(array: Strided, indent: number): string {
  if (array.size === 0) return "[]";
  const a = array.dtype.half ? castTo(array, float32) : array;
  const summarize = a.size > options.threshold;
  const items = shownItems(a, summarize);
  const f: Formatters = isComplex(a.dtype)
    ? [
        new Formatter(
          items.map((c) => (c as Complex).real),
          true,
        ),
        new Formatter(
          items.map((c) => (c as Complex).imag),
          true,
        ),
      ]
    : [new Formatter(items, a.dtype.kind === "float")];
  return nested(a, 0, a.offset, indent, summarize, f);
}

/** `repr(tensor)`: numbers, then what cannot be seen from them. */
export function tensorRepr(t: Tensor, prefix = "tensor("): string {
  return noGrad(() => {
    const a = t._value.array;
    const indent = prefix.length;
    const notes: string[] = [];
    const usual = [getDefault(), getDefault() === float64 ? complex128 : complex64].includes(a.dtype);
    if (a.size === 0) {
      if (a.rank !== 1) notes.push(`size=${tupleText(a.shape)}`);
      if (a.dtype !== getDefault()) notes.push(`dtype=${fromKernel(a.dtype)}`);
    } else {
      if (options.edgeitems === 0) notes.push(`size=${tupleText(a.shape)}`);
      if (!usual && a.dtype.name !== "int64" && a.dtype.name !== "bool")
        notes.push(`dtype=${fromKernel(a.dtype)}`);
    }
    const numbers = numbersText(a, indent);
    const { node } = t._value;
    if (node) notes.push(`grad_fn=<${gradFnName(node.name)}>`);
    else if (t._value.requiresGrad) notes.push("requires_grad=True");
    const level = currentForward();
    const tangent = level && tangentOf(t._value, level);
    if (tangent) notes.push(`tangent=${tensorFormat(wrap(tangent), "")}`);

    let text = prefix + numbers;
    let lineLength = text.length - text.lastIndexOf("\n") + 1;
    for (const note of notes) {
      if (lineLength + note.length + 2 > options.linewidth) {
        text += `,\n${" ".repeat(indent)}${note}`;
        lineLength = indent + note.length;
      } else {
        text += `, ${note}`;
        lineLength += note.length + 2;
      }
    }
    return `${text})`;
  });
}

const tupleText = (shape: readonly number[]): string =>
  `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;

/** `format(x, spec)`: of a number for a tensor without axes. @throws TypeError-like RuntimeError otherwise */
export function tensorFormat(t: Tensor, spec: string): string {
  if (t.ndim === 0) {
    const item = t.item();
    // A whole number of a float tensor is a float in Python.
    return format(t.dtype.is_floating_point ? float(item as number) : (item as number), spec);
  }
  if (spec === "") return tensorRepr(t);
  throw new RuntimeError("unsupported format string passed to Tensor.__format__");
}
