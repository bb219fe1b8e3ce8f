/*
 * What a thread runs: it waits for the next generation of jobs and takes tickets, each the number of a list of arguments
 * for the export that is asked for, until there are none. Written as text, because no bundler can be relied on to ship a
 * file for it.
 *
 * control: 0 generation, 1 lists that are done, 2 threads that are ready, 3 tickets that are left (the next one plus 1;
 * from 0 down there are none), from 4 on whether a list is done. The table: number of the export, a last argument for each
 * thread (0 none), and from HEAD on lists of arguments, each behind its length.
 */

/** Lists of one generation. */
export const LISTS = 64;
/** Entries of a list. */
export const SLOT = 40;
/** Where lists begin, and so how many threads there may be. */
export const HEAD = 64;
/** Entries of the control array. */
export const CONTROL = 4 + LISTS;
/**
 * After so long (ms) a thread that waits goes to sleep. A scheduler often wakes threads up on the core of the one that called
 * them, where they run by turns: so threads stay awake between the calls of one computation.
 */
export const SPIN = 20;

const LOOP = `
function serve({ modules, memory, control, table, index, names }) {
  const exports = {};
  for (const m of modules) Object.assign(exports, new WebAssembly.Instance(m, { env: { memory } }).exports);
  let seen = Atomics.load(control, 0);
  Atomics.add(control, 2, 1);
  for (;;) {
    const since = performance.now();
    for (let turns = 1; Atomics.load(control, 0) === seen; turns++)
      if (turns % 64 !== 0) Atomics.pause?.();
      else if (performance.now() - since > ${SPIN}) Atomics.wait(control, 0, seen);
    seen = Atomics.load(control, 0);
    for (let i; (i = Atomics.sub(control, 3, 1) - 1) >= 0; ) {
      const at = ${HEAD} + i * ${SLOT};
      const list = table.subarray(at + 1, at + 1 + table[at]);
      const room = table[1 + index];
      const f = exports[names[table[0]]];
      if (room === 0) f(...list);
      else f(...list, room);
      control[4 + i] = 1;
      Atomics.add(control, 1, 1);
      Atomics.notify(control, 1);
    }
  }
}`;

/** For Node's worker_threads. */
export const NODE_CODE = `${LOOP}\nserve(require("node:worker_threads").workerData);`;
/** For browsers. */
export const WEB_CODE = `${LOOP}\nonmessage = (e) => serve(e.data);`;
