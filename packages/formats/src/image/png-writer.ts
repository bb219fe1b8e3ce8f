import { zlibSync } from "fflate";
import { crc32 } from "../bytes/crc32.js";
import { joinBytes } from "../bytes/sink.js";
import { CHANNELS, type Pixels } from "./pixels.js";

const TYPE = { L: 0, LA: 4, RGB: 2, RGBA: 6 } as const;

function chunk(kind: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + data.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) out[4 + i] = kind.charCodeAt(i);
  out.set(data, 8);
  view.setUint32(8 + data.length, crc32(out.subarray(4, 8 + data.length)));
  return out;
}

/** Rows, each with the difference to its left or to the one above, whichever is smaller in sum. */
function filtered(rows: Uint8Array, size: number, step: number): Uint8Array {
  const n = rows.length / size;
  const out = new Uint8Array(rows.length + n);
  const [left, up] = [new Uint8Array(size), new Uint8Array(size)];
  const sum = (line: Uint8Array): number => line.reduce((s, b) => s + (b < 128 ? b : 256 - b), 0);
  for (let r = 0; r < n; r++) {
    const row = rows.subarray(r * size, (r + 1) * size);
    for (let i = 0; i < size; i++) {
      left[i] = row[i]! - (i < step ? 0 : row[i - step]!);
      up[i] = row[i]! - (r === 0 ? 0 : rows[(r - 1) * size + i]!);
    }
    const lines = [row, left, up];
    const sums = lines.map(sum);
    const kind = sums.indexOf(Math.min(...sums));
    out[r * (size + 1)] = kind;
    out.set(lines[kind]!, r * (size + 1) + 1);
  }
  return out;
}

/** The bytes of a PNG file. */
export function writePng({ width, height, mode, bits, data }: Pixels): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = bits;
  header[9] = TYPE[mode];
  const step = CHANNELS[mode] * (bits >> 3);
  const rows = new Uint8Array(data.length * (bits >> 3));
  if (bits === 8) rows.set(data);
  else {
    const wide = new DataView(rows.buffer);
    data.forEach((v, i) => wide.setUint16(2 * i, v));
  }
  return joinBytes([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("IDAT", zlibSync(filtered(rows, width * step, step))),
    chunk("IEND", new Uint8Array(0)),
  ]);
}
