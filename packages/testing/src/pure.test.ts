import { transformSync } from "esbuild";
import { expect, test } from "vitest";

type Pure = (code: string) => string;
const load = async (): Promise<Pure> =>
  ((await import("../../../scripts/pure.mjs" as string)) as { pure: Pure }).pure;

/** What a bundler keeps of a module of which nothing is used. */
const kept = (code: string): string =>
  transformSync(code, {
    minifySyntax: true,
    minifyWhitespace: true,
    treeShaking: true,
    format: "esm",
  }).code.trim();

const MODULE = `
import { make, base, nameClass, keywordMethods, register, Remote } from "./other.js";
var one = make({ name: "one", run: (x) => x.y.z });
var many = new Map(Object.entries({ a: 1 }).map(([k, v]) => [v, k]));
var [low, high] = make("pair");
var [left, right] = [make(1), make(2)];
var { fround, abs: size } = Math;
var member = base.prototype.member;
var text = "\${one.name}";
var power = 2 ** -32;
var most = { float64: Number.MAX_VALUE, float32: 2 ** 127 };
var Plain = class { x = 1; };
var Kind = class extends base { static list = make(); static { this.more = 2; } };
nameClass("a.Kind", Kind);
keywordMethods("Kind", Kind, { run: "x y" });
var names = {};
__export(names, { one: () => one, Kind: () => Kind });
`;

test("nothing is left of a module that only computes values", async () => {
  const pure = await load();
  expect(kept(MODULE)).toContain("make(");
  expect(kept(pure(MODULE))).toMatch(/^import\{[^}]*\}from"\.\/other\.js";$/);
});

test("effects stay, with what they need, in their order", async () => {
  const pure = await load();
  const code = pure(`
import { register, nameClass, Remote } from "./other.js";
var used = make("used");
register(used);
var unused = make("unused");
for (const x of make("list")) register(x);
nameClass("not ours", Remote);
var late = class {};
nameClass(later, late);
var later = make("name");
`);
  const rest = kept(code);
  expect(rest).toContain("register(");
  expect(rest).toContain('"used"');
  expect(rest).toContain('"list"');
  expect(rest).toContain('"not ours"');
  expect(rest).not.toContain('"unused"');
  // What a statement needs must be there before it may move to its class.
  expect(code.indexOf("nameClass(later, late)")).toBeGreaterThan(code.indexOf("class {}"));
  expect(code).not.toContain("return late");
});

test("values are what they were", async () => {
  const pure = await load();
  const code = `
var seen = [];
var make = (x) => (seen.push(x), { x });
var nameClass = (name, C) => { C.title = name; return C; };
var one = make(1);
var [p, q] = [make(2), make(3)];
var { x: r } = make(4);
var Kind = class { static own = make(5); static self() { return Kind; } };
nameClass("K", Kind);
var last = Kind.title + Kind.name + (Kind.self() === Kind);
return JSON.stringify([seen, one, p, q, r, Kind.own, last]);
`;
  const body = code.replace(/return (.*);\n$/, "globalThis.__result = $1;\n");
  const run = (text: string): unknown => {
    new Function(text)();
    return (globalThis as { __result?: unknown }).__result;
  };
  expect(run(pure(body))).toBe(run(body));
});
