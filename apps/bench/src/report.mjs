/** The value below which a share of the sorted samples lies. */
export const quantile = (sorted, q) => {
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  return sorted[low] + (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]) * (at - low);
};

export function summary(list) {
  const sorted = [...list].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

/** Milliseconds after which a call was given up, of the reason that stands in the problems. */
const givenUpAfter = (reason) => {
  const [, limit] = /^took longer than ([\d.]+) s$/.exec(reason ?? "") ?? [];
  return limit === undefined ? undefined : 1000 * Number(limit);
};

const time = (ms) => (ms < 0.1 ? `${(ms * 1000).toPrecision(3)} µs` : `${ms.toPrecision(3)} ms`);
const spread = ({ median, low, high }) => `${time(median)} (±${Math.round((50 * (high - low)) / median)} %)`;

/** The table: one row a workload, one column a library, times with their spread and the ratios to the references (goals are about the first) and the best peer. */
export function table(results, workloads, peers) {
  const { samples, problems, machine, date, title } = results;
  const references = [results.reference].flat();
  const libraries = Object.keys(samples);
  const of = (l, name) => (samples[l]?.[name]?.length ? summary(samples[l][name]) : null);
  const cell = (l, name) => {
    const found = of(l, name);
    if (found) return spread(found);
    const reason = problems[l]?.[name];
    return reason
      ? reason.startsWith("took longer")
        ? reason.replace("took longer than", ">")
        : "fails"
      : "";
  };
  const lines = [
    `# ${title}: measured on ${machine}, ${date}`,
    "",
    "Medians, with half of the distance between the quartiles as spread. Ratios above 1 say how many times faster Cognate (one thread) is.",
    "",
    `| work | ${libraries.join(" | ")} | ${references.map((r) => `to ${r}`).join(" | ")} | to the best peer | goal |`,
    `| --- |${" ---: |".repeat(libraries.length + references.length + 2)}`,
  ];
  const ratios = references.map(() => []);
  for (const { name, title, goal } of workloads) {
    const ours = of("Cognate", name);
    const against = (medians) => {
      const best = Math.min(...medians.filter((m) => m !== undefined));
      return ours && Number.isFinite(best) ? best / ours.median : null;
    };
    const bases = references.map((r) => of(r, name)?.median);
    const base = bases[0];
    const to = bases.map((b) => against([b]));
    to.forEach((ratio, i) => {
      if (ratio) ratios[i].push(ratio);
    });
    const best = against(peers.map((l) => of(l, name)?.median));
    const times = (r) => (r ? `${r.toPrecision(3)}×` : "");
    // A peer that was given up is behind by more than its limit.
    const atLeast = against(peers.map((l) => givenUpAfter(problems[l]?.[name])));
    const toPeer = best || !atLeast ? times(best) : `> ${times(atLeast)}`;
    const marks = [];
    if (goal?.ratio && ours && base)
      marks.push(
        mark(
          ours.median <= goal.ratio * base,
          `≤ ${goal.ratio.toPrecision(3)}× the time of ${references[0]}`,
        ),
      );
    if (goal?.us && ours) marks.push(mark(ours.median * 1000 <= goal.us, `≤ ${goal.us} µs`));
    const both = of("Cognate, 2 threads", name)?.median;
    if (goal?.threads && ours && both)
      marks.push(
        mark(
          ours.median >= goal.threads * both,
          `≥ ${goal.threads}× on two threads (${(ours.median / both).toPrecision(3)}×)`,
        ),
      );
    lines.push(
      `| ${title} | ${libraries.map((l) => cell(l, name)).join(" | ")} | ${to.map(times).join(" | ")} | ${toPeer} | ${marks.join(", ")} |`,
    );
  }
  ratios.forEach((list, i) => {
    if (list.length < 2) return;
    const mean = Math.exp(list.reduce((s, r) => s + Math.log(1 / r), 0) / list.length);
    lines.push(
      "",
      `Over these ${list.length} workloads the geometric mean of our time over that of ${references[i]} is ${mean.toPrecision(3)}.`,
    );
  });
  if (results.bundles || results.importMs || results.memory) lines.push("");
  for (const [name, kb] of Object.entries(results.bundles ?? {}))
    lines.push(`- ${name}, minified and compressed: ${kb} kB`);
  for (const [name, kb] of Object.entries(results.programs ?? {}))
    lines.push(`- a program, minified and compressed (${name}): ${kb} kB`);
  for (const [name, ms] of Object.entries(results.importMs ?? {}))
    lines.push(`- import of ${name} in Node: ${ms.toFixed(0)} ms`);
  for (const line of results.memory ?? []) lines.push(`- ${line}`);
  return `${lines.join("\n")}\n`;
}

const mark = (ok, text) => `${text} ${ok ? "✓" : "✗"}`;
