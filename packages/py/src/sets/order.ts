import { equalKeys, stableHash } from "./hash.js";

// CPython's sets are hash tables with open addressing (Objects/setobject.c): a short linear probe, then jumps driven by
// the upper bits of the hash. Sets of numbers therefore have the same order in every run, and programs print it.
const LINEAR_PROBES = 9;

interface Entry {
  readonly item: unknown;
  readonly hash: bigint;
  readonly low: number;
}

class Table {
  #slots: (Entry | undefined)[] = new Array(8).fill(undefined);
  #used = 0;

  /** Adds the entry unless an equal one is there. */
  add(entry: Entry): void {
    const slot = this.#find(entry);
    if (this.#slots[slot]) return;
    this.#slots[slot] = entry;
    this.#used++;
    if (this.#used * 5 >= (this.#slots.length - 1) * 3) this.#grow();
  }

  *items(): Generator<unknown> {
    for (const e of this.#slots) if (e) yield e.item;
  }

  #find({ item, hash, low }: Entry): number {
    const mask = this.#slots.length - 1;
    let i = low & mask;
    let perturb = BigInt.asUintN(64, hash);
    for (;;) {
      const last = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
      for (let k = i; k <= last; k++) {
        const e = this.#slots[k];
        if (!e || (e.hash === hash && equalKeys(e.item, item))) return k;
      }
      perturb >>= 5n;
      i = (i * 5 + 1 + Number(perturb & BigInt(mask))) & mask;
    }
  }

  #grow(): void {
    const wanted = this.#used > 50000 ? this.#used * 2 : this.#used * 4;
    let size = 8;
    while (size <= wanted) size *= 2;
    const old = this.#slots;
    this.#slots = new Array(size).fill(undefined);
    for (const e of old) if (e) this.#slots[this.#find(e)] = e;
  }
}

/** In which order the items came into sets that {@link orderedSet} made; JavaScript's own keep that order themselves. */
const histories = new WeakMap<object, readonly unknown[]>();

/** The order in which the set's items came into it. */
function insertions(set: ReadonlySet<unknown>): readonly unknown[] {
  const history = histories.get(set);
  if (!history) return [...set];
  const known = new Set(history);
  return [...history.filter((x) => set.has(x)), ...[...set].filter((x) => !known.has(x))];
}

/** Fills `into` so that it iterates as CPython's set of the items does. */
export function orderedSet<S extends Set<unknown>>(
  items: readonly unknown[],
  into: (ordered: unknown[]) => S,
): S {
  const set = into(tableOrder(items));
  histories.set(set, items);
  return set;
}

/** The set's items in the order in which CPython's set iterates. */
export const setOrder = (set: ReadonlySet<unknown>): unknown[] => tableOrder(insertions(set));

/** The items in the order of CPython's table; as given where that order differs from run to run. */
function tableOrder(given: readonly unknown[]): unknown[] {
  const table = new Table();
  for (const item of given) {
    const hash = stableHash(item);
    if (hash === null) return [...given];
    table.add({ item, hash, low: Number(BigInt.asUintN(31, hash)) });
  }
  return [...table.items()];
}
