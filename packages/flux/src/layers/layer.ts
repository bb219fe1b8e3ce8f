import { Callable, isPlainObject } from "@cognate/py";
import { FluxArray } from "../array/array.js";
import { trainables } from "../params.js";

/** What a model is made of: layers, and functions of an array. */
export type LayerLike = Layer | ((x: never) => unknown);

/** A layer: called on an array; its fields, in order, are what Julia's struct has. */
export abstract class Layer extends Callable {
  /** The line that printing shows. */
  abstract show(): string;
  /** Layers inside, by name or in order, for containers. */
  children(): readonly (readonly [name: string | null, child: unknown])[] | null {
    return null;
  }
  /** Bytes of the struct's own fields, as Julia counts them. */
  bytes(): number {
    return Object.values(this).reduce<number>(
      (n, v) => n + (v instanceof FluxArray ? 8 : typeof v === "number" ? 4 : 0),
      0,
    );
  }
  /** What a function before it, or after it, is called in print. */
  override toString(): string {
    return this.children() ? compact(this) : this.show();
  }
  __str__(): string {
    return this.toString();
  }
  /** The text that the REPL shows: a line each, with numbers of parameters. */
  display(): string {
    return display(this);
  }
}

/** The name of a function or the line of a layer. */
export function nameOf(f: unknown): string {
  if (f instanceof Layer) return f.toString();
  if (f instanceof FluxArray) return `${f.shape.join("×")} Array`;
  const name = (f as { __name__?: string }).__name__ ?? (f as { name?: string }).name;
  return name || "#1";
}

const named = (name: string | null): string => (name === null ? "" : `${name} = `);
function compact(layer: Layer): string {
  const inside = layer.children()!.map(([name, c]) => named(name) + nameOf(c));
  return `${layer.show()}(${inside.join(", ")})`;
}

const underscored = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, "_");
const count = (arrays: readonly FluxArray[]): number => arrays.reduce((n, a) => n + a.length, 0);
/** All arrays in a layer, learning or not. */
export function arraysIn(x: unknown): FluxArray[] {
  const found = new Set<FluxArray>();
  const seen = new Set<object>();
  const visit = (v: unknown): void => {
    if (v instanceof FluxArray) found.add(v);
    else if ((typeof v === "object" || typeof v === "function") && v !== null && !seen.has(v)) {
      seen.add(v);
      for (const e of Object.values(v)) visit(e);
    }
  };
  visit(x);
  return [...found];
}

/** One line: `Dense(2 => 3, tanh),                  # 9 parameters`. */
function line(x: unknown, indent: number, name: string | null): string {
  const text = named(name) + nameOf(x);
  let out = " ".repeat(indent) + text + (indent === 0 ? "" : ",");
  const ps = x instanceof Layer ? trainables(x) : [];
  if (ps.length > 0) {
    out += `${" ".repeat(Math.max(2, (indent === 0 ? 20 : 39) - indent - text.length))}# ${underscored(count(ps))} parameters`;
    const rest = count(arraysIn(x)) - count(ps);
    if (rest > 0) out += `, plus ${underscored(rest)}${indent === 0 ? " non-trainable" : ""}`;
  }
  return out + (indent === 0 ? "" : "\n");
}

function tree(x: unknown, indent: number, name: string | null): string {
  const children = x instanceof Layer ? x.children() : null;
  if (!children) return line(x, indent, name);
  const inside = children.map(([n, c]) => tree(c, indent + 2, n)).join("");
  const head = `${" ".repeat(indent)}${named(name)}${(x as Layer).show()}(\n${inside}`;
  return indent === 0 ? `${head}) ${total(x as Layer)}` : `${head}${" ".repeat(indent)}),\n`;
}
const display = (layer: Layer): string => tree(layer, 0, null).trimEnd();

/** The line under a container of more than two arrays. */
function total(layer: Layer): string {
  const ps = trainables(layer);
  if (ps.length <= 2) return "";
  const all = arraysIn(layer);
  const size = sizeText(summarySize(layer));
  if (all.length === ps.length)
    return `${" ".repeat(18)}# Total: ${ps.length} arrays, ${underscored(count(ps))} parameters, ${size}.`;
  return `${" ".repeat(8)}# Total: ${ps.length} trainable arrays, ${underscored(count(ps))} parameters,\n${" ".repeat(10)}# plus ${all.length - ps.length} non-trainable, ${underscored(count(all) - count(ps))} parameters, summarysize ${size}.`;
}
/** What Julia 1.10's `summarysize` counts: 40 bytes and the elements of each array, and the structs at each level. */
function summarySize(layer: Layer): number {
  const own = (x: unknown): number => {
    if (!(x instanceof Layer)) return 0;
    return x.children()?.reduce((n, [, c]) => n + own(c), 0) ?? x.bytes();
  };
  const structs = (x: unknown): number => {
    if (!(x instanceof Layer)) return 0;
    const children = x.children();
    // A container holds its layers in a tuple, which counts as a struct of the same size.
    return children ? 2 * own(x) + children.reduce((n, [, c]) => n + structs(c), 0) : x.bytes();
  };
  return (
    structs(layer) +
    arraysIn(layer).reduce((n, a) => n + 40 + 8 * Math.max(a.ndims() - 2, 0) + a.length * a.dtype.itemsize, 0)
  );
}
function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const k = Math.min(Math.floor(Math.log2(bytes) / 10), 4);
  return `${(bytes / 1024 ** k).toFixed(3)} ${["", "KiB", "MiB", "GiB", "TiB"][k]}`;
}

/** Splits keywords (a trailing plain object) from a constructor's arguments. */
export function keywords<K extends object>(
  args: readonly unknown[],
): { args: readonly unknown[]; kw: Partial<K> } {
  const last = args[args.length - 1];
  return isPlainObject(last) ? { args: args.slice(0, -1), kw: last as Partial<K> } : { args, kw: {} };
}
/** `in => out`: two numbers, or one list of two, in front. */
export function sizesOf(args: readonly unknown[]): { in: number; out: number; rest: readonly unknown[] } {
  const [first, second, ...rest] = args;
  if (Array.isArray(first)) return { in: first[0] as number, out: first[1] as number, rest: args.slice(1) };
  return { in: first as number, out: second as number, rest };
}
/** `2 => 3` as a value, where a call has other numbers, too. */
export const pair = (from: number, to: number): readonly [number, number] => [from, to];
