// Every check of the project: types, build, lint and format, boundaries, the op table, sizes, packaging, fixtures, tests.
// Ends with the line "N passed, N failed".
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { turbo } from "./turbo.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
let passed = 0;
let failed = 0;
const count = (name, ok) => {
  if (ok) passed++;
  else failed++;
  if (!ok) console.error(`failed: ${name}`);
};

count("types and build", turbo("build", "--concurrency=2"));
const { runChecks } = await import("./checks.mjs");
await runChecks(count);
// A report of an earlier run must not stand for one that this run does not write.
const manifest = (room) => JSON.parse(readFileSync(join(root, room, "package.json"), "utf8"));
const rooms = ["packages", "apps"]
  .flatMap((dir) => readdirSync(join(root, dir)).map((name) => join(dir, name)))
  .filter((room) => manifest(room).scripts?.test);
for (const room of rooms) rmSync(join(root, room, ".test-report.json"), { force: true });
turbo("test", "--concurrency=2", "--continue");

for (const room of rooms) {
  const file = join(root, room, ".test-report.json");
  if (!existsSync(file)) {
    count(`${room}: no test report`, false);
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
