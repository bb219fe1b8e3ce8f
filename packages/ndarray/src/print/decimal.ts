// Decimal digits of binary floats: the shortest that read back, and the exact value rounded anywhere.

import { type DType, float16, float32, fromFloat16, toFloat16 } from "@cognate/kernel";

/** d₁d₂d₃… with the decimal point before digit `point` counted from d₁ (0.d₁d₂… · 10^point). No zeros in front. */
export interface Digits {
  readonly digits: string;
  readonly point: number;
}

const fround16 = (x: number): number => fromFloat16(toFloat16(x));

/** How a decimal reads back in an element type. */
const readerOf = (d: DType): ((x: number) => number) | undefined =>
  d === float32 ? Math.fround : d === float16 ? fround16 : undefined;

function split(text: string): Digits {
  const [digits, e] = text.split("e") as [string, string];
  return { digits: digits.replace(".", ""), point: Number(e) + 1 };
}

/** The shortest digits that read back as `x > 0` in the element type, and of those the nearest. */
export function shortest(x: number, d: DType): Digits {
  const read = readerOf(d);
  if (!read) return split(x.toExponential());
  const all = exact(x);
  for (let n = 1; n < 16; n++) {
    const few = rounded(all, n);
    if (read(Number(`0.${few.digits}e${few.point}`)) === x) return few;
  }
  return all;
}

const view = new DataView(new ArrayBuffer(8));

/** Every digit of the exact value of `x > 0`. */
export function exact(x: number): Digits {
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n) & 0x7ff;
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  const exponent = Math.max(biased, 1) - 1075;
  const units = exponent >= 0 ? mantissa << BigInt(exponent) : mantissa * 5n ** BigInt(-exponent);
  const digits = units.toString();
  return { digits: digits.replace(/0+$/, ""), point: digits.length + Math.min(exponent, 0) };
}

/**
 * The first `count` digits, the last rounded half to even; a carry may move the point. `count` may be zero or
 * negative, where only rounding up leaves a digit.
 */
export function rounded({ digits, point }: Digits, count: number): Digits & { readonly up: boolean } {
  if (count >= digits.length) return { digits, point, up: false };
  if (count < 0) return { digits: "", point, up: false };
  const kept = digits.slice(0, count);
  const next = digits.charCodeAt(count) - 48;
  const tie = next === 5 && /^0*$/.test(digits.slice(count + 1));
  const odd = count > 0 && (kept.charCodeAt(count - 1) & 1) === 1;
  if (next < 5 || (tie && !odd)) return { digits: kept, point, up: false };
  const up = (BigInt(kept || "0") + 1n).toString();
  return up.length > count
    ? { digits: up.slice(0, Math.max(count, 1)), point: point + 1, up: true }
    : { digits: up.padStart(count, "0"), point, up: true };
}
