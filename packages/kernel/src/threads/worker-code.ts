/*
 * What a thread runs: it waits for the next generation of jobs, calls the export that its slot names, and counts itself
 * done. Written as text, because no bundler can be relied on to ship a file for it.
 *
 * control: 0 generation, 1 threads that are done, 2 threads that are ready. A slot: number of the export (−1 none), number
 * of arguments, arguments.
 */

/** Entries of a slot. */
export const SLOT = 40;

const LOOP = `
function serve({ modules, memory, control, slots, index, names }) {
  const exports = {};
  for (const m of modules) Object.assign(exports, new WebAssembly.Instance(m, { env: { memory } }).exports);
  const at = index * ${SLOT};
  let seen = Atomics.load(control, 0);
  Atomics.add(control, 2, 1);
  for (;;) {
    let turns = 0;
    while (Atomics.load(control, 0) === seen)
      if (++turns > 4000) {
        Atomics.wait(control, 0, seen);
        turns = 0;
      }
    seen = Atomics.load(control, 0);
    const job = slots[at];
    if (job >= 0) exports[names[job]](...slots.subarray(at + 2, at + 2 + slots[at + 1]));
    Atomics.add(control, 1, 1);
    Atomics.notify(control, 1);
  }
}`;

/** For Node's worker_threads. */
export const NODE_CODE = `${LOOP}\nserve(require("node:worker_threads").workerData);`;
/** For browsers. */
export const WEB_CODE = `${LOOP}\nonmessage = (e) => serve(e.data);`;
