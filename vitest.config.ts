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
    // Every test file loads hundreds of modules; transforming them once is two thirds of the time.
    experimental: { fsModuleCache: true },
  },
});
