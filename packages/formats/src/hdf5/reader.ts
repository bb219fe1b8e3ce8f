import type { Strided } from "@cognate/kernel";
import type { ArrayReadOptions } from "../bytes/arrays.js";
import type { Cursor } from "../bytes/cursor.js";
import { FormatError } from "../bytes/errors.js";
import { type ByteInput, sourceOf } from "../bytes/source.js";
import { Hdf5Attributes } from "./attributes.js";
import { readDataspace } from "./dataspace.js";
import { type Hdf5Type, readDatatype } from "./datatype.js";
import { Hdf5Layout } from "./file.js";
import { readData, readLayout } from "./layout.js";
import { type Link, readLinks } from "./links.js";
import { MESSAGE, type Message, readObjectHeader } from "./object-header.js";
import { asBfloat16, flattened, type Hdf5Value, interpret } from "./values.js";

/** A group or dataset. */
abstract class Hdf5Object {
  constructor(
    protected readonly file: Hdf5Layout,
    /** Where the object's header is: two links with the same address lead to one object. */
    readonly address: number,
    /** The path that it was reached by. */
    readonly path: string,
    protected readonly messages: readonly Message[],
  ) {}

  /** The last part of the path. */
  get name(): string {
    return this.path.slice(this.path.lastIndexOf("/") + 1);
  }

  get attrs(): Hdf5Attributes {
    let known = this.file.attributes.get(this.address);
    if (!known) {
      known = new Hdf5Attributes(this.file, this.messages, this.path);
      this.file.attributes.set(this.address, known);
    }
    return known;
  }

  protected message(type: number): Cursor | undefined {
    return this.messages.find((m) => m.type === type)?.open();
  }
}

/** A dataset: an array of numbers or strings. */
export class Hdf5Dataset extends Hdf5Object {
  private _space: readonly number[] | null | undefined;
  private _type: Hdf5Type | undefined;

  private _part(type: number, what: string): Cursor {
    const c = this.message(type);
    if (c) return c;
    throw new FormatError({
      format: "hdf5",
      what,
      path: this.path,
      found: "missing",
      wanted: "in the dataset's header",
    });
  }

  private get space(): readonly number[] | null {
    if (this._space === undefined)
      this._space = readDataspace(this.file, this._part(MESSAGE.DATASPACE, "the dataspace"));
    return this._space;
  }

  /** What its elements are. */
  get type(): Hdf5Type {
    return (this._type ??= readDatatype(this._part(MESSAGE.DATATYPE, "the type")));
  }

  /** Axis lengths. */
  get shape(): readonly number[] {
    return flattened(this.type, this.space ?? []).shape;
  }

  /** What the dataset holds. @throws FormatError */
  read(options?: ArrayReadOptions): Hdf5Value {
    const { space, type } = this;
    if (!space) return { kind: "empty" };
    const external = this.message(MESSAGE.EXTERNAL);
    if (external) throw external.fail("the data", "in other files", "in this file", 0);
    const layout = readLayout(this.file, this._part(MESSAGE.LAYOUT, "the data layout"));
    const filters = this.message(MESSAGE.FILTERS);
    const about = { shape: space, elementSize: type.size, filters, fill: this._fill() };
    const data = readData(this.file, layout, about, this.address, this.path);
    const value = interpret(this.file, data, type, space, this.path, options);
    return this.attrs.has("dtype") && this.attrs.get("dtype") === "bfloat16" ? asBfloat16(value) : value;
  }

  /** The dataset's numbers. @throws FormatError when it holds something else. */
  array(options?: ArrayReadOptions): Strided {
    const value = this.read(options);
    if (value.kind === "numbers") return value.array;
    throw new FormatError({
      format: "hdf5",
      what: "the data",
      path: this.path,
      found: value.kind,
      wanted: "numbers",
    });
  }

  private _fill(): Uint8Array | undefined {
    const c = this.message(MESSAGE.FILL);
    if (!c) {
      const old = this.message(MESSAGE.FILL_OLD);
      return old && old.remaining >= 4 ? old.view(old.u32(), "a fill value") : undefined;
    }
    const version = c.u8();
    if (version === 3) return c.u8() & 0x20 ? c.view(c.u32(), "a fill value") : undefined;
    c.skip(2);
    const defined = c.u8();
    return (version === 1 || defined) && c.remaining >= 4 ? c.view(c.u32(), "a fill value") : undefined;
  }
}

/** How many soft links may lead from one to the next. */
const MOST_LINKS = 16;

/** A group: other groups and datasets by name. */
export class Hdf5Group extends Hdf5Object {
  private get links(): ReadonlyMap<string, Link> {
    let known = this.file.links.get(this.address);
    if (!known) {
      known = readLinks(this.file, this.messages, this.path);
      this.file.links.set(this.address, known);
    }
    return known;
  }

