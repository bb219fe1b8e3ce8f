import type { OpRow } from "../core/row.js";
import { elementwise } from "./elementwise.js";
import { reduction } from "./reduction.js";
import { structure } from "./structure.js";

/** All operations that compute here, by their types. */
export const ROWS: Readonly<Record<string, OpRow>> = {
  ...elementwise,
  ...reduction,
  ...structure,
};
