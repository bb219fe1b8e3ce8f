import { crc32 } from "../bytes/crc32.js";
import { Cursor } from "../bytes/cursor.js";
import { FormatError } from "../bytes/errors.js";
import { type ByteInput, type ByteSource, MemorySource, sourceOf } from "../bytes/source.js";
import { inflateExactly } from "./inflate.js";

/** One file of an archive, as the central directory tells it. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes when unpacked. */
  readonly size: number;
  /** Bytes in the archive. */
  readonly packedSize: number;
  readonly crc32: number;
  /** 0: stored as it is; 8: deflated. Others are refused when the entry is read. */
  readonly method: number;
  /** Where the entry's own header begins in the file. */
  readonly headerOffset: number;
  readonly encrypted: boolean;
}

export interface ZipReadOptions {
  /** The format that errors speak of; `zip` unless given. */
  format?: string;
  /** An entry that says it unpacks to more is refused. 2^32 unless given. */
  limit?: number;
  /** Compare each entry's CRC-32 (PyTorch does not); off unless given. */
  verify?: boolean;
}

const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

const utf8 = new TextDecoder("utf-8");

/**
 * A zip archive, read through its central directory: stored and deflated entries, zip64, data descriptors, bytes in
 * front of the archive and a comment behind it. Nothing is unpacked before it is asked for.
 *
 * @example
 * ```ts
 * import { print } from "@cognate/py";
 * import { utf8Bytes, writeZip, ZipArchive } from "@cognate/formats";
 * const zip = new ZipArchive(writeZip([{ name: "a.txt", data: utf8Bytes("hello") }]));
 * print(zip.names, new TextDecoder().decode(zip.read("a.txt"))); // prints ['a.txt'] hello
 * ```
 */
export class ZipArchive {
  readonly source: ByteSource;
  readonly entries: ReadonlyMap<string, ZipEntry>;
  private readonly _format: string;
  private readonly _limit: number;
  private readonly _verify: boolean;

  /** @throws FormatError when this is no zip archive, or a broken one. */
  constructor(input: ByteInput, { format = "zip", limit = 2 ** 32, verify = false }: ZipReadOptions = {}) {
    this.source = sourceOf(input);
    this._format = format;
    this._limit = limit;
    this._verify = verify;
    this.entries = readDirectory(this.source, format);
  }

  get names(): string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** The entry of that name. @throws FormatError that lists what there is. */
  entry(name: string): ZipEntry {
    const entry = this.entries.get(name);
    if (entry) return entry;
    const some = this.names.slice(0, 8).join(", ") + (this.entries.size > 8 ? ", …" : "");
    throw new FormatError({
      format: this._format,
      what: `the entry ${JSON.stringify(name)}`,
      found: "missing",
      wanted: `one of the archive's entries (${some || "it has none"})`,
    });
  }

  /** An entry's content; a view of the archive's bytes where it is stored and the archive is in memory. */
  read(name: string): Uint8Array {
    const entry = this.entry(name);
    const packed = this.source.read(this.locate(entry), entry.packedSize);
    if (entry.method === 0) return this._checked(entry, packed);
    const out = inflateExactly(packed, entry.size, (found, wanted) => this._problem(entry, found, wanted));
    return this._checked(entry, out);
  }

  /** An entry's content as a source, of which a stored entry is read only as far as it is asked for. */
  open(name: string): ByteSource {
    const entry = this.entry(name);
    if (entry.method !== 0 || this._verify) return new MemorySource(this.read(name), this._format);
    return new Window(this.source, this.locate(entry), entry.packedSize);
  }

  /** Fills `target`, which has the entry's size, with its content. */
  readInto(name: string, target: Uint8Array): void {
    const entry = this.entry(name);
    if (target.length !== entry.size)
      throw this._problem(entry, `${entry.size} bytes long`, `${target.length} bytes`);
    if (entry.method === 0) {
      this.source.readInto(this.locate(entry), target);
      this._checked(entry, target);
    } else target.set(this.read(name));
  }

