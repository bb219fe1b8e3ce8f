import type { FormatError } from "./errors.js";

/**
 * Parses JSON in which no object may have a key twice: `JSON.parse` alone keeps the last silently, so that two readers
 * could see different things in one file.
 *
 * @throws what `fail` makes of a description of what is wrong.
 */
export function parseJson(text: string, fail: (found: string) => FormatError): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw Object.assign(fail(`no JSON (${(cause as Error).message})`), { cause });
  }
  const twice = duplicateKey(text);
  if (twice !== undefined) throw fail(`JSON with the key ${JSON.stringify(twice)} twice`);
  return value;
}

/** The first key that an object of valid JSON has twice. */
function duplicateKey(text: string): string | undefined {
  /** One set of keys for each open object, `null` for each open array. */
  const open: (Set<string> | null)[] = [];
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]]/g;
  const colon = /[ \t\n\r]*:/y;
  for (let m = token.exec(text); m; m = token.exec(text)) {
    const t = m[0];
    if (t === "{") open.push(new Set());
    else if (t === "[") open.push(null);
    else if (t === "}" || t === "]") open.pop();
    else {
      colon.lastIndex = token.lastIndex;
      const keys = open[open.length - 1];
      if (!keys || !colon.test(text)) continue;
      const key = t.includes("\\") ? (JSON.parse(t) as string) : t.slice(1, -1);
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return undefined;
}