  /** The names in it, sorted as h5py lists them. */
  get keys(): string[] {
    return [...this.links.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  }

  has(path: string): boolean {
    return this.find(path) !== undefined;
  }

  /** What a path leads to, from here or (with a leading slash) from the root; `undefined` where nothing is. */
  find(path: string, links = 0): Hdf5Group | Hdf5Dataset | undefined {
    let at: Hdf5Group | Hdf5Dataset = path.startsWith("/")
      ? openObject(this.file, this.file.root, "/")
      : this;
    for (const part of path.split("/")) {
      if (part === "" || part === ".") continue;
      if (!(at instanceof Hdf5Group)) return undefined;
      const next = at._step(part, links);
      if (!next) return undefined;
      at = next;
    }
    return at;
  }

  private _step(name: string, links: number): Hdf5Group | Hdf5Dataset | undefined {
    const link = this.links.get(name);
    if (!link) return undefined;
    const path = `${this.path === "/" ? "" : this.path}/${name}`;
    if (link.kind === "hard") return openObject(this.file, link.address, path);
    if (link.kind === "external" || links >= MOST_LINKS)
      throw new FormatError({
        format: "hdf5",
        what: "the link",
        path,
        found: link.kind === "external" ? `to another file (${link.target})` : "a circle of links",
        wanted: "an object of this file",
      });
    return this.find(link.target, links + 1);
  }

  /** {@link find}, with an error that lists what there is. @throws FormatError */
  get(path: string): Hdf5Group | Hdf5Dataset {
    const found = this.find(path);
    if (found) return found;
    const some = this.keys.slice(0, 8).join(", ");
    throw new FormatError({
      format: "hdf5",
      what: `the object ${JSON.stringify(path)}`,
      path: this.path,
      found: "missing",
      wanted: `one of ${some || "nothing (the group is empty)"}${this.keys.length > 8 ? ", …" : ""}`,
    });
  }

  /** The group at a path. @throws FormatError */
  group(path: string): Hdf5Group {
    const found = this.get(path);
    if (found instanceof Hdf5Group) return found;
    throw new FormatError({
      format: "hdf5",
      what: "the object",
      path: found.path,
      found: "a dataset",
      wanted: "a group",
    });
  }

  /** The dataset at a path. @throws FormatError */
  dataset(path: string): Hdf5Dataset {
    const found = this.get(path);
    if (found instanceof Hdf5Dataset) return found;
    throw new FormatError({
      format: "hdf5",
      what: "the object",
      path: found.path,
      found: "a group",
      wanted: "a dataset",
    });
  }

  /** Calls `visit` for each object below, groups before what is in them; an object with several names comes once. */
  walk(visit: (object: Hdf5Group | Hdf5Dataset) => void): void {
    const seen = new Set([this.address]);
    const open: Hdf5Group[] = [this];
    while (open.length) {
      const group = open.pop()!;
      const inner: Hdf5Group[] = [];
      for (const key of group.keys) {
        const link = group.links.get(key)!;
        if (link.kind !== "hard" || seen.has(link.address)) continue;
        seen.add(link.address);
        const object = group.get(key);
        visit(object);
        if (object instanceof Hdf5Group) inner.push(object);
      }
      open.push(...inner.reverse());
    }
  }
}

function openObject(file: Hdf5Layout, address: number, path: string): Hdf5Group | Hdf5Dataset {
  const messages = readObjectHeader(file, address, path);
  const has = (type: number): boolean => messages.some((m) => m.type === type);
  if (has(MESSAGE.LAYOUT)) return new Hdf5Dataset(file, address, path, messages);
  if (has(MESSAGE.DATATYPE) && !has(MESSAGE.SYMBOL_TABLE) && !has(MESSAGE.LINK_INFO))
    throw new FormatError({
      format: "hdf5",
      what: "the object",
      path,
      found: has(MESSAGE.DATASPACE) ? "a dataset without a data layout" : "a type of its own",
      wanted: "a group or a dataset",
      offset: file.base + address,
    });
  return new Hdf5Group(file, address, path, messages);
}

/**
 * Opens an HDF5 file: superblocks 0 to 3, both kinds of groups, attributes in headers and in heaps; datasets compact,
 * contiguous or chunked, with gzip, lzf, shuffle and fletcher32. Specification: HDF5 File Format 3.0.
 *
 * Of a path the file stays open until {@link close}.
 *
 * @throws FormatError with the path inside the file and the byte offset.
 *
 * @example
 * ```ts
 * import { print } from "@cognate/py";
 * import { Hdf5File, Hdf5Writer } from "@cognate/formats";
 * const h5 = new Hdf5Writer();
 * h5.group("dense").attr("units", 3);
 * const file = new Hdf5File(h5.bytes());
 * print(file.keys, file.group("dense").attrs.get("units")); // prints ['dense'] 3
 * ```
 */
export class Hdf5File extends Hdf5Group {
  constructor(input: ByteInput) {
    const source = sourceOf(input);
    let layout: Hdf5Layout;
    try {
      layout = new Hdf5Layout(source);
      super(layout, layout.root, "/", readObjectHeader(layout, layout.root, "/"));
    } catch (error) {
      if (source !== input) source.close?.();
      throw error;
    }
  }

  /** Frees the file behind it. */
  close(): void {
    this.file.source.close?.();
  }
  [Symbol.dispose](): void {
    this.close();
  }
}

/** Whether bytes begin like an HDF5 file. */
export function looksLikeHdf5(head: Uint8Array): boolean {
  return [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a].every((b, i) => head[i] === b);
}
