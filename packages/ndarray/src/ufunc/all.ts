// Every ufunc, by the names that NumPy gives them.

import * as arithmetic from "./arithmetic.js";
import * as elementary from "./elementary.js";
import * as logic from "./logic.js";
import type { BinaryUfunc, UnaryUfunc } from "./make.js";

/** Ufuncs by their own names. */
export const ufuncs = { ...arithmetic, ...elementary, ...logic } as unknown as Readonly<
  Record<string, BinaryUfunc & UnaryUfunc>
>;
