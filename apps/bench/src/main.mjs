// Runs every library on the workloads, round by round, and writes results/: samples, a table and a plot.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, platform, release, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { plot } from "./plot.mjs";
import { facts, table } from "./report.mjs";
import { WORKLOADS } from "./workloads.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const known = WORKLOADS.map((w) => w.name);
const only = option("only", known.join(",")).split(",");
for (const name of only)
  if (!known.includes(name)) throw new Error(`no workload ${name}; there are ${known.join(", ")}`);
const rounds = Number(option("rounds", 3));
const seconds = Number(option("seconds", 0.7));

const peers = join(here, "../peers");
if (!existsSync(join(peers, "node_modules"))) {
  console.log("Installing the peers …");
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: peers,
    stdio: "inherit",
  });
}

const folder = mkdtempSync(join(tmpdir(), "cognate-bench-"));
const ours = join(folder, "cognate.mjs");
buildSync({
  stdin: {
    contents: `import { workloads } from "./cognate.ts";\nimport { run } from "./harness.mjs";\nawait run(workloads);`,
    resolveDir: here,
  },
  bundle: true,
  format: "esm",
  platform: "node",
  target: "es2022",
  conditions: ["@cognate/source"],
  ignoreAnnotations: true,
  outfile: ours,
  logLevel: "error",
});

const node = (file, env = {}, flags = []) => ({ command: process.execPath, args: [...flags, file], env });
const peer = (name, env) => node(join(peers, name), env);
const python = process.env.PYTHON;
const LIBRARIES = {
  Cognate: node(ours, { BENCH_THREADS: "1" }),
  "Cognate, 2 threads": node(ours, { BENCH_THREADS: "2" }),
  "Cognate, relaxed SIMD": node(ours, { BENCH_THREADS: "1" }, relaxedFlags()),
  "tfjs (wasm)": peer("tfjs.mjs", { BENCH_BACKEND: "wasm" }),
  "tfjs (cpu)": peer("tfjs.mjs", { BENCH_BACKEND: "cpu" }),
  "onnxruntime-web": peer("onnxruntime.mjs"),
  "jax-js": peer("jax.mjs"),
  "numpy-ts": peer("numpy-ts.mjs"),
  ...(python
    ? Object.fromEntries(
        [
          ["PyTorch", { BENCH_BACKEND: "torch" }],
          ["PyTorch, 2 threads", { BENCH_BACKEND: "torch", BENCH_THREADS: "2" }],
          ["NumPy", { BENCH_BACKEND: "numpy" }],
        ].map(([name, env]) => [name, { command: python, args: [join(here, "python.py")], env }]),
      )
    : {}),
};

/** Node 20 has relaxed SIMD behind a flag; later versions have it anyway. */
function relaxedFlags() {
  return Number(process.versions.node.split(".")[0]) < 22 ? ["--experimental-wasm-relaxed-simd"] : [];
}

const samples = {};
for (let round = 1; round <= rounds; round++)
  for (const [name, { command, args, env }] of Object.entries(LIBRARIES)) {
    console.log(`round ${round} of ${rounds}: ${name}`);
    const { stdout, stderr, status } = spawnSync(command, [...args, JSON.stringify({ only, seconds })], {
      env: { ...process.env, ...env },
      encoding: "utf8",
      maxBuffer: 1 << 28,
      timeout: 15 * 60_000,
    });
    const line = stdout?.split("\n").find((l) => l.startsWith("@@"));
    if (!line) {
      console.error(`${name} failed (${status}): ${(stderr ?? "").trim().split("\n").slice(-3).join(" | ")}`);
      continue;
    }
    const mine = (samples[name] ??= {});
    for (const [work, list] of Object.entries(JSON.parse(line.slice(2)))) {
      if (Array.isArray(list)) (mine[work] ??= []).push(...list);
      else console.error(`${name}, ${work}: ${list.error}`);
    }
  }
rmSync(folder, { recursive: true, force: true });

const machine = `${cpus()[0]?.model ?? "unknown processor"}, ${availableParallelism()} cores, ${platform()} ${release()}, Node ${process.version}`;
const results = {
  machine,
  date: new Date().toISOString().slice(0, 10),
  rounds,
  seconds,
  ...(process.argv.includes("--quick") ? {} : facts(here)),
  samples,
};
const out = join(here, "../results");
writeFileSync(
  join(out, "results.json"),
  `${JSON.stringify(results, (_k, v) => (typeof v === "number" ? Number(v.toPrecision(5)) : v))}\n`,
);
const text = table(results, only);
writeFileSync(join(out, "results.md"), text);
writeFileSync(join(out, "results.svg"), plot(results, only));
console.log(`\n${text}`);
