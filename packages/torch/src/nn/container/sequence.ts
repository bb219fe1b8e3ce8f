import { IndexError, type Slice, slice } from "@cognate/py";
import { deleteField, fieldsOf } from "../module/fields.js";
import { ModuleImpl, type OpenModule } from "../module.js";

/** A place in a list: negative ones count from its end. @throws IndexError in PyTorch's words */
export function placeIn(index: number, length: number): number {
  if (index < -length || index >= length) throw new IndexError(`index ${index} is out of range`);
  return index < 0 ? index + length : index;
}

/** The places that an index or a slice names. */
export function placesIn(index: number | string | Slice, length: number): number[] {
  if (typeof index === "number") return [placeIn(index, length)];
  return slice(
    Array.from({ length }, (_, i) => i),
    index,
  );
}

/** What Sequential and ModuleList share: children that are numbered from 0. */
export abstract class ModuleSequence extends ModuleImpl {
  override get length(): number {
    return this._children().length;
  }
  __len__(): number {
    return this.length;
  }
  *[Symbol.iterator](): Generator<OpenModule> {
    for (const [, child] of this._children()) yield child;
  }

  /** The children with their names, a child that stands at two places twice. */
  _children(): [string, OpenModule][] {
    return fieldsOf(this, "module") as [string, OpenModule][];
  }
  /** Numbers new children from 0. */
  _replace(children: readonly ModuleImpl[]): this {
    for (const [name] of this._children()) deleteField(this, name);
    children.forEach((child, i) => this.add_module(String(i), child));
    return this;
  }

  /** `net[i]`; a slice (`net.at("1:")`) gives a container of the same class. */
  at(index: number): OpenModule;
  at(index: string | Slice): this;
  at(index: number | string | Slice): OpenModule | this {
    const children = this._children();
    if (typeof index === "number") return children[placeIn(index, children.length)]![1];
    return this._like(slice(children, index));
  }
  /** A container of the same class with some of the children. */
  abstract _like(children: readonly (readonly [string, ModuleImpl])[]): this;

  /** `net[i] = module`. */
  set(index: number, module: ModuleImpl): void {
    const children = this._children();
    this.add_module(children[placeIn(index, children.length)]![0], module);
  }
  /** `del net[i]`, or a slice of it; the others are numbered anew. */
  delete(index: number | string | Slice): void {
    const children = this._children();
    const gone = new Set(placesIn(index, children.length));
    this._replace(children.flatMap(([, child], i) => (gone.has(i) ? [] : [child])));
  }
  /** Takes a child out and returns it. */
  pop(index: number): OpenModule {
    const child = this.at(index);
    this.delete(index);
    return child;
  }
  append(module: ModuleImpl): this {
    this.add_module(String(this.length), module);
    return this;
  }
  /** Puts a module before another; the others are numbered anew. */
  insert(index: number, module: ModuleImpl): this {
    const children: ModuleImpl[] = this._children().map(([, child]) => child);
    children.splice(index, 0, module);
    return this._replace(children);
  }
  extend(modules: Iterable<ModuleImpl>): this {
    for (const module of [...modules]) this.append(module);
    return this;
  }
  /** `net += others`. */
  add_(modules: Iterable<ModuleImpl>): this {
    return this.extend(modules);
  }
}
