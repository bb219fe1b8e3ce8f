import { defineConfig } from "tsup";

export default defineConfig({
  entry: { cognate: "src/bin.ts", demo: "src/demo/main.ts" },
  format: "esm",
  target: "node20",
  platform: "node",
  outDir: "dist",
  outExtension: () => ({ js: ".js" }),
  clean: false,
  keepNames: true,
});
