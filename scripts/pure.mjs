// Marks what the top level of a module computes as free of effects, so that bundlers leave out what a program does not use:
// `var f = make(...)` becomes `var f = /* @__PURE__ */ make(...)`. In this repository a module's effects stand in statements
// of their own (methods put on classes, registries filled); what initialises a variable has none but the variable.
import { parseAst } from "vite";
import { children } from "./syntax.mjs";

/** Globals whose members are known to bundlers as constants and pure functions; those of `Number` are not. */
const KNOWN = new Set(["Math", "Object", "Symbol", "Infinity", "NaN"]);

const primitive = (n) =>
  n.type === "Literal" ||
  (n.type === "UnaryExpression" && n.operator !== "delete" && primitive(n.argument)) ||
  (n.type === "TemplateLiteral" && n.expressions.every(primitive));

/** Whether a bundler sees by itself that an expression has no effects. */
function plain(n) {
  if (n === null || primitive(n)) return true;
  switch (n.type) {
    case "Identifier":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ThisExpression":
      return true;
    case "ParenthesizedExpression":
      return plain(n.expression);
    case "ArrayExpression":
      return n.elements.every((e) => e === null || (e.type !== "SpreadElement" && plain(e)));
    case "ObjectExpression":
      return n.properties.every(
        (p) => p.type === "Property" && (!p.computed || primitive(p.key)) && plain(p.value),
      );
    case "ConditionalExpression":
      return plain(n.test) && plain(n.consequent) && plain(n.alternate);
    case "LogicalExpression":
      return plain(n.left) && plain(n.right);
    case "UnaryExpression":
      return ["!", "typeof", "void"].includes(n.operator) && plain(n.argument);
    case "MemberExpression":
      return !n.computed && n.object.type === "Identifier" && KNOWN.has(n.object.name);
    case "ClassExpression":
      return plainClass(n);
    case "NewExpression":
      return (
        n.callee.type === "Identifier" &&
        ["Map", "Set", "WeakMap", "WeakSet"].includes(n.callee.name) &&
        n.arguments.length === 0
      );
    default:
      return false;
  }
}

const plainClass = (n) =>
  (n.superClass === null || n.superClass.type === "Identifier") &&
  n.body.body.every(
    (m) =>
      m.type !== "StaticBlock" &&
      (!m.computed || primitive(m.key) || plain(m.key)) &&
      (m.type !== "PropertyDefinition" || !m.static || plain(m.value)),
  );

/** How the initialiser of a variable is marked: nothing, text before it, or a function around it. */
function marked(code, name, n) {
  const text = code.slice(n.start, n.end);
  if (plain(n)) return text;
  if (n.type === "ClassExpression" && n.id?.name === name)
    return `/* @__PURE__ */ (() => { ${text} return ${name}; })()`;
  if (n.type === "ClassExpression")
    return `/* @__PURE__ */ (() => { var ${name} = ${text}; return ${name}; })()`;
  const called = n.type === "CallExpression" || n.type === "NewExpression";
  if (called && n.arguments.every((a) => a.type !== "SpreadElement" && plain(a)))
    return `/* @__PURE__ */ ${text}`;
  return `/* @__PURE__ */ (() => ${n.type === "ObjectExpression" ? `(${text})` : text})()`;
}

/** Functions whose only effect is on the class that they are given, and which of their arguments that is. */
const ON_CLASS = new Map([
  ["nameClass", 1],
  ["classNames.set", 0],
  ["keywordMethods", 1],
  ["hide", 0],
  ["lazy", 0],
  ["makeLazy", 0],
  ["answersInspector", 0],
  ["exposeName", 0],
  ["Object.defineProperty", 0],
  ["Object.defineProperties", 0],
  ["__export", 0],
]);

/** The variable that a statement changes and nothing else, or `undefined`. */
function changed(s) {
  if (s.type !== "ExpressionStatement" || s.expression.type !== "CallExpression") return undefined;
  const { callee, arguments: args } = s.expression;
  const name =
    callee.type === "MemberExpression" && !callee.computed
      ? `${callee.object.name}.${callee.property.name}`
      : callee.name?.replace(/\d+$/, "");
  const at = ON_CLASS.get(name);
  let target = at === undefined ? undefined : args[at];
  if (target?.type === "MemberExpression" && target.property.name === "prototype") target = target.object;
  return target?.type === "Identifier" ? target.name : undefined;
}

/** Names that an expression reads when it is evaluated: not those in functions. */
function* reads(n) {
  if (n.type === "FunctionExpression" || n.type === "ArrowFunctionExpression") return;
  if (n.type === "Identifier") yield n.name;
  for (const [key, child] of children(n)) {
    if (n.type === "MemberExpression" && key === "property" && !n.computed) continue;
    if (n.type === "Property" && key === "key" && !n.computed) continue;
    yield* reads(child);
  }
}

