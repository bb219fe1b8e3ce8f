import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const packages = fileURLToPath(new URL("./packages/", import.meta.url));

export default defineConfig({
  resolve: {
    conditions: ["@cognate/source"],
    alias: readdirSync(packages).map((name) => ({
      find: new RegExp(`^@cognate/${name}(/.*)?$`),
      replacement: `${packages}${name}/src$1`,
    })),
  },
  test: {
    include: ["{packages,apps}/*/src/**/*.test.ts"],
    testTimeout: 60_000,
    pool: "forks",
    // COGNATE_WASM=simd|relaxed|off runs everything on one build of the kernels; Node 20 has relaxed SIMD behind a flag.
    execArgv:
      process.env.COGNATE_WASM === "relaxed" && process.versions.node.startsWith("20.")
        ? ["--experimental-wasm-relaxed-simd"]
        : [],
    // Every test file loads hundreds of modules; transforming them once is two thirds of the time.
    experimental: { fsModuleCache: true },
  },
});
