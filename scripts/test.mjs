// Every check of the project: types, build, lint and format, boundaries, the op table, sizes, packaging, fixtures, tests.
// Ends with the line "N passed, N failed".
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = new URL("../", import.meta.url).pathname;
const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };
const turbo = (args) =>
  spawnSync(
    process.execPath,
    [join(root, "node_modules/turbo/bin/turbo"), "run", ...args, "--output-logs=new-only"],
    {
      cwd: root,
      stdio: "inherit",
      env,
    },
  ).status === 0;

let passed = 0;
let failed = 0;
const count = (name, ok) => {
  if (ok) passed++;
  else failed++;
  if (!ok) console.error(`failed: ${name}`);
};

count("types and build", turbo(["build", "--concurrency=2"]));
const { CHECKS } = await import("./checks.mjs");
for (const [name, run] of Object.entries(CHECKS)) count(name, run());
turbo(["test", "--concurrency=1", "--continue"]);

for (const dir of ["packages", "apps"])
  for (const name of existsSync(join(root, dir)) ? readdirSync(join(root, dir)) : []) {
    const file = join(root, dir, name, ".test-report.json");
    if (!existsSync(file)) {
      count(`${dir}/${name}: no test report`, false);
      continue;
    }
    const report = JSON.parse(readFileSync(file, "utf8"));
    passed += report.numPassedTests;
    failed += report.numFailedTests;
    // A file that cannot be loaded has no tests to count.
    for (const suite of report.testResults)
      if (suite.status === "failed" && suite.assertionResults.length === 0)
        count(suite.name.replace(root, ""), false);
  }
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
