import { runBackward, type Value } from "@cognate/tensor";
import { FluxArray, wrap } from "./array/array.js";
import { depth, onTape } from "./array/tape.js";
import { ArgumentError } from "./errors.js";
import { Params, trainables } from "./params.js";

/** Gradients by parameter: `gs.get(w)`; `null` for one that the loss does not depend on. */
export class Grads {
  constructor(readonly grads: ReadonlyMap<FluxArray, FluxArray | null>) {}
  get(p: FluxArray): FluxArray | null {
    if (!this.grads.has(p)) throw new ArgumentError("no gradient was asked for this array");
    return this.grads.get(p)!;
  }
  toString(): string {
    return `Grads(${this.grads.size} parameters)`;
  }
}
/** The structure of an argument, with gradients in the place of its arrays and null where there is nothing to learn. */
export type Gradient = FluxArray | null | readonly Gradient[] | { readonly [name: string]: Gradient };

/** What is computed of a scalar loss and its gradients with respect to some arrays. */
function differentiate<R>(
  arrays: readonly FluxArray[],
  f: () => R,
): { value: R; grads: (FluxArray | null)[] } {
  const outer = depth() > 0;
  const { value, kept, grads } = onTape(() => {
    const leaves = arrays.map((a) => leafOf(a, outer));
    const before = arrays.map((a, i) => a._swap(leaves[i]!));
    try {
      const value = f();
      const loss = lossOf(value);
      const grads = loss?.ownNode
        ? runBackward([loss], [null], leaves, { createGraph: outer })
        : arrays.map(() => null);
      return { value, kept: value instanceof FluxArray ? value._value : null, grads };
    } finally {
      arrays.forEach((a, i) => a._swap(before[i]!));
    }
  });
  // Made anew here, so that they belong to the tape around.
  return { value: kept ? (wrap(kept) as R) : value, grads: grads.map((g) => g && wrap(g)) };
}
/** A value that wants a gradient over the same memory; inside another `gradient` it keeps its history. */
function leafOf(a: FluxArray, outer: boolean): Value {
  const known = a._value;
  if (outer && known.requiresGrad) return known;
  const leaf = known.detach() as Value;
  leaf.setRequiresGrad(true);
  return leaf;
}
function lossOf(y: unknown): Value | null {
  if (typeof y === "number") return null;
  if (!(y instanceof FluxArray)) throw new ArgumentError("output of the function must be a number");
  if (y.length !== 1)
    throw new ArgumentError(
      `output of the function is an array of size (${y.shape.join(", ")}), but gradient needs a number`,
    );
  return y.ndims() === 0 ? y._value : y.reshape()._value;
}

/** Arrays of an argument, in order. */
const arraysOf = (x: unknown): FluxArray[] => (x instanceof FluxArray ? [x] : trainables(x));
/** The argument's structure, filled with gradients. */
function structure(x: unknown, grads: ReadonlyMap<FluxArray, FluxArray | null>): Gradient {
  if (x instanceof FluxArray) return grads.get(x) ?? null;
  if (Array.isArray(x)) return x.map((e) => structure(e, grads));
  if ((typeof x === "object" && x !== null) || typeof x === "function") {
    const fields = Object.entries(x as object).map(([k, v]) => [k, structure(v, grads)] as const);
    return fields.some(([, g]) => g !== null) ? Object.fromEntries(fields) : null;
  }
  return null;
}

/**
 * `gradient(f, args…)`: gradients of f's number with respect to each argument, in their structure; `gradient(f, params(m))`:
 * gradients by parameter, of a function without arguments.
 *
 * @throws ArgumentError where f gives more than one number
 *
 * @example
 * ```ts
 * import { array, gradient, sum } from "@cognate/flux";
 * import { print } from "@cognate/py";
 * const [g] = gradient((x) => sum(x.pow(2)), array([1, 2, 3]));
 * print(g); // prints Float32[2.0, 4.0, 6.0]
 * ```
 */
export function gradient(f: () => unknown, ps: Params): Grads;
export function gradient<A extends readonly unknown[]>(f: (...args: A) => unknown, ...args: A): Gradient[];
export function gradient(f: (...args: never[]) => unknown, ...args: readonly unknown[]): Grads | Gradient[] {
  return withgradient(f as never, ...(args as [never])).grad as Grads | Gradient[];
}

/** `withgradient(f, args…)`: the value, too, as `{ val, grad }`. */
export function withgradient(f: () => unknown, ps: Params): { val: unknown; grad: Grads };
export function withgradient<A extends readonly unknown[]>(
  f: (...args: A) => unknown,
  ...args: A
): { val: unknown; grad: Gradient[] };
export function withgradient(
  f: (...args: never[]) => unknown,
  ...args: readonly unknown[]
): { val: unknown; grad: Grads | Gradient[] } {
  const [first] = args;
  const byParams = first instanceof Params;
  const arrays = byParams ? [...first] : [...new Set(args.flatMap(arraysOf))];
  const { value, grads } = differentiate(arrays, () =>
    byParams ? (f as () => unknown)() : f(...(args as never[])),
  );
  const found = new Map(arrays.map((a, i) => [a, grads[i]!] as const));
  return { val: value, grad: byParams ? new Grads(found) : args.map((a) => structure(a, found)) };
}
