import { DTYPES, isDiscrete } from "../../dtype/dtype.js";
import type { Kernels } from "../row.js";

/** One kernel for integers of every width, which works on bytes, and one for truths. */
export const onBytes = (kernel: string, truths = kernel): Kernels =>
  Object.fromEntries(DTYPES.filter(isDiscrete).map((d) => [d.name, d.kind === "bool" ? truths : kernel]));
