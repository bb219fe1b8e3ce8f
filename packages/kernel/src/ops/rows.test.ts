/// <reference types="node" />
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { OpRow } from "./row.js";
import { eachRow } from "./rows.js";
import * as table from "./table.js";

const root = fileURLToPath(new URL(".", import.meta.url));
const text = (file: string): string => readFileSync(root + file, "utf8");

/** Where each row stands: family and file. */
const places = new Map(
  [...text("table.ts").matchAll(/export \{([^}]*)\} from "\.\/([^"]+)\.js"/g)].flatMap(([, names, file]) =>
    [...names!.matchAll(/\w+/g)].map(([name]) => [name, `${file}.ts`] as const),
  ),
);
const listed = text("rows.ts");
const common = new Map([...places].filter(([, f]) => listed.includes(`"./${f.replace(".ts", ".js")}"`)));
const own = new Map([...places].filter(([name]) => !common.has(name)));

test("Every row of the table is told once", () => {
  const seen: OpRow[] = [];
  eachRow((row) => void seen.push(row));
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual(expect.arrayContaining(Object.values(table)));
  expect(own.size).toBeGreaterThan(50);
});

/** Names of methods that a text calls, without those in comments. */
const called = (code: string): Set<string> =>
  new Set(
    [...code.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "").matchAll(/[\w)\]?!]\.(\w+)\(/g)].map(
      ([, name]) => name!,
    ),
  );

test("A row of a family of its own is called by name only where `uses` keeps it", () => {
  const families = readdirSync(root, { withFileTypes: true }).filter((d) => d.isDirectory());
  for (const { name: family } of families)
    for (const file of readdirSync(root + family)) {
      if (!file.endsWith(".ts") || file.endsWith(".test.ts")) continue;
      const code = text(`${family}/${file}`);
      const kept = new Set(
        [...code.matchAll(/uses: \(\): Rows => \[([^\]]*)\]/g)].flatMap((m) => m[1]!.split(", ")),
      );
      const missing = [...called(code)].filter((name) => own.has(name) && !kept.has(name));
      // `toPlaces` is a part of derivatives of rows in other files, which name `maxUnpool` themselves.
      expect(missing, `${family}/${file}`).toEqual(file === "max-engine.ts" ? ["maxUnpool"] : []);
    }
  for (const file of ["max-pool", "adaptive-max-pool", "fractional-max-pool"])
    expect(text(`pool/${file}.ts`)).toContain("uses: (): Rows => [maxUnpool]");
});
