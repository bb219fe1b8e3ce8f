// The main job on real files: installs if needed, builds, and runs apps/cli/src/demo.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import "./install-if-needed.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const { turbo } = await import("./turbo.mjs");
if (!turbo("build", "--concurrency=2", "--filter=@cognate/cli")) process.exit(1);
const args = [`${root}apps/cli/dist/demo.js`, ...process.argv.slice(2)];
process.exit(spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status ?? 1);
