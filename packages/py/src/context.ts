/** What a context manager does at its start and end. */
export interface Guard<V> {
  enter(): V;
  exit(): void;
}

/**
 * A context manager that is not yet entered: `using g = no_grad()`, `g.enter()` … `g.exit()`, or a decorator:
 * `f = no_grad()(f)`.
 */
export interface ContextManager<V> extends Disposable {
  <A extends unknown[], R>(f: (...args: A) => R): (...args: A) => R;
  enter(): V;
  exit(): void;
}

/** `with`: the callback runs inside, its value is the call's; without a callback, the manager itself. */
export interface Context<A extends unknown[], V> {
  <R>(...args: [...A, body: (value: V) => R]): R;
  (...args: A): ContextManager<V>;
}

/**
 * Makes what stands behind Python's `with`: called with a callback it runs it inside, called without it gives a
 * manager for `using`, `enter()`/`exit()` or use as a decorator.
 *
 * @param make - the guard for the arguments of one use
 *
 * @example
 * ```ts
 * import { context, print } from "@cognate/py";
 * const loud = context((word: string) => ({ enter: () => print(word), exit: () => print("done") }));
 * print(loud("start", () => 42));
 * // prints
 * // start
 * // done
 * // 42
 * ```
 */
export function context<A extends unknown[], V>(make: (...args: A) => Guard<V>): Context<A, V> {
  const inside = <R>(guard: Guard<V>, body: (value: V) => R): R => {
    const value = guard.enter();
    try {
      return body(value);
    } finally {
      guard.exit();
    }
  };
  return ((...args: unknown[]) => {
    const body = args[args.length - 1];
    if (typeof body === "function" && Object.getPrototypeOf(body) === Function.prototype)
      return inside(make(...(args.slice(0, -1) as A)), body as (value: V) => unknown);
    let open: Guard<V> | undefined;
    const manager =
      (f: (...args: unknown[]) => unknown) =>
      (...call: unknown[]) =>
        inside(make(...(args as A)), () => f(...call));
    const exit = (): void => {
      open?.exit();
      open = undefined;
    };
    return Object.assign(manager, {
      enter: () => {
        open = make(...(args as A));
        return open.enter();
      },
      exit,
      [Symbol.dispose]: exit,
    });
  }) as Context<A, V>;
}
