import { crc32 } from "../bytes/crc32.js";
import { Cursor } from "../bytes/cursor.js";
import { joinBytes } from "../bytes/sink.js";
import { inflateZlib } from "../zip/inflate.js";
import type { ImageMode, Pixels } from "./pixels.js";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
export const looksLikePng = (bytes: Uint8Array): boolean => SIGNATURE.every((b, i) => bytes[i] === b);

/** Channels by colour type, and the depths that each may have. */
const TYPES: Readonly<Record<number, { channels: number; depths: readonly number[] }>> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  3: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
};
const PALETTE = 3;
/** Pixels that an image may have. */
const LIMIT = 2 ** 28;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly type: number;
  readonly interlaced: boolean;
}

function readHeader(c: Cursor): Header {
  const width = c.u32();
  const height = c.u32();
  if (!(width > 0 && height > 0 && width * height <= LIMIT))
    throw c.fail("the size", `${width} × ${height}`, `1 to ${LIMIT} pixels`, 0);
  const depth = c.u8();
  const type = c.u8();
  const kind = TYPES[type];
  if (!kind) throw c.fail("the colour type", type, "0, 2, 3, 4 or 6", 9);
  if (!kind.depths.includes(depth)) throw c.fail("the bit depth", depth, kind.depths.join(", "), 8);
  if (c.u8() !== 0) throw c.fail("the compression", "unknown", "0", 10);
  if (c.u8() !== 0) throw c.fail("the filter method", "unknown", "0", 11);
  const interlace = c.u8();
  if (interlace > 1) throw c.fail("the interlacing", interlace, "0 or 1", 12);
  return { width, height, depth, type, interlaced: interlace === 1 };
}

/** First column and row, and the steps, of Adam7's passes. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
const passesOf = (h: Header) => (h.interlaced ? PASSES : ([[0, 0, 1, 1]] as const));
const along = (n: number, first: number, step: number): number => Math.max(0, Math.ceil((n - first) / step));

function paeth(a: number, b: number, c: number): number {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/** Takes a row's filter back, in place. */
function unfilter(kind: number, row: Uint8Array, above: Uint8Array, step: number): void {
  for (let i = 0; i < row.length; i++) {
    const left = i < step ? 0 : row[i - step]!;
    const up = above[i] ?? 0;
    if (kind === 1) row[i]! += left;
    else if (kind === 2) row[i]! += up;
    else if (kind === 3) row[i]! += (left + up) >> 1;
    else row[i]! += paeth(left, up, i < step ? 0 : (above[i - step] ?? 0));
  }
}

/** Sample k of a row. */
function sampleOf(row: Uint8Array, k: number, depth: number): number {
  if (depth === 8) return row[k]!;
  if (depth === 16) return (row[2 * k]! << 8) | row[2 * k + 1]!;
  const at = k * depth;
  return (row[at >> 3]! >> (8 - depth - (at & 7))) & ((1 << depth) - 1);
}

/** The samples of an image as they are stored. */
function samples(h: Header, raw: Uint8Array, c: Cursor): Uint8Array | Uint16Array {
  const { channels } = TYPES[h.type]!;
  const out =
    h.depth === 16
      ? new Uint16Array(h.width * h.height * channels)
      : new Uint8Array(h.width * h.height * channels);
  const step = Math.max(1, (channels * h.depth) >> 3);
  let at = 0;
  for (const [x0, y0, dx, dy] of passesOf(h)) {
    const [columns, rows] = [along(h.width, x0, dx), along(h.height, y0, dy)];
    if (columns === 0) continue;
    const size = Math.ceil((columns * channels * h.depth) / 8);
    let above = new Uint8Array(0);
    for (let r = 0; r < rows; r++, at += size + 1) {
      const kind = raw[at]!;
      if (kind > 4) throw c.fail("a row's filter", kind, "0 to 4");
      const row = raw.subarray(at + 1, at + 1 + size);
      if (kind > 0) unfilter(kind, row, above, step);
      above = row as Uint8Array<ArrayBuffer>;
      const line = (y0 + r * dy) * h.width;
      for (let k = 0; k < columns; k++)
        for (let ch = 0; ch < channels; ch++)
          out[(line + x0 + k * dx) * channels + ch] = sampleOf(row, k * channels + ch, h.depth);
    }
  }
  return out;
}
/** How many bytes the rows take with their filters. */
function rawSize(h: Header): number {
  const { channels } = TYPES[h.type]!;
  return passesOf(h).reduce((n, [x0, y0, dx, dy]) => {
    const columns = along(h.width, x0, dx);
    return columns === 0
      ? n
      : n + along(h.height, y0, dy) * (1 + Math.ceil((columns * channels * h.depth) / 8));
  }, 0);
}

