import { def, ValueError } from "@cognate/py";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** An integer's digits to a base from 2 to 36. @throws ValueError */
export const base_repr = def(
  "numpy.base_repr",
  "number base padding",
  (number: number | bigint, base = 2, padding = 0): string => {
    if (base > DIGITS.length) throw new ValueError("Bases greater than 36 not handled in base_repr.");
    if (base < 2) throw new ValueError("Bases less than 2 not handled in base_repr.");
    const v = BigInt(number);
    const digits = (v < 0n ? -v : v).toString(base).toUpperCase();
    const text = v === 0n ? (padding > 0 ? "0".repeat(padding) : "0") : "0".repeat(padding) + digits;
    return v < 0n ? `-${text}` : text;
  },
);

/** An integer's binary digits; with `width` negative ones in two's complement. @throws ValueError */
export const binary_repr = def(
  "numpy.binary_repr",
  "num width",
  (num: number | bigint, width: number | null = null): string => {
    const v = BigInt(num);
    const check = (needed: number): void => {
      if (width !== null && width < needed)
        throw new ValueError(`Insufficient bit width=${width} provided for binwidth=${needed}`);
    };
    if (v === 0n) return "0".repeat(width || 1);
    if (v > 0n) {
      const digits = v.toString(2);
      check(digits.length);
      return digits.padStart(width ?? 0, "0");
    }
    const digits = (-v).toString(2);
    if (width === null) return `-${digits}`;
    // A power of two needs no bit for the sign.
    const needed = digits.length + (2n ** BigInt(digits.length - 1) === -v ? 0 : 1);
    check(needed);
    return (2n ** BigInt(needed) + v).toString(2).padStart(needed, "0").padStart(width, "1");
  },
);
