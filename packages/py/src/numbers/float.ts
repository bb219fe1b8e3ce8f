/**
 * A float that is whole: JavaScript has no `1.0`, so `float(1)` gives this. Good wherever a number is; prints `1.0`.
 *
 * @example
 * ```ts
 * import { Float, print } from "@cognate/py";
 * const one = new Float(1);
 * print(one, +one + 1, `${one}`); // prints 1.0 2 1.0
 * ```
 */
export class Float extends Number {
  __repr__(): string {
    return floatRepr(this.valueOf());
  }
  override toString(radix?: number): string {
    return radix === undefined ? this.__repr__() : super.toString(radix);
  }
  [Symbol.toPrimitive](hint: string): string | number {
    return hint === "string" ? this.__repr__() : this.valueOf();
  }
}

/** Whether JavaScript's number stands for a Python int: whole, exact, and not −0, which only floats have. */
export const isInt = (x: number): boolean => Number.isSafeInteger(x) && !(x === 0 && 1 / x < 0);

/** A Python float: boxed where the number alone would read as an int. */
export const asFloat = (x: number): number => (isInt(x) ? (new Float(x) as unknown as number) : x);

/** Python's repr of a number: ints are whole and exact, all else is a float. */
export const numberRepr = (x: number): string => (isInt(x) ? String(x) : floatRepr(x));

/** Python's repr of a float: the shortest digits that read back, with `.0`, `e-05`, `inf` and `nan` as Python writes them. */
export function floatRepr(x: number): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  if (Object.is(x, -0)) return "-0.0";
  const magnitude = Math.abs(x);
  if (x === 0 || (magnitude >= 1e-4 && magnitude < 1e16)) {
    const s = String(x);
    return s.includes(".") ? s : `${s}.0`;
  }
  const [digits, exponent] = x.toExponential().split("e") as [string, string];
  const e = Number(exponent);
  return `${digits}e${e < 0 ? "-" : "+"}${String(Math.abs(e)).padStart(2, "0")}`;
}
