import { variableStore } from "../scope-state.js";

/** A name for a slot that no other slot or variable scope has. */
export function uniqueSlotName(name: string): string {
  const { counts, current } = variableStore();
  const prefix = current.name ? `${current.name}/` : "";
  let own = name;
  for (let i = 1; (counts.get(prefix + own) ?? 0) > 0; i++) own = `${name}_${i}`;
  counts.set(prefix + own, 1);
  return own;
}
