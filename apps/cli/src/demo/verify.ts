import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Report } from "./report.js";

/** Where the environment names a Python with the library. */
const PYTHON = { torch: "COGNATE_PYTHON_TORCH", keras: "COGNATE_PYTHON_TF" } as const;

/** Lets the real library open what was saved in `out`, where there is one. @returns whether it found nothing wrong */
export function verify(library: keyof typeof PYTHON, folder: string, out: string, report: Report): boolean {
  const variable = PYTHON[library];
  const python = process.env[variable];
  if (!python) {
    report.line(`(Set ${variable} to a Python that has the library, and it will open the saved file, too.)`);
    return true;
  }
  const { status, stdout, stderr, error } = spawnSync(python, [join(folder, "verify.py"), library, out], {
    encoding: "utf8",
  });
  report.line((stdout ?? "").trimEnd() || `${python}: ${error?.message ?? stderr}`);
  return status === 0;
}
