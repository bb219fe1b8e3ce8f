import type { Body } from "./heap.js";

/*
 * Which storages are dead, asked within one synchronous job, where finalizers never run. In Node a quick collection can be
 * asked for, which drops the young dead from weak sets, and Node's inspector lists what a weak set still holds: storages
 * that show up are alive. As the collector itself does, sets are kept by age: what outlived two quick sweeps is asked about
 * only in full ones. Where this does not work (browsers), arrays are moved out instead.
 */

type Collect = (options?: { type: "minor" }) => void;

interface NodeModules {
  vm: { runInNewContext(code: string): unknown };
  v8: { setFlagsFromString(flag: string): void };
  util: { inspect(x: object, options: object): string };
}

function nodeModule<N extends keyof NodeModules>(name: N): NodeModules[N] | undefined {
  const { process } = globalThis as {
    process?: { versions?: { v8?: string }; getBuiltinModule?: (name: string) => unknown };
  };
  return process?.versions?.v8 ? (process.getBuiltinModule?.(name) as NodeModules[N] | undefined) : undefined;
}

/** A storage as sweeps see it. */
export interface Watchable {
  /** What it looks at. */
  readonly body: Body | null;
}

let collect: Collect | undefined;
let util: NodeModules["util"] | undefined;
/** Storages by age; new ones join the first. */
const ages: WeakSet<object>[] = [new WeakSet(), new WeakSet(), new WeakSet()];
/** The bodies that came with them. */
const bodies: Body[][] = [[], [], []];
let epoch = 0;
let works: boolean | undefined;

// All that decides what is listed is said here: programs may change the inspector's defaults.
const LIST = {
  showHidden: true,
  maxArrayLength: null,
  depth: 1,
  sorted: false,
  compact: true,
  customInspect: true,
} as const;

/** The storages that the inspector has come by since it was told to look. */
let found: Watchable[] | null = null;

/** What a class's instances answer the inspector with: a sweep hears that they are alive. */
export function answersInspector(Class: { readonly prototype: object }): void {
  Object.defineProperty(Class.prototype, Symbol.for("nodejs.util.inspect.custom"), {
    value(this: Watchable) {
      if (!found) return "Storage {}";
      found.push(this);
      return "";
    },
    configurable: true,
  });
}

/**
 * The storages that a set holds, or `null` if the list may have gaps: deep in a recursion the inspector runs out of stack, and
 * says so in its text.
 */
function alive(set: WeakSet<object>): readonly Watchable[] | null {
  const list: Watchable[] = [];
  found = list;
  try {
    return util!.inspect(set, LIST).startsWith("WeakSet") ? list : null;
  } catch {
    return null;
  } finally {
    found = null;
  }
}

/** Whether storages may be watched here: the first sweep finds out whether it is so. */
export const watching = typeof WeakRef !== "undefined" && nodeModule("vm") !== undefined;

/** Notes a storage, and its body if that is new, so that sweeps can tell when it is gone; `false` where they cannot. */
export function watch(storage: Watchable, isNew: boolean): boolean {
  if (!watching || works === false) return false;
  ages[0]!.add(storage);
  if (isNew) bodies[0]!.push(storage.body!);
  return true;
}

/** Whether sweeps work here. */
export const reclaimable = (): boolean => watching && (works ??= open()) === true;

function open(): boolean | undefined {
  try {
    const vm = nodeModule("vm")!;
    util = nodeModule("util");
    const { gc } = globalThis as { gc?: Collect };
    collect = gc;
    if (!collect) {
      const v8 = nodeModule("v8")!;
      v8.setFlagsFromString("--expose-gc");
      collect = vm.runInNewContext("gc") as Collect;
      v8.setFlagsFromString("--no-expose-gc");
    }
    return tellsApart(collect);
  } catch {
    return false;
  }
}

class Probe implements Watchable {
  readonly body = null;
}
answersInspector(Probe);

/** Tries it on objects of which some are dead; `undefined` where there is no stack left to try it. */
function tellsApart(collect: Collect): boolean | undefined {
  // Two sets: a list of the dead, forgotten in a register, would keep them alive.
  const [listed, kept] = probes(0);
  const all = alive(listed);
  if (all === null) return undefined;
  if (all.length !== kept.length) return false;
  const [set, odd] = probes(1);
  collect({ type: "minor" });
  // One more may still stand in a register.
  const left = new Set(alive(set));
  return odd.every((o) => o === null || left.has(o)) && left.size <= 12;
}

/** A weak set of twenty objects, and those of them that live: all, or (`every` 1) every other one. */
function probes(every: number): readonly [WeakSet<object>, readonly (Probe | null)[]] {
  const set = new WeakSet<object>();
  const kept = Array.from({ length: 20 }, (_, i) => {
    const o = new Probe();
    set.add(o);
    return every === 0 || i % 2 ? o : null;
  });
  return [set, kept];
}

/** The bodies whose storages are all gone: among the young ones, or among all. None where that could not be found out. */
export function sweep(full: boolean): readonly Body[] {
  if (full) collect!();
  else collect!({ type: "minor" });
  const oldest = full ? 2 : 1;
  const lists = ages.slice(0, oldest + 1).map(alive);
  if (lists.includes(null)) return [];
  epoch++;
  const dead: Body[] = [];
  const living: Body[] = [];
  for (let age = oldest; age >= 0; age--) {
    const older = Math.min(age + 1, 2);
    for (const storage of lists[age]!) {
      storage.body!.seen = epoch;
      if (age < 2) ages[older]!.add(storage);
    }
    if (age < 2) ages[age] = new WeakSet();
  }
  for (let age = oldest; age >= 0; age--) {
    const older = Math.min(age + 1, 2);
    const list = bodies[age]!;
    bodies[age] = [];
    for (const body of list) {
      if (body.seen !== epoch) dead.push(body);
      else if (older === age) living.push(body);
      else bodies[older]!.push(body);
    }
  }
  for (const body of living) bodies[2]!.push(body);
  return dead;
}
