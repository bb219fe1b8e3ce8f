import { LookupError, TypeError, UnicodeDecodeError } from "../exceptions.js";
import { typeName } from "../protocol/type-name.js";

const ENCODINGS: Readonly<Record<string, string>> = {
  utf8: "utf-8",
  ascii: "ascii",
  usascii: "ascii",
  latin1: "latin-1",
  iso88591: "latin-1",
};

/** Bytes that spell nothing, with Python's reason. */
interface Flaw {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

/** Lowest and highest second byte after the lead bytes that restrict it, so that every character has one spelling. */
const SECOND: Readonly<Record<number, readonly [number, number]>> = {
  224: [0xa0, 0xbf],
  237: [0x80, 0x9f],
  240: [0x90, 0xbf],
  244: [0x80, 0x8f],
};

function* utf8Flaws(bytes: Uint8Array): Generator<Flaw> {
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i]!;
    const length = lead < 0x80 ? 1 : lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    let end = i + 1;
    for (; end < i + length && end < bytes.length; end++) {
      const [low, high] = (end === i + 1 ? SECOND[lead] : undefined) ?? [0x80, 0xbf];
      if (bytes[end]! < low || bytes[end]! > high) break;
    }
    if (length === 0) yield { start: i, end, reason: "invalid start byte" };
    else if (end < i + length)
      yield {
        start: i,
        end,
        reason: end < bytes.length ? "invalid continuation byte" : "unexpected end of data",
      };
    i = end;
  }
}

function* asciiFlaws(bytes: Uint8Array): Generator<Flaw> {
  for (let i = 0; i < bytes.length; i++)
    if (bytes[i]! > 127) yield { start: i, end: i + 1, reason: "ordinal not in range(128)" };
}

/** `str(bytes, encoding)` of UTF-8, ASCII or Latin-1. @throws UnicodeDecodeError for what the bytes do not spell */
export function decodeBytes(x: unknown, encoding: string, errors = "strict"): string {
  if (typeof x === "string") throw new TypeError("decoding str is not supported");
  if (!(x instanceof Uint8Array))
    throw new TypeError(`decoding to str: need a bytes-like object, ${typeName(x)} found`);
  const name = ENCODINGS[encoding.toLowerCase().replace(/[-_ ]/g, "")];
  if (name === undefined) throw new LookupError(`unknown encoding: ${encoding}`);
  if (name === "latin-1") return Array.from(x, (b) => String.fromCharCode(b)).join("");
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let out = "";
  let at = 0;
  for (const { start, end, reason } of name === "ascii" ? asciiFlaws(x) : utf8Flaws(x)) {
    if (errors === "strict") throw new UnicodeDecodeError(name, x, start, end, reason);
    out += decoder.decode(x.subarray(at, start)) + (errors === "replace" ? "\ufffd" : "");
    at = end;
  }
  return out + decoder.decode(x.subarray(at));
}
