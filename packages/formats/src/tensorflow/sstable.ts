import { Cursor } from "../bytes/cursor.js";
import { Sink } from "../bytes/sink.js";
import { crc32c, maskCrc } from "./crc32c.js";
import { putVarint, varsize } from "./proto.js";
import { unsnappy } from "./snappy.js";

// LevelDB's table format (leveldb doc/table_format.md), as TensorFlow's tsl/lib/io/table uses it.

const FOOTER = 48;
const TRAILER = 5;
const MAGIC = 0xdb4775248b80fb57n;
const RESTART_EVERY = 16;
const BLOCK_SIZE = 262_144;

interface Handle {
  readonly offset: number;
  readonly size: number;
}

const handle = (c: Cursor): Handle => ({
  offset: varsize(c, "a block's offset"),
  size: varsize(c, "a block's size"),
});

/** The bytes of a block, unpacked, after its checksum was compared. */
function block(file: Cursor, { offset, size }: Handle, what: string): Cursor {
  if (!(offset + size + TRAILER <= file.length))
    throw file.fail(what, `${offset} + ${size} bytes`, `within the file's ${file.length} bytes`, 0);
  const c = new Cursor(file.bytes.subarray(offset, offset + size + TRAILER), file.format, file.base + offset);
  const packing = c.bytes[size]!;
  const stored = new Cursor(c.bytes.subarray(size + 1), file.format, file.base + offset + size + 1).u32();
  const computed = maskCrc(crc32c(c.bytes.subarray(0, size + 1)));
  if (stored !== computed)
    throw c.fail(`the checksum of ${what}`, stored.toString(16), computed.toString(16), size + 1);
  if (packing > 1) throw c.fail(`the packing of ${what}`, packing, "0 (none) or 1 (Snappy)", size);
  const plain = new Cursor(c.bytes.subarray(0, size), file.format, file.base + offset);
  return packing === 0 ? plain : new Cursor(unsnappy(plain), file.format, file.base + offset);
}

/** Entries of a block: keys share beginnings with the key before. */
function* entries(c: Cursor): Generator<[Uint8Array, Cursor]> {
  if (c.length < 4) throw c.fail("a block", `${c.length} bytes`, "at least 4", 0);
  const restarts = c.seek(c.length - 4).u32();
  const end = c.length - 4 - 4 * restarts;
  if (end < 0) throw c.fail("the number of restarts", restarts, "that fits into the block", c.length - 4);
  c.seek(0);
  let last = new Uint8Array(0);
  while (c.pos < end) {
    const at = c.pos;
    const shared = varsize(c);
    const own = varsize(c);
    const size = varsize(c);
    if (shared > last.length) throw c.fail("a key's shared length", shared, `at most ${last.length}`, at);
    if (own > end - c.pos || size > end - c.pos - own)
      throw c.fail("an entry", `${own} + ${size} bytes`, "within the block", at);
    const key = new Uint8Array(shared + own);
    key.set(last.subarray(0, shared));
    key.set(c.view(own), shared);
    last = key;
    const base = c.offset;
    yield [key, new Cursor(c.view(size), c.format, base)];
  }
}

/**
 * Reads a table of LevelDB: keys in order with the bytes behind each.
 *
 * @throws FormatError for a wrong signature, checksums that differ, and lengths beyond the file.
 */
export function* readTable(file: Cursor): Generator<[Uint8Array, Cursor]> {
  if (file.length < FOOTER)
    throw file.fail("the file", `${file.length} bytes long`, `at least ${FOOTER} bytes`, 0);
  const magic = file.seek(file.length - 8).u64big();
  if (magic !== MAGIC)
    throw file.fail("the signature", magic.toString(16), MAGIC.toString(16), file.length - 8);
  file.seek(file.length - FOOTER);
  handle(file);
  const index = handle(file);
  for (const [, at] of entries(block(file, index, "the index")))
    yield* entries(block(file, handle(at), "a data block"));
}

class BlockWriter {
  private readonly _sink = new Sink();
  private readonly _restarts: number[] = [0];
  private _count = 0;
  private _last = new Uint8Array(0);

  get size(): number {
    return this._sink.length;
  }

  add(key: Uint8Array, value: Uint8Array): void {
    let shared = 0;
    if (this._count === RESTART_EVERY) {
      this._restarts.push(this._sink.length);
      this._count = 0;
    } else
      while (shared < this._last.length && shared < key.length && this._last[shared] === key[shared])
        shared++;
    putVarint(this._sink, shared);
    putVarint(this._sink, key.length - shared);
    putVarint(this._sink, value.length);
    this._sink.bytes(key.subarray(shared)).bytes(value);
    this._last = key.slice();
    this._count++;
  }

  /** Appends the block with its trailer to `file` and gives its place. */
  finish(file: Sink): Uint8Array {
    for (const at of this._restarts) this._sink.u32(at);
    this._sink.u32(this._restarts.length);
    const offset = file.length;
    const size = this._sink.length;
    this._sink.u8(0);
    file.bytes(this._sink.done()).u32(maskCrc(crc32c(this._sink.done())));
    const place = new Sink(20);
    putVarint(place, offset);
    putVarint(place, size);
    return place.done();
  }
}

/** Orders keys as their bytes do. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

/** The bytes of a table with these entries, which are sorted by key here. */
export function writeTable(unsorted: readonly (readonly [Uint8Array, Uint8Array])[]): Uint8Array {
  const file = new Sink(4096);
  const index = new BlockWriter();
  const sorted = [...unsorted].sort(([a], [b]) => compareBytes(a, b));
  let data = new BlockWriter();
  for (const [i, [key, value]] of sorted.entries()) {
    data.add(key, value);
    if (data.size < BLOCK_SIZE && i < sorted.length - 1) continue;
    index.add(key, data.finish(file));
    data = new BlockWriter();
  }
  const footer = new Sink(FOOTER);
  footer.bytes(new BlockWriter().finish(file)).bytes(index.finish(file));
  footer.fill(FOOTER - 8 - footer.length).u64(MAGIC);
  return file.bytes(footer.done()).done();
}
