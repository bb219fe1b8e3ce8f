// Letters that Python's repr leaves as they are; the space is the only separator among them.
const UNPRINTABLE = /[\p{C}\p{Z}]/u;
const PLAIN = /^[ !#-&(-[\]-~]*$/;

const hex = (n: number, width: number): string => n.toString(16).padStart(width, "0");

/** How Python writes a character by its number. */
export function escaped(code: number): string {
  if (code < 0x100) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };

const quoteFor = (s: string): string => (s.includes("'") && !s.includes('"') ? '"' : "'");

/** Python's repr of a string: single quotes unless only those occur, escapes for what cannot be printed. */
export function stringRepr(s: string): string {
  if (PLAIN.test(s)) return `'${s}'`;
  const quote = quoteFor(s);
  let out = quote;
  for (const c of s) {
    const code = c.codePointAt(0)!;
    if (c === quote) out += `\\${c}`;
    else if (SHORT[c]) out += SHORT[c];
    else if (code >= 0x20 && code < 0x7f) out += c;
    else out += UNPRINTABLE.test(c) ? escaped(code) : c;
  }
  return out + quote;
}

/** Python's repr of bytes: `b'…'`. */
export function bytesRepr(bytes: Uint8Array): string {
  let [single, double] = [false, false];
  for (const b of bytes) {
    single ||= b === 0x27;
    double ||= b === 0x22;
  }
  const quote = single && !double ? '"' : "'";
  let out = `b${quote}`;
  for (const b of bytes) {
    const c = String.fromCharCode(b);
    if (c === quote) out += `\\${c}`;
    else if (SHORT[c]) out += SHORT[c];
    else out += b >= 0x20 && b < 0x7f ? c : `\\x${hex(b, 2)}`;
  }
  return out + quote;
}
