// Bundlers see which parts of a namespace a program uses where it is imported as one (`import * as ops from "…/ops"`), not all of
// them where another module exports it (`import { ops } from "…"`): there they keep the whole table with all its names.
import { parseAst } from "vite";

/** Namespaces that modules import by name, and the entries that are these namespaces. */
const ENTRIES = new Map([["@cognate/kernel ops", "@cognate/kernel/ops"]]);

/** The code of a module whose imports of such namespaces go to their own entries. */
export function directNamespaces(code) {
  let out = "";
  let end = 0;
  for (const s of parseAst(code).body) {
    if (s.type !== "ImportDeclaration") continue;
    const entryOf = (m) =>
      m.type === "ImportSpecifier" ? ENTRIES.get(`${s.source.value} ${m.imported.name}`) : undefined;
    const direct = s.specifiers.filter(entryOf);
    if (direct.length === 0) continue;
    const rest = s.specifiers.filter((m) => !direct.includes(m)).map((m) => code.slice(m.start, m.end));
    out += code.slice(end, s.start);
    out += direct.map((m) => `import * as ${m.local.name} from "${entryOf(m)}";`).join("\n");
    if (rest.length > 0) out += `\nimport { ${rest.join(", ")} } from "${s.source.value}";`;
    end = s.end;
  }
  return out + code.slice(end);
}
