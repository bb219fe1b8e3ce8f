import {
  type ArrayLike,
  array_repr,
  format_float_positional,
  format_float_scientific,
  get_printoptions,
  type Item,
  keywordMethods,
  logic,
  type ndarray,
} from "@cognate/ndarray/core";
import { add, divide, multiply, negative, subtract } from "@cognate/ndarray/functions";
import {
  Callable,
  def,
  Float,
  nameClass,
  pyClass,
  repr,
  str,
  Tuple,
  TypeError,
  type,
  ValueError,
} from "@cognate/py";
import { linspace } from "../creation/grids.js";
import { asArray } from "../internal.js";
import { elementsOf, inexact } from "./coefficients.js";
import * as power from "./polynomial.js";

type Pair = ArrayLike;

/** Off and scale of the line that takes the ends of one interval to those of another. */
function mapparms(from: ndarray, to: ndarray): [Item, Item] {
  const at = (x: ndarray, i: number): ndarray => asArray(x.at(`${i}:${i + 1}`)).reshape([]);
  const [length, other] = [subtract(at(from, 1), at(from, 0)), subtract(at(to, 1), at(to, 0))];
  const cross = subtract(multiply(at(from, 1), at(to, 0)), multiply(at(from, 0), at(to, 1)));
  return [divide(cross, length), divide(other, length)];
}

const mapped = (x: ArrayLike, from: ndarray, to: ndarray): Item => {
  const [off, scale] = mapparms(from, to);
  return add(new Float(Number(off)), multiply(new Float(Number(scale)), x));
};

function interval(x: Pair | null, what: string, otherwise: ndarray): ndarray {
  if (x === null) return otherwise;
  const [line] = power.asSeries([x], false) as [ndarray];
  if (line.size !== 2) throw new ValueError(`${what} has wrong number of elements.`);
  return line;
}

const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SUBSCRIPT = "₀₁₂₃₄₅₆₇₈₉";
const MAX_POWER = 100;

/** What the functions of a basis do to coefficients. */
interface SeriesFunctions {
  readonly add: Impl<(c1: ArrayLike, c2: ArrayLike) => ndarray>;
  readonly sub: Impl<(c1: ArrayLike, c2: ArrayLike) => ndarray>;
  readonly mul: Impl<(c1: ArrayLike, c2: ArrayLike) => ndarray>;
  readonly div: Impl<(c1: ArrayLike, c2: ArrayLike) => Tuple<ndarray>>;
  readonly pow: Impl<(c: ArrayLike, n: number, maxpower?: number | null) => ndarray>;
  readonly val: Impl<(x: ArrayLike, c: ArrayLike, tensor?: boolean) => Item>;
  readonly der: Impl<(c: ArrayLike, m?: number, scl?: ArrayLike) => ndarray>;
  readonly int: Impl<
    (
      c: ArrayLike,
      m?: number,
      k?: ArrayLike | readonly ArrayLike[],
      lbnd?: ArrayLike,
      scl?: ArrayLike,
    ) => ndarray
  >;
  readonly roots: Impl<(c: ArrayLike) => ndarray>;
  readonly line: Impl<(off: never, scl: never) => ndarray>;
  readonly fit: Impl<
    (
      x: ArrayLike,
      y: ArrayLike,
      deg: number | readonly number[],
      rcond?: number | null,
      full?: boolean,
      w?: ArrayLike | null,
    ) => ndarray
  >;
  readonly fromroots: Impl<(roots: ArrayLike) => ndarray>;
}
interface Impl<F> {
  readonly impl: F;
}

/** A class of series. */
export interface SeriesKind {
  readonly name: string;
  readonly module: string;
  /** Of a term in the text; powers of the variable have none. */
  readonly symbol: string | null;
  readonly domain: ndarray;
  readonly functions: SeriesFunctions;
  /** To powers of the variable. */
  readonly toPower?: Impl<(c: ArrayLike) => ndarray>;
  readonly interpolate?: (
    func: (x: ndarray, ...args: never[]) => ArrayLike,
    deg: number,
    args?: readonly unknown[],
  ) => ndarray;
}

let printStyle: "ascii" | "unicode" = "unicode";

/** How the text of polynomials is written: `"unicode"` (the default) or `"ascii"`. @throws ValueError */
export const set_default_printstyle = def(
  "numpy.polynomial.set_default_printstyle",
  "style",
  (style: string): null => {
    if (style !== "ascii" && style !== "unicode")
      throw new ValueError(`Unsupported format string '${style}'. Valid options are 'ascii' and 'unicode'`);
    printStyle = style;
    return null;
  },
);

