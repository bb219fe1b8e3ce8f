import type { Cursor } from "../bytes/cursor.js";
import type { FormatError } from "../bytes/errors.js";
import { inflateExactly } from "../zip/inflate.js";

interface Filter {
  readonly id: number;
  readonly name: string;
  readonly values: readonly number[];
}

/** Names of filters that are not undone here, for errors. */
const OTHERS: Readonly<Record<number, string>> = {
  4: "szip",
  5: "nbit",
  6: "scale-offset",
  32001: "blosc",
  32004: "lz4",
  32008: "bitshuffle",
  32015: "zstd",
};

/** How chunks were packed: reads a filter pipeline message. */
export function readFilters(c: Cursor): Filter[] {
  const version = c.u8();
  if (version !== 1 && version !== 2) throw c.fail("a filter pipeline's version", version, "1 or 2", 0);
  const count = c.u8();
  if (version === 1) c.skip(6);
  const filters: Filter[] = [];
  for (let i = 0; i < count; i++) {
    const id = c.u16();
    const nameLength = version === 1 || id >= 256 ? c.u16() : 0;
    c.skip(2);
    const n = c.u16();
    const name = c.latin1(nameLength).replace(/\0.*$/s, "");
    const values = Array.from({ length: n }, () => c.u32());
    if (version === 1 && n % 2) c.skip(4);
    filters.push({ id, name, values });
  }
  return filters;
}

const DEFLATE = 1;
const SHUFFLE = 2;
const FLETCHER = 3;
const LZF = 32000;

/** Undoes the filters of one chunk, which is `size` bytes long without them. `mask` tells which were left out. */
export function unpackChunk(
  raw: Uint8Array,
  size: number,
  filters: readonly Filter[],
  mask: number,
  problem: (found: string, wanted: string) => FormatError,
): Uint8Array {
  const used = filters.filter((_, i) => ((mask >>> i) & 1) === 0);
  // The length in front of each filter: checksums add four bytes.
  const before: number[] = [];
  let length = size;
  for (const f of used) {
    before.push(length);
    if (f.id === FLETCHER) length += 4;
  }
  let data = raw;
  for (let i = used.length - 1; i >= 0; i--) {
    const { id, name, values } = used[i]!;
    if (id === DEFLATE) data = inflateExactly(zlibBody(data, problem), before[i]!, problem);
    else if (id === SHUFFLE) data = unshuffle(data, values[0] ?? 1);
    else if (id === FLETCHER) {
      if (data.length < 4) throw problem(`${data.length} bytes long`, "a checksum at its end");
      data = data.subarray(0, data.length - 4);
    } else if (id === LZF) data = lzf(data, before[i]!, problem);
    else
      throw problem(
        `packed by ${OTHERS[id] ?? (name || `filter ${id}`)}`,
        "gzip, lzf, shuffle or fletcher32",
      );
  }
  if (data.length !== size) throw problem(`${data.length} bytes long when unpacked`, `${size} bytes`);
  return data;
}

/** HDF5 keeps zlib's header of two bytes and its checksum of four. */
function zlibBody(data: Uint8Array, problem: (found: string, wanted: string) => FormatError): Uint8Array {
  if (data.length < 6 || (data[0]! & 15) !== 8 || ((data[0]! << 8) | data[1]!) % 31 !== 0)
    throw problem("no zlib data", "a zlib header");
  return data.subarray(2, data.length - 4);
}

/** Shuffled data has all first bytes of its elements together, then all second ones. */
function unshuffle(data: Uint8Array, width: number): Uint8Array {
  if (width < 2) return data;
  const n = Math.floor(data.length / width);
  const out = new Uint8Array(data.length);
  for (let b = 0, i = 0; b < width; b++) for (let k = 0; k < n; k++) out[k * width + b] = data[i++]!;
  out.set(data.subarray(n * width), n * width);
  return out;
}

/** LZF: literal runs, and copies of 3 to 264 bytes from up to 8,192 bytes back. */
function lzf(
  data: Uint8Array,
  size: number,
  problem: (found: string, wanted: string) => FormatError,
): Uint8Array {
  // A byte of input never makes more than 264 bytes of output.
  if (size > data.length * 264) throw problem(`${data.length} bytes long`, `LZF data of ${size} bytes`);
  const out = new Uint8Array(size);
  const broken = (): FormatError => problem("broken LZF data", `${size} bytes when unpacked`);
  let n = 0;
  for (let i = 0; i < data.length; ) {
    const control = data[i++]!;
    if (control < 32) {
      const run = control + 1;
      if (i + run > data.length || n + run > size) throw broken();
      out.set(data.subarray(i, i + run), n);
      i += run;
      n += run;
      continue;
    }
    let length = control >> 5;
    if (length === 7) length += data[i++] ?? 0;
    const from = n - ((control & 31) << 8) - (data[i++] ?? 0) - 1;
    if (from < 0 || n + length + 2 > size) throw broken();
    for (let k = 0; k < length + 2; k++) out[n++] = out[from + k]!;
  }
  return out.subarray(0, n);
}
