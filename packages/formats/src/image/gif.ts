import { Cursor } from "../bytes/cursor.js";

export const looksLikeGif = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x47 && bytes[1] === 0x49 && bytes[2] === 0x46 && bytes[3] === 0x38;

/** The frames of an animation, each as the whole picture: red, green and blue, 8 bits. */
export interface Frames {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly Uint8Array[];
}
/** Pixels that all frames together may have. */
const LIMIT = 2 ** 28;
const INTERLACED = [
  [0, 8],
  [4, 8],
  [2, 4],
  [1, 2],
] as const;

/** Blocks of up to 255 bytes up to an empty one. */
function blocks(c: Cursor): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let n = c.u8(); n > 0; n = c.u8()) parts.push(c.view(n, "a block"));
  const out = new Uint8Array(parts.reduce((s, p) => s + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}

/** Indices of `count` pixels from codes of growing width (Lempel, Ziv, Welch). */
function indices(packed: Uint8Array, least: number, count: number, c: Cursor): Uint8Array {
  const out = new Uint8Array(count);
  const [clear, end] = [1 << least, (1 << least) + 1];
  const before = new Int16Array(4096);
  const last = new Uint8Array(4096);
  const stack = new Uint8Array(4097);
  for (let i = 0; i < clear; i++) last[i] = i;
  let [width, next, known, first] = [least + 1, end + 1, -1, 0];
  let [bits, held, at, n] = [0, 0, 0, 0];
  while (n < count) {
    while (held < width) {
      if (at >= packed.length) return out;
      bits |= packed[at++]! << held;
      held += 8;
    }
    const code = bits & ((1 << width) - 1);
    bits >>>= width;
    held -= width;
    if (code === end) break;
    if (code === clear) {
      [width, next, known] = [least + 1, end + 1, -1];
      continue;
    }
    if (code > next || (known < 0 && code >= clear)) throw c.fail("a code", code, `at most ${next}`);
    let depth = 0;
    let k = code;
    if (code === next) {
      stack[depth++] = first;
      k = known;
    }
    while (k >= clear) {
      stack[depth++] = last[k]!;
      k = before[k]!;
    }
    first = last[k]!;
    stack[depth++] = first;
    while (depth > 0 && n < count) out[n++] = stack[--depth]!;
    if (known >= 0 && next < 4096) {
      before[next] = known;
      last[next++] = first;
      if (next === 1 << width && width < 12) width++;
    }
    known = code;
  }
  return out;
}

/**
 * Reads a GIF: every frame painted over the one before it. Spec: Graphics Interchange Format, version 89a.
 *
 * @throws FormatError
 */
export function readGif(bytes: Uint8Array): Frames {
  const c = new Cursor(bytes, "gif");
  if (!looksLikeGif(bytes)) throw c.fail("the signature", "another", "GIF8");
  c.seek(6);
  const [width, height] = [c.u16(), c.u16()];
  if (!(width > 0 && height > 0 && width * height <= LIMIT))
    throw c.fail("the size", `${width} × ${height}`, `1 to ${LIMIT} pixels`);
  const table = (flags: number): Uint8Array | null =>
    flags & 0x80 ? c.view(3 << ((flags & 7) + 1), "a table of colours") : null;
  const flags = c.u8();
  c.seek(c.pos + 2);
  const shared = table(flags);
  const frames: Uint8Array[] = [];
  let transparent = -1;
  for (let kind = c.u8(); kind !== 0x3b; kind = c.u8()) {
    if (kind === 0x21) {
      const label = c.u8();
      const data = blocks(c);
      if (label === 0xf9 && data.length >= 4) transparent = data[0]! & 1 ? data[3]! : -1;
      continue;
    }
    if (kind !== 0x2c) throw c.fail("a block", kind, "an image, an extension or the end");
    const [left, top, w, h] = [c.u16(), c.u16(), c.u16(), c.u16()];
    const own = c.u8();
    const colours = table(own) ?? shared;
    if (!colours) throw c.fail("the table of colours", "none", "one of the frame or of the file");
    const least = c.u8();
    if (least < 1 || least > 11) throw c.fail("the width of codes", least, "1 to 11");
    if ((frames.length + 1) * width * height > LIMIT || w * h > LIMIT)
      throw c.fail("the frames", frames.length + 1, `${LIMIT} pixels at most`);
    const packed = blocks(c);
    // A code stands for at most 4096 pixels, so that small data cannot ask for much memory.
    if (w * h > packed.length * 8 * 4096) throw c.fail("the data", packed.length, `enough for ${w} × ${h}`);
    const places = indices(packed, least, w * h, c);
    const out = frames.length > 0 ? frames[frames.length - 1]!.slice() : new Uint8Array(width * height * 3);
    const rows =
      own & 0x40
        ? INTERLACED.flatMap(([from, step]) =>
            Array.from({ length: Math.max(0, Math.ceil((h - from) / step)) }, (_, i) => from + i * step),
          )
        : null;
    for (let i = 0; i < h; i++) {
      const y = top + (rows ? rows[i]! : i);
      if (y >= height) continue;
      for (let j = 0; j < w && left + j < width; j++) {
        const place = places[i * w + j]!;
        if (place === transparent || 3 * place + 2 >= colours.length) continue;
        const at = (y * width + left + j) * 3;
        out[at] = colours[3 * place]!;
        out[at + 1] = colours[3 * place + 1]!;
        out[at + 2] = colours[3 * place + 2]!;
      }
    }
    frames.push(out);
    transparent = -1;
  }
  if (frames.length === 0) throw c.fail("the frames", "none", "at least one");
  return { width, height, frames };
}
