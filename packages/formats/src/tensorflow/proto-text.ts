import { FormatError } from "../bytes/errors.js";
import { utf8Bytes } from "../bytes/sink.js";
import type { Field, Message } from "./proto.js";
import { decodeMessage } from "./proto.js";
import { TF_TYPES } from "./types.js";

const TOKEN =
  /\s*(?:#[^\n]*\n\s*)*([A-Za-z_][\w.]*|[-+]?(?:inf|nan)\b|[-+]?(?:0x[\da-fA-F]+|\d*\.?\d+(?:[eE][-+]?\d+)?f?|\d+\.(?:[eE][-+]?\d+)?f?)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[{}<>:,;[\]])/y;

const DT: ReadonlyMap<string, number> = new Map(
  TF_TYPES.map(([n, name]) => {
    const upper = name
      .toUpperCase()
      .replace("FLOAT32", "FLOAT")
      .replace("FLOAT64", "DOUBLE")
      .replace("FLOAT16", "HALF");
    return [`DT_${upper}`, n];
  }),
);

class Reader {
  pos = 0;
  token = "";
  constructor(readonly text: string) {
    this.next();
  }
  next(): string {
    const before = this.token;
    TOKEN.lastIndex = this.pos;
    const found = TOKEN.exec(this.text);
    if (found) {
      this.pos = TOKEN.lastIndex;
      this.token = found[1]!;
    } else {
      const rest = this.text.slice(this.pos).replace(/#[^\n]*(\n|$)/g, "");
      if (rest.trim() !== "")
        throw this.fail(JSON.stringify(rest.trim().slice(0, 20)), "a name, a value or a bracket");
      this.token = "";
    }
    return before;
  }
  fail(found: string, wanted: string): FormatError {
    return new FormatError({ format: "pbtxt", what: "the text", found, wanted, offset: this.pos });
  }
  take(token: string): boolean {
    if (this.token !== token) return false;
    this.next();
    return true;
  }
}

const SIMPLE: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, a: 7, b: 8, f: 12, v: 11 };

function unquote(token: string): Uint8Array {
  const out: number[] = [];
  const body = token.slice(1, -1);
  const pattern = /\\([0-7]{1,3}|x[\da-fA-F]{1,2}|.)|([^\\]+)/gs;
  for (const [, escaped, plain] of body.matchAll(pattern)) {
    if (plain !== undefined) out.push(...utf8Bytes(plain));
    else if (/^[0-7]/.test(escaped!)) out.push(Number.parseInt(escaped!, 8) & 255);
    else if (escaped![0] === "x" && escaped!.length > 1) out.push(Number.parseInt(escaped!.slice(1), 16));
    else out.push(SIMPLE[escaped!] ?? escaped!.charCodeAt(0));
  }
  return Uint8Array.from(out);
}

function scalar(r: Reader, f: Field<unknown>): unknown {
  const token = r.next();
  if (token === "") throw r.fail("cut off", "a value");
  if (f.kind === "string" || f.kind === "bytes") {
    if (!/^["']/.test(token)) throw r.fail(token, "a text in quotation marks");
    let bytes = unquote(token);
    while (/^["']/.test(r.token)) bytes = Uint8Array.from([...bytes, ...unquote(r.next())]);
    return f.kind === "bytes" ? bytes : new TextDecoder().decode(bytes);
  }
  if (f.kind === "bool") {
    if (!/^(true|false|t|f|0|1|True|False)$/.test(token)) throw r.fail(token, "true or false");
    return /^(t|T|1)/.test(token);
  }
  if (DT.has(token)) return DT.get(token);
  if (/^[-+]?inf/.test(token)) return token[0] === "-" ? -Infinity : Infinity;
  if (/^[-+]?nan$/.test(token)) return Number.NaN;
  const n = Number(token.replace(/f$/, ""));
  // Names of enumerations other than DataType stand in parts that nothing here reads.
  if (Number.isNaN(n)) return 0;
  if ((f.kind === "long" || f.kind === "uint64") && !Number.isSafeInteger(n)) {
    if (!/^[-+]?\d+$/.test(token)) throw r.fail(token, "a whole number");
    return BigInt(token);
  }
  return n;
}

function passOver(r: Reader, depth: number): void {
  if (depth > 100) throw r.fail("nested deeper than 100", "less depth");
  if (r.take("{") || r.take("<")) {
    while (r.token !== "}" && r.token !== ">") {
      if (r.token === "") throw r.fail("cut off", "}");
      r.next();
      r.take(":");
      passOver(r, depth + 1);
      if (!r.take(",")) r.take(";");
    }
    r.next();
  } else if (r.take("[")) {
    while (!r.take("]")) {
      if (r.token === "") throw r.fail("cut off", "]");
      r.next();
    }
  } else {
    const text = /^["']/.test(r.next());
    while (text && /^["']/.test(r.token)) r.next();
  }
}

function read<T>(r: Reader, type: Message<T>, end: string, depth: number): T {
  if (depth > 100) throw r.fail("nested deeper than 100", "less depth");
  const out = decodeMessage(type, new Uint8Array(0)) as Record<string, unknown>;
  while (r.token !== end) {
    if (r.token === "" || !/^[A-Za-z_]/.test(r.token))
      throw r.fail(r.token === "" ? "cut off" : r.token, end === "" ? "a field" : `a field or ${end}`);
    const key = r.next();
    const f = type.fields[key];
    const colon = r.take(":");
    if (!f) {
      passOver(r, depth);
      continue;
    }
    const value = (): unknown => {
      if (f.occurs === "map") {
        const pair = { key: undefined as unknown, value: undefined as unknown };
        const close = r.next() === "<" ? ">" : "}";
        while (r.token !== close) {
          if (r.token === "") throw r.fail("cut off", close);
          const part = r.next();
          r.take(":");
          if (part === "key") pair.key = scalar(r, { ...f, kind: f.key, occurs: "once" });
          else if (part === "value") pair.value = one(f);
          else passOver(r, depth);
        }
        r.next();
        const empty = (): unknown => (f.message ? decodeMessage(f.message(), new Uint8Array(0)) : "");
        return [pair.key ?? "", pair.value ?? empty()];
      }
      return one(f);
    };
    const one = (g: Field<unknown>): unknown => {
      if (!g.message) return scalar(r, g);
      const open = r.next();
      if (open !== "{" && open !== "<") throw r.fail(open === "" ? "cut off" : open, "{");
      return read(r, g.message(), open === "{" ? "}" : ">", depth + 1);
    };
    if (!colon && !f.message && f.occurs !== "map") throw r.fail(r.token, ":");
    const store = (v: unknown): void => {
      if (f.occurs === "many") (out[key] as unknown[]).push(v);
      else if (f.occurs === "map") {
        const [k, x] = v as [unknown, unknown];
        (out[key] as Map<unknown, unknown>).set(k, x);
      } else out[key] = v;
    };
    if (r.take("[")) {
      while (!r.take("]")) {
        store(value());
        if (!r.take(",") && r.token !== "]") throw r.fail(r.token || "cut off", ", or ]");
      }
    } else store(value());
    if (!r.take(",")) r.take(";");
  }
  r.next();
  return out as T;
}

/**
 * Reads a message in the text form of protocol buffers (`.pbtxt`); fields that are not described are passed over.
 *
 * @throws FormatError with the place in the text.
 */
export const parseMessage = <T>(type: Message<T>, text: string): T => read(new Reader(text), type, "", 0);

/** A text in quotation marks as protocol buffers' text form escapes it. */
export function quoted(text: string): string {
  let out = "";
  for (const b of utf8Bytes(text)) {
    const c = String.fromCharCode(b);
    if (b === 10) out += "\\n";
    else if (b === 9) out += "\\t";
    else if (b === 13) out += "\\r";
    else if (c === '"' || c === "'" || c === "\\") out += `\\${c}`;
    else out += b >= 32 && b < 127 ? c : `\\${b.toString(8).padStart(3, "0")}`;
  }
  return `"${out}"`;
}
