import { expect, test } from "vitest";

type Merged = (code: string) => string;
const merged: Merged = ((await import("../../../scripts/imports.mjs" as string)) as { mergedImports: Merged })
  .mergedImports;
const lines = (code: string): string[] => code.split("\n").filter(Boolean);

test("each name of another module is imported once", () => {
  const code = `import { a, b as c } from "x";
import { a as a2, b as b2, d } from "x";
import * as all from "x";
import * as all2 from "x";
import { a as a3 } from "y";
import plain, { a as a4 } from "x";
use(a, a2, a3, a4, c, b2, d, all.q, all2.q, plain);`;
  expect(lines(merged(code))).toEqual([
    'import * as all from "x";',
    'import { a, b as c, d } from "x";',
    'import { a as a3 } from "y";',
    'import plain, { a as a4 } from "x";',
    "use(a, a, a3, a4, c, c, d, all.q, all.q, plain);",
  ]);
});

test("names of properties, methods and labels stay, and what is exported keeps its name", () => {
  const code = `import { a } from "x";
import { a as a2 } from "x";
var q = { a2, a: a2, a2: 1, [a2]: 2 };
function f({ a2: { k = a2 } }) { a2: for (;;) break a2; return q.a2 + q[a2]; }
class K extends a2 { a2() {} x = a2; }
export { a2, q as b2, a2 as c };`;
  expect(lines(merged(code))).toEqual([
    'import { a } from "x";',
    "var q = { a2: a, a: a, a2: 1, [a]: 2 };",
    "function f({ a2: { k = a } }) { a2: for (;;) break a2; return q.a2 + q[a]; }",
    "class K extends a { a2() {} x = a; }",
    "export { a as a2, q as b2, a as c };",
  ]);
});

test("a name that a function has for its own is refused", () => {
  const code = `import { a } from "x";
import { a as a2 } from "x";
`;
  expect(() => merged(`${code}var f = ({ k: [a] }) => a2 + a;`)).toThrow("a is imported");
  expect(() => merged(`${code}function f() { for (const a of a2) a(); }`)).toThrow("a is imported");
});
