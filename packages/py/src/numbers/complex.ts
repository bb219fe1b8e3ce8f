import { floatRepr } from "./float.js";

const part = (x: number): string => {
  const s = floatRepr(x);
  return s.endsWith(".0") ? s.slice(0, -2) : s;
};

/**
 * A complex number, Python's `complex`.
 *
 * @example
 * ```ts
 * import { complex, mul, print } from "@cognate/py";
 * print(complex(1, -2), complex(0, 1), mul(complex(1, -2), 2)); // prints (1-2j) 1j (2-4j)
 * ```
 */
export class Complex {
  constructor(
    readonly real: number,
    readonly imag: number,
  ) {}
  get re(): number {
    return this.real;
  }
  get im(): number {
    return this.imag;
  }
  conjugate(): Complex {
    return new Complex(this.real, -this.imag);
  }
  __repr__(): string {
    const { real, imag } = this;
    const tail = `${part(imag)}j`;
    if (Object.is(real, 0)) return tail;
    return `(${part(real)}${tail.startsWith("-") ? "" : "+"}${tail})`;
  }
  toString(): string {
    return this.__repr__();
  }
}
