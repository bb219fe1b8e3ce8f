// What rows of the op table carry for the suites that are derived from them stays in the sources: published packages would
// bring sample inputs and edge values to every user.
import { readFile } from "node:fs/promises";
import { transformSync } from "esbuild";
import { parseAst } from "vite";
import { children } from "./syntax.mjs";

/** What no published code reads. */
const FACTS = new Set(["domain", "samples", "source", "special", "tolerance"]);

/** What tells the specification of a row, or a part of one, from other objects. */
const TELLING = new Set(["name", "run", "vjp", "noGradient"]);

const keyOf = (p) => (p.type === "Property" && !p.computed ? p.key.name : undefined);

/** The properties of facts in the specifications of rows. */
function* facts(n) {
  if (n.type === "ObjectExpression" && n.properties.some((p) => TELLING.has(keyOf(p))))
    yield* n.properties.filter((p) => FACTS.has(keyOf(p)));
  for (const [, child] of children(n)) yield* facts(child);
}

/** The code of a module without the facts of its rows. */
export function withoutFacts(code) {
  let out = "";
  let end = 0;
  for (const { start, end: stop } of [...facts(parseAst(code))].sort((a, b) => a.start - b.start)) {
    out += code.slice(end, start);
    end = code[stop] === "," ? stop + 1 : stop;
  }
  return out + code.slice(end);
}

/** A plugin of esbuild that leaves the facts out of a package's rows. */
export const rowFacts = {
  name: "row-facts",
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/]ops[\\/].*\.ts$/ }, async ({ path }) => {
      const { code } = transformSync(await readFile(path, "utf8"), { loader: "ts", target: "es2022" });
      return { contents: withoutFacts(code), loader: "js" };
    });
  },
};
