import { callMethod, methodOf } from "../core/plain.js";
import { TypeError, ValueError } from "../exceptions.js";
import { numberOf, scalarOf } from "../protocol/convert.js";
import { typeName } from "../protocol/type-name.js";
import { textOf } from "../text/repr.js";
import { formatComplex, formatFloat, formatInt } from "./number.js";
import { pad, parseSpec, shownType } from "./spec.js";

function formatString(text: string, specText: string): string {
  const spec = parseSpec(specText, "str");
  if (spec.sign)
    throw new ValueError(`${spec.sign === " " ? "Space" : "Sign"} not allowed in string format specifier`);
  if (spec.positiveZero)
    throw new ValueError("Negative zero coercion (z) not allowed in string format specifier");
  if (spec.type && spec.type !== "s")
    throw new ValueError(`Unknown format code '${shownType(spec.type)}' for object of type 'str'`);
  if (spec.alternate) throw new ValueError("Alternate form (#) not allowed in string format specifier");
  if (spec.grouping) throw new ValueError(`Cannot specify '${spec.grouping}' with 's'.`);
  if (spec.align === "=") throw new ValueError("'=' alignment not allowed in string format specifier");
  return pad("", spec.precision >= 0 ? [...text].slice(0, spec.precision).join("") : text, spec, "<");
}

/**
 * Python's `format(value, spec)`, what stands behind the colon of an f-string: `{x:.4f}` is `${format(x, ".4f")}`.
 *
 * Rounding is exact, ties to even, as in Python.
 *
 * @throws ValueError in Python's words for a specifier that does not fit the value
 *
 * @example
 * ```ts
 * import { format, print } from "@cognate/py";
 * print(format(3.14159, ".2f"), format(1234567, ","), format(0.25, ".1%"), format(255, "#06x"));
 * print(`[${format("left", "<8")}] [${format(2.5, "^9.3e")}]`);
 * // prints
 * // 3.14 1,234,567 25.0% 0x00ff
 * // [left    ] [2.500e+00]
 * ```
 */
export function format(value: unknown, spec = ""): string {
  if (spec === "")
    return methodOf(value, "__format__")
      ? (callMethod(value as object, "__format__", "") as string)
      : textOf(value);
  if (typeof value === "string") return formatString(value, spec);
  const n = numberOf(value);
  if (n) {
    const parsed = parseSpec(spec, typeName(value));
    if (n.kind === "int") return formatInt(n.value, parsed, typeName(value));
    return n.kind === "float" ? formatFloat(n.value, parsed) : formatComplex(n.value, parsed);
  }
  if (methodOf(value, "__format__")) return callMethod(value as object, "__format__", spec) as string;
  const scalar = scalarOf(value);
  if (scalar === undefined)
    throw new TypeError(`unsupported format string passed to ${typeName(value)}.__format__`);
  return format(scalar, spec);
}
