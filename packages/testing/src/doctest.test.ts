import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type Example, examplesOf, examplesOfMarkdown, runExample } from "./doctest.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const packages = `${root}packages/`;
const sources = readdirSync(packages, { recursive: true, encoding: "utf8" })
  .filter((f) => /^\w+\/src\/.*\.ts$/.test(f) && !f.endsWith(".test.ts"))
  .sort();

const documented: [string, Example[]][] = sources
  .map((file): [string, Example[]] => [file, examplesOf(readFileSync(packages + file, "utf8"))])
  .filter(([, examples]) => examples.length > 0);

const pages: [string, Example[]][] = readdirSync(root)
  .filter((file) => file.endsWith(".md"))
  .map((file) => [file, examplesOfMarkdown(readFileSync(root + file, "utf8"))]);

test("the README shows what it prints", () => {
  expect(Object.fromEntries(pages)["README.md"]!.length).toBeGreaterThan(3);
});

describe.each([...documented, ...pages.filter(([, examples]) => examples.length > 0)])(
  "%s",
  (_file, examples) => {
    test.each(examples.map((e) => ({ ...e })))("example at line $line", async ({ code, prints }) => {
      expect((await runExample(code)).trimEnd()).toBe(prints);
    });
  },
);
