import type { OpRow } from "../core/row.js";
import { bytesRows } from "./bytes.js";
import { derivatives } from "./derivatives.js";
import { elementwise } from "./elementwise.js";
import { image } from "./image.js";
import { indexing } from "./indexing.js";
import { linalg } from "./linalg.js";
import { nn } from "./nn.js";
import { random } from "./random.js";
import { reduction } from "./reduction.js";
import { setRows } from "./sets.js";
import { signal } from "./signal.js";
import { sparseStructure } from "./sparse.js";
import { sparseCounts } from "./sparse-counts.js";
import { sparseMath } from "./sparse-math.js";
import { stringRows } from "./strings.js";
import { structure } from "./structure.js";
import { summaries } from "./summaries.js";
import { system } from "./system.js";
import { transforms } from "./transforms.js";

/** All operations that compute here, by their types. */
export const ROWS: Readonly<Record<string, OpRow>> = {
  ...bytesRows,
  ...derivatives,
  ...elementwise,
  ...image,
  ...indexing,
  ...linalg,
  ...nn,
  ...random,
  ...reduction,
  ...setRows,
  ...signal,
  ...sparseCounts,
  ...sparseMath,
  ...sparseStructure,
  ...stringRows,
  ...structure,
  ...summaries,
  ...system,
  ...transforms,
};
