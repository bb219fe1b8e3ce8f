import type { Cursor } from "../bytes/cursor.js";
import type { Hdf5Layout } from "./file.js";

/** Kinds of messages that are read. */
export const MESSAGE = {
  DATASPACE: 0x01,
  LINK_INFO: 0x02,
  DATATYPE: 0x03,
  FILL_OLD: 0x04,
  FILL: 0x05,
  LINK: 0x06,
  EXTERNAL: 0x07,
  LAYOUT: 0x08,
  FILTERS: 0x0b,
  ATTRIBUTE: 0x0c,
  CONTINUATION: 0x10,
  SYMBOL_TABLE: 0x11,
  ATTRIBUTE_INFO: 0x15,
} as const;

/** One message of an object's header; each call of `open` gives a cursor over its content. */
export interface Message {
  readonly type: number;
  readonly open: () => Cursor;
}

interface Block {
  readonly address: number;
  readonly length: number;
}

/**
 * The messages of the object header at `address`, of version 1 or 2, through all of its continuations. Messages that
 * are shared (committed types) are followed to where they stand.
 */
export function readObjectHeader(file: Hdf5Layout, address: number, path: string, depth = 0): Message[] {
  const head = file.at(address, 16, path, "an object's header", true);
  return head.at("OHDR")
    ? readVersion2(file, address, path, depth)
    : readVersion1(file, address, path, depth);
}

/** Goes through the blocks, each of which may name further ones; none is read twice. */
function throughBlocks(
  file: Hdf5Layout,
  path: string,
  first: Block,
  read: (c: Cursor, more: (c: Cursor) => void) => void,
): void {
  const open: Block[] = [first];
  const seen = new Set<number>();
  while (open.length) {
    const { address, length } = open.pop()!;
    const c = file.at(address, length, path, "an object's header");
    if (seen.has(address)) throw c.fail("an object's header", "a circle of continuations", "each part once");
    seen.add(address);
    read(c, (m) => {
      const next = file.somewhere(m, "a continuation's address");
      open.unshift({ address: next, length: file.length(m, "a continuation's length") });
    });
  }
}

function readVersion1(file: Hdf5Layout, address: number, path: string, depth: number): Message[] {
  const c = file.at(address, 16, path, "an object's header");
  const version = c.u8();
  if (version !== 1) throw c.fail("an object header's version", version, "1 or 2", 0);
  c.skip(1);
  const count = c.u16();
  c.skip(4);
  const length = c.u32();
  const messages: Message[] = [];
  let read = 0;
  throughBlocks(file, path, { address: address + 16, length }, (block, more) => {
    while (read < count && block.remaining >= 8) {
      const type = block.u16();
      const size = block.u16();
      const flags = block.u8();
      block.skip(3);
      add(file, path, depth, messages, type, flags, block, size, more);
      read++;
    }
  });
  return messages;
}

function readVersion2(file: Hdf5Layout, address: number, path: string, depth: number): Message[] {
  const c = file.at(address, 64, path, "an object's header", true);
  c.expect("OHDR");
  const version = c.u8();
  if (version !== 2) throw c.fail("an object header's version", version, "2", 4);
  const flags = c.u8();
  if (flags & 0x20) c.skip(16);
  if (flags & 0x10) c.skip(4);
  const length = c.uint(1 << (flags & 3), "an object header's size");
  const messages: Message[] = [];
  const ordered = (flags & 4) !== 0;
  const start = address + c.pos;
  throughBlocks(file, path, { address: start, length }, (block, more) => {
    const first = file.base + start === block.base;
    if (!first) block.expect("OCHK", "a continuation's signature");
    // Continuations end with a checksum, which lies behind the length that is given for the first block.
    const end = first ? block.length : block.length - 4;
    while (end - block.pos >= (ordered ? 6 : 4)) {
      const type = block.u8();
      const size = block.u16();
      const messageFlags = block.u8();
      if (ordered) block.skip(2);
      add(file, path, depth, messages, type, messageFlags, block, size, more);
    }
  });
  return messages;
}

function add(
  file: Hdf5Layout,
  path: string,
  depth: number,
  messages: Message[],
  type: number,
  flags: number,
  block: Cursor,
  size: number,
  more: (c: Cursor) => void,
): void {
  const address = block.offset - file.base;
  block.take(size, "a message");
  const open = (): Cursor => file.at(address, size, path, "a message");
  if (type === MESSAGE.CONTINUATION) more(open());
  else if (type === 0) return;
  else if (flags & 2) messages.push({ type, open: () => shared(file, type, open(), path, depth) });
  else messages.push({ type, open });
}

/** The content of a message that stands in another object's header. */
export function shared(file: Hdf5Layout, type: number, c: Cursor, path: string, depth = 0): Cursor {
  const version = c.u8();
  const kind = c.u8();
  if (version === 1) c.skip(6);
  if (version > 3 || (version === 3 && kind === 1))
    throw c.fail("a shared message", `in a shared heap (version ${version})`, "one in an object's header", 0);
  const address = file.somewhere(c, "a shared message's address");
  if (depth > 4) throw c.fail("a shared message", "shared in a circle", "one in an object's header", 0);
  const found = readObjectHeader(file, address, path, depth + 1).find((m) => m.type === type);
  if (!found) throw c.fail("a shared message", "missing where it should be", `a message of type ${type}`, 0);
  return found.open();
}
