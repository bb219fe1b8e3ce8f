import { FormatError } from "../../bytes/errors.js";

export type TokenKind =
  | "name"
  | "int"
  | "float"
  | "imaginary"
  | "text"
  | "mark"
  | "line"
  | "in"
  | "out"
  | "end";

export interface Token {
  readonly kind: TokenKind;
  /** The text itself, of a text what it stands for. */
  readonly text: string;
  readonly line: number;
  /** Characters before it. */
  readonly offset: number;
}

const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NUMBER = /(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:[eE][+-]?[0-9]+)?j?/y;
const SPACE = /[ \t]*/y;
const COMMENT = /#[^\n]*/y;
const TEXT = /"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*'/y;
const MARK = /->|\*\*|==|[()[\]{}:.,=\-*]/y;

const at = (pattern: RegExp, text: string, offset: number): string | undefined => {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
};

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\u0007",
  b: "\b",
  f: "\f",
  v: "\v",
};

/** What a quoted text stands for; octal and hexadecimal escapes are bytes of UTF-8. */
function unquoted(quoted: string): string {
  const inner = quoted.slice(1, -1);
  if (!inner.includes("\\")) return inner;
  const bytes = new TextEncoder();
  const out: number[] = [];
  for (const [part] of inner.matchAll(/\\(?:[0-7]{1,3}|x[0-9a-fA-F]{2}|.)|[^\\]+/gsu)) {
    const octal = /^\\([0-7]{1,3})$/.exec(part);
    const hex = /^\\x(..)$/.exec(part);
    if (octal) out.push(Number.parseInt(octal[1]!, 8) & 0xff);
    else if (hex) out.push(Number.parseInt(hex[1]!, 16));
    else
      for (const b of bytes.encode(part[0] === "\\" ? (ESCAPES[part[1]!] ?? part.slice(1)) : part))
        out.push(b);
  }
  return new TextDecoder().decode(Uint8Array.from(out));
}

/**
 * The tokens of a program, with the beginning and end of indented blocks among them. Within brackets lines do not end.
 *
 * @throws FormatError for a character that begins nothing, and for indentation that fits no block
 */
export function tokensOf(text: string, file: string): Token[] {
  const out: Token[] = [];
  const indents = [0];
  let [offset, line, depth] = [0, 1, 0];
  const put = (kind: TokenKind, piece: string): void => {
    out.push({ kind, text: piece, line, offset });
  };
  const fail = (found: string, wanted: string): FormatError =>
    new FormatError({ format: "torch", what: `line ${line} of ${file}`, found, wanted, offset });
  /** Blocks that begin or end with the line at `offset`; blank lines belong to the block before. */
  const indent = (): void => {
    const width = at(SPACE, text, offset)!.length;
    const next = text[offset + width];
    offset += width;
    if (next === undefined || next === "\n" || next === "\r" || next === "#") return;
    if (width > indents.at(-1)!) {
      indents.push(width);
      put("in", "");
    }
    while (width < indents.at(-1)!) {
      indents.pop();
      put("out", "");
    }
    if (width !== indents.at(-1)) throw fail("indented like no line above", "a block's indentation");
  };
  /** Ends a line that holds something. */
  const end = (): void => {
    if (out.length > 0 && !["line", "in", "out"].includes(out.at(-1)!.kind)) put("line", "");
  };
  indent();
  while (offset < text.length) {
    const c = text[offset]!;
    if (c === "\n") {
      if (depth === 0) end();
      offset++;
      line++;
      if (depth === 0) indent();
      continue;
    }
    const skipped = c === "\r" ? c : (at(COMMENT, text, offset) ?? at(SPACE, text, offset)!);
    if (skipped.length > 0) {
      offset += skipped.length;
      continue;
    }
    const name = at(NAME, text, offset);
    const number = name === undefined ? at(NUMBER, text, offset) : undefined;
    const quoted = at(TEXT, text, offset);
    const mark = at(MARK, text, offset);
    const piece = name ?? number ?? quoted ?? mark;
    if (piece === undefined) throw fail(JSON.stringify(c), "a name, number, text or mark");
    if (name !== undefined) put("name", name);
    else if (number !== undefined)
      put(number.endsWith("j") ? "imaginary" : /[.eE]/.test(number) ? "float" : "int", number);
    else if (quoted !== undefined) put("text", unquoted(quoted));
    else {
      put("mark", piece);
      if ("([{".includes(piece)) depth++;
      if (")]}".includes(piece)) depth--;
    }
    offset += piece.length;
  }
  end();
  for (let i = 1; i < indents.length; i++) put("out", "");
  put("end", "");
  return out;
}
