import { sizeOf } from "@cognate/kernel";
import type { Cursor } from "../bytes/cursor.js";
import { FormatError } from "../bytes/errors.js";
import { MemorySource } from "../bytes/source.js";
import { walkBTree1 } from "./btree1.js";
import { walkBTree2 } from "./btree2.js";
import type { Hdf5Layout, Located } from "./file.js";
import { readFilters, unpackChunk } from "./filters.js";

/** Where a dataset's elements are. */
export type DataLayout =
  | { readonly kind: "compact"; readonly offset: number; readonly size: number }
  /** `address` is `undefined` where nothing was ever written. */
  | { readonly kind: "contiguous"; readonly address: number | undefined; readonly size: number }
  | {
      readonly kind: "chunked";
      /** Axis lengths of a chunk. */
      readonly chunk: readonly number[];
      readonly elementSize: number;
      readonly index: ChunkIndex;
    };

type ChunkIndex =
  | { readonly kind: "none" }
  | { readonly kind: "btree1" | "btree2"; readonly address: number }
  | {
      readonly kind: "single";
      readonly address: number;
      readonly size: number | undefined;
      readonly mask: number;
    }
  | { readonly kind: "implicit"; readonly address: number }
  | { readonly kind: "fixed"; readonly address: number };

/** Reads a data layout message, versions 1 to 4. */
export function readLayout(file: Hdf5Layout, c: Cursor): DataLayout {
  const version = c.u8();
  if (version < 1 || version > 4) throw c.fail("a data layout's version", version, "1 to 4", 0);
  if (version < 3) return readOldLayout(file, c);
  const kind = c.u8();
  if (kind === 0) {
    const size = c.u16();
    return { kind: "compact", offset: c.offset, size: c.view(size, "compact data").length };
  }
  if (kind === 1) {
    const address = file.address(c);
    return { kind: "contiguous", address, size: file.length(c, "the data's size") };
  }
  if (kind !== 2)
    throw c.fail(
      "a data layout",
      kind === 3 ? "virtual" : `of class ${kind}`,
      "compact, contiguous or chunked",
      1,
    );
  if (version === 4) return readNewChunks(file, c);
  const rank = c.u8();
  const address = file.address(c);
  const dims = Array.from({ length: rank }, () => c.u32());
  return chunked(c, dims, address === undefined ? { kind: "none" } : { kind: "btree1", address });
}

function chunked(c: Cursor, dims: readonly number[], index: ChunkIndex): DataLayout {
  // The last "axis" is the size of an element.
  if (dims.length < 2 || dims.includes(0) || !Number.isSafeInteger(sizeOf(dims)))
    throw c.fail("a chunk's shape", `(${dims})`, "axis lengths above 0", 0);
  return { kind: "chunked", chunk: dims.slice(0, -1), elementSize: dims[dims.length - 1]!, index };
}

function readOldLayout(file: Hdf5Layout, c: Cursor): DataLayout {
  const rank = c.u8();
  const kind = c.u8();
  c.skip(5);
  const address = kind === 0 ? undefined : file.address(c);
  const dims = Array.from({ length: rank }, () => c.u32());
  if (kind === 1) return { kind: "contiguous", address, size: sizeOf(dims) };
  if (kind === 2)
    return chunked(c, dims, address === undefined ? { kind: "none" } : { kind: "btree1", address });
  if (kind !== 0) throw c.fail("a data layout", `of class ${kind}`, "compact, contiguous or chunked", 2);
  const size = c.u32();
  return { kind: "compact", offset: c.offset, size: c.view(size, "compact data").length };
}

function readNewChunks(file: Hdf5Layout, c: Cursor): DataLayout {
  const flags = c.u8();
  const rank = c.u8();
  const width = c.u8();
  const dims = Array.from({ length: rank }, () => c.uint(width, "a chunk's axis"));
  const at = c.pos;
  const kind = c.u8();
  let single: { size: number | undefined; mask: number } = { size: undefined, mask: 0 };
  if (kind === 1 && flags & 2) single = { size: file.length(c), mask: c.u32() };
  else if (kind === 3) c.skip(1);
  else if (kind === 5) c.skip(6);
  else if (kind !== 1 && kind !== 2)
    throw c.fail(
      "an index of chunks",
      kind === 4 ? "an extensible array" : `of class ${kind}`,
      "another kind of index",
      at,
    );
  const address = file.address(c);
  if (address === undefined) return chunked(c, dims, { kind: "none" });
  if (kind === 1) return chunked(c, dims, { kind: "single", address, ...single });
  return chunked(c, dims, { kind: kind === 2 ? "implicit" : kind === 3 ? "fixed" : "btree2", address });
}

