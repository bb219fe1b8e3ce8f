import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
export const PEERS = join(here, "../peers");

const node = (file, env = {}) => ({ command: process.execPath, args: [file], env });

/** A JavaScript peer: a program in peers/. */
export const peer = (file, env) => node(join(PEERS, file), env);

/** Our side of a suite: its cognate.ts bundled into one program, on one thread, two, and without fused multiply-add (relaxed SIMD). */
export function cognate(suite, folder) {
  const outfile = join(folder, `${suite}.mjs`);
  buildSync({
    stdin: {
      contents: `import { workloads } from "./suites/${suite}/cognate.ts";\nimport { run } from "./harness.mjs";\nawait run(workloads);`,
      resolveDir: here,
    },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    conditions: ["@cognate/source"],
    ignoreAnnotations: true,
    outfile,
    logLevel: "error",
  });
  return {
    Cognate: node(outfile, { BENCH_THREADS: "1" }),
    "Cognate, 2 threads": node(outfile, { BENCH_THREADS: "2" }),
    "Cognate, plain SIMD": node(outfile, { BENCH_THREADS: "1", COGNATE_WASM: "simd" }),
  };
}

/** Interpreters named by PYTHON (several with commas, for libraries that do not live together). */
const interpreters = (process.env.PYTHON ?? "").split(",").filter(Boolean);

/** A Python peer: the suite's python.py under the first interpreter that has the module; none if there is no such one. */
export function python(suite, module, env = {}) {
  const command = interpreters.find(
    (p) =>
      spawnSync(p, ["-c", `import importlib.util as u; exit(u.find_spec("${module}") is None)`]).status === 0,
  );
  return command ? { command, args: [join(here, "suites", suite, "python.py")], env } : null;
}
