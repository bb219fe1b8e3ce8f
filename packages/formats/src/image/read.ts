import { FormatError } from "../bytes/errors.js";
import { type ByteInput, withSource } from "../bytes/source.js";
import { looksLikeBmp, readBmp } from "./bmp.js";
import type { Pixels } from "./pixels.js";
import { looksLikePng, readPng } from "./png.js";

const KNOWN: readonly (readonly [name: string, ...start: number[]])[] = [
  ["JPEG", 0xff, 0xd8, 0xff],
  ["GIF", 0x47, 0x49, 0x46, 0x38],
  ["TIFF", 0x49, 0x49, 0x2a, 0x00],
  ["TIFF", 0x4d, 0x4d, 0x00, 0x2a],
];

/** Reads an image: PNG or BMP. @throws FormatError for other formats and broken files */
export function readImage(input: ByteInput): Pixels {
  const bytes = withSource(input, (source) => source.read(0, source.size).slice());
  if (looksLikePng(bytes)) return readPng(bytes);
  if (looksLikeBmp(bytes)) return readBmp(bytes);
  const known = KNOWN.find(([, ...start]) => start.every((b, i) => bytes[i] === b));
  throw new FormatError({
    format: "image",
    what: "the format",
    found: known ? `${known[0]}, which is not read here` : "unknown",
    wanted: "PNG or BMP",
    offset: 0,
    ...(typeof input === "string" ? { path: input } : {}),
  });
}
