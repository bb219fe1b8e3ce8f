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
import { Callable, Float, nameClass, pyClass, str, Tuple, TypeError, ValueError } from "@cognate/py";
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

function interval(x: Pair | null, what: string): ndarray {
  if (x === null) return power.polydomain;
  const [line] = power.asSeries([x], false) as [ndarray];
  if (line.size !== 2) throw new ValueError(`${what} has wrong number of elements.`);
  return line;
}

const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";

class PolynomialImpl extends Callable {
  /** The coefficients from the constant up. */
  readonly coef: ndarray;
  /** The interval that is mapped to the window before the polynomial is taken. */
  readonly domain: ndarray;
  readonly window: ndarray;
  readonly symbol: string;

  constructor(coef: ArrayLike, domain: Pair | null = null, window: Pair | null = null, symbol = "x") {
    super();
    this.coef = power.asSeries([coef], false)[0]!;
    this.domain = interval(domain, "Domain");
    this.window = interval(window, "Window");
    if (typeof symbol !== "string") throw new TypeError("Symbol must be a non-empty string");
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(symbol))
      throw new ValueError("Symbol string must be a valid Python identifier");
    this.symbol = symbol;
  }

  private like(coef: ArrayLike): PolynomialImpl {
    return new PolynomialImpl(coef, this.domain, this.window, this.symbol);
  }
  /** Another polynomial's coefficients, or a number or vector as they are. @throws TypeError, ValueError */
  private coefficientsOf(other: ArrayLike | PolynomialImpl): ArrayLike {
    if (!(other instanceof PolynomialImpl)) return other;
    if (!logic.equal(this.domain, other.domain).all()) throw new TypeError("Domains differ");
    if (!logic.equal(this.window, other.window).all()) throw new TypeError("Windows differ");
    if (this.symbol !== other.symbol) throw new ValueError("Polynomial symbols differ");
    return other.coef;
  }

  override __call__(arg: ArrayLike | PolynomialImpl): Item {
    if (arg instanceof PolynomialImpl) return this.of(arg) as unknown as Item;
    return power.polyval.impl(mapped(arg, this.domain, this.window), this.coef);
  }
  /** Its value at another polynomial: their composition. */
  private of(arg: PolynomialImpl): PolynomialImpl {
    const [off, scale] = mapparms(this.domain, this.window).map(Number) as [number, number];
    const line = arg.mul(new Float(scale)).add(new Float(off));
    const [top, ...rest] = [...elementsOf(this.coef)].reverse() as [ndarray, ...ndarray[]];
    return rest.reduce((y, c) => y.mul(line).add(c), line.mul(0).add(top));
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
  copy(): PolynomialImpl {
    return this.like(this.coef);
  }

  neg(): PolynomialImpl {
    return this.like(negative(this.coef));
  }
  pos(): this {
    return this;
  }
  add(other: ArrayLike | PolynomialImpl): PolynomialImpl {
    return this.like(power.polyadd.impl(this.coef, this.coefficientsOf(other)));
  }
  radd(other: ArrayLike): PolynomialImpl {
    return this.add(other);
  }
  sub(other: ArrayLike | PolynomialImpl): PolynomialImpl {
    return this.like(power.polysub.impl(this.coef, this.coefficientsOf(other)));
  }
  rsub(other: ArrayLike): PolynomialImpl {
    return this.like(power.polysub.impl(other, this.coef));
  }
  mul(other: ArrayLike | PolynomialImpl): PolynomialImpl {
    return this.like(power.polymul.impl(this.coef, this.coefficientsOf(other)));
  }
  rmul(other: ArrayLike): PolynomialImpl {
    return this.mul(other);
  }
  /** By a number. @throws TypeError for anything else */
  div(other: ArrayLike): PolynomialImpl {
    if (typeof other !== "number" && !(other instanceof Number))
      throw new TypeError(
        "unsupported types for true division: '<class 'numpy.polynomial.Polynomial'>', '<class 'numpy.polynomial.Polynomial'>'",
      );
    return this.floordiv(other);
  }
  floordiv(other: ArrayLike | PolynomialImpl): PolynomialImpl {
    return this.divmod(other)[0]!;
  }
  mod(other: ArrayLike | PolynomialImpl): PolynomialImpl {
    return this.divmod(other)[1]!;
  }
  /** The quotient and the remainder. @throws ZeroDivisionError */
  divmod(other: ArrayLike | PolynomialImpl): Tuple<PolynomialImpl> {
    const parts = power.polydiv.impl(this.coef, this.coefficientsOf(other));
    return Tuple.of_([...parts].map((c) => this.like(c)));
  }
  pow(n: number): PolynomialImpl {
    return this.like(power.polypow.impl(this.coef, n, 100));
  }
  eq(other: unknown): boolean {
    const same = (a: ndarray, b: ndarray): boolean => a.size === b.size && Boolean(logic.equal(a, b).all());
    return (
      other instanceof PolynomialImpl &&
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
  deriv(m = 1): PolynomialImpl {
    return this.like(
      power.polyder.impl(this.coef, m, new Float(Number(mapparms(this.domain, this.window)[1]))),
    );
  }
  integ(m = 1, k: ArrayLike | readonly ArrayLike[] = [], lbnd: number | null = null): PolynomialImpl {
    const [off, scale] = mapparms(this.domain, this.window).map(Number) as [number, number];
    const from = lbnd === null ? 0 : off + scale * lbnd;
    return this.like(power.polyint.impl(this.coef, m, k, from, new Float(1 / scale)));
  }
  roots(): ndarray {
    return asArray(mapped(power.polyroots.impl(this.coef), this.window, this.domain));
  }
  trim(tol = 0): PolynomialImpl {
    return this.like(power.polytrim.impl(this.coef, tol));
  }
  /** The first `size` coefficients. @throws ValueError */
  truncate(size: number): PolynomialImpl {
    if (!Number.isInteger(size) || size < 1) throw new ValueError("size must be a positive integer");
    return this.like(size >= this.coef.size ? this.coef : this.coef.at(`:${size}`));
  }
  cutdeg(deg: number): PolynomialImpl {
    return this.truncate(deg + 1);
  }
  /** The same polynomial over another domain and window. */
  convert(domain: Pair | null = null, _kind: unknown = null, window: Pair | null = null): PolynomialImpl {
    return this.of(PolynomialImpl.identity(domain, window, this.symbol));
  }
  /** n points of the domain and the values there. */
  linspace(n = 100, domain: Pair | null = null): Tuple<ndarray> {
    const ends = domain === null ? this.domain : asArray(domain);
    const x = linspace.impl(ends.at(0), ends.at(1), n);
    return Tuple.of_([x, asArray(this.__call__(x))]);
  }

  /** x itself. */
  static identity(domain: Pair | null = null, window: Pair | null = null, symbol = "x"): PolynomialImpl {
    const [off, scale] = mapparms(interval(window, "Window"), interval(domain, "Domain")).map(Number);
    return new PolynomialImpl([new Float(off!), new Float(scale!)], domain, window, symbol);
  }
  /** xⁿ. */
  static basis(
    deg: number,
    domain: Pair | null = null,
    window: Pair | null = null,
    symbol = "x",
  ): PolynomialImpl {
    if (!Number.isInteger(deg) || deg < 0) throw new ValueError("deg must be non-negative integer");
    const c = Array.from({ length: deg + 1 }, (_, i) => (i === deg ? 1 : 0));
    return new PolynomialImpl(c, domain, window, symbol);
  }
  /** The polynomial with the given zeros. */
  static fromroots(
    roots: ArrayLike,
    domain: Pair | null | readonly never[] = [],
    window: Pair | null = null,
    symbol = "x",
  ): PolynomialImpl {
    const zeros = inexact(roots);
    const over =
      domain === null
        ? spanOf(zeros)
        : Array.isArray(domain) && domain.length === 0
          ? null
          : (domain as Pair);
    const [off, scale] = mapparms(interval(over, "Domain"), interval(window, "Window")).map(Number) as [
      number,
      number,
    ];
    const turned = add(new Float(off), multiply(new Float(scale), zeros));
    const c = asArray(power.polyfromroots.impl(turned)).div(new Float(scale ** zeros.size));
    return new PolynomialImpl(c, over, window, symbol);
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
  ): PolynomialImpl {
    const given = inexact(x);
    const over =
      domain === null
        ? spanOf(given)
        : Array.isArray(domain) && domain.length === 0
          ? null
          : (domain as Pair);
    const turned = mapped(given, interval(over, "Domain"), interval(window, "Window"));
    const c = power.polyfit.impl(turned, y, deg, rcond, full, w);
    if (!full) return new PolynomialImpl(c, over, window, symbol);
    const [k, facts] = c as unknown as [ndarray, unknown];
    return Tuple.of_([new PolynomialImpl(k, over, window, symbol), facts]) as unknown as PolynomialImpl;
  }

  __repr__(): string {
    const [coef, domain, window] = [this.coef, this.domain, this.window].map((a) =>
      array_repr(a).slice(6, -1),
    );
    return `Polynomial(${coef}, domain=${domain}, window=${window}, symbol='${this.symbol}')`;
  }
  __str__(): string {
    return this.text((i) => `·${this.scaled()}${[...String(i)].map((d) => SUPERSCRIPT[Number(d)]).join("")}`);
  }
  __format__(spec: string): string {
    if (spec === "" || spec === "unicode") return this.__str__();
    if (spec !== "ascii")
      throw new ValueError(
        `Unsupported format string '${spec}' passed to <class 'numpy.polynomial.polynomial.Polynomial'>.__format__. Valid options are 'ascii' and 'unicode'`,
      );
    return this.text((i) => ` ${this.scaled()}**${i}`);
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
      const power_ = i === 1 ? term(1).replace(/(¹|\*\*1)$/, "") : term(i);
      let next = `${sign} ${shown}${power_}`;
      const line = `${out} `.split("\n").at(-1)!.length + next.length + (i < last ? 2 : 0);
      if (line >= width) next = next.replace(" ", "\n");
      return `${out} ${next}`;
    }, "");
  }
}

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

keywordMethods(PolynomialImpl.prototype, {
  deriv: "m",
  integ: "m k lbnd",
  trim: "tol",
  convert: "domain kind window",
  linspace: "n domain",
});
keywordMethods(PolynomialImpl, {
  identity: "domain window symbol",
  basis: "deg domain window symbol",
  fromroots: "roots domain window symbol",
  fit: "x y deg domain rcond full w window symbol",
});

interface PolynomialImpl {
  (arg: PolynomialImpl): PolynomialImpl;
  (arg: ArrayLike): Item;
}

/**
 * A polynomial c₀ + c₁x + c₂x² + … with a domain that is mapped to a window first, called at points.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * const p = np.polynomial.Polynomial([1, 2, 3]);
 * print(p, p(2.5), p.deriv()); // prints 1.0 + 2.0·x + 3.0·x² 24.75 2.0 + 6.0·x
 * ```
 */
export const Polynomial = pyClass("Polynomial", "coef domain window symbol", PolynomialImpl);
export type Polynomial = PolynomialImpl;
nameClass("numpy.polynomial.polynomial.Polynomial", Polynomial);
