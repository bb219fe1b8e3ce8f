// Runs the compiler of AssemblyScript.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const compiler = fileURLToPath(new URL("../node_modules/assemblyscript/bin/asc.js", import.meta.url));

/** The code that the compiler makes of a source. */
export function compiled(source, options) {
  const folder = mkdtempSync(join(tmpdir(), "cognate-wasm-"));
  try {
    const out = join(folder, "code.wasm");
    execFileSync(process.execPath, [compiler, source, ...options, "-o", out], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
