import type { Cursor } from "../bytes/cursor.js";
import { bytesFor, type Hdf5Layout } from "./file.js";

/** Calls `record` with a cursor at each record of the version 2 B-tree at `address`. */
export function walkBTree2(
  file: Hdf5Layout,
  address: number,
  path: string,
  record: (c: Cursor, size: number) => void,
): void {
  const head = file.at(address, 16 + file.offsetSize + 2 + file.lengthSize, path, "a B-tree");
  head.expect("BTHD", "a B-tree's signature");
  head.skip(2);
  const nodeSize = head.u32();
  const recordSize = head.u16();
  const depth = head.u16();
  head.skip(2);
  const root = file.address(head, "a B-tree's root");
  const count = head.u16();
  if (root === undefined) return;
  if (recordSize === 0 || nodeSize < 10 + recordSize)
    throw head.fail("a B-tree's node size", nodeSize, "room for a record");

  // How many records a node of each depth can hold decides how wide the counts in pointers are.
  const most = [Math.floor((nodeSize - 10) / recordSize)];
  const total = [most[0]!];
  const totalSize = [0];
  const countSize = bytesFor(most[0]!);
  if (depth > 16) throw head.fail("a B-tree's depth", depth, "at most 16");
  const pointerSize = (d: number): number => file.offsetSize + countSize + totalSize[d - 1]!;
  for (let d = 1; d <= depth; d++) {
    most[d] = Math.floor((nodeSize - 10 - pointerSize(d)) / (recordSize + pointerSize(d)));
    total[d] = (most[d]! + 1) * total[d - 1]! + most[d]!;
    totalSize[d] = bytesFor(total[d]!);
  }

  const seen = new Set<number>();
  const visit = (node: number, n: number, d: number): void => {
    const c = file.at(node, nodeSize, path, "a B-tree node", true);
    if (seen.has(node)) throw c.fail("a B-tree", "a node that it has twice", "each node once");
    seen.add(node);
    c.expect(d === 0 ? "BTLF" : "BTIN", "a B-tree node's signature");
    c.skip(2);
    for (let i = 0; i < n; i++) {
      const at = c.pos;
      c.take(recordSize, "a B-tree's record");
      c.pos = at;
      record(c, recordSize);
      c.pos = at + recordSize;
    }
    if (d === 0) return;
    for (let i = 0; i <= n; i++) {
      const child = file.somewhere(c, "a B-tree child's address");
      const records = c.uint(countSize);
      c.skip(totalSize[d - 1]!);
      visit(child, records, d - 1);
    }
  };
  visit(root, count, depth);
}