  /** Where the entry's data begins in the file. @throws FormatError when it cannot be read here. */
  locate(entry: ZipEntry): number {
    if (entry.encrypted) throw this._problem(entry, "encrypted", "an entry without a password");
    if (entry.method !== 0 && entry.method !== 8)
      throw this._problem(entry, `packed by method ${entry.method}`, "a stored (0) or deflated (8) entry");
    if (entry.method === 0 && entry.size !== entry.packedSize)
      throw this._problem(entry, `stored in ${entry.packedSize} bytes`, `its size, ${entry.size} bytes`);
    if (entry.size > this._limit)
      throw this._problem(entry, `${entry.size} bytes long`, `at most ${this._limit} bytes`);
    const { headerOffset } = entry;
    const c = new Cursor(this._peek(headerOffset, 30, entry), this._format, headerOffset);
    const signature = c.u32();
    if (signature !== LOCAL) throw c.fail("an entry's signature", hex(signature), hex(LOCAL), 0);
    c.skip(22);
    const start = headerOffset + 30 + c.u16() + c.u16();
    if (start + entry.packedSize > this.source.size)
      throw this._problem(entry, "cut off", `${entry.packedSize} bytes from byte ${start} on`);
    return start;
  }

  private _peek(offset: number, length: number, entry: ZipEntry): Uint8Array {
    if (offset + length > this.source.size) throw this._problem(entry, "cut off", "a header");
    return this.source.read(offset, length);
  }

  private _checked(entry: ZipEntry, data: Uint8Array): Uint8Array {
    if (this._verify) {
      const found = crc32(data);
      if (found !== entry.crc32)
        throw this._problem(entry, `damaged (CRC ${hex(found)})`, `CRC ${hex(entry.crc32)}`);
    }
    return data;
  }

  private _problem(entry: ZipEntry, found: string, wanted: string): FormatError {
    const { name, headerOffset } = entry;
    return new FormatError({
      format: this._format,
      what: `the entry ${JSON.stringify(name)}`,
      found,
      wanted,
      offset: headerOffset,
    });
  }
}

/** A part of a source. */
class Window implements ByteSource {
  readonly name: string | undefined;
  constructor(
    private readonly _source: ByteSource,
    private readonly _start: number,
    readonly size: number,
  ) {
    this.name = _source.name;
  }
  read(offset: number, length: number): Uint8Array {
    this._check(offset, length);
    return this._source.read(this._start + offset, length);
  }
  readInto(offset: number, target: Uint8Array): void {
    this._check(offset, target.length);
    this._source.readInto(this._start + offset, target);
  }
  private _check(offset: number, length: number): void {
    if (!(offset >= 0 && length >= 0 && offset + length <= this.size))
      throw new FormatError({
        format: "zip",
        what: "an entry",
        found: `cut off (it has ${this.size} bytes)`,
        wanted: `${length} bytes from byte ${offset} of it on`,
        offset: this._start + offset,
      });
  }
}

const hex = (v: number): string => `0x${v.toString(16).padStart(8, "0")}`;

/** Whether a source begins or ends like a zip archive (PyTorch asks only for the beginning). */
export function looksLikeZip(source: ByteSource): boolean {
  if (source.size < 4) return false;
  const [p, k, a, b] = source.read(0, 4);
  return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
}

interface Directory {
  entries: number;
  size: number;
  /** As the archive says it: counted from the archive's first byte. */
  offset: number;
  /** Where the records that end the directory begin in the file. */
  end: number;
}

function readDirectory(source: ByteSource, format: string): Map<string, ZipEntry> {
  const end = findEnd(source, format);
  // Bytes in front of the archive shift everything that it says about itself.
  const shift = end.end - end.size - end.offset;
  if (shift < 0)
    throw new FormatError({
      format,
      what: "the central directory",
      found: `${end.size} bytes from byte ${end.offset} on`,
      wanted: `a place before byte ${end.end}`,
      offset: end.end,
    });
  const start = end.end - end.size;
  const c = new Cursor(source.read(start, end.size), format, start);
  if (end.entries * 46 > end.size)
    throw c.fail("the central directory", `${end.size} bytes long`, `room for ${end.entries} entries`);
  const entries = new Map<string, ZipEntry>();
  let packed = 0;
  for (let i = 0; i < end.entries; i++) {
    const entry = readCentral(c, shift);
    entries.set(entry.name, entry);
    packed += entry.packedSize;
  }
  // Entries on top of each other make a small file look large.
  if (packed > source.size)
    throw c.fail("the entries", `${packed} bytes long in all`, `at most the file's ${source.size} bytes`, 0);
  return entries;
}

