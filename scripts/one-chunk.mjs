// A package with many entries as one chunk that holds all code, and entries that only name parts of it: Node opens a file an
// entry instead of one for each set of entries that something is shared by. For bundlers nothing changes, they look into the chunk.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { buildSync } from "esbuild";

/** The name of the chunk's file, without its ending; `sideEffects` of the packages matches it. */
export const CHUNK = "chunk-all";

const textOf = (entry) => readFileSync(entry, "utf8");

/** `export * as nn from "./nn/index.js"` of entries that are themselves such modules: [name, entry]. */
const namespacesOf = (file, entries) =>
  [...textOf(file).matchAll(/^export \* as (\w+) from "(\.[^"]+)\.js";$/gm)]
    .map(([, name, path]) => [name, posix.join(posix.dirname(file), path).replace(/^src\//, "")])
    .filter(([, entry]) => entry in entries);

/** The names that each entry exports: `entries` maps names of entries to their sources. */
function exportsOf(entries) {
  const { metafile } = buildSync({
    entryPoints: entries,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "neutral",
    packages: "external",
    outdir: "out",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const bySource = new Map();
  for (const { entryPoint, exports } of Object.values(metafile.outputs))
    if (entryPoint) bySource.set(entryPoint, exports);
  return Object.entries(entries).map(([name, source]) => {
    const file = posix.normalize(source);
    const namespaces = namespacesOf(file, entries);
    const own = bySource.get(file).filter((e) => !namespaces.some(([n]) => n === e));
    return { name, file, namespaces, own };
  });
}

const prefixed = (entry, name) => `${entry.replace(/\W/g, "_")}$${name}`;

/** The plugin that makes the chunk, and a function that writes the entries beside it. */
export function oneChunk(entries, outDir) {
  const all = exportsOf(entries);
  const plugin = {
    name: "one-chunk",
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ kind }) =>
        kind === "entry-point" ? { path: CHUNK, namespace: CHUNK } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: CHUNK }, () => ({
        contents: all
          .map(
            ({ name, file, own }) =>
              `export { ${own.map((e) => `${e} as ${prefixed(name, e)}`)} } from "./${file}";`,
          )
          .join("\n"),
        resolveDir: process.cwd(),
        loader: "ts",
      }));
    },
  };
  const write = () => {
    for (const { name, namespaces, own } of all) {
      const path = (to) => {
        const from = posix.relative(posix.dirname(name), to);
        return `${from.startsWith(".") ? "" : "./"}${from}.js`;
      };
      const lines = [
        `export { ${own.map((e) => `${prefixed(name, e)} as ${e}`).join(", ")} } from "${path(CHUNK)}";`,
        ...namespaces.map(([n, entry]) => `export * as ${n} from "${path(entry)}";`),
      ];
      const file = join(outDir, `${name}.js`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${lines.join("\n")}\n`);
    }
  };
  return { plugin, write };
}
