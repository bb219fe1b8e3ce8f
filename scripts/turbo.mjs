// Runs the build graph's tasks with turbo, which keeps what did not change.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

/** @returns whether all of it succeeded */
export const turbo = (...args) =>
  spawnSync(
    process.execPath,
    [join(root, "node_modules/turbo/bin/turbo"), "run", ...args, "--output-logs=new-only"],
    {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
    },
  ).status === 0;
