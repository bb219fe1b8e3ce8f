import { execFileSync } from "node:child_process";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";
import { WORKLOADS } from "./workloads.mjs";

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

const time = (ms) => (ms < 0.1 ? `${(ms * 1000).toPrecision(3)} µs` : `${ms.toPrecision(3)} ms`);
const spread = ({ median, low, high }) => `${time(median)} (±${Math.round((50 * (high - low)) / median)} %)`;

/** The table: one row a workload, one column a library, times with their spread and the ratio to PyTorch and the best peer. */
export function table(results, only) {
  const { samples, machine, date } = results;
  const libraries = Object.keys(samples);
  const peers = libraries.filter((l) => !l.startsWith("Cognate") && !/PyTorch|NumPy/.test(l));
  const lines = [
    `# Measured on ${machine}, ${date}`,
    "",
    "Medians, with half of the distance between the quartiles as spread. Ratios above 1 say how many times faster Cognate (one thread) is.",
    "",
    `| work | ${libraries.join(" | ")} | to PyTorch | to the best peer | goal |`,
    `| --- |${" ---: |".repeat(libraries.length + 3)}`,
  ];
  for (const { name, title, goal } of WORKLOADS.filter((w) => only.includes(w.name))) {
    const of = (l) => (samples[l]?.[name]?.length ? summary(samples[l][name]) : null);
    const ours = of("Cognate");
    const against = (medians) => {
      const best = Math.min(...medians.filter((m) => m !== undefined));
      return ours && Number.isFinite(best) ? `${(best / ours.median).toPrecision(3)}×` : "";
    };
    const torch = of("PyTorch")?.median;
    const reached =
      !goal || !ours
        ? ""
        : goal.us
          ? mark(ours.median * 1000 <= goal.us, `≤ ${goal.us} µs`)
          : torch
            ? mark(ours.median <= goal.ratio * torch, `≤ ${goal.ratio.toPrecision(3)}× PyTorch's time`)
            : "";
    lines.push(
      `| ${title} | ${libraries.map((l) => (of(l) ? spread(of(l)) : "")).join(" | ")} | ${against([torch])} | ${against(peers.map((l) => of(l)?.median))} | ${reached} |`,
    );
  }
  lines.push(
    "",
    ...Object.entries(results.bundles ?? {}).map(
      ([name, kb]) => `- ${name}, minified and compressed: ${kb} kB`,
    ),
  );
  if (results.importMs) lines.push(`- import of @cognate/torch in Node: ${results.importMs.toFixed(0)} ms`);
  if (results.memory) lines.push(...results.memory.map((m) => `- ${m}`));
  return `${lines.join("\n")}\n`;
}

const mark = (ok, text) => `${text} ${ok ? "✓" : "✗"}`;

/** Bundle sizes, import time and memory over many synchronous steps. */
export function facts(here) {
  const bundle = (contents, options = {}) =>
    buildSync({
      stdin: { contents, resolveDir: here },
      bundle: true,
      minify: true,
      format: "esm",
      platform: "browser",
      conditions: ["@cognate/source"],
      ignoreAnnotations: true,
      write: false,
      logLevel: "silent",
      ...options,
    }).outputFiles[0].contents;
  const bundles = {};
  for (const name of ["kernel", "torch"])
    bundles[`@cognate/${name}`] = Math.round(
      gzipSync(bundle(`export * from "@cognate/${name}"`), { level: 9 }).length / 1024,
    );
  const node = (code) =>
    execFileSync(process.execPath, ["--input-type=module", "-e", new TextDecoder().decode(code)], {
      encoding: "utf8",
      maxBuffer: 1 << 26,
    });
  const timed = bundle(
    `const began = performance.now(); const torch = await import("@cognate/torch"); console.log(performance.now() - began, !!torch);`,
    { platform: "node", minify: false },
  );
  const importMs = Number(node(timed).split(" ")[0]);
  const memory = [...MEMORY].map(([title, setup]) => {
    const out = node(bundle(memoryProgram(setup), { platform: "node" }));
    const [before, after] = out.trim().split(" ").map(Number);
    return `${title}, 10,000 synchronous steps: resident memory grew from ${before} MB at step 1,000 to ${after} MB at the end`;
  });
  return { bundles, importMs, memory };
}

const MEMORY = new Map([
  [
    "MNIST CNN, batch 4",
    `const model = nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(9216, 128), nn.ReLU(), nn.Linear(128, 10));
     const [x, t] = [torch.randn(4, 1, 28, 28), torch.randint(0, 10, [4])];
     const loss = () => nn.functional.cross_entropy(model(x), t);`,
  ],
  [
    "MLP 2-8-1",
    `const model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1));
     const [x, t] = [torch.randn(4, 2), torch.randn(4, 1)];
     const loss = () => nn.functional.mse_loss(model(x), t);`,
  ],
]);

const memoryProgram = (setup) => `
  import * as torch from "@cognate/torch";
  const { nn } = torch;
  ${setup}
  const optimizer = torch.optim.SGD(model.parameters(), { lr: 1e-4 });
  const mb = () => Math.round(process.memoryUsage().rss / 2 ** 20);
  let before = 0;
  for (let i = 1; i <= 10000; i++) {
    optimizer.zero_grad();
    loss().backward();
    optimizer.step();
    if (i === 1000) before = mb();
  }
  console.log(before, mb());
`;