/** A chunk in the file. */
interface Chunk {
  /** Its first element's index on each axis. */
  readonly at: readonly number[];
  readonly address: number;
  /** Bytes in the file. */
  readonly size: number;
  readonly mask: number;
}

type Chunked = Extract<DataLayout, { kind: "chunked" }>;

/** The chunks of a dataset, and how many bytes of the file tell about them. */
function chunksOf(
  file: Hdf5Layout,
  layout: Chunked,
  shape: readonly number[],
  filtered: boolean,
  path: string,
): { chunks: Chunk[]; told: number } {
  const { chunk, index, elementSize } = layout;
  const rank = chunk.length;
  const bytes = sizeOf(chunk) * elementSize;
  const chunks: Chunk[] = [];
  let nodes = 0;
  /** Chunks are counted row-major through the dataset. */
  const numbered = (i: number, address: number, size: number, mask: number): void => {
    const at = new Array<number>(rank);
    for (let d = rank - 1, k = i; d >= 0; d--) {
      const n = Math.max(1, Math.ceil(shape[d]! / chunk[d]!));
      at[d] = (k % n) * chunk[d]!;
      k = Math.floor(k / n);
    }
    chunks.push({ at, address, size, mask });
  };
  const count = shape.reduce((n, s, d) => n * Math.ceil(s / chunk[d]!), 1);
  if (index.kind === "btree1")
    nodes = walkBTree1(file, index.address, 1, 8 + 8 * (rank + 1), path, (key, address) => {
      const size = key.u32();
      const mask = key.u32();
      const at = Array.from({ length: rank }, () => key.u64("a chunk's place"));
      chunks.push({ at, address, size, mask });
    });
  else if (index.kind === "single") numbered(0, index.address, index.size ?? bytes, index.mask);
  else if (index.kind === "implicit") {
    file.at(index.address, count * bytes, path, "the chunks");
    for (let i = 0; i < count; i++) numbered(i, index.address + i * bytes, bytes, 0);
  } else if (index.kind === "fixed") fixedArray(file, index.address, bytes, count, path, numbered);
  else if (index.kind === "btree2") {
    walkBTree2(file, index.address, path, (c, size) => {
      const address = file.somewhere(c, "a chunk's address");
      // Address, [size, mask,] and the chunk's number on each axis.
      const sizeWidth = filtered ? size - file.offsetSize - 4 - 8 * rank : 0;
      const packed = filtered ? c.uint(sizeWidth, "a chunk's size") : bytes;
      const mask = filtered ? c.u32() : 0;
      const at = Array.from({ length: rank }, (_, d) => c.u64("a chunk's number") * chunk[d]!);
      chunks.push({ at, address, size: packed, mask });
    });
  }
  const told = chunks.reduce((n, c) => n + c.size + 8 * (rank + 1), 24 * nodes);
  return { chunks, told };
}

function fixedArray(
  file: Hdf5Layout,
  address: number,
  bytes: number,
  count: number,
  path: string,
  numbered: (i: number, address: number, size: number, mask: number) => void,
): void {
  const head = file.at(address, 8 + file.lengthSize + file.offsetSize, path, "a fixed array of chunks");
  head.expect("FAHD", "a fixed array's signature");
  head.skip(1);
  const filtered = head.u8() === 1;
  const entrySize = head.u8();
  const pageBits = head.u8();
  const entries = file.length(head, "a fixed array's size");
  const data = file.address(head);
  if (data === undefined) return;
  if (entries < count) throw head.fail("a fixed array", `of ${entries} chunks`, `the dataset's ${count}`, 8);
  const perPage = 2 ** pageBits;
  const pages = count > perPage ? Math.ceil(entries / perPage) : 0;
  const header = 6 + file.offsetSize + (pages ? Math.ceil(pages / 8) : 0);
  const body = pages ? entries * entrySize + 4 * (pages + 1) : count * entrySize;
  const c = file.at(data, header + body, path, "a fixed array of chunks", pages > 0);
  c.expect("FADB", "a fixed array block's signature");
  // With pages, each has its own checksum, and so has what stands before them.
  c.seek(header + (pages ? 4 : 0));
  for (let i = 0; i < count; i++) {
    if (pages && i > 0 && i % perPage === 0) c.skip(4);
    const chunk = file.address(c, "a chunk's address");
    const size = filtered ? c.uint(entrySize - file.offsetSize - 4, "a chunk's size") : bytes;
    const mask = filtered ? c.u32() : 0;
    if (chunk !== undefined) numbered(i, chunk, size, mask);
  }
}

