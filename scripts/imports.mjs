// A file that is made of many modules imports the same names from another package once a module, each time under another local
// name. Here each name is imported once: bundlers that leave the other package outside would keep all of them.
import { parseAst } from "vite";
import { children } from "./syntax.mjs";

/** Identifiers that stand for variables, with the node around them. */
function* variables(n, parent = null) {
  if (n.type === "Identifier") yield [n, parent];
  for (const [key, child] of children(n)) {
    const named = key === "property" || key === "label" || (key === "key" && !n.shorthand);
    if (named && !n.computed) continue;
    // The key of `{ x }` is its value, too.
    if (key === "key" && n.shorthand) continue;
    yield* variables(child, n);
  }
}

/** Names that a pattern binds. */
function* bound(n) {
  if (n === null || typeof n !== "object") return;
  if (n.type === "Identifier") yield n.name;
  else if (n.type === "Property") yield* bound(n.value);
  else if (n.type === "AssignmentPattern") yield* bound(n.left);
  else if (n.type === "RestElement") yield* bound(n.argument);
  else for (const each of n.elements ?? n.properties ?? []) yield* bound(each);
}

/** Names of variables that are declared within functions and blocks. */
function* inner(n, top = true) {
  for (const each of n.params ?? []) yield* bound(each);
  if (n.type === "CatchClause") yield* bound(n.param);
  if (!top && n.type === "VariableDeclarator") yield* bound(n.id);
  if (!top && /^(Function|Class)/.test(n.type)) yield* bound(n.id);
  const deeper = ["VariableDeclaration", "ExportNamedDeclaration", "Program"].includes(n.type);
  for (const [, child] of children(n)) yield* inner(child, top && deeper);
}

/** The code of a module in which each name of another module is imported once. */
export function mergedImports(code) {
  const program = parseAst(code);
  const { body } = program;
  const named = body.filter(
    (s) =>
      s.type === "ImportDeclaration" &&
      s.specifiers.length > 0 &&
      s.specifiers.every((m) => m.type !== "ImportDefaultSpecifier"),
  );
  const hidden = new Set(inner(program));
  /** By source, the local name of each name that is imported. */
  const sources = new Map();
  const renamed = new Map();
  for (const { source, specifiers } of named) {
    const locals = sources.get(source.value) ?? new Map();
    sources.set(source.value, locals);
    for (const { imported, local } of specifiers) {
      const name = imported?.name ?? "*";
      const one = locals.get(name);
      if (one === undefined) locals.set(name, local.name);
      else if (hidden.has(one))
        throw new Error(`${one} is imported, and the name of a variable of a function`);
      else renamed.set(local.name, one);
    }
  }
  const edits = named.map(({ start, end, source }) => {
    const locals = sources.get(source.value);
    sources.delete(source.value);
    if (!locals) return [start, end, ""];
    const list = [...locals].map(([name, local]) => (name === local ? name : `${name} as ${local}`));
    const all = list.filter((text) => text.startsWith("* "));
    const names = list.filter((text) => !all.includes(text));
    if (names.length > 0) all.push(`{ ${names.join(", ")} }`);
    return [start, end, all.map((text) => `import ${text} from ${source.raw};`).join("\n")];
  });
  for (const s of body)
    if (!named.includes(s))
      for (const [{ name, start, end }, parent] of variables(s)) {
        const now = renamed.get(name);
        if (!now) continue;
        const short =
          parent?.shorthand || (parent?.type === "ExportSpecifier" && parent.start === parent.exported.start);
        if (parent?.type === "ExportSpecifier" && start !== parent.local.start) continue;
        edits.push([
          start,
          end,
          !short ? now : parent.type === "Property" ? `${name}: ${now}` : `${now} as ${name}`,
        ]);
      }
  edits.sort((a, b) => a[0] - b[0]);
  let out = "";
  let at = 0;
  for (const [start, end, text] of edits) {
    if (start < at) continue;
    out += code.slice(at, start) + text;
    at = end;
  }
  return out + code.slice(at);
}
