import * as py from "@cognate/py";
import type { Operator } from "./operator.js";

type Values = readonly never[];
const of =
  (f: (...args: never[]) => unknown): Operator =>
  (args) =>
    f(...(args as Values));

const math = (f: (x: number) => number): Operator => of((x: number) => py.asFloat(f(Number(x))));
const whole = (f: (x: number) => number): Operator => of((x: number) => f(Number(x)));

/** A place counted from the front. @throws IndexError outside of the list */
function placeIn(items: readonly unknown[], at: number): number {
  const i = Number(at) < 0 ? Number(at) + items.length : Number(at);
  if (i < 0 || i >= items.length) throw new py.IndexError("list index out of range");
  return i;
}

function item(of: unknown, at: unknown): unknown {
  if (typeof of === "string") return of[placeIn([...of], at as number)];
  if (Array.isArray(of)) return of[placeIn(of, at as number)];
  const dict = of as Map<unknown, unknown>;
  if (!dict.has(at)) throw new py.KeyError(at);
  return dict.get(at);
}

const texts: Readonly<Record<string, (...args: never[]) => unknown>> = {
  upper: (s: string) => s.toUpperCase(),
  lower: (s: string) => s.toLowerCase(),
  strip: (s: string, chars = " \n\t\f\v") => trimmed(trimmed(s, chars, true), chars, false),
  lstrip: (s: string, chars = " \n\t\f\v") => trimmed(s, chars, true),
  rstrip: (s: string, chars = " \n\t\f\v") => trimmed(s, chars, false),
  startswith: (s: string, start: string) => s.startsWith(start),
  endswith: (s: string, end: string) => s.endsWith(end),
  find: (s: string, part: string) => s.indexOf(part),
  replace: (s: string, from: string, to: string) => s.replaceAll(from, to),
  split: (s: string, by: string | null = null) => (by === null ? s.trim().split(/\s+/) : s.split(by)),
  splitlines: (s: string) => s.split(/\r?\n/),
  join: (s: string, parts: readonly string[]) => parts.join(s),
  isdigit: (s: string) => /^\p{Nd}+$/u.test(s),
  isalpha: (s: string) => /^\p{L}+$/u.test(s),
  isalnum: (s: string) => /^[\p{L}\p{N}]+$/u.test(s),
  isspace: (s: string) => /^\s+$/.test(s),
  format: (s: string, ...values: readonly unknown[]) => py.str_format(s, ...values),
  percentFormat: (s: string, ...values: readonly unknown[]) => py.fmt(s, ...values),
  ord: (s: string) => s.codePointAt(0)!,
  chr: (n: number) => String.fromCodePoint(n),
};

function trimmed(s: string, chars: string, front: boolean): string {
  let [from, to] = [0, s.length];
  if (front) while (from < to && chars.includes(s[from]!)) from++;
  else while (to > from && chars.includes(s[to - 1]!)) to--;
  return s.slice(from, to);
}

/** What programs do with lists and dicts, whatever stands in them. */
export const CONTAINERS: Readonly<Record<string, Operator>> = Object.fromEntries(
  Object.entries<(...args: never[]) => unknown>({
    append: (items: unknown[], x: unknown) => {
      items.push(x);
      return items;
    },
    extend: (items: unknown[], more: readonly unknown[]) => {
      items.push(...more);
      return items;
    },
    insert: (items: unknown[], at: number, x: unknown) => {
      items.splice(at, 0, x);
    },
    pop: (from: unknown[] | Map<unknown, unknown>, at: unknown = -1, otherwise?: unknown) => {
      if (Array.isArray(from)) return from.splice(placeIn(from, at as number), 1)[0];
      const value = otherwise === undefined ? item(from, at) : (from.get(at) ?? otherwise);
      from.delete(at);
      return value;
    },
    remove: (items: unknown[], x: unknown) => {
      const at = items.findIndex((y) => py.eq(y as never, x as never) as unknown as boolean);
      if (at < 0) throw new py.ValueError("list.remove(x): x not in list");
      items.splice(at, 1);
    },
    clear: (x: unknown[] | Map<unknown, unknown>) => {
      if (Array.isArray(x)) x.length = 0;
      else x.clear();
    },
    copy: (x: unknown[] | Map<unknown, unknown>) => (Array.isArray(x) ? [...x] : new Map(x)),
    reverse: (items: unknown[]) => items.reverse(),
    sort: (items: unknown[], reverse = false) => {
      items.splice(0, items.length, ...py.sorted(items, { reverse }));
    },
    sorted: (items: readonly unknown[]) => py.sorted(items),
    count: (items: readonly unknown[], x: unknown) =>
      items.filter((y) => py.eq(y as never, x as never)).length,
    Delete: (from: unknown[] | Map<unknown, unknown>, at: unknown) => {
      if (Array.isArray(from)) from.splice(placeIn(from, at as number), 1);
      else {
        item(from, at);
        from.delete(at);
      }
    },
    _set_item: (into: unknown[] | Map<unknown, unknown>, at: unknown, x: unknown) => {
      if (Array.isArray(into)) into[placeIn(into, at as number)] = x;
      else into.set(at, x);
    },
    __getitem__: item,
    __contains__: (of: unknown, x: unknown) => py.contains(of, x),
    keys: (m: Map<unknown, unknown>) => [...m.keys()],
    values: (m: Map<unknown, unknown>) => [...m.values()],
    items: (m: Map<unknown, unknown>) => [...m].map((pair) => py.tuple(pair)),
    get: (m: Map<unknown, unknown>, key: unknown, otherwise: unknown = null) =>
      m.has(key) ? m.get(key) : otherwise,
    setdefault: (m: Map<unknown, unknown>, key: unknown, x: unknown) => {
      if (!m.has(key)) m.set(key, x);
      return m.get(key);
    },
    update: (m: Map<unknown, unknown>, more: Map<unknown, unknown>) => {
      for (const [key, value] of more) m.set(key, value);
    },
    dict: (entries: Iterable<readonly [unknown, unknown]> = []) => new Map(entries),
    list: (x: unknown) => py.list(x as never),
    len: (x: unknown) => py.len(x),
    ...texts,
  }).map(([name, f]) => [name, of(f)]),
);

