import type { Body } from "./heap.js";

/*
 * Which storages are dead, asked within one synchronous job. Finalizers never run there, and a WeakRef keeps what it was
 * made for or asked for alive until the job ends. In Node the end of a job can be brought about: a context with a
 * microtask queue of its own drains it after each evaluation, which also lets go of what WeakRefs kept. With a collection
 * before it, `deref()` then tells the truth. Where this does not work (browsers), arrays are moved out instead.
 */

interface NodeModules {
  vm: {
    createContext(object: object, options: { microtaskMode: "afterEvaluate" }): object;
    runInContext(code: string, context: object): unknown;
    runInNewContext(code: string): unknown;
  };
  v8: { setFlagsFromString(flag: string): void };
}

interface Oracle {
  readonly endOfJob: () => void;
  readonly collect: () => void;
}

let oracle: Oracle | null | undefined;

function nodeModule<N extends keyof NodeModules>(name: N): NodeModules[N] | undefined {
  const { process } = globalThis as {
    process?: { versions?: { v8?: string }; getBuiltinModule?: (name: string) => unknown };
  };
  return process?.versions?.v8 ? (process.getBuiltinModule?.(name) as NodeModules[N] | undefined) : undefined;
}

function open(): Oracle | null {
  if (typeof WeakRef === "undefined") return null;
  try {
    const vm = nodeModule("vm");
    const v8 = nodeModule("v8");
    if (!vm || !v8) return null;
    let collect = (globalThis as { gc?: () => void }).gc;
    if (!collect) {
      v8.setFlagsFromString("--expose-gc");
      collect = vm.runInNewContext("gc") as () => void;
      v8.setFlagsFromString("--no-expose-gc");
    }
    const context = vm.createContext({}, { microtaskMode: "afterEvaluate" });
    const endOfJob = (): void => void vm.runInContext("0", context);
    return works(endOfJob, collect) ? { endOfJob, collect } : null;
  } catch {
    return null;
  }
}

/** Tries it on objects of which some are dead. */
function works(endOfJob: () => void, collect: () => void): boolean {
  const kept: object[] = [];
  const make = (): WeakRef<object>[] =>
    Array.from({ length: 20 }, (_, i) => {
      const o = { i };
      if (i % 2) kept.push(o);
      return new WeakRef<object>(o);
    });
  const refs = make();
  endOfJob();
  collect();
  const alive = refs.filter((r) => r.deref() !== undefined).length;
  // One more may still stand in a register.
  return kept.length === 10 && alive >= 10 && alive <= 12;
}

/** Whether {@link sweep} works here; finds out at the first call. */
export const reclaimable = (): boolean => (oracle === undefined ? (oracle = open()) : oracle) !== null;

/** Whether storages are watched: everywhere where they may be swept. */
let watching: boolean | undefined;

/** Notes a storage of a body, so that {@link sweep} can ask whether it is gone. */
export function watch(body: Body, storage: object): void {
  watching ??= typeof WeakRef !== "undefined" && nodeModule("vm") !== undefined;
  if (!watching) return;
  const ref = new WeakRef(storage);
  if (body.refs) body.refs.push(ref);
  else body.refs = [ref];
}

/** The bodies whose storages are all gone. */
export function sweep(bodies: Iterable<Body>): Body[] {
  if (!oracle) return [];
  oracle.endOfJob();
  oracle.collect();
  const dead: Body[] = [];
  for (const body of bodies) {
    const { refs } = body;
    if (!refs) continue;
    let alive = false;
    for (let i = 0; i < refs.length && !alive; i++) alive = refs[i]!.deref() !== undefined;
    if (!alive) dead.push(body);
  }
  oracle.endOfJob();
  return dead;
}
