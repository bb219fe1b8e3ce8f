import { className, context, moduleName, TypeError, ValueError } from "@cognate/py";

/** A class or function, by itself or with the path under which files name it. */
export type SafeGlobal = Function | string | readonly [Function, string];

let marked = new Set<SafeGlobal>();

/** The path under which Python would know a class or function. */
export function pathOf(f: Function): string {
  return `${moduleName(f)}.${className(f)}`;
}

/**
 * Marks classes and functions as known: files may name them, `torch.load` creates objects of the classes (without running
 * their constructors) and calls the functions.
 *
 * @param safe_globals - classes and functions; `tuple([Net, "models.net.Net"])` where files name one by another path; a
 * text allows something of Python's or NumPy's own that does not exist here (`"numpy._core.multiarray._reconstruct"`)
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { len, print } from "@cognate/py";
 * class Net extends torch.nn.Module {}
 * torch.serialization.add_safe_globals([Net]);
 * print(torch.serialization.get_safe_globals()[0] === Net); // prints True
 * torch.serialization.clear_safe_globals();
 * print(len(torch.serialization.get_safe_globals())); // prints 0
 * ```
 */
export function add_safe_globals(safe_globals: Iterable<SafeGlobal>): void {
  if (safe_globals === null || typeof (safe_globals as Iterable<unknown>)?.[Symbol.iterator] !== "function")
    throw new TypeError("add_safe_globals() takes a list of classes and functions");
  const added = [...safe_globals];
  for (const item of added) check(item);
  marked = new Set([...marked, ...added]);
}

/** What was marked as known so far. */
export const get_safe_globals = (): SafeGlobal[] => [...marked];

/** Forgets what was marked. */
export function clear_safe_globals(): void {
  marked = new Set();
}

/**
 * `with torch.serialization.safe_globals([Net]):` – marks classes and functions inside of the callback only.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { len, print } from "@cognate/py";
 * const inside = torch.serialization.safe_globals([torch.nn.Linear], () => len(torch.serialization.get_safe_globals()));
 * print(inside, len(torch.serialization.get_safe_globals())); // prints 1 0
 * ```
 */
export const safe_globals = context((known: Iterable<SafeGlobal>) => {
  const added = [...known];
  return {
    enter: (): void => add_safe_globals(added),
    exit: (): void => {
      marked = new Set([...marked].filter((item) => !added.includes(item)));
    },
  };
});

function check(item: unknown): void {
  if (typeof item === "function" || typeof item === "string") return;
  if (!Array.isArray(item))
    throw new TypeError("a safe global is a class, a function or a tuple of one and its path");
  if (item.length !== 2)
    throw new ValueError(
      `Expected tuple of length 2 (global, str of callable full path), but got tuple of length: ${item.length}`,
    );
  if (typeof item[1] !== "string")
    throw new TypeError(
      `Expected second item in tuple to be str of callable full path, but got: ${typeof item[1]}`,
    );
}

/** What the user marked, by path; a text stands for itself. */
export function safeGlobals(): Map<string, Function | string> {
  const byPath = new Map<string, Function | string>();
  for (const item of marked) {
    if (typeof item === "function") byPath.set(pathOf(item), item);
    else if (typeof item === "string") byPath.set(item, item);
    else byPath.set(item[1], item[0]);
  }
  return byPath;
}
