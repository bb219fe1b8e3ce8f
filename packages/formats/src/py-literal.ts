import type { FormatError } from "./bytes/errors.js";

/** A value of the Python literals that NumPy's headers consist of. */
export type Literal = string | number | boolean | null | Literal[] | { [key: string]: Literal };

const TOKEN = /\s*(?:([{}[\](),:])|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(-?[0-9]+)L?|(True|False|None))/y;

/**
 * Reads one Python literal of dicts, lists, tuples, strings, whole numbers, booleans and None; tuples become arrays.
 *
 * @throws what `fail` makes of a description of what is wrong.
 */
export function pyLiteral(text: string, fail: (found: string) => FormatError): Literal {
  let at = 0;
  let depth = 0;
  type Token = { kind: "p" | "v"; value: Literal };
  const next = (): Token => {
    TOKEN.lastIndex = at;
    const m = TOKEN.exec(text);
    if (!m) throw fail(`${JSON.stringify(text.slice(at, at + 20))} at its character ${at}`);
    at = TOKEN.lastIndex;
    if (m[1] !== undefined) return { kind: "p", value: m[1] };
    const quoted = m[2] ?? m[3];
    if (quoted !== undefined) return { kind: "v", value: quoted.replace(/\\(.)/g, "$1") };
    if (m[4] !== undefined) return { kind: "v", value: Number(m[4]) };
    return { kind: "v", value: m[5] === "None" ? null : m[5] === "True" };
  };
  const peek = (): Token => {
    const before = at;
    const token = next();
    at = before;
    return token;
  };
  const isPunctuation = (t: Token, p: string): boolean => t.kind === "p" && t.value === p;
  const value = (): Literal => {
    const t = next();
    if (t.kind === "v") return t.value;
    if (++depth > 16) throw fail("nested deeper than any header");
    const closer = { "[": "]", "(": ")", "{": "}" }[t.value as string];
    if (closer === undefined) throw fail(`${t.value} where a value should be`);
    const out = t.value === "{" ? entries() : items(closer, t.value === "(");
    depth--;
    return out;
  };
  const items = (closer: string, tuple: boolean): Literal => {
    const out: Literal[] = [];
    let commas = 0;
    while (!isPunctuation(peek(), closer)) {
      out.push(value());
      if (!isPunctuation(peek(), ",")) break;
      next();
      commas++;
    }
    if (!isPunctuation(next(), closer)) throw fail(`a list without its ${closer}`);
    // Parentheses alone make no tuple.
    return tuple && out.length === 1 && commas === 0 ? out[0]! : out;
  };
  const entries = (): Literal => {
    const out: { [key: string]: Literal } = Object.create(null);
    while (!isPunctuation(peek(), "}")) {
      const key = next();
      if (key.kind !== "v" || typeof key.value !== "string") throw fail("a key that is no string");
      if (!isPunctuation(next(), ":")) throw fail(`no colon after the key ${key.value}`);
      if (key.value in out) throw fail(`the key ${key.value} twice`);
      out[key.value] = value();
      if (!isPunctuation(peek(), ",")) break;
      next();
    }
    if (!isPunctuation(next(), "}")) throw fail("a dict without its }");
    return out;
  };
  const out = value();
  if (text.slice(at).trim() !== "") throw fail(`${JSON.stringify(text.slice(at, at + 20))} after its end`);
  return out;
}