/** How much memory a dataset may take that nothing in the file backs: elements that were never written. */
const UNWRITTEN = 2 ** 20;
const TIMES_FILE = 16;

/** What a dataset's header says about its elements. */
export interface AboutData {
  readonly shape: readonly number[];
  readonly elementSize: number;
  readonly filters: Cursor | undefined;
  readonly fill: Uint8Array | undefined;
}

const unpacked = (bytes: Uint8Array): Located => ({
  source: new MemorySource(bytes, "hdf5"),
  offset: 0,
  size: bytes.length,
  fresh: true,
});

/** The elements of the dataset whose header is at `owner`, row-major, as they are in the file but without filters. */
export function readData(
  file: Hdf5Layout,
  layout: DataLayout,
  about: AboutData,
  owner: number,
  path: string,
): Located {
  const { shape, elementSize, filters, fill } = about;
  const size = sizeOf(shape) * elementSize;
  const fail = (what: string, found: string, wanted: string, offset?: number): FormatError =>
    new FormatError({ format: "hdf5", what, path, found, wanted, offset });
  if (!Number.isSafeInteger(size)) throw fail("the data", `${size} bytes long`, "fewer than 2^53 bytes");
  const unwritten = (backed: number): Uint8Array => {
    const most = backed + Math.max(UNWRITTEN, TIMES_FILE * file.source.size);
    if (size > most)
      throw fail("the data", `${size} bytes long`, `at most ${most}, given what the file holds of it`);
    const out = new Uint8Array(size);
    if (fill?.length === elementSize && fill.some((b) => b !== 0))
      for (let i = 0; i < size; i += elementSize) out.set(fill, i);
    return out;
  };
  if (layout.kind !== "chunked") {
    const address = layout.kind === "compact" ? layout.offset - file.base : layout.address;
    if (address === undefined) return unpacked(unwritten(0));
    if (layout.size < size)
      throw fail("the data", `${layout.size} bytes long`, `${size} bytes for its shape and type`, address);
    file.account(owner, size, path);
    return file.locate(address, size, path);
  }

  const { chunk } = layout;
  if (chunk.length !== shape.length) throw fail("a chunk's shape", `(${chunk})`, `${shape.length} axes`);
  if (layout.elementSize !== elementSize)
    throw fail("a chunk's element", `${layout.elementSize} bytes`, `${elementSize} bytes`);
  const pipeline = filters ? readFilters(filters) : [];
  const chunkBytes = sizeOf(chunk) * elementSize;
  const { chunks: listed, told } = chunksOf(file, layout, shape, pipeline.length > 0, path);
  file.account(owner, told, path);
  const chunks = listed.filter(({ at }) => at.every((a, d) => a < shape[d]!));
  const seen = new Set<number>();
  for (const { address } of chunks) {
    if (seen.has(address)) throw fail("a chunk", "in two places", "one place each", file.base + address);
    seen.add(address);
  }
  // Deflate packs a thousandfold at most: a chunk that claims more is broken, and claims no memory.
  const backed = chunks.reduce((n, c) => n + Math.min(chunkBytes, 1100 * c.size + 64), 0);
  const out = unwritten(backed);
  for (const c of chunks) {
    const raw = file.at(c.address, c.size, path, "a chunk");
    const data = unpackChunk(raw.bytes, chunkBytes, pipeline, c.mask, (found, wanted) =>
      fail("a chunk", found, wanted, raw.base),
    );
    place(out, shape, data, chunk, c.at, elementSize);
  }
  return unpacked(out);
}

/** Copies a chunk into its place, line by line, without what hangs over the dataset's end. */
function place(
  out: Uint8Array,
  shape: readonly number[],
  data: Uint8Array,
  chunk: readonly number[],
  at: readonly number[],
  elementSize: number,
): void {
  const rank = shape.length;
  const within = shape.map((n, d) => Math.min(chunk[d]!, n - at[d]!));
  const last = rank - 1;
  const line = within[last]! * elementSize;
  const index = new Array<number>(rank).fill(0);
  for (;;) {
    let from = 0;
    let to = 0;
    for (let d = 0; d < rank; d++) {
      from = from * chunk[d]! + index[d]!;
      to = to * shape[d]! + at[d]! + index[d]!;
    }
    out.set(data.subarray(from * elementSize, from * elementSize + line), to * elementSize);
    let d = last - 1;
    while (d >= 0 && ++index[d]! >= within[d]!) index[d--] = 0;
    if (d < 0) return;
  }
}
