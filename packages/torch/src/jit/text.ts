import { RuntimeError, str, Tuple } from "@cognate/py";

/** Significant digits of a number that is not whole. */
const DIGITS = 17;
const LONGEST_WHOLE = 1e10;

/** A number as C++ prints it with 17 significant digits. */
function digits(x: number): string {
  const exponent = Number(x.toExponential(DIGITS - 1).split("e")[1]);
  if (exponent >= -5 && exponent < DIGITS) {
    const text = x.toPrecision(DIGITS);
    return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  }
  const [mantissa, power] = x.toExponential(DIGITS - 1).split("e") as [string, string];
  return `${mantissa.replace(/\.?0+$/, "")}e${power[0]}${power.slice(1).padStart(2, "0")}`;
}

function floatText(x: number): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  return Number.isInteger(x) && Math.abs(x) < LONGEST_WHOLE ? `${x}.` : digits(x);
}

/** A value as programs print it: texts within lists without quotes, floats with all their digits. */
export function textOf(x: unknown): string {
  if (typeof x === "string") return x;
  if (x instanceof Number) return floatText(Number(x));
  if (typeof x === "number") return Number.isSafeInteger(x) && !Object.is(x, -0) ? String(x) : floatText(x);
  if (x instanceof Tuple) return x.length === 1 ? `(${textOf(x[0])},)` : `(${[...x].map(textOf).join(", ")})`;
  if (Array.isArray(x)) return `[${x.map(textOf).join(", ")}]`;
  if (x instanceof Map) return `{${[...x].map(([k, v]) => `${textOf(k)}: ${textOf(v)}`).join(", ")}}`;
  return str(x);
}

/** A template with values for its braces. @throws RuntimeError for too few values */
export function filled(template: string, values: readonly unknown[]): string {
  let next = 0;
  return template.replaceAll("{}", () => {
    if (next >= values.length) throw new RuntimeError(`Too few arguments for format string: ${template}`);
    return textOf(values[next++]);
  });
}
