import { ROWS } from "../kernels/index.js";
import { Attrs } from "./attrs.js";
import type { OpDef } from "./op-def.js";
import { opDef } from "./op-def.js";
import { asTensorFlow } from "./refused.js";
import type { OpRow } from "./row.js";

/** An operation: TensorFlow's description, and what computes it here. */
export interface Registered {
  readonly def: OpDef;
  readonly row: OpRow;
}

const known = new Map<string, Registered>();

/** The operation of a type as NodeDefs name it, `undefined` if there is none here. */
export function registered(type: string): Registered | undefined {
  const found = known.get(type);
  if (found) return found;
  const def = opDef(type);
  const row = (ROWS as Readonly<Record<string, OpRow>>)[type];
  if (!def || !row) return undefined;
  const entry = { def, row: asTensorFlow(def, row) };
  known.set(type, entry);
  return entry;
}

/** Types that have a row. */
export const rowTypes = (): readonly string[] => Object.keys(ROWS);

/** Attributes of an operation with defaults filled in. */
export const attrsOf = (def: OpDef, given: Readonly<Record<string, unknown>>): Attrs => new Attrs(def, given);
