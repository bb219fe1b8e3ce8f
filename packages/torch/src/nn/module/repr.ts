import { fieldsOf, type Owner } from "./fields.js";

/** Every line after the first moved to the right; empty lines stay empty. */
export function indented(text: string, spaces: number): string {
  const [first, ...rest] = text.split("\n");
  return [first, ...rest.map((line) => (line.trim() ? " ".repeat(spaces) + line : ""))].join("\n");
}

/** What stands between the parentheses of a module's print, by name; `null` for a child that is None. */
export interface Shown {
  extra_repr(): string;
  _get_name(): string;
}

/** `name(extra)` on one line, or one line each for what extra_repr says and for the children. */
export function layoutRepr(name: string, extra: string, children: readonly string[]): string {
  const extras = extra ? extra.split("\n") : [];
  if (extras.length === 0 && children.length === 0) return `${name}()`;
  if (extras.length === 1 && children.length === 0) return `${name}(${extra})`;
  return `${name}(\n  ${[...extras, ...children].join("\n  ")}\n)`;
}

/** How PyTorch prints a module: its own line, and its children indented below it. */
export function moduleRepr(module: Owner & Shown): string {
  const children = fieldsOf(module, "module").map(
    ([name, child]) => `(${name}): ${child === null ? "None" : indented(String(child), 2)}`,
  );
  return layoutRepr(module._get_name(), module.extra_repr(), children);
}
