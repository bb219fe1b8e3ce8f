import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Example, examplesOf, runExample } from "./doctest.js";

const packages = new URL("../../", import.meta.url).pathname;
const sources = readdirSync(packages, { recursive: true, encoding: "utf8" })
  .filter((f) => /^\w+\/src\/.*\.ts$/.test(f) && !f.endsWith(".test.ts"))
  .sort();

const documented: [string, Example[]][] = sources
  .map((file): [string, Example[]] => [file, examplesOf(readFileSync(packages + file, "utf8"))])
  .filter(([, examples]) => examples.length > 0);

describe.each(documented)("%s", (_file, examples) => {
  test.each(examples.map((e) => ({ ...e })))("example at line $line", async ({ code, prints }) => {
    expect((await runExample(code)).trimEnd()).toBe(prints);
  });
});