type Class = new (coef: ArrayLike, domain?: Pair | null, window?: Pair | null, symbol?: string) => SeriesImpl;

/** A polynomial as a series in some basis. */
export class SeriesImpl extends Callable {
  /** The basis; on the prototype of each class. */
  declare readonly kind: SeriesKind;
  /** The coefficients from the constant up. */
  readonly coef: ndarray;
  /** The interval that is mapped to the window before the polynomial is taken. */
  readonly domain: ndarray;
  readonly window: ndarray;
  readonly symbol: string;

  constructor(coef: ArrayLike, domain: Pair | null = null, window: Pair | null = null, symbol = "x") {
    super();
    this.coef = power.asSeries([coef], false)[0]!;
    this.domain = interval(domain, "Domain", this.kind.domain);
    this.window = interval(window, "Window", this.kind.domain);
    if (typeof symbol !== "string") throw new TypeError("Symbol must be a non-empty string");
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(symbol))
      throw new ValueError("Symbol string must be a valid Python identifier");
    this.symbol = symbol;
  }

  private like(coef: ArrayLike): SeriesImpl {
    return new (this.constructor as Class)(coef, this.domain, this.window, this.symbol);
  }
  /** Another polynomial's coefficients, or a number or vector as they are. @throws TypeError, ValueError */
  private coefficientsOf(other: ArrayLike | SeriesImpl): ArrayLike {
    if (!(other instanceof SeriesImpl)) return other;
    if (other.kind !== this.kind) throw new TypeError("Polynomial types differ");
    if (!logic.equal(this.domain, other.domain).all()) throw new TypeError("Domains differ");
    if (!logic.equal(this.window, other.window).all()) throw new TypeError("Windows differ");
    if (this.symbol !== other.symbol) throw new ValueError("Polynomial symbols differ");
    return other.coef;
  }

  override __call__(arg: ArrayLike | SeriesImpl): Item {
    if (arg instanceof SeriesImpl) return this.of(arg) as unknown as Item;
    return this.kind.functions.val.impl(mapped(arg, this.domain, this.window), this.coef);
  }
  /** Its value at another polynomial: their composition. */
  private of(arg: SeriesImpl): SeriesImpl {
    const [off, scale] = mapparms(this.domain, this.window).map(Number) as [number, number];
    const line = arg.mul(new Float(scale)).add(new Float(off));
    const [top, ...rest] = [...elementsOf(this.inPowers())].reverse() as [ndarray, ...ndarray[]];
    return rest.reduce((y, c) => y.mul(line).add(c), line.mul(0).add(top));
  }
  private inPowers(): ndarray {
    return this.kind.toPower ? this.kind.toPower.impl(this.coef) : this.coef;
  }
  get length(): number {
    return this.coef.size;
  }
  __len__(): number {
    return this.coef.size;
  }
  [Symbol.iterator](): Iterator<Item> {
    return this.coef[Symbol.iterator]();
  }
  degree(): number {
    return this.coef.size - 1;
  }
  copy(): SeriesImpl {
    return this.like(this.coef);
  }

  neg(): SeriesImpl {
    return this.like(negative(this.coef));
  }
  pos(): this {
    return this;
  }
  add(other: ArrayLike | SeriesImpl): SeriesImpl {
    return this.like(this.kind.functions.add.impl(this.coef, this.coefficientsOf(other)));
  }
  radd(other: ArrayLike): SeriesImpl {
    return this.add(other);
  }
  sub(other: ArrayLike | SeriesImpl): SeriesImpl {
    return this.like(this.kind.functions.sub.impl(this.coef, this.coefficientsOf(other)));
  }
  rsub(other: ArrayLike): SeriesImpl {
    return this.like(this.kind.functions.sub.impl(other, this.coef));
  }
  mul(other: ArrayLike | SeriesImpl): SeriesImpl {
    return this.like(this.kind.functions.mul.impl(this.coef, this.coefficientsOf(other)));
  }
  rmul(other: ArrayLike): SeriesImpl {
    return this.mul(other);
  }
  /** By a number. @throws TypeError for anything else */
  div(other: ArrayLike | SeriesImpl): SeriesImpl {
    if (typeof other !== "number" && !(other instanceof Number))
      throw new TypeError(
        `unsupported types for true division: '${this.className}', '${other instanceof SeriesImpl ? other.className : repr(type(other))}'`,
      );
    return this.floordiv(other);
  }
  floordiv(other: ArrayLike | SeriesImpl): SeriesImpl {
    return this.divmod(other)[0]!;
  }
  mod(other: ArrayLike | SeriesImpl): SeriesImpl {
    return this.divmod(other)[1]!;
  }
  /** The quotient and the remainder. @throws ZeroDivisionError */
  divmod(other: ArrayLike | SeriesImpl): Tuple<SeriesImpl> {
    const parts = this.kind.functions.div.impl(this.coef, this.coefficientsOf(other));
    return Tuple.of_([...parts].map((c) => this.like(c)));
  }
  pow(n: number): SeriesImpl {
    return this.like(this.kind.functions.pow.impl(this.coef, n, MAX_POWER));
  }
  eq(other: unknown): boolean {
    const same = (a: ndarray, b: ndarray): boolean => a.size === b.size && Boolean(logic.equal(a, b).all());
    return (
      other instanceof SeriesImpl &&
      this.kind === other.kind &&
      same(this.domain, other.domain) &&
      same(this.window, other.window) &&
      same(this.coef, other.coef) &&
      this.symbol === other.symbol
    );
  }
  ne(other: unknown): boolean {
    return !this.eq(other);
  }
  __eq__(other: unknown): boolean {
    return this.eq(other);
  }

  mapparms(): Tuple<Item> {
    return Tuple.of_(mapparms(this.domain, this.window));
  }
  deriv(m = 1): SeriesImpl {
    return this.like(
      this.kind.functions.der.impl(this.coef, m, new Float(Number(mapparms(this.domain, this.window)[1]))),
    );
  }
  integ(m = 1, k: ArrayLike | readonly ArrayLike[] = [], lbnd: number | null = null): SeriesImpl {
    const [off, scale] = mapparms(this.domain, this.window).map(Number) as [number, number];
    const from = lbnd === null ? 0 : off + scale * lbnd;
    return this.like(this.kind.functions.int.impl(this.coef, m, k, from, new Float(1 / scale)));
  }
  roots(): ndarray {
    return asArray(mapped(this.kind.functions.roots.impl(this.coef), this.window, this.domain));
  }
  trim(tol = 0): SeriesImpl {
    return this.like(power.polytrim.impl(this.coef, tol));
  }
  /** The first `size` coefficients. @throws ValueError */
  truncate(size: number): SeriesImpl {
    if (!Number.isInteger(size) || size < 1) throw new ValueError("size must be a positive integer");
    return this.like(size >= this.coef.size ? this.coef : this.coef.at(`:${size}`));
  }
  cutdeg(deg: number): SeriesImpl {
    return this.truncate(deg + 1);
  }
  /** The same polynomial over another domain and window. */
  convert(domain: Pair | null = null, kind: unknown = null, window: Pair | null = null): SeriesImpl {
    const to = (kind ?? this.constructor) as typeof SeriesImpl;
    return this.of(to.identity(domain ?? to.prototype.kind.domain, window, this.symbol));
  }
  /** Whether the coefficients are the same. */
  has_samecoef(other: SeriesImpl): boolean {
    return this.coef.size === other.coef.size && Boolean(logic.equal(this.coef, other.coef).all());
  }
  has_samedomain(other: SeriesImpl): boolean {
    return Boolean(logic.equal(this.domain, other.domain).all());
  }
  has_samewindow(other: SeriesImpl): boolean {
    return Boolean(logic.equal(this.window, other.window).all());
  }
  has_sametype(other: unknown): boolean {
    return other instanceof SeriesImpl && other.kind === this.kind;
  }
  get maxpower(): number {
    return MAX_POWER;
  }
  get basis_name(): string | null {
    return this.kind.symbol;
  }
  /** n points of the domain and the values there. */
  linspace(n = 100, domain: Pair | null = null): Tuple<ndarray> {
    const ends = domain === null ? this.domain : asArray(domain);
    const x = linspace.impl(ends.at(0), ends.at(1), n);
    return Tuple.of_([x, asArray(this.__call__(x))]);
  }

  /** x itself. */
  static identity(domain: Pair | null = null, window: Pair | null = null, symbol = "x"): SeriesImpl {
    const { kind } = SeriesImpl.of(this);
    const [off, scale] = mapparms(
      interval(window, "Window", kind.domain),
      interval(domain, "Domain", kind.domain),
    ).map(Number) as [number, number];
    const c = kind.functions.line.impl(new Float(off) as never, new Float(scale) as never);
    return SeriesImpl.made(this, c, domain, window, symbol);
  }
  /** One polynomial of the basis. */
  static basis(
    deg: number,
    domain: Pair | null = null,
    window: Pair | null = null,
    symbol = "x",
  ): SeriesImpl {
    if (!Number.isInteger(deg) || deg < 0) throw new ValueError("deg must be non-negative integer");
    const c = Array.from({ length: deg + 1 }, (_, i) => (i === deg ? 1 : 0));
    return SeriesImpl.made(this, c, domain, window, symbol);
  }
  /** Another series in this basis. */
  static cast(series: SeriesImpl, domain: Pair | null = null, window: Pair | null = null): SeriesImpl {
    return series.convert(domain, this, window);
  }
  /** The polynomial with the given zeros. */
  static fromroots(
    roots: ArrayLike,
    domain: Pair | null | readonly never[] = [],
    window: Pair | null = null,
    symbol = "x",
  ): SeriesImpl {
    const { kind } = SeriesImpl.of(this);
    const zeros = inexact(roots);
    const over = spanFor(domain, zeros);
    const [off, scale] = mapparms(
      interval(over, "Domain", kind.domain),
      interval(window, "Window", kind.domain),
    ).map(Number) as [number, number];
    const turned = add(new Float(off), multiply(new Float(scale), zeros));
    const c = asArray(kind.functions.fromroots.impl(turned)).div(new Float(scale ** zeros.size));
    return SeriesImpl.made(this, c, over, window, symbol);
  }
  /** The polynomial that fits points best, over the interval that they span. */
  static fit(
    x: ArrayLike,
    y: ArrayLike,
    deg: number | readonly number[],
    domain: Pair | null | readonly never[] = null,
    rcond: number | null = null,
    full = false,
    w: ArrayLike | null = null,
    window: Pair | null = null,
    symbol = "x",
  ): SeriesImpl {
    const { kind } = SeriesImpl.of(this);
    const given = inexact(x);
    const over = spanFor(domain, given);
    const turned = mapped(
      given,
      interval(over, "Domain", kind.domain),
      interval(window, "Window", kind.domain),
    );
    const c = kind.functions.fit.impl(turned, y, deg, rcond, full, w);
    if (!full) return SeriesImpl.made(this, c, over, window, symbol);
    const [k, facts] = c as unknown as [ndarray, unknown];
    return Tuple.of_([SeriesImpl.made(this, k, over, window, symbol), facts]) as unknown as SeriesImpl;
  }
  /** The series that has a function's values at points of the domain. */
  static interpolate(
    func: (x: ndarray, ...args: never[]) => ArrayLike,
    deg: number,
    domain: Pair | null = null,
    args: readonly unknown[] = [],
  ): SeriesImpl {
    const { kind } = SeriesImpl.of(this);
    const over = interval(domain, "Domain", kind.domain);
    const at = (x: ndarray, ...more: never[]): ArrayLike =>
      func(asArray(mapped(x, kind.domain, over)), ...more);
    return SeriesImpl.made(this, kind.interpolate!(at, deg, args), over, null, "x");
  }
  private static of(c: unknown): { kind: SeriesKind } {
    return (c as typeof SeriesImpl).prototype;
  }
  private static made(c: unknown, ...args: ConstructorParameters<Class>): SeriesImpl {
    return new (c as Class)(...args);
  }

  /** How Python names the class. */
  private get className(): string {
    return `<class 'numpy.polynomial.${this.kind.module}.${this.kind.name}'>`;
  }
  __repr__(): string {
    const [coef, domain, window] = [this.coef, this.domain, this.window].map((a) =>
      array_repr(a).slice(6, -1),
    );
    return `${this.kind.name}(${coef}, domain=${domain}, window=${window}, symbol='${this.symbol}')`;
  }
  __str__(): string {
    return this.__format__("");
  }
  __format__(spec: string): string {
    const style = spec === "" ? printStyle : spec;
    if (style !== "unicode" && style !== "ascii")
      throw new ValueError(
        `Unsupported format string '${spec}' passed to ${this.className}.__format__. Valid options are 'ascii' and 'unicode'`,
      );
    const { symbol } = this.kind;
    const x = this.scaled();
    const digits = (i: number, signs: string): string => [...String(i)].map((d) => signs[Number(d)]).join("");
    if (symbol !== null)
      return this.text((i) =>
        style === "ascii" ? ` ${symbol}_${i}(${x})` : `·${symbol}${digits(i, SUBSCRIPT)}(${x})`,
      );
    const power_ = (i: number): string =>
      i === 1 ? "" : style === "ascii" ? `**${i}` : digits(i, SUPERSCRIPT);
    return this.text((i) => `${style === "ascii" ? " " : "·"}${x}${power_(i)}`);
  }

  /** The variable as the domain turns it. */
  private scaled(): string {
    const [off, scale] = mapparms(this.domain, this.window).map(Number) as [number, number];
    const x = this.symbol;
    if (off === 0 && scale === 1) return x;
    const [o, s] = [floatText(off), floatText(scale)];
    if (scale === 1) return `(${o} + ${x})`;
    return off === 0 ? `(${s}${x})` : `(${o} + ${s}${x})`;
  }
  private text(term: (i: number) => string): string {
    const { linewidth } = get_printoptions() as { linewidth: number };
    const width = Math.max(linewidth, 1);
    const parts = elementsOf(this.coef);
    const last = parts.length - 1;
    return parts.reduce((out, c, i) => {
      if (i === 0) return coefficientText(c);
      const real = c._a.dtype.kind !== "complex";
      const sign = !real || Number(c) >= 0 || Number.isNaN(Number(c)) ? "+" : "-";
      const shown = coefficientText(sign === "-" ? asArray(negative(c)) : c, true);
      let next = `${sign} ${shown}${term(i)}`;
      const line = `${out} `.split("\n").at(-1)!.length + next.length + (i < last ? 2 : 0);
      if (line >= width) next = next.replace(" ", "\n");
      return `${out} ${next}`;
    }, "");
  }
}

