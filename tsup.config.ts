import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { defineConfig } from "tsup";
import { mergedImports } from "./scripts/imports.mjs";
import { directNamespaces, listedNamespaces } from "./scripts/namespaces.mjs";
import { CHUNK, oneChunk } from "./scripts/one-chunk.mjs";
import { pure } from "./scripts/pure.mjs";
import { rowFacts } from "./scripts/row-facts.mjs";

// Runs in a package's folder: one entry an export, so that subpaths share their chunks with the root.
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
  name: string;
  exports: Record<string, { "@cognate/source"?: string }>;
};
const sources = Object.values(manifest.exports).flatMap((e) => e["@cognate/source"] ?? []);
const entry = Object.fromEntries(sources.map((s) => [s.replace("./src/", "").replace(/\.tsx?$/, ""), s]));

// Chunks are named by their content: those of the last build would stay.
for (const dir of ["dist/esm", "dist/cjs"]) rmSync(dir, { recursive: true, force: true });

/** The declarations that `tsc -b` wrote, beside the code of both module systems. */
function copyTypes(outDir: string): void {
  if (existsSync("dist/types"))
    cpSync("dist/types", outDir, {
      recursive: true,
      filter: (f) => !f.includes(".test.") && !f.endsWith(".tsbuildinfo"),
    });
}

/** Packages in which what initialises a variable has no other effect; the others fill registries on the way. */
const PURE = ["kernel", "tensor", "py", "formats", "torch"].map((n) => `@cognate/${n}`);
const direct = (code: string) => (code.includes('"@cognate/kernel"') ? directNamespaces(code) : code);
const plugins = [
  {
    name: "for-bundlers",
    renderChunk: (code: string) => {
      const merged = mergedImports(listedNamespaces(direct(code)));
      return { code: PURE.includes(manifest.name) ? pure(merged) : merged };
    },
  },
];

/** Packages that are one file for Node, whichever of their many entries is imported. */
const WHOLE = ["@cognate/torch"];
const whole = WHOLE.includes(manifest.name) ? oneChunk(entry, "dist/esm") : undefined;

/** `export * as nn from "./nn/index.js"` stays as it is where that is an entry of its own: bundlers look through it. */
const namespaces = {
  name: "namespaces",
  setup(build: {
    onResolve(
      options: { filter: RegExp },
      f: (args: { path: string; importer: string }) => { path: string; external: true } | undefined,
    ): void;
  }) {
    build.onResolve({ filter: /^\.\// }, ({ path, importer }) =>
      importer.endsWith("/src/index.ts") && path.slice(2).replace(/\.js$/, "") in entry
        ? { path, external: true }
        : undefined,
    );
  },
};

const rows = manifest.name === "@cognate/kernel" ? [rowFacts] : [];

const shared = {
  entry,
  splitting: true,
  sourcemap: false,
  clean: false,
  target: "es2022",
  platform: "neutral" as const,
  // Side effects within a package (methods put on classes) are kept; between packages `sideEffects: false` holds.
  // Names are not kept: nothing that is printed hangs on them (packages/testing/src/minified.test.ts), and the calls
  // that keep them are a sixth of a bundle.
  esbuildOptions: (o: { ignoreAnnotations?: boolean }) => {
    o.ignoreAnnotations = true;
  },
};

export default defineConfig([
  {
    ...shared,
    format: "esm",
    ...(whole && { entry: { [CHUNK]: "src/index.ts" } }),
    plugins,
    esbuildPlugins: [whole?.plugin ?? namespaces, ...rows],
    outDir: "dist/esm",
    outExtension: () => ({ js: ".js" }),
    onSuccess: async () => {
      whole?.write();
      copyTypes("dist/esm");
    },
  },
  {
    ...shared,
    format: "cjs",
    esbuildPlugins: rows,
    outDir: "dist/cjs",
    outExtension: () => ({ js: ".js" }),
    onSuccess: async () => {
      writeFileSync("dist/cjs/package.json", '{ "type": "commonjs" }\n');
      copyTypes("dist/cjs");
    },
  },
]);
