import type { Cursor } from "../bytes/cursor.js";
import { walkBTree1 } from "./btree1.js";
import { walkBTree2 } from "./btree2.js";
import type { Hdf5Layout } from "./file.js";
import { FractalHeap } from "./fractal-heap.js";
import { MESSAGE, type Message } from "./object-header.js";

/** What a name in a group leads to. */
export type Link =
  | { readonly kind: "hard"; readonly address: number }
  | { readonly kind: "soft"; readonly target: string }
  | { readonly kind: "external"; readonly target: string };

const LONGEST_NAME = 4096;

/** The links of a group, in the file's order: by name for the older kind of group, by hash or age for the newer. */
export function readLinks(file: Hdf5Layout, messages: readonly Message[], path: string): Map<string, Link> {
  const links = new Map<string, Link>();
  for (const m of messages) {
    if (m.type === MESSAGE.SYMBOL_TABLE) symbolTable(file, m.open(), path, links);
    else if (m.type === MESSAGE.LINK) {
      const c = m.open();
      file.spend(c.length, path);
      readLink(file, c, links);
    } else if (m.type === MESSAGE.LINK_INFO) denseLinks(file, m.open(), path, links);
  }
  return links;
}

function symbolTable(file: Hdf5Layout, c: Cursor, path: string, links: Map<string, Link>): void {
  const tree = file.somewhere(c, "a group's B-tree");
  const heap = localHeap(file, file.somewhere(c, "a group's heap"), path);
  const name = (offset: number): string => {
    heap.seek(Math.min(offset, heap.length), "a link's name");
    const text = heap.cstring("a link's name");
    // Names may end together in the heap; that makes them no longer than any name is.
    if (text.length > LONGEST_NAME)
      throw heap.fail("a link's name", `${text.length} bytes long`, `at most ${LONGEST_NAME}`);
    return new TextDecoder().decode(latin1Bytes(text));
  };
  const seen = new Set<number>();
  const nodes = walkBTree1(file, tree, 0, file.lengthSize, path, (_key, address) => {
    const head = file.at(address, 8, path, "a symbol table node");
    head.expect("SNOD", "a symbol table node's signature");
    if (seen.has(address)) throw head.fail("a symbol table", "a node that it has twice", "each node once", 0);
    seen.add(address);
    head.skip(2);
    const count = head.u16();
    const entry = 2 * file.offsetSize + 24;
    const c = file.at(address + 8, count * entry, path, "a symbol table node");
    for (let i = 0; i < count; i++) {
      c.seek(i * entry);
      const key = name(file.somewhere(c, "a link's name"));
      const object = file.address(c, "an object's address");
      const cache = c.u32();
      c.skip(4);
      if (cache === 2) links.set(key, { kind: "soft", target: name(c.u32()) });
      else if (object !== undefined) links.set(key, { kind: "hard", address: object });
    }
    file.spend(8 + count * entry, path);
  });
  file.spend(24 * nodes, path);
}

const latin1Bytes = (text: string): Uint8Array => Uint8Array.from(text, (ch) => ch.charCodeAt(0));

function localHeap(file: Hdf5Layout, address: number, path: string): Cursor {
  const c = file.at(address, 8 + 2 * file.lengthSize + file.offsetSize, path, "a group's heap");
  c.expect("HEAP", "a heap's signature");
  c.skip(4);
  const size = file.length(c, "a heap's size");
  c.skip(file.lengthSize);
  return file.at(file.somewhere(c, "a heap's data"), size, path, "a group's heap");
}

function readLink(file: Hdf5Layout, c: Cursor, links: Map<string, Link>): void {
  const version = c.u8();
  if (version !== 1) throw c.fail("a link's version", version, "1", 0);
  const flags = c.u8();
  const kind = flags & 8 ? c.u8() : 0;
  if (flags & 4) c.skip(8);
  if (flags & 16) c.skip(1);
  const name = c.text(c.uint(1 << (flags & 3), "a link name's length"), "a link's name");
  if (kind === 0) links.set(name, { kind: "hard", address: file.somewhere(c, "a link's target") });
  else if (kind === 1) links.set(name, { kind: "soft", target: c.text(c.u16(), "a link's target") });
  else
    links.set(name, {
      kind: "external",
      target: c.latin1(c.u16(), "a link's target").replace(/\0/g, " ").trim(),
    });
}

/** Many links lie in a heap, with an index by their names' hashes. */
function denseLinks(file: Hdf5Layout, c: Cursor, path: string, links: Map<string, Link>): void {
  c.skip(1);
  if (c.u8() & 1) c.skip(8);
  const heapAddress = file.address(c);
  const tree = file.address(c);
  if (heapAddress === undefined || tree === undefined) return;
  const heap = new FractalHeap(file, heapAddress, path);
  walkBTree2(file, tree, path, (record) => {
    record.skip(4);
    const c = heap.object(record);
    file.spend(c.length, path);
    readLink(file, c, links);
  });
}
