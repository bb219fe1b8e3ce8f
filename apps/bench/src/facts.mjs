// What a package costs before it does anything: its size in a bundle, and the time of its import in Node.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";
import { programSizes } from "../../../scripts/programs.mjs";

const packages = fileURLToPath(new URL("../../../packages", import.meta.url));

export const bundle = (contents, options = {}) =>
  buildSync({
    stdin: { contents, resolveDir: packages },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    conditions: ["@cognate/source"],
    ignoreAnnotations: true,
    write: false,
    logLevel: "silent",
    ...options,
  }).outputFiles[0].text;

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];

/** Sizes of typical programs in kB; none where the packages are not built. */
function programs() {
  try {
    return Object.fromEntries(programSizes().map(({ name, kb }) => [name, Math.round(kb)]));
  } catch {
    return {};
  }
}

/** Packages as they are published. */
const BUILT = { conditions: ["import"], ignoreAnnotations: false };

/** Minified and compressed size in kB of each published package with all that it needs, and its import in milliseconds; none of packages that are not built. */
export function facts() {
  const bundles = {};
  const importMs = {};
  for (const room of readdirSync(packages).sort()) {
    const { name, private: hidden } = JSON.parse(readFileSync(`${packages}/${room}/package.json`, "utf8"));
    if (hidden || !existsSync(`${packages}/${room}/dist`)) continue;
    bundles[name] = Math.round(
      gzipSync(bundle(`export * from "${name}"`, BUILT), { level: 9 }).length / 1024,
    );
    const program = bundle(
      `const began = performance.now(); const it = await import("${name}"); console.log(performance.now() - began, !!it);`,
      { ...BUILT, platform: "node", minify: false },
    );
    importMs[name] = median(
      Array.from({ length: 5 }, () =>
        Number(
          execFileSync(process.execPath, ["--input-type=module", "-"], {
            input: program,
            encoding: "utf8",
          }).split(" ")[0],
        ),
      ),
    );
  }
  return { bundles, programs: programs(), importMs };
}