/** What programs do with numbers, texts and lists of them. */
export const SCALARS: Readonly<Record<string, Operator>> = {
  add: of(py.add as never),
  add_: of((items: unknown[], more: readonly unknown[]) => {
    items.push(...more);
    return items;
  }),
  sub: of(py.sub as never),
  mul: of(py.mul as never),
  div: of(py.div as never),
  truediv: of(py.div as never),
  floordiv: of(py.floordiv as never),
  remainder: of(py.mod as never),
  mod: of(py.mod as never),
  mathremainder: of((a: number, b: number) => py.asFloat(a - b * Math.round(a / b))),
  fmod: of((a: number, b: number) => py.asFloat(Number(a) % Number(b))),
  pow: of(py.pow as never),
  neg: of(py.neg as never),
  abs: of(py.abs as never),
  eq: of((a: unknown, b: unknown) => py.eq(a as never, b as never)),
  ne: of((a: unknown, b: unknown) => py.ne(a as never, b as never)),
  lt: of(py.lt as never),
  le: of(py.le as never),
  gt: of(py.gt as never),
  ge: of(py.ge as never),
  divmod: of(py.divmod as never),
  round: of(py.round as never),
  __and__: of(py.and_ as never),
  __or__: of(py.or_ as never),
  __xor__: of(py.xor as never),
  __lshift__: of(py.lshift as never),
  __rshift__: of(py.rshift as never),
  __not__: of((x: unknown) => !py.bool(x)),
  not_: of((x: unknown) => !py.bool(x)),
  and_: of(py.and_ as never),
  or_: of(py.or_ as never),
  floor: whole(Math.floor),
  ceil: whole(Math.ceil),
  trunc: whole(Math.trunc),
  sqrt: math(Math.sqrt),
  exp: math(Math.exp),
  log: of((x: number, base: number | null = null) =>
    py.asFloat(base === null ? Math.log(x) : Math.log(x) / Math.log(base)),
  ),
  log2: math(Math.log2),
  log10: math(Math.log10),
  log1p: math(Math.log1p),
  expm1: math(Math.expm1),
  sin: math(Math.sin),
  cos: math(Math.cos),
  tan: math(Math.tan),
  asin: math(Math.asin),
  acos: math(Math.acos),
  atan: math(Math.atan),
  sinh: math(Math.sinh),
  cosh: math(Math.cosh),
  tanh: math(Math.tanh),
  fabs: math(Math.abs),
  degrees: math((x) => (x * 180) / Math.PI),
  radians: math((x) => (x * Math.PI) / 180),
  atan2: of((a: number, b: number) => py.asFloat(Math.atan2(a, b))),
  hypot: of((a: number, b: number) => py.asFloat(Math.hypot(a, b))),
  copysign: of((a: number, b: number) => py.asFloat(Math.abs(a) * (b < 0 || Object.is(b, -0) ? -1 : 1))),
  gcd: of((a: number, b: number) => {
    let [x, y] = [Math.abs(a), Math.abs(b)];
    while (y > 0) [x, y] = [y, x % y];
    return x;
  }),
  factorial: of((n: number) => Array.from({ length: n }, (_, i) => i + 1).reduce((a, b) => a * b, 1)),
  isnan: of((x: number) => Number.isNaN(Number(x))),
  isinf: of((x: number) => Math.abs(Number(x)) === Number.POSITIVE_INFINITY),
  isfinite: of((x: number) => Number.isFinite(Number(x))),
  min: of((...xs: readonly unknown[]) => py.min(...(xs as [never]))),
  max: of((...xs: readonly unknown[]) => py.max(...(xs as [never]))),
  sum: of((xs: readonly never[]) => py.sum(xs)),
  any: of((xs: readonly unknown[]) => py.any(xs)),
  all: of((xs: readonly unknown[]) => py.all(xs)),
  Int: of((x: unknown) => py.int(x as never)),
  Float: of((x: unknown) => py.float(x as never)),
  Bool: of((x: unknown) => py.bool(x)),
  Complex: of((re: number, im = 0) => py.complex(re, im)),
  sym_int: of((x: unknown) => py.int(x as never)),
  sym_float: of((x: unknown) => py.float(x as never)),
  sym_not: of((x: unknown) => !py.bool(x)),
  sym_max: of((a: never, b: never) => py.max(a, b)),
  sym_min: of((a: never, b: never) => py.min(a, b)),
  str: of((x: unknown) => py.str(x)),
  bin: of((x: number) => py.bin(x)),
  hex: of((x: number) => py.hex(x)),
  oct: of((x: number) => py.oct(x)),
  hash: of((x: unknown) => py.hash(x)),
};
