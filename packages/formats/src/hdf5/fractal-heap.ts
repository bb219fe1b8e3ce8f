import type { Cursor } from "../bytes/cursor.js";
import { walkBTree2 } from "./btree2.js";
import { bytesFor, type Hdf5Layout } from "./file.js";

/** A fractal heap: where groups with many links and objects with many attributes keep them. */
export class FractalHeap {
  private readonly _idLength: number;
  private readonly _width: number;
  private readonly _startSize: number;
  private readonly _maxDirect: number;
  private readonly _offsetSize: number;
  private readonly _lengthSize: number;
  private readonly _root: number | undefined;
  private readonly _rows: number;
  private readonly _hugeTree: number | undefined;
  private _huge: Map<number, { address: number; length: number }> | undefined;

  constructor(
    private readonly _file: Hdf5Layout,
    address: number,
    private readonly _path: string,
  ) {
    const file = this._file;
    const c = file.at(address, 22 + 12 * file.lengthSize + 3 * file.offsetSize, _path, "a fractal heap");
    c.expect("FRHP", "a fractal heap's signature");
    c.skip(1);
    this._idLength = c.u16();
    const filters = c.u16();
    if (filters !== 0) throw c.fail("a fractal heap", "with filters", "one without");
    c.skip(1);
    const maxManaged = c.u32();
    c.skip(file.lengthSize);
    this._hugeTree = file.address(c);
    c.skip(file.lengthSize + file.offsetSize + 8 * file.lengthSize);
    this._width = c.u16();
    this._startSize = file.length(c);
    this._maxDirect = file.length(c);
    const maxBits = c.u16();
    c.skip(2);
    this._root = file.address(c);
    this._rows = c.u16();
    this._offsetSize = Math.ceil(maxBits / 8);
    this._lengthSize = Math.min(bytesFor(this._maxDirect), bytesFor(maxManaged));
    if (this._width === 0 || this._startSize === 0 || maxBits > 64 || this._offsetSize > 8)
      throw c.fail("a fractal heap's block sizes", `${this._startSize} × ${this._width}`, "sizes above 0");
  }

  /** Passes over a heap ID and gives the object that it stands for. */
  object(id: Cursor): Cursor {
    const at = id.pos;
    const flags = id.u8();
    const kind = (flags >> 4) & 3;
    const end = at + this._idLength;
    let out: Cursor;
    if (kind === 0) {
      const offset = id.uint(this._offsetSize, "a heap object's offset");
      out = this._managed(offset, id.uint(this._lengthSize, "a heap object's length"), id);
    } else if (kind === 1) out = this._hugeObject(id, end);
    else if (kind === 2) {
      const long = this._idLength > 18;
      const n = (long ? ((flags & 15) << 8) | id.u8() : flags & 15) + 1;
      out = this._file.at(id.offset - this._file.base, n, this._path, "a tiny heap object");
    } else throw id.fail("a heap object's kind", kind, "0 to 2", at);
    id.seek(end);
    return out;
  }

  private _hugeObject(id: Cursor, end: number): Cursor {
    const file = this._file;
    // Where an address and a length fit, the ID itself holds them.
    if (end - id.pos >= file.offsetSize + file.lengthSize) {
      const address = file.somewhere(id, "a heap object's address");
      return file.at(address, file.length(id), this._path, "a huge heap object");
    }
    const key = id.uint(Math.min(file.lengthSize, end - id.pos));
    if (!this._huge) {
      this._huge = new Map();
      if (this._hugeTree !== undefined)
        walkBTree2(file, this._hugeTree, this._path, (c) => {
          const address = file.somewhere(c, "a heap object's address");
          const length = file.length(c);
          this._huge!.set(file.length(c), { address, length });
        });
    }
    const found = this._huge.get(key);
    if (!found) throw id.fail("a huge heap object's number", key, "one of the heap's");
    return file.at(found.address, found.length, this._path, "a huge heap object");
  }

  /** Rows 0 and 1 have blocks of the starting size; each further row doubles it. */
  private _blockSize(row: number): number {
    return row < 2 ? this._startSize : this._startSize * 2 ** (row - 1);
  }

  private _managed(offset: number, length: number, id: Cursor): Cursor {
    const file = this._file;
    if (this._root === undefined) throw id.fail("a heap object", "in an empty heap", "an object");
    let block = this._root;
    let rows = this._rows;
    let inBlock = offset;
    // Each level of indirect blocks divides the offset further: 64 levels cover any heap.
    for (let level = 0; rows > 0; level++) {
      if (level > 64) throw id.fail("a fractal heap", "a circle of blocks", "a tree");
      let row = 0;
      let start = 0;
      while (row < rows && inBlock >= start + this._width * this._blockSize(row)) {
        start += this._width * this._blockSize(row);
        row++;
      }
      if (row >= rows) throw id.fail("a heap object's offset", offset, "within the heap");
      const size = this._blockSize(row);
      const column = Math.floor((inBlock - start) / size);
      const entry = row * this._width + column;
      const header = 5 + file.offsetSize + this._offsetSize;
      const c = file.at(
        block,
        header + (entry + 1) * file.offsetSize,
        this._path,
        "an indirect block of a fractal heap",
      );
      c.expect("FHIB", "an indirect block's signature");
      c.seek(header + entry * file.offsetSize);
      block = file.somewhere(c, "a block's address");
      inBlock -= start + column * size;
      const direct = size <= this._maxDirect;
      rows = direct ? 0 : Math.round(Math.log2(size) - Math.log2(this._startSize * this._width)) + 1;
    }
    file.at(block, 4, this._path, "a direct block").expect("FHDB", "a direct block's signature");
    return file.at(block + inBlock, length, this._path, "a heap object");
  }
}
