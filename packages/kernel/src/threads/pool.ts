import { canShare, memory } from "../memory/wasm-memory.js";
import { wasm, wasmModules } from "../wasm/instance.js";
import { NODE_CODE, SLOT, WEB_CODE } from "./worker-code.js";

/*
 * Threads that compute parts of one kernel call. They start when enough work was seen to be worth it, never keep a process
 * alive, and until they are there (or where they cannot be) everything runs on one.
 */

interface NodeWorker {
  unref(): void;
  terminate(): unknown;
  on(event: "error" | "exit", f: () => void): void;
}

interface Builtins {
  getBuiltinModule?(name: "node:worker_threads"): {
    Worker: new (code: string, options: { eval: true; workerData: unknown }) => NodeWorker;
  };
  getBuiltinModule?(name: "node:os"): { availableParallelism(): number };
}

const host = (globalThis as { process?: Builtins & { versions?: { node?: string } } }).process;

/** Calls that were large enough to share before threads are started: a short script is done before they would be. */
const PATIENCE = 12;
/** After this long without an answer (ms) the threads are given up. */
const LOST = 20_000;

const names: string[] = [];
let wanted: number | undefined;
let control: Int32Array | undefined;
let slots: Float64Array | undefined;
let started = 0;
let stop: (() => void)[] = [];
let broken = false;
let seen = 0;
let shared = 0;
/** Whether somebody set the number; else calls go back to one thread for a while when the others come late. */
let asked = false;
let late = 0;

/** Late calls before that, and calls until it is tried again. */
const LATE = 6;
const PAUSE = 300;

function cores(): number {
  if (host?.versions?.node) return host.getBuiltinModule?.("node:os")?.availableParallelism() ?? 1;
  return (globalThis as { navigator?: { hardwareConcurrency?: number } }).navigator?.hardwareConcurrency ?? 1;
}

/** How many threads compute: what {@link setThreads} set, or the number of cores (at most 8). */
export const getThreads = (): number => (wanted ??= Math.max(1, Math.min(8, cores())));

/** Sets how many threads compute; 1 is none but the caller's. Results do not depend on it. */
export function setThreads(n: number): void {
  wanted = Math.max(1, Math.floor(n));
  asked = true;
  seen = PATIENCE;
  if (started > 0 && started !== wanted - 1) close();
  broken = false;
}

/** How many calls were shared between threads: tests assert by it that they were. */
export const sharedCalls = (): number => shared;

function close(): void {
  // One that comes to it late finds nothing to do.
  for (let w = 0; w < started; w++) slots![w * SLOT] = -1;
  for (const f of stop) f();
  stop = [];
  started = 0;
  control = undefined;
}

/** Starts the threads; they answer when they are ready. */
function start(count: number): void {
  const modules = wasmModules();
  if (!modules || !canShare() || !(memory?.buffer instanceof SharedArrayBuffer)) {
    broken = true;
    return;
  }
  try {
    control = new Int32Array(new SharedArrayBuffer(16));
    slots = new Float64Array(new SharedArrayBuffer(count * SLOT * 8));
    if (names.length === 0) names.push(...Object.keys(wasm()!));
    for (let index = 0; index < count; index++) launch({ modules, memory, control, slots, index, names });
    started = count;
  } catch {
    close();
    broken = true;
  }
}

function launch(data: unknown): void {
  const threads = host?.versions?.node ? host.getBuiltinModule?.("node:worker_threads") : undefined;
  if (threads) {
    const worker = new threads.Worker(NODE_CODE, { eval: true, workerData: data });
    worker.unref();
    worker.on("error", () => {
      broken = true;
    });
    stop.push(() => void worker.terminate());
    return;
  }
  const url = URL.createObjectURL(new Blob([WEB_CODE], { type: "text/javascript" }));
  const worker = new Worker(url);
  worker.postMessage(data);
  stop.push(() => worker.terminate());
}

/** Into how many parts a call that is worth sharing may be cut now: 1 while there are no threads. */
export function parts(): number {
  const n = getThreads();
  if (n === 1 || broken || ++seen <= PATIENCE) return 1;
  if (started === 0) {
    start(n - 1);
    return 1;
  }
  return Atomics.load(control!, 2) === started ? started + 1 : 1;
}

/** Calls one export with several lists of arguments at once; the first list runs here. At most {@link parts} lists. */
export function runParts(name: string, lists: readonly (readonly number[])[]): void {
  const f = (wasm() as unknown as Record<string, (...args: readonly number[]) => void>)[name]!;
  if (lists.length === 1) {
    f(...lists[0]!);
    return;
  }
  const id = names.indexOf(name);
  for (let w = 0; w < started; w++) {
    const list = lists[w + 1];
    const at = w * SLOT;
    slots![at] = list ? id : -1;
    if (!list) continue;
    slots![at + 1] = list.length;
    slots!.set(list, at + 2);
  }
  Atomics.store(control!, 1, 0);
  Atomics.add(control!, 0, 1);
  Atomics.notify(control!, 0);
  const began = performance.now();
  f(...lists[0]!);
  const own = performance.now();
  if (!await_()) {
    // The threads are gone: the parts are computed here, and from now on everything.
    close();
    broken = true;
    for (const list of lists.slice(1)) f(...list);
    return;
  }
  shared++;
  if (!asked) judge(own - began, performance.now() - own);
}

/** Notes how long the others were waited for; where the cores are busy with other work, one thread is faster. */
function judge(own: number, waited: number): void {
  if (waited > own / 2) late++;
  else if (late > 0) late--;
  if (late < LATE) return;
  late = 0;
  seen = PATIENCE - PAUSE;
}

function await_(): boolean {
  const began = performance.now();
  for (let turns = 0; ; turns++) {
    const done = Atomics.load(control!, 1);
    if (done === started) return true;
    if (turns < 20_000) continue;
    if (performance.now() - began > LOST) return false;
    // A page's main thread may not wait; it goes on looking.
    if (host?.versions?.node) Atomics.wait(control!, 1, done, 5);
  }
}