/** The domain that a caller gave: a list without elements stands for the class's, null for what the points span. */
const spanFor = (domain: Pair | null | readonly never[], points: ndarray): Pair | null =>
  domain === null ? spanOf(points) : Array.isArray(domain) && domain.length === 0 ? null : (domain as Pair);

const spanOf = (x: ndarray): ndarray => {
  const [low, high] = [Number(x.min()), Number(x.max())];
  return asArray(
    low === high ? [new Float(low - 1), new Float(high + 1)] : [new Float(low), new Float(high)],
  );
};

function floatText(x: number, parens = false): string {
  const options = get_printoptions() as { precision: number; nanstr: string; infstr: string; sign: string };
  if (Number.isNaN(x)) return options.nanstr;
  if (!Number.isFinite(x)) return options.infstr;
  const size = Math.abs(x);
  const small = 10 ** Math.min(0, Math.floor(-(options.precision - 1) / 2));
  const sign = options.sign === "+";
  if (x !== 0 && (size >= 1e8 || size < small)) {
    const s = format_float_scientific(x, { precision: options.precision, unique: true, trim: "0", sign });
    return parens ? `(${s})` : s;
  }
  return format_float_positional(x, {
    precision: options.precision,
    unique: true,
    fractional: true,
    trim: "0",
    sign,
  });
}