function readCentral(c: Cursor, shift: number): ZipEntry {
  const at = c.pos;
  const signature = c.u32();
  if (signature !== CENTRAL) throw c.fail("a directory entry's signature", hex(signature), hex(CENTRAL), at);
  c.skip(4);
  const flags = c.u16();
  const method = c.u16();
  c.skip(4);
  const crc = c.u32();
  let packedSize = c.u32();
  let size = c.u32();
  const nameLength = c.u16();
  const extraLength = c.u16();
  const commentLength = c.u16();
  c.skip(8);
  let headerOffset = c.u32();
  const name = utf8.decode(c.view(nameLength, "an entry's name"));
  const extraEnd = c.pos + extraLength;
  c.take(extraLength, "an entry's extra fields");
  c.pos = extraEnd - extraLength;
  while (extraEnd - c.pos >= 4) {
    const id = c.u16();
    const length = c.u16();
    const next = c.pos + length;
    if (next > extraEnd) break;
    if (id === 1) {
      // Only the fields that overflowed are there, in this order.
      if (size === 0xffffffff && next - c.pos >= 8) size = c.u64();
      if (packedSize === 0xffffffff && next - c.pos >= 8) packedSize = c.u64();
      if (headerOffset === 0xffffffff && next - c.pos >= 8) headerOffset = c.u64();
    }
    c.pos = next;
  }
  c.pos = extraEnd;
  c.skip(commentLength);
  return {
    name,
    size,
    packedSize,
    crc32: crc,
    method,
    headerOffset: headerOffset + shift,
    encrypted: (flags & 1) !== 0,
  };
}

function findEnd(source: ByteSource, format: string): Directory {
  // The comment has at most 65,535 bytes.
  const from = Math.max(0, source.size - 22 - 0xffff);
  const c = new Cursor(source.read(from, source.size - from), format, from);
  let at = c.length - 22;
  while (at >= 0 && !(c.bytes[at] === 0x50 && c.seek(at).u32() === END)) at--;
  if (at < 0)
    throw new FormatError({
      format,
      what: "the end of the central directory",
      found: "missing (the file is cut off, or no zip archive)",
      wanted: "its record in the last 65,557 bytes",
      offset: source.size,
    });
  c.seek(at + 4);
  const disk = c.u16();
  c.skip(2);
  c.skip(2);
  const entries = c.u16();
  const size = c.u32();
  const offset = c.u32();
  if (disk !== 0 && disk !== 0xffff)
    throw c.fail("the archive", `part ${disk + 1} of several`, "one file", at + 4);
  return readEnd64(source, from + at, format) ?? { entries, size, offset, end: from + at };
}

function readEnd64(source: ByteSource, end: number, format: string): Directory | undefined {
  if (end < 20) return undefined;
  const locator = new Cursor(source.read(end - 20, 20), format, end - 20);
  if (locator.u32() !== LOCATOR64) return undefined;
  locator.skip(4);
  const said = locator.u64();
  // The record stands right before its locator; where it says it stands is off by what precedes the archive.
  const at = end - 20 - 56;
  const place = at >= 0 && startsWith64(source, at) ? at : said;
  if (place + 56 > end - 20)
    throw locator.fail("the zip64 record's offset", said, `before byte ${end - 20}`, 8);
  const c = new Cursor(source.read(place, 56), format, place);
  const signature = c.u32();
  if (signature !== END64) throw c.fail("the zip64 record's signature", hex(signature), hex(END64), 0);
  c.skip(20);
  c.skip(8);
  const entries = c.u64();
  const size = c.u64();
  const offset = c.u64();
  return { entries, size, offset, end: place };
}

function startsWith64(source: ByteSource, at: number): boolean {
  return new Cursor(source.read(at, 4), "zip").u32() === END64;
}
