import { Cursor } from "../bytes/cursor.js";
import type { Pixels } from "./pixels.js";

export const looksLikeBmp = (bytes: Uint8Array): boolean => bytes[0] === 0x42 && bytes[1] === 0x4d;

/** Reads an uncompressed BMP image of 8 (with a palette), 24 or 32 bits. @throws FormatError */
export function readBmp(bytes: Uint8Array): Pixels {
  const c = new Cursor(bytes, "bmp");
  if (!looksLikeBmp(bytes)) throw c.fail("the signature", "another", "BM");
  c.seek(10);
  const start = c.u32();
  const headerSize = c.u32();
  if (headerSize < 40) throw c.fail("the header's size", headerSize, "at least 40");
  const width = c.u32() | 0;
  const signed = c.u32() | 0;
  c.skip(2);
  const bits = c.u16();
  const compression = c.u32();
  const height = Math.abs(signed);
  if (!(width > 0 && height > 0)) throw c.fail("the size", `${width} × ${signed}`, "a positive one");
  if (bits !== 8 && bits !== 24 && bits !== 32) throw c.fail("the bits of a pixel", bits, "8, 24 or 32");
  if (compression !== 0 && compression !== 3) throw c.fail("the compression", compression, "none");
  const channels = bits === 32 ? 4 : 3;
  const line = Math.ceil((width * bits) / 32) * 4;
  c.seek(start);
  const pixels = c.view(line * height, "the pixels");
  const palette = bits === 8 ? bytes.subarray(14 + headerSize, start) : bytes;
  const out = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    const row = (signed < 0 ? y : height - 1 - y) * line;
    for (let x = 0; x < width; x++) {
      const from = bits === 8 ? 4 * pixels[row + x]! : row + x * channels;
      const source = bits === 8 ? palette : pixels;
      const to = (y * width + x) * channels;
      for (let k = 0; k < 3; k++) out[to + k] = source[from + 2 - k] ?? 0;
      if (channels === 4) out[to + 3] = source[from + 3]!;
    }
  }
  return { width, height, mode: channels === 4 ? "RGBA" : "RGB", bits: 8, data: out };
}
