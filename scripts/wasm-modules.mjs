// Compiles folders of packages/kernel/wasm into modules of their own, whose memory is not the kernel's (see
// packages/kernel/src/wasm/arena.ts). `node scripts/wasm.mjs` writes them, with `--check` fails where one is out of date.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compiled } from "./wasm-asc.mjs";
import { packed, plain } from "./wasm-pack.mjs";

/** What unpacks the others; it has a memory that it makes itself, and stands as it is. */
const UNPACKER = "unpack";
export const MODULES = [UNPACKER, "svm", "trees"];

const root = fileURLToPath(new URL("../packages/kernel/", import.meta.url));
const OPTIONS = ["--runtime", "stub", "--noAssert", "--uncheckedBehavior", "always"];
const FEATURES = ["--use", "abort=", "--enable", "simd", "--enable", "bulk-memory"];
const forModule = (name) =>
  name === UNPACKER ? ["-O3", "--shrinkLevel", "2", "--initialMemory", "1"] : ["-O3", "--importMemory"];
/** What a module takes from other families. */
const SHARED = { svm: ["precise/lanes.ts", "precise/scalar.ts", "precise/tables.ts", "rows/panels.ts"] };

/** A digest of a module's sources and of the compiler's options. */
function digest(name) {
  const sources = join(root, "wasm");
  const hash = createHash("sha256").update(JSON.stringify([OPTIONS, forModule(name), FEATURES]));
  const files = readdirSync(join(sources, name)).sort();
  for (const f of [...files.map((f) => `${name}/${f}`), ...(SHARED[name] ?? [])])
    hash.update(f).update(readFileSync(join(sources, f), "utf8").replaceAll("\r\n", "\n"));
  return hash.digest("hex").slice(0, 32);
}

const compile = (name) =>
  compiled(join(root, "wasm", name, "index.ts"), [...OPTIONS, ...forModule(name), ...FEATURES]);

/** Writes `src/wasm/<name>.generated.ts`, or checks that it belongs to the sources as they are. */
export function writeModule(name) {
  const target = join(root, `src/wasm/${name}.generated.ts`);
  const id = digest(name);
  if (process.argv.includes("--check")) {
    if (readFileSync(target, "utf8").includes(`"${id}"`)) return;
    console.error(
      `packages/kernel/src/wasm/${name}.generated.ts is older than packages/kernel/wasm/${name}: run "npm run wasm".`,
    );
    process.exit(1);
  }
  const code = compile(name);
  console.log(`${name}: ${code.length} bytes`);
  const constant = name.toUpperCase();
  writeFileSync(
    target,
    `// Written by scripts/wasm.mjs from packages/kernel/wasm/${name}.
/** Digest of the sources. */
export const ${constant}_SOURCES = "${id}";
${
  name === UNPACKER
    ? `/** The code. */
export const ${constant} =
  "${plain(code)}";`
    : `/** Length of the code in bytes, and the code as scripts/wasm-pack.mjs packs it. */
export const ${constant}_LENGTH = ${code.length};
export const ${constant} =
  "${packed([code])}";`
}
`,
  );
}
