// Runs every library on the workloads of each suite, round by round, and writes results/: samples, a table and a plot.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, platform, release, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { facts } from "./facts.mjs";
import { cognate, PEERS } from "./libraries.mjs";
import { plot } from "./plot.mjs";
import { measureLibrary } from "./process.mjs";
import { table } from "./report.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const USAGE = `npm run bench -- [options]
  --suite A,B      suites of src/suites; all by default
  --only X,Y       workloads by name, as the table has them
  --libraries L,M  columns by name, as the table has them; one with a comma in its name by a --libraries of its own
  --rounds N       how often every library has its turn (3)
  --seconds S      how long a workload is measured in one turn (0.7)
  --limit S        after how long a call is given up (60)
  --quick          without bundle sizes and import times
PYTHON names interpreters, with commas between, that have the libraries to compare with.`;
const { values: given } = parseArgs({
  options: {
    help: { type: "boolean" },
    quick: { type: "boolean" },
    suite: { type: "string" },
    only: { type: "string" },
    libraries: { type: "string", multiple: true },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "0.7" },
    limit: { type: "string", default: "60" },
  },
});
if (given.help) {
  console.log(USAGE);
  process.exit(0);
}
const pick = (asked, known, what) => {
  const picked = asked === undefined ? known : asked.split(",");
  for (const name of picked)
    if (!known.includes(name)) throw new Error(`no ${what} ${name}; there are ${known.join(", ")}`);
  return picked;
};
const suites = pick(given.suite, readdirSync(join(here, "suites")), "suite");
const rounds = Number(given.rounds);
const seconds = Number(given.seconds);
const limit = Number(given.limit);

if (!existsSync(join(PEERS, "node_modules"))) {
  console.log("Installing the peers …");
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: PEERS,
    stdio: "inherit",
  });
}
const folder = mkdtempSync(join(tmpdir(), "cognate-bench-"));
const out = join(here, "../results");
mkdirSync(out, { recursive: true });
const machine = `${cpus()[0]?.model ?? "unknown processor"}, ${availableParallelism()} cores, ${platform()} ${release()}, Node ${process.version}`;

for (const name of suites) {
  const { suite } = await import(`./suites/${name}/suite.mjs`);
  const known = suite.workloads.map((w) => w.name);
  const only = pick(given.only, known, "workload");
  const everyone = Object.entries({
    ...cognate(name, folder),
    ...suite.peers(),
    ...suite.references(),
  }).filter(([, how]) => how);
  const names = everyone.map(([library]) => library);
  const asked = given.libraries?.flatMap((text) => (names.includes(text) ? [text] : text.split(",")));
  for (const library of asked ?? [])
    if (!names.includes(library)) throw new Error(`no library ${library}; there are ${names.join("; ")}`);
  const libraries = everyone.filter(([library]) => !asked || asked.includes(library));
  const samples = {};
  const problems = {};
  for (let round = 1; round <= rounds; round++)
    for (const [library, how] of libraries) {
      console.log(`${name}, round ${round} of ${rounds}: ${library}`);
      // What failed once is not waited for again.
      const works = only.filter((w) => !problems[library]?.[w]);
      const turn = await measureLibrary(how, { only: works, seconds, limit });
      const mine = (samples[library] ??= {});
      for (const [work, list] of Object.entries(turn.samples)) (mine[work] ??= []).push(...list);
      for (const [work, reason] of Object.entries(turn.problems)) {
        (problems[library] ??= {})[work] = reason;
        console.error(`${library}, ${work}: ${reason}`);
      }
    }
  const results = {
    title: suite.title,
    machine,
    date: new Date().toISOString().slice(0, 10),
    rounds,
    seconds,
    reference: suite.reference,
    ...(given.quick ? {} : facts()),
    samples,
    problems,
  };
  writeFileSync(
    join(out, `${name}.json`),
    `${JSON.stringify(results, (_k, v) => (typeof v === "number" ? Number(v.toPrecision(4)) : v))}\n`,
  );
  const works = suite.workloads.filter((w) => only.includes(w.name));
  const text = table(results, works, Object.keys(suite.peers()));
  writeFileSync(join(out, `${name}.md`), text);
  writeFileSync(join(out, `${name}.svg`), plot(results, works));
  console.log(`\n${text}`);
}
rmSync(folder, { recursive: true, force: true });
