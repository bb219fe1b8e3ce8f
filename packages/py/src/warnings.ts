import { className } from "./core/names.js";
import { type ExceptionClass, UserWarning } from "./exceptions.js";

const warned = new Set<string>();

/**
 * Python's `warnings.warn`: to stderr, once for each text.
 *
 * @example
 * ```ts
 * import { warn, UserWarning } from "@cognate/py";
 * warn("lr is deprecated", UserWarning); // stderr: UserWarning: lr is deprecated
 * ```
 */
export function warn(message: string, category: ExceptionClass = UserWarning): void {
  const text = `${className(category)}: ${message}`;
  if (warned.has(text)) return;
  warned.add(text);
  console.warn(text);
}