/** Stored samples as an image: palettes looked up, few bits stretched to eight, transparent colours as alpha. */
function meant(
  h: Header,
  data: Uint8Array | Uint16Array,
  palette: Uint8Array,
  alpha: Uint8Array,
  c: Cursor,
): Pixels {
  const { width, height, depth, type } = h;
  const n = width * height;
  if (type === PALETTE) {
    const mode: ImageMode = alpha.length > 0 ? "RGBA" : "RGB";
    const own = mode.length;
    const out = new Uint8Array(n * own);
    for (let i = 0; i < n; i++) {
      const k = data[i]!;
      if (3 * k + 2 >= palette.length) throw c.fail("a colour's number", k, `below ${palette.length / 3}`);
      for (let ch = 0; ch < 3; ch++) out[i * own + ch] = palette[3 * k + ch]!;
      if (own === 4) out[i * 4 + 3] = alpha[k] ?? 255;
    }
    return { width, height, mode, bits: 8, data: out };
  }
  const mode = ({ 0: "L", 2: "RGB", 4: "LA", 6: "RGBA" } as const)[type as 0 | 2 | 4 | 6];
  if (depth < 8) for (let i = 0; i < n; i++) data[i]! *= 255 / ((1 << depth) - 1);
  return { width, height, mode, bits: depth === 16 ? 16 : 8, data };
}

/**
 * Reads a PNG image: all colour types and depths, interlaced or not. Palettes become colours.
 * Spec: Portable Network Graphics (W3C, third edition).
 *
 * @throws FormatError
 */
export function readPng(bytes: Uint8Array): Pixels {
  const c = new Cursor(bytes, "png", 0, false);
  if (!looksLikePng(bytes)) throw c.fail("the signature", "another", "that of PNG");
  c.seek(8);
  let header: Header | undefined;
  let palette: Uint8Array = new Uint8Array(0);
  let alpha: Uint8Array = new Uint8Array(0);
  const packed: Uint8Array[] = [];
  for (let ended = false; !ended; ) {
    const size = c.u32();
    const at = c.pos;
    const kind = c.latin1(4);
    const data = c.view(size, `the chunk ${JSON.stringify(kind)}`);
    const stored = c.u32();
    const computed = crc32(bytes.subarray(at, at + 4 + size));
    if (stored !== computed)
      throw c.fail(`the checksum of ${kind}`, stored.toString(16), computed.toString(16));
    if (kind === "IHDR") header = readHeader(new Cursor(data, "png", at + 4, false));
    else if (kind === "PLTE") palette = data;
    else if (kind === "tRNS") alpha = data;
    else if (kind === "IDAT") packed.push(data);
    else if (kind === "IEND") ended = true;
    else if (kind.charCodeAt(0) < 97) throw c.fail("a chunk", JSON.stringify(kind), "one that is known", at);
    if (!header) throw c.fail("the first chunk", JSON.stringify(kind), "IHDR", at);
  }
  const h = header!;
  const raw = inflateZlib(joinBytes(packed), rawSize(h), (found, wanted) =>
    c.fail("the data", found, wanted, 8),
  );
  return meant(h, samples(h, raw, c), palette, alpha, c);
}
