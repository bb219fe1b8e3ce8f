// Bundlers see which parts of a namespace a program uses where it is imported as one (`import * as ops from "…/ops"`), not all of
// them where another module exports it (`import { ops } from "…"`): there they keep the whole table with all its names.
import { parseAst } from "vite";
import { children } from "./syntax.mjs";

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

/** `Object.values(namespace)` in an expression. */
function* values(n) {
  if (
    n.type === "CallExpression" &&
    n.callee.object?.name === "Object" &&
    n.callee.property.name === "values" &&
    n.arguments[0]?.type === "Identifier"
  )
    yield n;
  for (const [, child] of children(n)) yield* values(child);
}

/**
 * The code of a chunk in which `Object.values` of a namespace of its own is a list: the names of a few hundred functions
 * are not there for those who do not ask for them.
 */
export function listedNamespaces(code) {
  const program = parseAst(code);
  const members = new Map();
  for (const { expression } of program.body)
    if (expression?.type === "CallExpression" && expression.callee.name === "__export")
      members.set(expression.arguments[0].name, expression.arguments[1].properties);
  let out = "";
  let end = 0;
  for (const call of values(program)) {
    const list = members.get(call.arguments[0].name);
    if (!list) continue;
    out += `${code.slice(end, call.start)}[${list.map((p) => p.value.body.name).join(", ")}]`;
    end = call.end;
  }
  return out + code.slice(end);
}
