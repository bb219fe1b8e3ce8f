import type { Hdf5Layout } from "./file.js";

/** The objects of one collection, by number. */
export type HeapObjects = ReadonlyMap<number, Uint8Array>;

/** The collection of the global heap at `address`: where values of varying length lie. */
export function heapCollection(file: Hdf5Layout, address: number, path: string | undefined): HeapObjects {
  const known = file.heaps.get(address);
  if (known) return known;
  const head = file.at(address, 8 + file.lengthSize, path, "a heap collection");
  head.expect("GCOL", "a heap collection's signature");
  head.skip(4);
  const size = file.length(head, "a heap collection's size");
  const c = file.at(address, size, path, "a heap collection");
  c.seek(Math.min(8 + file.lengthSize, size));
  const objects = new Map<number, Uint8Array>();
  while (c.remaining >= 8 + file.lengthSize) {
    const index = c.u16();
    c.skip(6);
    const n = file.length(c, "a heap object's size");
    // Number 0 is the free space at the end.
    if (index === 0) break;
    objects.set(index, c.view(n, "a heap object"));
    c.skip(Math.min((8 - (n % 8)) % 8, c.remaining));
  }
  file.heaps.set(address, objects);
  return objects;
}