const coefficientText = (c: ndarray, parens = false): string =>
  c._a.dtype.kind === "complex" ? str(c.at()) : floatText(Number(c), parens);

keywordMethods(SeriesImpl.prototype, {
  deriv: "m",
  integ: "m k lbnd",
  trim: "tol",
  convert: "domain kind window",
  linspace: "n domain",
});
const STATIC = {
  identity: "domain window symbol",
  basis: "deg domain window symbol",
  cast: "series domain window",
  fromroots: "roots domain window symbol",
  fit: "x y deg domain rcond full w window symbol",
  interpolate: "func deg domain args",
};
keywordMethods(SeriesImpl, STATIC);

export interface SeriesImpl {
  (arg: SeriesImpl): SeriesImpl;
  (arg: ArrayLike): Item;
}
export type Series = SeriesImpl;

const signature = "coef domain window symbol";
const callable = (name: string, C: typeof SeriesImpl) => pyClass(name, signature, C);

/** A class of series as it is called. */
export type SeriesClass = ReturnType<typeof callable> & {
  readonly domain: ndarray;
  readonly window: ndarray;
  readonly basis_name: string | null;
  readonly maxpower: number;
};

/** The class of series in a basis, NumPy's `ABCPolyBase` made definite. */
export function seriesClass(kind: SeriesKind): SeriesClass {
  class Impl extends SeriesImpl {
    static readonly domain = kind.domain;
    static readonly window = kind.domain;
    static readonly basis_name = kind.symbol;
    static readonly maxpower = MAX_POWER;
  }
  Object.defineProperty(Impl.prototype, "kind", { value: kind });
  const Class = callable(kind.name, Impl);
  nameClass(`numpy.polynomial.${kind.module}.${kind.name}`, Class);
  return Class as SeriesClass;
}
