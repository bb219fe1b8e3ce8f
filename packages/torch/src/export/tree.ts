import { isPlainObject, RuntimeError, Tuple, ValueError } from "@cognate/py";

/** How nested a value is: its kind, its keys, its parts. */
export interface TreeSpec {
  readonly type: string | null;
  readonly context: unknown;
  readonly children: readonly TreeSpec[];
}

interface Written {
  readonly type: string | null;
  readonly context: string | null;
  readonly children_spec: readonly Written[];
}

const DEEPEST = 200;

/** The structure that a text of an exported program describes. @throws RuntimeError for what describes none */
export function treeSpec(text: unknown): TreeSpec {
  let written: unknown;
  try {
    written = JSON.parse(String(text)) as unknown;
  } catch (cause) {
    throw new RuntimeError(`the exported program's structure of inputs or outputs is no JSON`, { cause });
  }
  const spec = Array.isArray(written) ? (written[1] as Written | undefined) : undefined;
  return specOf(spec, 0);
}

function specOf(w: Written | undefined, depth: number): TreeSpec {
  if (typeof w !== "object" || w === null || !Array.isArray(w.children_spec) || depth > DEEPEST)
    throw new RuntimeError("the exported program's structure of inputs or outputs is broken");
  if (w.type !== null && typeof w.type !== "string")
    throw new RuntimeError("the exported program's structure of inputs or outputs is broken");
  return {
    type: w.type,
    context: typeof w.context === "string" ? contextOf(w.context) : null,
    children: w.children_spec.map((c) => specOf(c, depth + 1)),
  };
}

function contextOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Other kinds of nodes have texts of their own here.
    return text;
  }
}

const keysOf = (spec: TreeSpec): string[] =>
  Array.isArray(spec.context) ? (spec.context as unknown[]).map(String) : [];

/** The leaves of a value that is nested as `spec` says, in order. @throws ValueError for another structure */
export function flatten(x: unknown, spec: TreeSpec, out: unknown[] = []): unknown[] {
  if (spec.type === null) {
    out.push(x);
    return out;
  }
  const wrong = (): never => {
    throw new ValueError(
      `Input treespec does not match with exported module's: expected ${describe(spec)} with ${spec.children.length} items.`,
    );
  };
  if (spec.type.endsWith("dict") || spec.type.endsWith("OrderedDict")) {
    const get =
      x instanceof Map ? (k: string) => x.get(k) as unknown : (k: string) => (x as never)[k] as unknown;
    if (!(x instanceof Map) && !isPlainObject(x)) wrong();
    for (const [i, key] of keysOf(spec).entries()) flatten(get(key), spec.children[i]!, out);
    return out;
  }
  if (!Array.isArray(x) || x.length !== spec.children.length) return wrong();
  x.forEach((item, i) => {
    flatten(item, spec.children[i]!, out);
  });
  return out;
}

const describe = (spec: TreeSpec): string => spec.type?.split(".").at(-1) ?? "a value";

/** Leaves in order as the nested value that `spec` says. */
export function unflatten(leaves: Iterator<unknown>, spec: TreeSpec): unknown {
  if (spec.type === null) return leaves.next().value as unknown;
  const items = spec.children.map((c) => unflatten(leaves, c));
  if (spec.type.endsWith("list")) return items;
  if (spec.type.endsWith("dict") || spec.type.endsWith("Dict"))
    return Object.fromEntries(keysOf(spec).map((key, i) => [key, items[i]]));
  return Tuple.of_(items);
}

/** The number of leaves. */
export const leavesOf = (spec: TreeSpec): number =>
  spec.type === null ? 1 : spec.children.reduce((n, c) => n + leavesOf(c), 0);
