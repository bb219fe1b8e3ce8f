// Runs the tests of the package in whose folder it is called and leaves a report for the final count.
import { spawnSync } from "node:child_process";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const here = relative(root, process.cwd());
const { status } = spawnSync(
  process.execPath,
  [
    `${root}node_modules/vitest/vitest.mjs`,
    "run",
    "--root",
    root,
    "--passWithNoTests",
    "--reporter=dot",
    "--reporter=json",
    `--outputFile.json=${here}/.test-report.json`,
    `${here}/`,
  ],
  { cwd: root, stdio: "inherit" },
);
process.exit(status ?? 1);
