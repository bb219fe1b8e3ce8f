import { int32, int64 } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem } from "../core/errors.js";
import type { OpRow } from "../core/row.js";
import { StringArray } from "../core/strings.js";
import type { Value } from "../shared.js";
import { demand, intsValue, numbers, same } from "./tools.js";

/* Texts as characters: encodings, and what becomes of bytes that are none. Texts are bytes, kept as codes below 256. */

/** A character that begins at a byte; −1 where the bytes are none. */
type Visit = (code: number, start: number) => void;
type Decoder = (text: string, visit: Visit) => void;

/** UTF-8; bytes that begin no character, and the longest beginnings of broken ones, count as one each. */
const utf8: Decoder = (text, visit) => {
  for (let i = 0; i < text.length; ) {
    const start = i;
    const first = text.charCodeAt(i++);
    const more =
      first < 0x80 ? 0 : first < 0xc2 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : -1;
    // The second byte's range keeps out overlong forms, surrogates and what is past the last character.
    let low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    let high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    let code = more <= 0 ? first : first & (0x3f >> more);
    let left = more;
    while (left > 0 && i < text.length) {
      const next = text.charCodeAt(i);
      if (next < low || next > high) break;
      code = (code << 6) | (next & 0x3f);
      [low, high] = [0x80, 0xbf];
      left--;
      i++;
    }
    visit(left === 0 ? code : -1, start);
  }
};
const unit = (text: string, at: number, size: number, little: boolean): number => {
  let v = 0;
  for (let k = 0; k < size; k++) v = v * 256 + text.charCodeAt(little ? at + size - 1 - k : at + k);
  return v;
};
const utf16 =
  (little: boolean): Decoder =>
  (text, visit) => {
    for (let i = 0; i < text.length; ) {
      const start = i;
      if (i + 2 > text.length) return visit(-1, start);
      const a = unit(text, i, 2, little);
      i += 2;
      if (a < 0xd800 || a > 0xdfff) visit(a, start);
      else {
        const b = a < 0xdc00 && i + 2 <= text.length ? unit(text, i, 2, little) : 0;
        if (b >= 0xdc00 && b <= 0xdfff) {
          i += 2;
          visit(0x10000 + ((a - 0xd800) << 10) + (b - 0xdc00), start);
        } else visit(-1, start);
      }
    }
  };
const isCharacter = (c: number): boolean => c >= 0 && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
const utf32 =
  (little: boolean): Decoder =>
  (text, visit) => {
    for (let i = 0; i < text.length; i += 4) {
      const c = i + 4 <= text.length ? unit(text, i, 4, little) : -1;
      visit(isCharacter(c) ? c : -1, i);
    }
  };
const bytewise =
  (end: number): Decoder =>
  (text, visit) => {
    for (let i = 0; i < text.length; i++) visit(text.charCodeAt(i) < end ? text.charCodeAt(i) : -1, i);
  };
const DECODERS: Readonly<Record<string, Decoder>> = {
  utf8,
  utf16be: utf16(false),
  utf16le: utf16(true),
  utf32be: utf32(false),
  utf32le: utf32(true),
  ascii: bytewise(0x80),
  usascii: bytewise(0x80),
  latin1: bytewise(0x100),
  iso88591: bytewise(0x100),
};
const decoderOf = (name: string): Decoder => {
  const d = DECODERS[name.toLowerCase().replace(/[-_ ]/g, "")];
  if (!d) throw new KernelProblem(`Could not create converter for input encoding: ${name}`);
  return d;
};

/** The characters of a text, errors being replaced, left out or raised. */
function decoded(text: string, decode: Decoder, a: Attrs, visit: Visit): void {
  const errors = a.text("errors");
  const control = a.bool("replace_control_characters");
  const instead = a.int("replacement_char");
  decode(text, (code, start) => {
    if (code < 0 && errors === "strict") throw new KernelProblem("Invalid formatting on input string");
    if (code >= 0 && !(control && code < 0x20)) visit(code, start);
    else if (errors !== "ignore") visit(instead, start);
  });
}

const chars = (...codes: number[]): string => String.fromCharCode(...codes);
const ENCODERS: Readonly<Record<string, (c: number) => string>> = {
  "UTF-8": (c) =>
    c < 0x80
      ? chars(c)
      : c < 0x800
        ? chars(0xc0 | (c >> 6), 0x80 | (c & 63))
        : c < 0x10000
          ? chars(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63))
          : chars(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63)),
  "UTF-16-BE": (c) => {
    const pair = c < 0x10000 ? [c] : [0xd800 + ((c - 0x10000) >> 10), 0xdc00 + ((c - 0x10000) & 0x3ff)];
    return pair.map((u) => chars(u >> 8, u & 255)).join("");
  },
  "UTF-32-BE": (c) => chars(0, (c >> 16) & 255, (c >> 8) & 255, c & 255),
};

/** Characters as bytes; numbers that are none are replaced, left out or raised. */
function encoded(codes: readonly number[], a: Attrs): string {
  const encode = ENCODERS[a.text("output_encoding")]!;
  const errors = a.text("errors");
  let out = "";
  for (const c of codes) {
    if (isCharacter(c)) out += encode(c);
    else if (errors === "strict")
      throw new KernelProblem("Code point is out of range for Unicode, or is a surrogate.");
    else if (errors === "replace") out += encode(a.int("replacement_char"));
  }
  return out;
}

const decode =
  (offsets: boolean): OpRow["run"] =>
  ([x], a) => {
    const own = decoderOf(a.text("input_encoding"));
    const [codes, starts, splits]: [number[], number[], number[]] = [[], [], [0]];
    for (const text of (x as StringArray).data) {
      decoded(text, own, a, (code, start) => {
        codes.push(code);
        starts.push(start);
      });
      splits.push(codes.length);
    }
    const ends = intsValue(splits, a.type("Tsplits")?.kernel ?? int64);
    const values = intsValue(codes, int32);
    return offsets ? [ends, values, intsValue(starts, int64)] : [ends, values];
  };

export const unicode: Readonly<Record<string, OpRow>> = {
  UnicodeDecode: { run: decode(false), shape: () => [[null], [null]] },
  UnicodeDecodeWithOffsets: { run: decode(true), shape: () => [[null], [null], [null]] },
  UnicodeEncode: {
    run: ([values, splits], a) => {
      const codes = numbers(values as Value);
      const ends = numbers(splits as Value);
      demand(ends.length > 0 && ends[0] === 0, () => `First value in input_splits must be zero.`);
      const texts = ends.slice(1).map((end, i) => encoded(codes.slice(ends[i], end), a));
      return new StringArray([texts.length], texts);
    },
    shape: ({ shapes: [, splits] }) => [[splits?.[0] == null ? null : splits[0] - 1]],
  },
  UnicodeTranscode: {
    run: ([x], a) => {
      const own = decoderOf(a.text("input_encoding"));
      const { shape, data } = x as StringArray;
      const texts = data.map((text) => {
        const codes: number[] = [];
        decoded(text, own, a, (code) => void codes.push(code));
        return encoded(codes, a);
      });
      return new StringArray(shape, texts);
    },
    shape: same,
  },
};
