import type { Cursor } from "../bytes/cursor.js";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 in which lone surrogates may stand (Python's `surrogatepass`); `undefined` for anything else that is broken. */
export function decodeSurrogatePass(raw: Uint8Array): string | undefined {
  const n = raw.length;
  // Short ASCII, which is nearly everything, costs less without the decoder.
  if (n < 32) {
    let text = "";
    let i = 0;
    for (; i < n && raw[i]! < 0x80; i++) text += String.fromCharCode(raw[i]!);
    if (i === n) return text;
  }
  try {
    return strict.decode(raw);
  } catch {
    return decodeWithSurrogates(raw);
  }
}

/** Decodes between the lone surrogates (ED A0..BF xx), which are three bytes each. */
function decodeWithSurrogates(raw: Uint8Array): string | undefined {
  let out = "";
  let from = 0;
  try {
    for (let i = 0; i + 2 < raw.length; i++) {
      if (raw[i] !== 0xed || raw[i + 1]! < 0xa0 || raw[i + 1]! > 0xbf || (raw[i + 2]! & 0xc0) !== 0x80)
        continue;
      out += strict.decode(raw.subarray(from, i));
      out += String.fromCharCode(0xd000 | ((raw[i + 1]! & 0x3f) << 6) | (raw[i + 2]! & 0x3f));
      from = i + 3;
      i += 2;
    }
    return out + strict.decode(raw.subarray(from));
  } catch {
    return undefined;
  }
}

/** UTF-8 in which lone surrogates are written as they are. */
export function encodeSurrogatePass(text: string): Uint8Array {
  if (!/\p{Surrogate}/u.test(text)) return new TextEncoder().encode(text);
  const out: number[] = [];
  for (const ch of text) {
    const c = ch.codePointAt(0)!;
    if (c >= 0xd800 && c <= 0xdfff) out.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 0x3f), 0x80 | (c & 0x3f));
    else out.push(...new TextEncoder().encode(ch));
  }
  return Uint8Array.from(out);
}

const SIMPLE: Readonly<Record<string, number>> = {
  "\\": 92,
  "'": 39,
  '"': 34,
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
};

/** The bytes of a Python 2 string literal as protocol 0 wrote it, quotes included. */
export function unquote(c: Cursor, literal: string, at: number): Uint8Array {
  const text = literal.replace(/[ \t\r]+$/, "");
  const quote = text[0];
  if (text.length < 2 || (quote !== "'" && quote !== '"') || text.at(-1) !== quote)
    throw c.fail("a string", JSON.stringify(text.slice(0, 40)), "text in quotes", at);
  const out = new Uint8Array(text.length - 2);
  let n = 0;
  for (let i = 1; i < text.length - 1; i++) {
    if (text[i] !== "\\") {
      out[n++] = text.charCodeAt(i);
      continue;
    }
    const next = text[++i]!;
    const octal = /^[0-7]{1,3}/.exec(text.slice(i, i + 3));
    const hex = next === "x" ? /^[0-9a-fA-F]{2}/.exec(text.slice(i + 1, i + 3)) : null;
    if (i >= text.length - 1)
      throw c.fail("a string", "an escape without an end", "a character after the backslash", at);
    if (hex) {
      out[n++] = Number.parseInt(hex[0], 16);
      i += 2;
    } else if (octal) {
      out[n++] = Number.parseInt(octal[0], 8);
      i += octal[0].length - 1;
    } else if (Object.hasOwn(SIMPLE, next)) out[n++] = SIMPLE[next]!;
    else {
      out[n++] = 92;
      out[n++] = next.charCodeAt(0);
    }
  }
  return out.subarray(0, n);
}

/** Python's raw-unicode-escape: only `\uXXXX` and `\UXXXXXXXX` are escapes. */
export function rawUnicodeEscape(c: Cursor, text: string, at: number): string {
  return text.replace(
    /(?<!\\)((?:\\\\)*)\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/g,
    (_, slashes: string, code: string) => {
      const point = Number.parseInt(code.slice(1), 16);
      if (point > 0x10ffff)
        throw c.fail("a string", `the character U+${code.slice(1)}`, "at most U+10ffff", at);
      return slashes + String.fromCodePoint(point);
    },
  );
}
