import { FluxArray } from "./array/array.js";

/** A layer says which of its fields learn: all arrays, unless `trainable()` names fewer. */
export interface Trainable {
  trainable?(): Readonly<Record<string, unknown>>;
}

/** Arrays that learn in a model, in the order of its fields; each once. */
export function trainables(x: unknown): FluxArray[] {
  const found = new Set<FluxArray>();
  const seen = new Set<object>();
  const visit = (v: unknown): void => {
    if (v instanceof FluxArray) {
      found.add(v);
      return;
    }
    if ((typeof v !== "object" && typeof v !== "function") || v === null || seen.has(v)) return;
    seen.add(v);
    const own = (v as Trainable).trainable;
    for (const e of Object.values(typeof own === "function" ? own.call(v) : v)) visit(e);
  };
  visit(x);
  return [...found];
}

/** `params(m…)`: the set of arrays that are to learn. */
export class Params implements Iterable<FluxArray> {
  readonly order: FluxArray[];
  constructor(arrays: Iterable<FluxArray>) {
    this.order = [...new Set(arrays)];
  }
  get length(): number {
    return this.order.length;
  }
  [Symbol.iterator](): Iterator<FluxArray> {
    return this.order[Symbol.iterator]();
  }
  toString(): string {
    return `Params([${this.order.join(", ")}])`;
  }
}
export const params = (...models: readonly unknown[]): Params =>
  new Params(models.flatMap((m) => trainables(m)));
