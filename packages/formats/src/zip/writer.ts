import { deflateSync } from "fflate";
import { crc32 } from "../bytes/crc32.js";
import { joinBytes, Sink, utf8Bytes } from "../bytes/sink.js";

/** A file to be put into an archive. */
export interface ZipRecord {
  readonly name: string;
  /** The content, in one piece or several. */
  readonly data: Uint8Array | readonly Uint8Array[];
  /** The content's CRC-32, where the caller knows it already. */
  readonly crc32?: number;
  /** Deflate it (level 1 to 9; `true` is 6); stored as it is unless given. */
  readonly deflate?: boolean | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
}

export interface ZipWriteOptions {
  /** Each entry's data begins at a multiple of this many bytes, by an extra field `FB` that pads. */
  align?: number;
  /**
   * `plain` (default) is what Python's `zipfile` writes for the same entries of 1 January 1980; `torch` is how
   * `torch.save` writes: sizes behind the data instead of before it, zip64 records always, no date.
   */
  style?: "plain" | "torch";
  /** Write zip64 fields even where nothing needs them. */
  zip64?: boolean;
}

const MAX16 = 0xffff;
const MAX32 = 0xffffffff;

interface Written {
  readonly name: Uint8Array;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly size: number;
  readonly packed: number;
  readonly offset: number;
}

/** How the two styles fill the fields that carry no content. */
const STYLES = {
  // Version 2.0, made on Unix, 1980-01-01, regular file rw-------.
  plain: { version: 20, madeBy: 0x0314, date: 0x0021, attributes: 0o600 * 0x10000 },
  torch: { version: 0, madeBy: 0, date: 0, attributes: 0 },
} as const;

/**
 * The pieces of an archive, in order; large contents are the caller's own arrays, not copies. For `writeFileAtomic`.
 *
 * The same records always give the same bytes: timestamps are fixed.
 */
export function zipPieces(records: readonly ZipRecord[], options: ZipWriteOptions = {}): Uint8Array[] {
  const { align, style = "plain", zip64 = false } = options;
  const pieces: Uint8Array[] = [];
  let at = 0;
  const put = (piece: Uint8Array): void => {
    if (piece.length === 0) return;
    pieces.push(piece);
    at += piece.length;
  };
  const written: Written[] = [];
  for (const record of records) {
    const raw = record.data instanceof Uint8Array ? [record.data] : record.data;
    const size = raw.reduce((n, p) => n + p.length, 0);
    const crc = record.crc32 ?? raw.reduce((c, p) => crc32(p, c), 0);
    const level = record.deflate === true ? 6 : record.deflate || 0;
    const data = level ? [deflateSync(joinBytes(raw), { level })] : raw;
    const packed = data.reduce((n, p) => n + p.length, 0);
    const behind = style === "torch" && size > 0;
    const name = utf8Bytes(record.name);
    const plain = style === "plain" && name.length === record.name.length;
    const flags = (plain ? 0 : 0x0800) | (behind ? 8 : 0);
    const entry: Written = { name, method: level ? 8 : 0, flags, crc, size, packed, offset: at };
    put(localHeader(entry, { align, style, zip64, behind }));
    for (const piece of data) put(piece);
    if (behind) put(descriptor(entry));
    written.push(entry);
  }
  put(directory(written, at, { style, zip64 }));
  return pieces;
}

/** {@link zipPieces} joined. */
export const writeZip = (records: readonly ZipRecord[], options?: ZipWriteOptions): Uint8Array =>
  joinBytes(zipPieces(records, options));

interface Style {
  readonly style: "plain" | "torch";
  readonly zip64: boolean;
}

function localHeader(e: Written, o: Style & { align?: number; behind: boolean }): Uint8Array {
  const { version, date } = STYLES[o.style];
  const wide = o.zip64 || e.size >= MAX32 || e.packed >= MAX32;
  const extra = new Sink(32);
  if (wide) extra.u16(1).u16(16).u64(e.size).u64(e.packed);
  if (o.align) {
    const start = e.offset + 30 + e.name.length + extra.length + 4;
    const pad = (o.align - (start % o.align)) % o.align;
    extra.latin1("FB").u16(pad).fill(pad, 0x5a);
  }
  const s = new Sink(30 + e.name.length + extra.length).u32(0x04034b50);
  s.u16(wide ? Math.max(version, 45) : version);
  s.u16(e.flags).u16(e.method).u16(0).u16(date);
  s.u32(o.behind ? 0 : e.crc);
  s.u32(wide ? MAX32 : o.behind ? 0 : e.packed);
  s.u32(wide ? MAX32 : o.behind ? 0 : e.size);
  return s.u16(e.name.length).u16(extra.length).bytes(e.name).bytes(extra.done()).done();
}

/** The sizes behind the data; they are wide where size or place are, which is how miniz decides. */
function descriptor(e: Written): Uint8Array {
  const s = new Sink(24).u32(0x08074b50).u32(e.crc);
  if (e.size >= MAX32 || e.offset >= MAX32) return s.u64(e.packed).u64(e.size).done();
  return s.u32(e.packed).u32(e.size).done();
}

function directory(written: readonly Written[], start: number, o: Style): Uint8Array {
  const { version, madeBy, date, attributes } = STYLES[o.style];
  const s = new Sink();
  for (const e of written) {
    const extra = new Sink(32);
    const wide = [e.size, e.packed, e.offset].map((v) => v >= MAX32 || o.zip64);
    if (wide.includes(true)) {
      const values = [e.size, e.packed, e.offset].filter((_, i) => wide[i]);
      extra.u16(1).u16(8 * values.length);
      for (const v of values) extra.u64(v);
    }
    s.u32(0x02014b50).u16(madeBy);
    s.u16(wide.includes(true) ? Math.max(version, 45) : version);
    s.u16(e.flags).u16(e.method).u16(0).u16(date).u32(e.crc);
    s.u32(wide[1] ? MAX32 : e.packed).u32(wide[0] ? MAX32 : e.size);
    s.u16(e.name.length).u16(extra.length).u16(0).u16(0).u16(0);
    s.u32(attributes).u32(wide[2] ? MAX32 : e.offset);
    s.bytes(e.name).bytes(extra.done());
  }
  const size = s.length;
  const n = written.length;
  const torch = o.style === "torch";
  if (torch || o.zip64 || n >= MAX16 || size >= MAX32 || start >= MAX32) {
    s.u32(0x06064b50)
      .u64(44)
      .u16(torch ? 0x031e : 45)
      .u16(45)
      .u32(0)
      .u32(0);
    s.u64(n).u64(n).u64(size).u64(start);
    s.u32(0x07064b50)
      .u32(0)
      .u64(start + size)
      .u32(1);
  }
  const count = Math.min(n, MAX16);
  s.u32(0x06054b50).u16(0).u16(0).u16(count).u16(count);
  return s.u32(Math.min(size, MAX32)).u32(Math.min(start, MAX32)).u16(0).done();
}
