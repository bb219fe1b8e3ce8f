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

/** The table: one row a workload, one column a library, times with their spread and the ratio to the reference and the best peer. */
export function table(results, workloads, peers) {
  const { samples, problems, machine, date, reference, title } = results;
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
    `| work | ${libraries.join(" | ")} | to ${reference} | to the best peer | goal |`,
    `| --- |${" ---: |".repeat(libraries.length + 3)}`,
  ];
  const ratios = [];
  for (const { name, title, goal } of workloads) {
    const ours = of("Cognate", name);
    const against = (medians) => {
      const best = Math.min(...medians.filter((m) => m !== undefined));
      return ours && Number.isFinite(best) ? best / ours.median : null;
    };
    const base = of(reference, name)?.median;
    const ratio = against([base]);
    if (ratio) ratios.push(ratio);
    const best = against(peers.map((l) => of(l, name)?.median));
    const times = (r) => (r ? `${r.toPrecision(3)}×` : "");
    // A peer that was given up is behind by more than its limit.
    const atLeast = against(peers.map((l) => givenUpAfter(problems[l]?.[name])));
    const toPeer = best || !atLeast ? times(best) : `> ${times(atLeast)}`;
    const reached =
      !goal || !ours
        ? ""
        : goal.us
          ? mark(ours.median * 1000 <= goal.us, `≤ ${goal.us} µs`)
          : base
            ? mark(ours.median <= goal.ratio * base, `≤ ${goal.ratio.toPrecision(3)}× ${reference}'s time`)
            : "";
    lines.push(
      `| ${title} | ${libraries.map((l) => cell(l, name)).join(" | ")} | ${times(ratio)} | ${toPeer} | ${reached} |`,
    );
  }
  if (ratios.length > 1) {
    const mean = Math.exp(ratios.reduce((s, r) => s + Math.log(1 / r), 0) / ratios.length);
    lines.push(
      "",
      `Over these ${ratios.length} workloads the geometric mean of our time over ${reference}'s is ${mean.toPrecision(3)}.`,
    );
  }
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
