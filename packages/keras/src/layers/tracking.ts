import { isPlainObject, ValueError } from "@cognate/py";
import { Variable } from "../backend/variable.js";
import { SeedGenerator } from "../random/seed-generator.js";

/*
 * What a layer is made of. Python notes every assignment of a field; here the fields are looked through when they are
 * asked for, in the order in which they were first set, also the lists and dicts among them. Fields that do not count are
 * not enumerable (see hide.ts).
 */

/** Something that is no layer but has variables of its own. */
export interface HasVariables {
  readonly variables: readonly Variable[];
}

let isLayer: (x: object) => boolean = () => false;
/** Tells this file what a layer is; it cannot import the class, which is built on it. */
export function setIsLayer(test: typeof isLayer): void {
  isLayer = test;
}

const objectType = (x: object): string | undefined => (x as { _obj_type?: () => string })._obj_type?.();

/** The state and the layers that an object has in its fields. */
export class Tracker<L extends object> {
  readonly trainableVariables: Variable[] = [];
  readonly nonTrainableVariables: Variable[] = [];
  layers: L[] = [];
  readonly metrics: HasVariables[] = [];
  readonly seedGenerators: SeedGenerator[] = [];
  private readonly seen = new Set<object>();
  /** Why nothing can be added any more. */
  private violation: string | null = null;

  lock(message: string): void {
    this.violation = message;
  }
  unlock(): void {
    this.violation = null;
  }
  get locked(): boolean {
    return this.violation !== null;
  }

  /** Looks through the fields for what is new. @throws ValueError if there is something and the layer is locked */
  scan(owner: object): this {
    const fields = owner as Record<string, unknown>;
    for (const key of Object.keys(owner)) {
      const value = fields[key];
      if ((typeof value === "object" || typeof value === "function") && value !== null) this.visit(value);
    }
    return this;
  }

  private visit(x: object, within: readonly object[] = []): void {
    if (this.seen.has(x)) return;
    if (x instanceof Variable) this.addVariable(x);
    else if (isLayer(x)) this.add(this.layers, x as L);
    else if (Array.isArray(x) || isPlainObject(x) || x instanceof Map) {
      if (within.includes(x)) return;
      const items: Iterable<unknown> = Array.isArray(x)
        ? typeof x[0] === "number"
          ? []
          : x
        : x instanceof Map
          ? x.values()
          : Object.values(x);
      for (const item of items)
        if ((typeof item === "object" || typeof item === "function") && item !== null)
          this.visit(item, [...within, x]);
    } else if (x instanceof SeedGenerator) this.add(this.seedGenerators, x);
    else if (objectType(x) === "Metric") this.add(this.metrics, x as HasVariables);
  }

  private add<T extends object>(store: T[], x: T): void {
    if (this.violation !== null) throw new ValueError(this.violation);
    this.seen.add(x);
    store.push(x);
  }
  /** Whether a regularizer has a say in a variable. */
  get regularized(): boolean {
    const has = (v: Variable): boolean => v.regularizer !== null;
    return this.trainableVariables.some(has) || this.nonTrainableVariables.some(has);
  }
  addVariable(v: Variable): void {
    if (!this.seen.has(v)) this.add(v.trainable ? this.trainableVariables : this.nonTrainableVariables, v);
  }
  /** The layers are these, whatever the fields say. */
  setLayers(layers: readonly L[]): void {
    this.layers = [...layers];
    for (const layer of layers) this.seen.add(layer);
  }
  /** Forgets a variable or a layer. */
  untrack(x: object): void {
    this.seen.delete(x);
    for (const store of [
      this.trainableVariables,
      this.nonTrainableVariables,
      this.layers,
      this.metrics,
      this.seedGenerators,
    ] as object[][]) {
      const i = store.indexOf(x);
      if (i >= 0) store.splice(i, 1);
    }
  }
}
