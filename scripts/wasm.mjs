// Compiles the AssemblyScript kernels of packages/kernel/wasm into one TypeScript module that holds all builds.
// `node scripts/wasm.mjs` writes it, `--check` fails where it does not belong to the sources as they are.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { compiled } from "./wasm-asc.mjs";
import { MODULES, writeModule } from "./wasm-modules.mjs";
import { difference, packed } from "./wasm-pack.mjs";

const root = fileURLToPath(new URL("../packages/kernel/", import.meta.url));
const sources = join(root, "wasm");
const target = join(root, "src/wasm/generated.ts");

const COMMON = [
  "--runtime",
  "stub",
  "-O3",
  "--noAssert",
  "--uncheckedBehavior",
  "always",
  "--importMemory",
  // A maximum must stand in the import for the memory to be shareable.
  "--maximumMemory",
  "65536",
  "--use",
  "abort=",
  "--enable",
  "simd",
  "--enable",
  "bulk-memory",
];
// What the compiler keeps for the common part lies behind that of the other builds; both end below 16384.
const BUILDS = {
  simd: ["index.ts"],
  relaxed: ["index.ts", "--enable", "relaxed-simd"],
  common: ["common.ts", "--memoryBase", "8192"],
};

/** A digest of all sources and of the compiler's options. */
function digest() {
  const hash = createHash("sha256").update(JSON.stringify([COMMON, BUILDS]));
  const files = readdirSync(sources, { recursive: true })
    .filter((f) => f.endsWith(".ts") && !MODULES.some((name) => f.startsWith(name)))
    .map((f) => f.split(sep).join("/"))
    .sort();
  for (const f of files)
    hash
      .update(f)
      .update("\0")
      .update(readFileSync(join(sources, f), "utf8").replaceAll("\r\n", "\n"));
  return hash.digest("hex").slice(0, 32);
}

// Kernels with memory of their own.
for (const name of MODULES) writeModule(name);

const id = digest();

if (process.argv.includes("--check")) {
  if (!readFileSync(target, "utf8").includes(`"${id}"`)) {
    console.error(
      `${relative(process.cwd(), target)} is older than packages/kernel/wasm: run "npm run wasm".`,
    );
    process.exit(1);
  }
} else {
  const bytes = Object.fromEntries(
    Object.entries(BUILDS).map(([name, [file, ...options]]) => {
      const code = compiled(join(sources, file), [...COMMON, ...options]);
      console.log(`${name}: ${code.length} bytes`);
      return [name, code];
    }),
  );
  // The two builds differ in little but the instructions of a fused multiply-add.
  const parts = [bytes.simd, bytes.common, difference(bytes.simd, bytes.relaxed)];
  writeFileSync(
    target,
    `// Written by scripts/wasm.mjs from packages/kernel/wasm.
/** Digest of the sources. */
export const SOURCES = "${id}";
/** Digests of the builds, for the test that unpacks them. */
export const DIGESTS = ${JSON.stringify(Object.fromEntries(Object.entries(bytes).map(([k, b]) => [k, createHash("sha256").update(b).digest("hex").slice(0, 32)])))};
/** Lengths of the parts of \`CODE\` in bytes: the SIMD build, the common part, and what the relaxed build has otherwise. */
export const PARTS = [${parts.map((p) => p.length).join(", ")}] as const;
export const CODE =
  "${packed(parts)}";
`,
  );
}
