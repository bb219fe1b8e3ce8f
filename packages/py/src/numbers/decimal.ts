// The exact decimal value of doubles: what `%.30f`, `round` and `{:e}` need beyond the shortest digits.

const view = new DataView(new ArrayBuffer(8));

/** `x = mantissa · 2^exponent` with whole numbers; `x` is finite and not negative. */
export function decompose(x: number): { mantissa: bigint; exponent: number } {
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n) & 0x7ff;
  const fraction = bits & 0xfffffffffffffn;
  if (biased === 0) return { mantissa: fraction, exponent: -1074 };
  return { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 };
}

/** Exponent of the lowest bit that is set in a positive finite `x`. */
function lowestBit(x: number): number {
  view.setFloat64(0, x);
  const [high, low] = [view.getUint32(0), view.getUint32(4)];
  const biased = (high >>> 20) & 0x7ff;
  const upper = (high & 0xfffff) | (biased === 0 ? 0 : 0x100000);
  const trailing = (word: number): number => 31 - Math.clz32(word & -word);
  return Math.max(biased, 1) - 1075 + (low !== 0 ? trailing(low) : 32 + trailing(upper));
}

const power = (base: bigint, n: number): bigint => base ** BigInt(Math.max(n, 0));

/** `x / 10^q` rounded to a whole number, ties to even. */
function roundedUnits(x: number, q: number): bigint {
  const { mantissa, exponent } = decompose(x);
  const top = mantissa * power(2n, exponent) * power(10n, -q);
  const bottom = power(2n, -exponent) * power(10n, q);
  const whole = top / bottom;
  const twice = (top % bottom) * 2n;
  return twice > bottom || (twice === bottom && whole % 2n === 1n) ? whole + 1n : whole;
}

/**
 * `x ≥ 0` with so many decimals, exactly rounded, ties to even: Python's `%.*f`. Negative `decimals` round to tens,
 * hundreds and so on.
 */
export function fixedDigits(x: number, decimals: number): string {
  // JavaScript's own is exact too but rounds ties up; x lies on a tie only if its lowest bit is half the last place.
  if (decimals >= 0 && decimals <= 100 && x < 1e21 && (x === 0 || lowestBit(x) !== -decimals - 1))
    return x.toFixed(decimals);
  const units = roundedUnits(x, -decimals).toString();
  if (decimals <= 0) return units === "0" ? units : units + "0".repeat(-decimals);
  const text = units.padStart(decimals + 1, "0");
  return `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}

/** The number 0.d₁d₂… · 10^point. */
export interface Digits {
  readonly digits: string;
  /** Where the decimal point stands, counted from before the first digit. */
  readonly point: number;
}

/** `x ≥ 0` to `count ≥ 1` significant digits, exactly rounded, ties to even: Python's `%.*e`. */
export function significantDigits(x: number, count: number): Digits {
  if (x === 0) return { digits: "0".repeat(count), point: 1 };
  if (count <= 101) {
    const [digits, e] = x.toExponential(count - 1).split("e") as [string, string];
    const q = Number(e) - count + 1;
    const low = lowestBit(x);
    // As above; the exponent is one too high where rounding carried into a new digit.
    if (low !== q - 1 && low !== q - 2) return { digits: digits.replace(".", ""), point: Number(e) + 1 };
  }
  let e = Number(x.toExponential().split("e")[1]);
  // The shortest digits may have been rounded up to the next power of ten.
  if (roundedUnits(x, e - count - 2) < power(10n, count + 2)) e--;
  let units = roundedUnits(x, e - count + 1).toString();
  if (units.length > count) {
    e++;
    units = roundedUnits(x, e - count + 1).toString();
  }
  return { digits: units, point: e + 1 };
}

/** The shortest digits that read back as `x > 0`. */
export function shortestDigits(x: number): Digits {
  if (x === 0) return { digits: "0", point: 1 };
  const [digits, e] = x.toExponential().split("e") as [string, string];
  return { digits: digits.replace(".", ""), point: Number(e) + 1 };
}