/** Declarators of a statement of the top level as [name, initialiser], or `null`; patterns of names are taken apart. */
function variables(s) {
  const declaration = s.type === "ExportNamedDeclaration" ? s.declaration : s;
  if (declaration?.type === "ClassDeclaration")
    return [{ name: declaration.id.name, init: { ...declaration, type: "ClassExpression" } }];
  if (declaration?.type !== "VariableDeclaration") return null;
  const out = [];
  for (const { id, init } of declaration.declarations) {
    if (id.type === "Identifier") {
      out.push({ name: id.name, init });
      continue;
    }
    const keys =
      id.type === "ArrayPattern"
        ? id.elements.map((e, i) => [e, i])
        : id.properties.map((p) => [p.value, p.computed || p.type === "RestElement" ? null : p.key.name]);
    if (keys.some(([e, key]) => e?.type !== "Identifier" || key === null)) return null;
    const parts = init.type === "ArrayExpression" ? init.elements : null;
    if (parts?.length === keys.length && parts.every((e) => e && e.type !== "SpreadElement"))
      out.push(...keys.map(([e, i]) => ({ name: e.name, init: parts[i] })));
    else {
      const all = `${keys[0][0].name}$all`;
      out.push({ name: all, init, hidden: true });
      for (const [e, key] of keys)
        out.push({ name: e.name, text: `/* @__PURE__ */ (() => ${all}[${JSON.stringify(key)}])()` });
    }
  }
  return out;
}

/** The code of a module with its initialisers marked. */
export function pure(code) {
  const { body } = parseAst(code);
  // Where variables get their values; functions and imports have theirs from the beginning.
  const at = new Map();
  const found = body.map((s) => variables(s));
  found.forEach((list, i) => {
    for (const { name } of list ?? []) at.set(name, i);
  });
  body.forEach((s, i) => {
    if (s.type === "VariableDeclaration" && found[i] === null)
      for (const name of reads(s)) if (!at.has(name)) at.set(name, i);
  });
  const moved = new Map();
  body.forEach((s, i) => {
    const name = changed(s);
    const home = at.get(name);
    if (home === undefined || home >= i || found[home] === null) return;
    for (const read of reads(s.expression)) if (read !== name && (at.get(read) ?? -1) >= home) return;
    moved.set(s, name);
  });
  const edits = [];
  body.forEach((s, i) => {
    if (moved.has(s)) edits.push([s.start, s.end, ""]);
    const list = found[i];
    if (list === null) return;
    const declaration = s.type === "ExportNamedDeclaration" ? s.declaration : s;
    const kind = declaration.kind ?? "const";
    const changes = [...moved.values()];
    if (
      kind === "const" &&
      declaration.type === "ClassDeclaration" &&
      plainClass(declaration) &&
      !changes.includes(list[0].name)
    )
      return;
    const declared = list.map(({ name, init, text }) => {
      const more = [...moved].filter(([, n]) => n === name).map(([m]) => code.slice(m.start, m.end));
      if (more.length > 0)
        return `${name} = /* @__PURE__ */ (() => { ${init.type === "ClassExpression" && init.id?.name === name ? "" : `var ${name} = `}${code.slice(init.start, init.end)}; ${more.join(" ")} return ${name}; })()`;
      return init === null ? name : `${name} = ${text ?? marked(code, name, init)}`;
    });
    edits.push([declaration.start, declaration.end, `${kind} ${declared.join(", ")};`]);
  });
  let out = "";
  let end = 0;
  for (const [start, stop, text] of edits) {
    out += code.slice(end, start) + text;
    end = stop;
  }
  return out + code.slice(end);
}

/** What is left at the top level that may have effects: [line, first words]. */
export function effects(code) {
  const { body } = parseAst(code);
  const out = [];
  for (const s of body) {
    const declaration = s.type === "ExportNamedDeclaration" ? s.declaration : s;
    if (s.type.startsWith("Import") || s.type.startsWith("ExportAll") || declaration === null) continue;
    if (declaration.type === "FunctionDeclaration" || declaration.type === "ClassDeclaration") continue;
    if (
      declaration.type === "VariableDeclaration" &&
      declaration.declarations.every((d) => d.id.type === "Identifier")
    )
      continue;
    out.push([
      code.slice(0, s.start).split("\n").length,
      code
        .slice(s.start, s.start + 110)
        .split("\n")
        .join(" "),
    ]);
  }
  return out;
}
