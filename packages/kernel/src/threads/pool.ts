import { canShare, memory } from "../memory/wasm-memory.js";
import { wasm, wasmModules } from "../wasm/instance.js";
import { split } from "./split.js";
import { CONTROL, HEAD, LISTS, NODE_CODE, SLOT, SPIN, WEB_CODE } from "./worker-code.js";

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
    Worker: new (
      code: string,
      options: { eval: true; workerData: unknown; execArgv: string[] },
    ) => NodeWorker;
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
let table: Float64Array | undefined;
let started = 0;
let stop: (() => void)[] = [];
let broken = false;
let seen = 0;
let shared = 0;
let helped = 0;
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

/** How many threads there are to be beside the caller's. */
const others = (): number => Math.min(getThreads(), HEAD - 1) - 1;

/** Sets how many threads compute; 1 is none but the caller's. Results do not depend on it. */
export function setThreads(n: number): void {
  wanted = Math.max(1, Math.floor(n));
  asked = true;
  seen = PATIENCE;
  if (started > 0 && started !== others()) close();
  broken = false;
}

/** How many calls were shared between threads: tests assert by it that they were. */
export const sharedCalls = (): number => shared;

/** The kernels of those calls. */
export const sharedKernels: ReadonlySet<string> = new Set();

/** How many parts of such calls other threads computed. */
export const helpedParts = (): number => helped;

function close(): void {
  // One that comes late finds no ticket.
  if (control) Atomics.store(control, 3, 0);
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
    control = new Int32Array(new SharedArrayBuffer(CONTROL * 4));
    table = new Float64Array(new SharedArrayBuffer((HEAD + LISTS * SLOT) * 8));
    if (names.length === 0) names.push(...Object.keys(wasm()!));
    for (let index = 0; index < count; index++) launch({ modules, memory, control, table, index, names });
    started = count;
  } catch {
    close();
    broken = true;
  }
}

function launch(data: unknown): void {
  const threads = host?.versions?.node ? host.getBuiltinModule?.("node:worker_threads") : undefined;
  if (threads) {
    // Of its own options: those of a program that was given as text (`--input-type`) would be taken for the thread's, too.
    const worker = new threads.Worker(NODE_CODE, { eval: true, workerData: data, execArgv: [] });
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

/** How many threads a call that is worth sharing may have now: 1 while there are no others. */
export function parts(): number {
  if (getThreads() === 1 || broken || ++seen <= PATIENCE) return 1;
  if (started === 0) {
    start(others());
    return 1;
  }
  return Atomics.load(control!, 2) === started ? started + 1 : 1;
}

/** From so many numbers on work that is done as fast as they are read is worth sharing between threads. */
const BOUND = 1 << 18;

/** How many threads share work that takes so many steps, each of which costs about what reading a number does. */
export const threadsFor = (steps: number): number => (steps >= BOUND ? parts() : 1);

/**
 * Calls one export on all of 0 … n − 1, in ranges for so many threads that begin at multiples of `unit`; for one at once.
 * `list` gives the arguments for a range.
 */
export function runRanges(
  name: string,
  n: number,
  threads: number,
  [unit, least]: readonly [unit: number, least: number],
  list: (from: number, to: number) => readonly number[],
): void {
  if (threads > 1) {
    runParts(
      name,
      split(n, threads, unit, least).map(([i, j]) => list(i, j)),
    );
    return;
  }
  const f = (wasm() as unknown as Record<string, (...args: readonly number[]) => void>)[name]!;
  f(...list(0, n));
}

/**
 * Calls one export with several lists of arguments, on as many threads as there are; whoever is free takes the next list.
 * A thread's own of `rooms` is its last argument then; with one room there is one thread.
 */
export function runParts(
  name: string,
  lists: readonly (readonly number[])[],
  rooms: readonly number[] = [],
): void {
  const f = (wasm() as unknown as Record<string, (...args: readonly number[]) => void>)[name]!;
  const last = rooms.slice(0, 1);
  if (lists.length === 1 || rooms.length === 1 || started === 0) {
    for (const list of lists) f(...list, ...last);
    return;
  }
  for (let from = 0; from < lists.length; from += LISTS)
    share(f, names.indexOf(name), lists.slice(from, from + LISTS), rooms, last);
}

function share(
  f: (...args: readonly number[]) => void,
  id: number,
  lists: readonly (readonly number[])[],
  rooms: readonly number[],
  last: readonly number[],
): void {
  // Nobody has a ticket while the table is written: the last call's are all taken.
  const [c, t] = [control!, table!];
  t[0] = id;
  (sharedKernels as Set<string>).add(names[id]!);
  for (let w = 0; w < started; w++) t[1 + w] = rooms[w + 1] ?? 0;
  lists.forEach((list, i) => {
    const at = HEAD + i * SLOT;
    t[at] = list.length;
    t.set(list, at + 1);
  });
  const n = lists.length;
  c.fill(0, 4, 4 + n);
  Atomics.store(c, 1, 0);
  Atomics.store(c, 3, n);
  Atomics.add(c, 0, 1);
  Atomics.notify(c, 0);
  const began = performance.now();
  let mine = 0;
  for (let i = Atomics.sub(c, 3, 1) - 1; i >= 0; i = Atomics.sub(c, 3, 1) - 1) {
    f(...lists[i]!, ...last);
    c[4 + i] = 1;
    mine++;
  }
  if (mine < n) {
    const own = performance.now();
    Atomics.add(c, 1, mine);
    if (!await_(n)) {
      // The threads are gone: what they left is computed here, and from now on everything.
      const left = lists.filter((_, i) => c[4 + i] === 0);
      close();
      broken = true;
      for (const list of left) f(...list, ...last);
      return;
    }
    if (!asked) judge(own - began, performance.now() - own);
  }
  helped += n - mine;
  shared++;
}

/** Notes how long the others were waited for; where the cores are busy with other work, one thread is faster. */
function judge(own: number, waited: number): void {
  if (waited > own / 2) late++;
  else if (late > 0) late--;
  if (late < LATE) return;
  late = 0;
  seen = PATIENCE - PAUSE;
}

function await_(n: number): boolean {
  const began = performance.now();
  for (let turns = 1; ; turns++) {
    const done = Atomics.load(control!, 1);
    if (done === n) return true;
    if (turns % 256 !== 0) continue;
    const waited = performance.now() - began;
    if (waited > LOST) return false;
    // A page's main thread may not wait; it goes on looking.
    if (waited > SPIN && host?.versions?.node) Atomics.wait(control!, 1, done, 5);
  }
}
