import { getThreads } from "@cognate/kernel";
import { ArenaRows } from "./arena-rows.js";
import { type KernelParams, KernelRows, type ProblemKernel } from "./kernel.js";
import type { SolverMemory } from "./memory.js";
import { DenseRows, type Rows } from "./rows.js";

/** From so many multiplications on a row is worth sharing between threads. */
const SHARED = 1 << 17;

const arenaTakes = (rows: Rows, { kernel }: KernelParams): rows is DenseRows =>
  rows instanceof DenseRows &&
  (kernel === "rbf" || kernel === "linear") &&
  (rows.count * rows.width < SHARED || getThreads() === 1);

/** How many bytes of an arena the kernel of rows takes. */
export const kernelBytes = (rows: Rows, params: KernelParams): number =>
  arenaTakes(rows, params) ? ArenaRows.bytes(rows) : 0;

/** The kernel of rows, in the arena where that is fastest. */
export const problemKernel = (rows: Rows, params: KernelParams, memory: SolverMemory): ProblemKernel =>
  memory.arena && arenaTakes(rows, params)
    ? ArenaRows.in(memory.arena, rows, params)
    : new KernelRows(rows, params);
