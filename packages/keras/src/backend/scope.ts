import { ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { sessionAttribute } from "./global-state.js";

/*
 * Scopes that hold while a callback runs: names of variables' paths, updates that are not to be kept, automatic casts.
 */

interface NameScope {
  readonly name: string;
  readonly caller: object | null;
  readonly overrideParent: string | null;
}

const nameScopes = (): NameScope[] => sessionAttribute("nameScopes", () => []);

/**
 * `f`'s value; variables made in it have `name` in their path.
 *
 * @param caller - who opens the scope: opening it again directly inside does nothing
 * @param parentPath - a path that takes the place of the scopes around
 */
export function nameScope<R>(
  name: string,
  f: () => R,
  caller: object | null = null,
  parentPath: string | null = null,
): R {
  if (typeof name !== "string" || name.includes("/"))
    throw new ValueError(
      `Argument \`name\` must be a string and cannot contain character \`/\`. Received: name=${name}`,
    );
  const stack = nameScopes();
  const top = stack[stack.length - 1];
  if (top && caller !== null && top.caller === caller && top.name === name) return f();
  const scope: NameScope = { name, caller, overrideParent: parentPath };
  stack.push(scope);
  try {
    return f();
  } finally {
    stack.pop();
  }
}

/** The names of the open scopes, joined. */
export function currentPath(): string {
  let parts: string[] = [];
  for (const { name, overrideParent } of nameScopes()) {
    if (overrideParent !== null) parts = overrideParent.split("/").filter(Boolean);
    parts.push(name);
  }
  return parts.join("/");
}

/** A stretch of code whose updates of variables are kept apart from the variables. */
export interface StatelessScope {
  readonly values: Map<object, Value>;
}

let stateless: StatelessScope | null = null;

/** The innermost scope of updates that are kept apart. */
export const statelessScope = (): StatelessScope | null => stateless;

/** `f`'s value; the variables keep the values that they have. */
export function withoutState<R>(f: () => R): R {
  const before = stateless;
  stateless = { values: new Map() };
  try {
    return f();
  } finally {
    stateless = before;
  }
}

let autocast: string | null | undefined;

/** The type that floating variables are read in; `undefined` outside of any scope, `null` where they are left alone. */
export const autocastType = (): string | null | undefined => autocast;

/** `f`'s value; floating variables are read in another type. */
export function withAutocast<R>(dtype: string | null | undefined, f: () => R): R {
  if (dtype === undefined) return f();
  const before = autocast;
  autocast = dtype;
  try {
    return f();
  } finally {
    autocast = before;
  }
}
