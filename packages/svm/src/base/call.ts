import { bindArguments, isPlainCall, parseSignature } from "@cognate/py";

/**
 * Reads a method's arguments as Python does: by position, or by name in a trailing object.
 *
 * @param text - the parameters' names, see `def` of `@cognate/py`
 * @param required - how many come first without a default
 */
export function reader(
  name: string,
  text: string,
  required: number,
): (args: readonly unknown[]) => readonly unknown[] {
  const s = parseSignature(name, text, required, 1);
  return (args) => (isPlainCall(s, args) ? args : bindArguments(s, args));
}
