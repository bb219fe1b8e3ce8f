import type { Cursor } from "../bytes/cursor.js";
import type { Hdf5Layout } from "./file.js";

/**
 * Calls `leaf` for each leaf entry of the version 1 B-tree at `address`: with its key and the address that it points
 * to. `keySize` is the length of a key in bytes. Nodes are visited once, so that trees bent into circles end; gives their number.
 */
export function walkBTree1(
  file: Hdf5Layout,
  address: number,
  type: 0 | 1,
  keySize: number,
  path: string,
  leaf: (key: Cursor, child: number) => void,
): number {
  const seen = new Set<number>();
  const open: { address: number; level: number | undefined }[] = [{ address, level: undefined }];
  while (open.length) {
    const node = open.pop()!;
    const header = 8 + 2 * file.offsetSize;
    const head = file.at(node.address, header, path, "a B-tree node");
    if (seen.has(node.address)) throw head.fail("a B-tree", "a node that it has twice", "each node once");
    seen.add(node.address);
    head.expect("TREE", "a B-tree node's signature");
    const found = head.u8();
    if (found !== type) throw head.fail("a B-tree node's type", found, String(type), 4);
    const level = head.u8();
    if (node.level !== undefined && level !== node.level)
      throw head.fail("a B-tree node's level", level, String(node.level), 5);
    const entries = head.u16();
    const c = file.at(
      node.address + header,
      entries * (keySize + file.offsetSize) + keySize,
      path,
      "a B-tree node",
    );
    const children: number[] = [];
    for (let i = 0; i < entries; i++) {
      const keyAt = c.pos;
      c.skip(keySize);
      const child = file.somewhere(c, "a B-tree child's address");
      if (level > 0) children.push(child);
      else {
        const next = c.pos;
        c.pos = keyAt;
        leaf(c, child);
        c.pos = next;
      }
    }
    // Last in, first out: the leftmost child comes next.
    for (const child of children.reverse()) open.push({ address: child, level: level - 1 });
  }
  return seen.size;
}
