import { Cursor } from "../bytes/cursor.js";
import { FormatError } from "../bytes/errors.js";
import type { ByteSource } from "../bytes/source.js";
import type { Hdf5Attributes } from "./attributes.js";
import type { HeapObjects } from "./global-heap.js";
import type { Link } from "./links.js";

const SIGNATURE = "\x89HDF\r\n\x1a\n";

/** Bytes that can be read when they are needed. */
export interface Located {
  readonly source: ByteSource;
  readonly offset: number;
  readonly size: number;
  /** Nobody else has this memory. */
  readonly fresh: boolean;
}

/** The sizes and places that every other structure of a file depends on. */
export class Hdf5Layout {
  /** Bytes of an address. */
  readonly offsetSize: number;
  /** Bytes of a length. */
  readonly lengthSize: number;
  /** Addresses count from here. */
  readonly base: number;
  /** Address of the root group's object header. */
  readonly root: number;
  /** Collections of the global heap that were read already. */
  readonly heaps = new Map<number, HeapObjects>();
  /** Strings of the global heap that were decoded already, by place. */
  readonly strings = new Map<string, string>();
  /** Links of the groups that were read already, by the group's address. */
  readonly links = new Map<number, ReadonlyMap<string, Link>>();
  /** Attributes of the objects that were read already, by the object's address. */
  readonly attributes = new Map<number, Hdf5Attributes>();
  private readonly _counted = new Set<string | number>();
  private _spent = 0;

  /** @throws FormatError when the file is no HDF5 file, or is shorter than it says. */
  constructor(readonly source: ByteSource) {
    const start = findSignature(source);
    const c = new Cursor(source.read(start, Math.min(source.size - start, 256)), "hdf5", start);
    c.skip(8);
    const version = c.u8();
    if (version > 3) throw c.fail("the superblock's version", version, "0 to 3", 8);
    let end: number;
    if (version < 2) {
      c.skip(4);
      [this.offsetSize, this.lengthSize] = sizes(c);
      // Group leaf and internal node sizes matter to writers only.
      c.skip(version === 1 ? 1 + 4 + 4 + 4 : 1 + 4 + 4);
      this.base = this.address(c, "the base address") ?? start;
      c.skip(this.offsetSize);
      end = this.address(c, "the end of the file") ?? source.size;
      c.skip(2 * this.offsetSize);
    } else {
      [this.offsetSize, this.lengthSize] = sizes(c);
      c.skip(1);
      this.base = this.address(c, "the base address") ?? start;
      c.skip(this.offsetSize);
      end = this.address(c, "the end of the file") ?? source.size;
    }
    // Alone among the addresses, this one counts from the beginning of the file.
    if (end > source.size)
      throw c.fail(
        "the file",
        `cut off (${source.size} bytes long)`,
        `${end} bytes, as its superblock says`,
        0,
      );
    const root = this.address(c, "the root group's address");
    if (root === undefined) throw c.fail("the root group's address", "undefined", "an address");
    this.root = root;
  }

  /** {@link spend}, but `what` counts only once. */
  account(what: string | number, bytes: number, path: string): void {
    if (this._counted.has(what)) return;
    this._counted.add(what);
    this.spend(bytes, path);
  }

  /**
   * Notes that `bytes` of the file were read for something. Different things lie in different places: a file whose parts
   * add up to more than itself has them on top of each other, to make a little look like a lot.
   */
  spend(bytes: number, path: string): void {
    this._spent += bytes;
    const most = 4 * this.source.size + 65_536;
    if (this._spent > most)
      throw new FormatError({
        format: "hdf5",
        what: "the data",
        path,
        found: `on top of other data (over ${most} bytes were read so far)`,
        wanted: "parts that share no bytes",
      });
  }

  /** An address, or `undefined` where the file says that there is none. */
  address(c: Cursor, what = "an address"): number | undefined {
    const at = c.take(this.offsetSize, what);
    let none = true;
    for (let i = 0; none && i < this.offsetSize; i++) none = c.bytes[at + i] === 0xff;
    if (none) return undefined;
    c.pos = at;
    return c.uint(this.offsetSize, what);
  }

  /** An address that must be there. */
  somewhere(c: Cursor, what: string): number {
    const at = c.pos;
    const address = this.address(c, what);
    if (address === undefined) throw c.fail(what, "undefined", "an address", at);
    return address;
  }

  length(c: Cursor, what = "a length"): number {
    return c.uint(this.lengthSize, what);
  }

  /** `n` bytes from an address on, not read yet. */
  locate(address: number, n: number, path: string): Located {
    const offset = this.base + address;
    if (!(offset + n <= this.source.size)) this.at(address, n, path, "the data");
    return { source: this.source, offset, size: n, fresh: false };
  }

  /** A cursor over `n` bytes from an address on; with `upTo` over fewer where the file ends before. */
  at(address: number, n: number, path: string | undefined, what: string, upTo = false): Cursor {
    const offset = this.base + address;
    const { size } = this.source;
    if (offset > size || (!upTo && offset + n > size))
      throw new FormatError({
        format: "hdf5",
        what,
        path,
        found: `${n} bytes from byte ${offset} on`,
        wanted: `within the file (${size} bytes)`,
        offset,
      });
    const c = new Cursor(this.source.read(offset, Math.min(n, size - offset)), "hdf5", offset);
    c.path = path;
    return c;
  }
}

function sizes(c: Cursor): [number, number] {
  const at = c.pos;
  const pair: [number, number] = [c.u8(), c.u8()];
  for (const n of pair)
    if (![2, 4, 8].includes(n)) throw c.fail("the size of addresses and lengths", n, "2, 4 or 8", at);
  return pair;
}

/** The superblock stands at the beginning, or behind a user block of 512 bytes, or of twice that, and so on. */
function findSignature(source: ByteSource): number {
  for (let at = 0; at + 64 <= source.size; at = at === 0 ? 512 : 2 * at)
    if (new Cursor(source.read(at, 8), "hdf5").at(SIGNATURE)) return at;
  const head = source.read(0, Math.min(8, source.size));
  throw new FormatError({
    format: "hdf5",
    what: "the signature",
    found: head.length
      ? [...head].map((b) => b.toString(16).padStart(2, "0")).join(" ")
      : "missing (the file is empty)",
    wanted: "89 48 44 46 0d 0a 1a 0a",
    offset: 0,
  });
}

/** How many bytes hold numbers up to `limit`. */
export const bytesFor = (limit: number): number => Math.floor(Math.log2(Math.max(limit, 1)) / 8) + 1;
