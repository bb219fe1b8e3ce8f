import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test, vi } from "vitest";

// Real users' questions as ports, kept outside the repository because they quote their sources; where that folder is
// not, there is nothing to run.
const folder =
  process.env.COGNATE_SEEDS ?? fileURLToPath(new URL("../../../../shared/seeds/", import.meta.url));

interface Entry {
  readonly id: string;
  readonly ts: string;
  readonly stdout: string;
  readonly rtol: number;
  readonly atol: number;
}

/** Some of them train for thousands of steps; a busy machine is no failure. */
const SLOWEST = 300_000;

const packages = fileURLToPath(new URL("../../", import.meta.url));

/** The packages a port imports that are not there yet: such a port has nothing to run on. */
const missing = (entry: Entry): string[] =>
  [...readFileSync(join(folder, entry.ts), "utf8").matchAll(/@cognate\/([\w-]+)/g)]
    .map((m) => m[1]!)
    .filter((name) => !existsSync(join(packages, name, "package.json")));

/** Declares the tests of every `count`th port from `first` on: they run in as many files, side by side. */
export function portsOfSeeds(first: number, count: number): void {
  describe.runIf(existsSync(folder))("ports of users' questions", () => {
    const here = existsSync(folder) ? folder : "";
    const work = mkdtempSync(join(tmpdir(), "cognate-seeds-"));
    const entries = here ? (JSON.parse(readFileSync(join(here, "index.json"), "utf8")) as Entry[]) : [];
    if (here) {
      cpSync(here, work, { recursive: true });
      // The originals are read only; one port saves a file into data/.
      for (const name of readdirSync(work, { recursive: true, encoding: "utf8" }))
        chmodSync(join(work, name), 0o755);
    }
    afterAll(() => rmSync(work, { recursive: true, force: true }));
    const cwd = process.cwd();

    test.each(entries.filter((e, i) => i % count === first && missing(e).length === 0))(
      "$id",
      async (entry) => {
        const { compare } = (await import(join(work, "compare.mjs"))) as {
          compare(
            expected: string,
            actual: string,
            rtol: number,
            atol: number,
          ): { ok: boolean; why?: string };
        };
        let text = "";
        // Each port is a program of its own: print options, seeds and automatic names of the one before are not its.
        vi.resetModules();
        const { setOutput } = await import("@cognate/py");
        const before = setOutput((s) => {
          text += s;
        });
        process.chdir(work);
        try {
          await import(join(work, entry.ts));
        } finally {
          process.chdir(cwd);
          setOutput(before);
        }
        const result = compare(readFileSync(join(work, entry.stdout), "utf8"), text, entry.rtol, entry.atol);
        expect(result.why ?? "same").toBe("same");
      },
      SLOWEST,
    );
  });
}
