// The checks that are no unit tests, one function each; `npm run check` runs them all.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { programSizes } from "./programs.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));

/** Runs a script beside others; what it prints is shown when it is done. Whether it ended well. */
function nodeWith(env, ...args) {
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });
  const out = [];
  child.stdout.on("data", (d) => out.push(d));
  child.stderr.on("data", (d) => out.push(d));
  return new Promise((resolve) => {
    child.on("close", (status) => {
      process.stdout.write(Buffer.concat(out));
      resolve(status === 0);
    });
  });
}
const node = (...args) => nodeWith({}, ...args);

const manifest = (room) => JSON.parse(readFileSync(join(root, room, "package.json"), "utf8"));
const published = (dir) =>
  readdirSync(join(root, dir))
    .map((name) => join(dir, name))
    .filter((room) => !manifest(room).private);

/** A package with all it needs, as a program for browsers. */
function bundled(name) {
  try {
    return buildSync({
      stdin: { contents: `export * from "${name}"`, resolveDir: root },
      bundle: true,
      minify: true,
      format: "esm",
      platform: "browser",
      write: false,
      logLevel: "silent",
    });
  } catch (error) {
    console.error(`${name} cannot be bundled: ${error.message}`);
    return {};
  }
}

/** Minified and compressed size of what importing a package alone costs, against the budget in its package.json. */
function sizes() {
  let ok = true;
  for (const room of published("packages")) {
    const { name, sizeLimit } = manifest(room);
    const { outputFiles, warnings } = bundled(name);
    if (!outputFiles) {
      ok = false;
      continue;
    }
    // A bundler that leaves out a file whose effects a package needs says so.
    const lost = warnings.filter((w) => w.id === "ignored-bare-import");
    if (lost.length > 0) {
      console.error(
        `${name}: bundlers leave out ${lost[0].location.lineText}; its sideEffects should name it`,
      );
      ok = false;
    }
    const kb = gzipSync(outputFiles[0].contents, { level: 9 }).length / 1024;
    const fits = sizeLimit !== undefined && kb <= sizeLimit;
    console.log(`size ${name}: ${kb.toFixed(1)} kB of ${sizeLimit ?? "no sizeLimit given"}`);
    if (!fits) ok = false;
  }
  for (const { name, kb, sizeLimit, works, printed } of programSizes()) {
    console.log(`size of a program, ${name}: ${kb.toFixed(1)} kB of ${sizeLimit}`);
    if (!works) console.error(`${name}: its bundle prints ${printed}`);
    if (kb > sizeLimit || !works) ok = false;
  }
  return ok;
}

/** Every fixture that lock.json names is there and unchanged, and all of them stay small. */
function fixtures() {
  const lock = JSON.parse(readFileSync(join(root, "test-fixtures/lock.json"), "utf8"));
  let ok = true;
  for (const [path, { sha256 }] of Object.entries(lock)) {
    const file = join(root, "test-fixtures", path);
    const hash = existsSync(file) ? createHash("sha256").update(readFileSync(file)).digest("hex") : "missing";
    if (hash !== sha256) {
      console.error(`test-fixtures/${path}: ${hash}, lock.json says ${sha256}`);
      ok = false;
    }
    if (hash !== "missing" && statSync(file).size > 5e6) {
      console.error(`test-fixtures/${path}: over 5 MB`);
      ok = false;
    }
  }
  return ok;
}

async function packaging() {
  let ok = true;
  for (const room of [...published("packages"), ...published("apps")]) {
    const { messages, pkg } = await publint({ pkgDir: join(root, room), level: "warning", pack: false });
    for (const m of messages) {
      console.error(`${pkg.name}: ${formatMessage(m, pkg)}`);
      ok = false;
    }
  }
  return ok;
}
/**
 * The whole suite of the kernel on the build of the fast kernels that the package's own tests do not run on, and on the
 * references alone. Where Node has relaxed SIMD, the package's own tests run on that. The sweep of fast kernels is on both
 * builds there.
 */
const kernelSuite = (build) => {
  return nodeWith(
    { COGNATE_WASM: build },
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=dot",
    "--exclude",
    "packages/kernel/src/wasm/sweep/**",
    "packages/kernel/src",
  );
};

/** The long ones come first. */
export const CHECKS = {
  "kernel suite with COGNATE_WASM=simd": () => kernelSuite("simd"),
  "kernel suite with COGNATE_WASM=off": () => kernelSuite("off"),
  "lint and format": () => node("node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."),
  boundaries: () => node("scripts/boundaries.mjs"),
  "op table up to date": () => node("scripts/op-table.mjs", "--check"),
  "fast kernels up to date": () => node("scripts/wasm.mjs", "--check"),
  "size budgets": sizes,
  packaging,
  fixtures,
};

/** Runs all checks, two at a time; `told` hears of each. */
export async function runChecks(told) {
  const left = Object.entries(CHECKS);
  const runner = async () => {
    for (let next = left.shift(); next; next = left.shift()) told(next[0], await next[1]());
  };
  await Promise.all([runner(), runner()]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  let failures = 0;
  await runChecks((name, ok) => {
    console.log(`${ok ? "ok" : "FAILED"}  ${name}`);
    if (!ok) failures++;
  });
  process.exit(failures ? 1 : 0);
}
