import { ARRAY, type HasArray, type Strided } from "@cognate/kernel";
import {
  type ArrayLike,
  array_repr,
  type Item,
  keywordMethods,
  logic,
  type ndarray,
} from "@cognate/ndarray/core";
import { divide, multiply, negative } from "@cognate/ndarray/functions";
import { Callable, format, nameClass, pyClass, type Tuple, ValueError } from "@cognate/py";
import { zeros } from "../creation/filled.js";
import { asArray } from "../internal.js";
import { trim_zeros } from "../manipulation/editing.js";
import { atleast_1d, concatenate } from "../manipulation/joining.js";
import { imag, isscalar, real } from "../math/parts.js";
import { poly, polyadd, polyder, polydiv, polyint, polymul, polysub, polyval, roots } from "./classic.js";
import { elementsOf } from "./coefficients.js";
import { type Poly, setPoly } from "./poly1d-mark.js";

const asPoly = (x: ArrayLike): Poly1dImpl => new Poly1dImpl(x);

class Poly1dImpl extends Callable implements HasArray, Poly {
  /** The coefficients from the highest power down. */
  coeffs: ndarray;
  readonly variable: string;

  constructor(c_or_r: ArrayLike, r = false, variable: string | null = null) {
    super();
    if (c_or_r instanceof Poly1dImpl) {
      this.coeffs = c_or_r.coeffs;
      this.variable = variable ?? c_or_r.variable;
      return;
    }
    const given = atleast_1d(r ? poly.impl(c_or_r) : c_or_r) as ndarray;
    if (given.ndim > 1) throw new ValueError("Polynomial must be 1d only.");
    const c = trim_zeros.impl(given, "f");
    this.coeffs = c.size === 0 ? zeros.impl(1, c.dtype) : c;
    this.variable = variable ?? "x";
  }

  [ARRAY](): Strided {
    return this.coeffs._a;
  }
  get c(): ndarray {
    return this.coeffs;
  }
  get coef(): ndarray {
    return this.coeffs;
  }
  get coefficients(): ndarray {
    return this.coeffs;
  }
  /** The highest power. */
  get order(): number {
    return this.coeffs.size - 1;
  }
  get o(): number {
    return this.order;
  }
  /** The zeros. */
  get roots(): ndarray {
    return roots.impl(this.coeffs);
  }
  get r(): ndarray {
    return this.roots;
  }
  __len__(): number {
    return this.order;
  }
  [Symbol.iterator](): Iterator<Item> {
    return this.coeffs[Symbol.iterator]();
  }

  /** Its value, or at another polynomial their composition. */
  override __call__(val: ArrayLike): Item {
    return polyval.impl(this.coeffs, val);
  }
  /** The coefficient of a power. */
  at(power: number): Item {
    return power < 0 || power > this.order ? (0 as Item) : this.coeffs.at(this.order - power);
  }
  /** Sets the coefficient of a power. @throws ValueError for a negative one */
  set(power: number, value: ArrayLike): void {
    if (power < 0) throw new ValueError("Does not support negative powers.");
    if (power > this.order)
      this.coeffs = concatenate.impl([zeros.impl(power - this.order, this.coeffs.dtype), this.coeffs]);
    this.coeffs.set([this.order - power], value);
  }
  deriv(m = 1): Poly1dImpl {
    return asPoly(polyder.impl(this.coeffs, m));
  }
  integ(m = 1, k: ArrayLike = 0): Poly1dImpl {
    return asPoly(polyint.impl(this.coeffs, m, k));
  }

