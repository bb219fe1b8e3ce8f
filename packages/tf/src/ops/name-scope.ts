import { currentGraph } from "../core/context.js";

/* Names of variables and operations by the scopes around them. */

let eager = "";

interface Scoped {
  scoped<R>(name: string | null, f: (scope: string) => R): R;
  readonly names: { readonly stack: string };
}

/** What stands before the names of variables that are made now. */
export const currentNameScope = (): string => {
  const graph = currentGraph() as (Scoped & object) | null;
  if (graph?.names) return graph.names.stack ? `${graph.names.stack}/` : "";
  return eager;
};

/** `f` with a name before those of what it makes; the scope's name with its slash is given. */
export function withNameScope<R>(name: string, f: (scope: string) => R): R {
  const graph = currentGraph() as (Scoped & object) | null;
  if (graph) return graph.scoped(name, f);
  const before = eager;
  eager = name.endsWith("/") ? name : name === "" ? "" : `${eager}${name}/`;
  try {
    return f(eager);
  } finally {
    eager = before;
  }
}

/** {@link withNameScope} for scopes that are entered and left by hand, eagerly. */
export function enterScope(name: string): { scope: string; leave: () => void } {
  const before = eager;
  eager = name.endsWith("/") ? name : name === "" ? "" : `${eager}${name}/`;
  return {
    scope: eager,
    leave: () => {
      eager = before;
    },
  };
}
