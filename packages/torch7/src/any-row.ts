import type { OpRow } from "@cognate/kernel";

/** A row whose parameters are given as any object: what loops over several rows need. */
export const anyRow = (row: object): OpRow<unknown> => row as OpRow<unknown>;