  neg(): Poly1dImpl {
    return asPoly(negative(this.coeffs));
  }
  pos(): this {
    return this;
  }
  add(other: ArrayLike): Poly1dImpl {
    return asPoly(polyadd.impl(this.coeffs, asPoly(other).coeffs));
  }
  radd(other: ArrayLike): Poly1dImpl {
    return this.add(other);
  }
  sub(other: ArrayLike): Poly1dImpl {
    return asPoly(polysub.impl(this.coeffs, asPoly(other).coeffs));
  }
  rsub(other: ArrayLike): Poly1dImpl {
    return asPoly(polysub.impl(asPoly(other).coeffs, this.coeffs));
  }
  mul(other: ArrayLike): Poly1dImpl {
    if (isscalar(other)) return asPoly(multiply(this.coeffs, other));
    return asPoly(polymul.impl(this.coeffs, asPoly(other).coeffs));
  }
  rmul(other: ArrayLike): Poly1dImpl {
    return this.mul(other);
  }
  /** By a number a polynomial; by a polynomial the tuple of quotient and remainder. */
  div(other: ArrayLike): Poly1dImpl & Tuple<Poly1dImpl> {
    if (isscalar(other)) return asPoly(divide(this.coeffs, other)) as Poly1dImpl & Tuple<Poly1dImpl>;
    return polydiv.impl(this, asPoly(other)) as unknown as Poly1dImpl & Tuple<Poly1dImpl>;
  }
  rdiv(other: ArrayLike): Poly1dImpl & Tuple<Poly1dImpl> {
    if (isscalar(other)) return asPoly(divide(other, this.coeffs)) as Poly1dImpl & Tuple<Poly1dImpl>;
    return polydiv.impl(asPoly(other), this) as unknown as Poly1dImpl & Tuple<Poly1dImpl>;
  }
  /** @throws ValueError for powers that are no whole numbers from 0 on */
  pow(power: number): Poly1dImpl {
    if (!Number.isInteger(power) || power < 0) throw new ValueError("Power to non-negative integers only.");
    let y: ndarray = asArray([1]);
    for (let k = 0; k < power; k++) y = polymul.impl(this.coeffs, y);
    return asPoly(y);
  }
  eq(other: unknown): boolean {
    return (
      other instanceof Poly1dImpl &&
      this.coeffs.size === other.coeffs.size &&
      Boolean(logic.equal(this.coeffs, other.coeffs).all())
    );
  }
  ne(other: unknown): boolean {
    return !this.eq(other);
  }
  __eq__(other: unknown): boolean {
    return this.eq(other);
  }

  __repr__(): string {
    return `poly1d(${array_repr(this.coeffs).slice(6, -1)})`;
  }
  __str__(): string {
    return raised(termsOf(this.coeffs, this.variable));
  }
}

const shortened = (x: ArrayLike): string => format(Number(x), ".4g").replace(/\.0000$/, "");

function coefficientText(c: ndarray): string {
  const [re, im] = [Number(real.impl(c)), Number(imag.impl(c))];
  if (im === 0) return shortened(re);
  return re === 0 ? `${shortened(im)}j` : `(${shortened(re)} + ${shortened(im)}j)`;
}

/** The terms on one line, powers as `x**2`. */
function termsOf(c: ndarray, variable: string): string {
  const n = c.size - 1;
  return elementsOf(c).reduce((text, coefficient, k) => {
    const number = coefficientText(coefficient);
    const power = n - k;
    const name = power === 0 ? "" : power === 1 ? ` ${variable}` : ` ${variable}**${power}`;
    const term = number === "0" ? (power === 0 && k === 0 ? "0" : "") : number + name;
    if (k === 0) return term;
    if (term === "") return text;
    return term.startsWith("-") ? `${text} - ${term.slice(1)}` : `${text} + ${term}`;
  }, "0");
}

/** Powers lifted to a line of their own above. */
function raised(text: string, wrap = 70): string {
  let [out, above, below, at] = [" ", "", "", 0];
  for (const m of text.matchAll(/\*\*([0-9]*)/g)) {
    const [power, before] = [m[1]!, text.slice(at, m.index)];
    at = m.index + m[0].length;
    const [low, high] = [
      before + " ".repeat(Math.max(power.length - 1, 0)),
      " ".repeat(Math.max(before.length - 1, 0)) + power,
    ];
    if (below.length + low.length > wrap || above.length + high.length > wrap) {
      out += `${above}\n${below}\n `;
      [above, below] = [high, low];
    } else {
      above += high;
      below += low;
    }
  }
  return `${out}${above}\n${below}${text.slice(at)}`;
}

interface Poly1dImpl {
  (val: ArrayLike): Item;
}

keywordMethods(Poly1dImpl.prototype, { deriv: "m", integ: "m k" });
setPoly(Poly1dImpl.prototype, (c) => new Poly1dImpl(c) as unknown as ndarray & Poly);

/**
 * A polynomial with operators as methods, called at a point.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * const p = np.poly1d([1, 2, 3]);
 * print(p(2), p.deriv().coeffs, p.mul(p).order); // prints 11 [2 2] 4
 * ```
 */
export const poly1d = pyClass("poly1d", "c_or_r r variable", Poly1dImpl);
export type poly1d = Poly1dImpl;
nameClass("numpy.poly1d", poly1d);
