import { FormatError } from "../bytes/errors.js";
import { utf8Bytes } from "../bytes/sink.js";
import { sortedEntries } from "./ubjson.js";
import { DEEPEST, emptyObject, isNumberArray, type ModelObject, type ModelValue, Single } from "./values.js";

const NUMBER = /-?(?:\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|Infinity)|NaN/y;
const PLAIN = /[^"\\]*/y;
const SPACE = /[ \t\r\n]*/y;
const CONTROL = /\p{Cc}/u;
const CONTROLS = /["\\\p{Cc}]/gu;
const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};
const escaped = (c: string): string =>
  SHORT[c] ?? (c < " " ? `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}` : c);
const WORDS: readonly (readonly [string, ModelValue])[] = [
  ["null", null],
  ["true", true],
  ["false", false],
];

class Parser {
  private at = 0;
  constructor(private readonly text: string) {}

  private fail(found: string, wanted: string, at = this.at): FormatError {
    // Characters are not bytes; the place is counted only when it is needed.
    const offset = utf8Bytes(this.text.slice(0, at)).length;
    return new FormatError({ format: "xgboost.json", what: "the text", found, wanted, offset });
  }
  private shown(): string {
    const part = this.text.slice(this.at, this.at + 12);
    return part === "" ? "at its end" : JSON.stringify(part);
  }
  private space(): void {
    SPACE.lastIndex = this.at;
    SPACE.test(this.text);
    this.at = SPACE.lastIndex;
  }
  private next(ch: string): boolean {
    this.space();
    if (this.text[this.at] !== ch) return false;
    this.at++;
    return true;
  }
  private need(ch: string): void {
    if (!this.next(ch)) throw this.fail(this.shown(), JSON.stringify(ch));
  }

  whole(): ModelValue {
    const v = this.value(0);
    this.space();
    if (this.at < this.text.length) throw this.fail(this.shown(), "nothing more");
    return v;
  }

  private value(depth: number): ModelValue {
    this.space();
    const ch = this.text[this.at];
    if (ch === "{" || ch === "[") {
      if (depth >= DEEPEST) throw this.fail("nested too deep", `at most ${DEEPEST} levels`);
      this.at++;
      return ch === "{" ? this.object(depth + 1) : this.array(depth + 1);
    }
    if (ch === '"') return this.string();
    NUMBER.lastIndex = this.at;
    const m = NUMBER.exec(this.text);
    if (m) {
      this.at = NUMBER.lastIndex;
      return Number(m[0]);
    }
    for (const [word, v] of WORDS)
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return v;
      }
    throw this.fail(this.shown(), "a value");
  }

  private object(depth: number): ModelObject {
    const out = emptyObject();
    if (this.next("}")) return out;
    do {
      this.space();
      const at = this.at;
      const key = this.string();
      if (key in out) throw this.fail(`the key ${JSON.stringify(key)} a second time`, "keys once", at);
      this.need(":");
      out[key] = this.value(depth);
    } while (this.next(","));
    this.need("}");
    return out;
  }

  private array(depth: number): ModelValue[] {
    const out: ModelValue[] = [];
    if (this.next("]")) return out;
    do out.push(this.value(depth));
    while (this.next(","));
    this.need("]");
    return out;
  }

  private string(): string {
    const from = this.at;
    if (this.text[from] !== '"') throw this.fail(this.shown(), "a string");
    this.at++;
    for (;;) {
      PLAIN.lastIndex = this.at;
      PLAIN.test(this.text);
      this.at = PLAIN.lastIndex;
      const ch = this.text[this.at];
      if (ch === undefined) throw this.fail("a string without an end", 'a closing "', from);
      this.at++;
      if (ch === '"') break;
      this.at++;
    }
    const raw = this.text.slice(from, this.at);
    if (!raw.includes("\\") && !CONTROL.test(raw)) return raw.slice(1, -1);
    try {
      // Some versions write line breaks as they are.
      const lines = raw.replaceAll(/\p{Cc}/gu, escaped);
      return JSON.parse(lines) as string;
    } catch {
      throw this.fail("a string that cannot be read", "JSON's escapes", from);
    }
  }
}

/**
 * Reads JSON as XGBoost writes it, with `NaN` and `Infinity`.
 *
 * @throws FormatError with the byte offset
 */
export function readModelJson(bytes: Uint8Array | string): ModelValue {
  if (typeof bytes === "string") return new Parser(bytes).whole();
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new FormatError({
      format: "xgboost.json",
      what: "the text",
      found: "not valid UTF-8",
      wanted: "UTF-8",
      offset: 0,
    });
  }
  return new Parser(text).whole();
}

/** The fewest digits that give the same float32, with an exponent: `5E-1`. */
export function singleText(v: number): string {
  if (Number.isNaN(v)) return "NaN";
  if (!Number.isFinite(v)) return v > 0 ? "Infinity" : "-Infinity";
  if (v === 0) return Object.is(v, -0) ? "-0E0" : "0E0";
  const single = Math.fround(v);
  for (let digits = 0; digits < 9; digits++) {
    const text = single.toExponential(digits);
    if (Math.fround(Number(text)) === single) return tidy(text);
  }
  return tidy(single.toExponential(8));
}

const tidy = (text: string): string => text.replace("e+", "E").replace("e", "E");

const quoted = (text: string): string => `"${text.replaceAll(CONTROLS, escaped)}"`;

/** Writes JSON as XGBoost does: keys in order, no spaces, floats by the fewest digits. */
export function writeModelJson(v: ModelValue): string {
  if (v === null || typeof v === "boolean" || typeof v === "number") return String(v);
  if (typeof v === "string") return quoted(v);
  if (v instanceof Single) return singleText(v.value);
  if (isNumberArray(v)) {
    const parts: string[] = new Array(v.length);
    const float = v instanceof Float32Array || v instanceof Float64Array;
    for (let i = 0; i < v.length; i++) parts[i] = float ? singleText(Number(v[i])) : String(v[i]);
    return `[${parts.join(",")}]`;
  }
  if (Array.isArray(v)) return `[${(v as readonly ModelValue[]).map(writeModelJson).join(",")}]`;
  const entries = sortedEntries(v as ModelObject).map(([k, x]) => `${quoted(k)}:${writeModelJson(x)}`);
  return `{${entries.join(",")}}`;
}
