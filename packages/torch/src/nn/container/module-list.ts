import { repr, TypeError, type_name } from "@cognate/py";
import { moduleClass } from "../module/keywords.js";
import { indented, layoutRepr } from "../module/repr.js";
import type { ModuleImpl } from "../module.js";
import { ModuleSequence } from "./sequence.js";

class ModuleListImpl extends ModuleSequence {
  constructor(modules: Iterable<ModuleImpl> | null = null) {
    super();
    if (modules !== null) this.extend(modules);
  }

  override _like(children: readonly (readonly [string, ModuleImpl])[]): this {
    const C = this.constructor as new (modules: readonly ModuleImpl[]) => this;
    return new C(children.map(([, child]) => child));
  }
  override extend(modules: Iterable<ModuleImpl>): this {
    if (typeof modules?.[Symbol.iterator] !== "function")
      throw new TypeError(
        `ModuleList.extend should be called with an iterable, but got ${type_name(modules)}`,
      );
    return super.extend(modules);
  }
  /** `list + others`: a new list. */
  add(other: Iterable<ModuleImpl>): ModuleListImpl {
    return new ModuleList([...this, ...other]);
  }

  /** Neighbours that print alike share one line: `(0-2): 3 x Linear(…)`. */
  override __repr__(): string {
    const blocks: { first: number; last: number; text: string }[] = [];
    this._children().forEach(([, child], i) => {
      const text = child === null ? "None" : repr(child);
      const before = blocks[blocks.length - 1];
      if (before?.text === text) before.last = i;
      else blocks.push({ first: i, last: i, text });
    });
    const lines = blocks.map(({ first, last, text }) =>
      indented(
        first === last ? `(${first}): ${text}` : `(${first}-${last}): ${last - first + 1} x ${text}`,
        2,
      ),
    );
    return layoutRepr(this._get_name(), "", lines);
  }
}

/**
 * `torch.nn.ModuleList`: a list of modules, all of which belong to the module that has it.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print, range } from "@cognate/py";
 * print(torch.nn.ModuleList(range(3).map(() => torch.nn.Linear(2, 2))));
 * // prints
 * // ModuleList(
 * //   (0-2): 3 x Linear(in_features=2, out_features=2, bias=True)
 * // )
 * ```
 */
export const ModuleList = moduleClass("container.ModuleList", "modules", ModuleListImpl);
export type ModuleList = ModuleListImpl;
