/**
 * A float that is whole: JavaScript has no `1.0`, so `float(1)` gives this. Good wherever a number is; prints `1.0`.
 */
export class Float extends Number {
  __repr__(): string {
    return floatRepr(this.valueOf());
  }
}

/** Python's repr of a float: the shortest digits that read back, with `.0`, `e-05`, `inf` and `nan` as Python writes them. */
export function floatRepr(x: number): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  if (Object.is(x, -0)) return "-0.0";
  const magnitude = Math.abs(x);
  if (x === 0 || (magnitude >= 1e-4 && magnitude < 1e16)) {
    const s = String(x);
    if (s.includes("e")) return plain(s);
    return s.includes(".") ? s : `${s}.0`;
  }
  const [digits, exponent] = x.toExponential().split("e") as [string, string];
  const e = Number(exponent);
  return `${digits}e${e < 0 ? "-" : "+"}${String(Math.abs(e)).padStart(2, "0")}`;
}

/** A small number that JavaScript writes with an exponent, written out. */
function plain(s: string): string {
  const [digits, exponent] = s.split("e") as [string, string];
  const sign = digits.startsWith("-") ? "-" : "";
  const bare = digits.replace("-", "").replace(".", "");
  return `${sign}0.${"0".repeat(-Number(exponent) - 1)}${bare}`;
}

/**
 * A complex number, Python's `complex`.
 *
 * @example
 * ```ts
 * import { complex, print } from "@cognate/py";
 * print(complex(1, -2), complex(0, 1)); // prints (1-2j) 1j
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
    const part = (x: number): string => {
      const s = floatRepr(x);
      return s.endsWith(".0") ? s.slice(0, -2) : s;
    };
    const imag = `${this.imag >= 0 || Number.isNaN(this.imag) ? (Object.is(this.imag, -0) ? "" : "+") : ""}${part(this.imag)}j`;
    if (this.real === 0 && !Object.is(this.real, -0)) return imag.replace(/^\+/, "");
    return `(${part(this.real)}${imag})`;
  }
  toString(): string {
    return this.__repr__();
  }
}
