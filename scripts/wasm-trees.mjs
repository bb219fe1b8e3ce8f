// Compiles packages/kernel/wasm/trees into a module of its own, whose memory is not the kernel's (see
// packages/kernel/src/wasm/trees.ts). `node scripts/wasm-trees.mjs` writes it, `--check` fails where it is out of date.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packed } from "./wasm-pack.mjs";

const root = fileURLToPath(new URL("../packages/kernel/", import.meta.url));
const sources = join(root, "wasm/trees");
const target = join(root, "src/wasm/trees.generated.ts");
const OPTIONS = ["--runtime", "stub", "-O3", "--noAssert", "--uncheckedBehavior", "always", "--importMemory"];
const FEATURES = ["--use", "abort=", "--enable", "simd", "--enable", "bulk-memory"];

const hash = createHash("sha256").update(JSON.stringify([OPTIONS, FEATURES]));
for (const f of readdirSync(sources).sort())
  hash.update(f).update(readFileSync(join(sources, f), "utf8").replaceAll("\r\n", "\n"));
const id = hash.digest("hex").slice(0, 32);

if (process.argv.includes("--check")) {
  if (!readFileSync(target, "utf8").includes(`"${id}"`)) {
    console.error(
      'packages/kernel/src/wasm/trees.generated.ts is older than packages/kernel/wasm/trees: run "npm run wasm".',
    );
    process.exit(1);
  }
} else {
  const folder = mkdtempSync(join(tmpdir(), "cognate-wasm-"));
  try {
    const out = join(folder, "trees.wasm");
    const asc = fileURLToPath(new URL("../node_modules/assemblyscript/bin/asc.js", import.meta.url));
    execFileSync(process.execPath, [asc, join(sources, "index.ts"), ...OPTIONS, ...FEATURES, "-o", out], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    const code = readFileSync(out);
    console.log(`trees: ${code.length} bytes`);
    writeFileSync(
      target,
      `// Written by scripts/wasm-trees.mjs from packages/kernel/wasm/trees.\n/** Digest of the sources. */\nexport const TREE_SOURCES = "${id}";\n/** Length of the code in bytes, and the code as scripts/wasm-pack.mjs packs it. */\nexport const TREES_LENGTH = ${code.length};\nexport const TREES =\n  "${packed([code])}";\n`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
