// Times workloads within a budget and prints a line of JSON for each as it ends.

/** A median wants so many samples of warm code, however long a call takes … */
const LEAST = 3;
/** … unless they took more than so many budgets. */
const PATIENCE = 20;

/**
 * Samples of one workload in milliseconds, after a warm-up: calls too short for the clock are timed in groups. Of a call longer than
 * the budget there are three; the first, cold call counts only where it used up all patience itself. `alive` is told after each
 * such call, so that what is given up is a single call that takes too long.
 */
export async function measure(call, seconds, alive = () => {}) {
  const once = async () => {
    const began = performance.now();
    const y = call();
    if (y instanceof Promise) await y;
    const took = performance.now() - began;
    if (took > seconds * 1000) alive();
    return took;
  };
  const began = performance.now();
  const impatient = () => performance.now() - began > PATIENCE * seconds * 1000;
  const first = await once();
  if (impatient()) return [first];
  // Warm up, also the compilers in the background.
  let fastest = await once();
  if (impatient()) return [fastest];
  const until = performance.now() + Math.min(300, seconds * 500);
  while (performance.now() < until) fastest = Math.min(fastest, await once());
  const group = fastest < 0.5 ? Math.ceil(0.5 / Math.max(fastest, 1e-5)) : 1;
  const samples = [];
  const end = performance.now() + seconds * 1000;
  do {
    const began = performance.now();
    for (let i = 0; i < group; i++) {
      const y = call();
      if (y instanceof Promise) await y;
    }
    samples.push((performance.now() - began) / group);
    if (samples[0] > seconds * 1000) alive();
    // A pause between samples: finalizers and collectors do their work outside of the timing.
    if (samples.length % 8 === 0) await new Promise((f) => setImmediate(f));
  } while (performance.now() < end || (samples.length < LEAST && !impatient()));
  return samples;
}

/** Runs the workloads that a library has, of those asked for on the command line. */
export async function run(workloads) {
  const { only, seconds } = JSON.parse(process.argv[2]);
  for (const name of only) {
    const make = workloads[name];
    if (!make) continue;
    const begin = () => console.log(`\n@${JSON.stringify({ begin: name })}`);
    begin();
    try {
      const call = await make();
      begin();
      console.log(`\n@${JSON.stringify({ name, samples: await measure(call, seconds, begin) })}`);
    } catch (e) {
      console.log(`\n@${JSON.stringify({ name, error: String(e?.message ?? e).slice(0, 200) })}`);
    }
  }
  process.exit(0);
}
