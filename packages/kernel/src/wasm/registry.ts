import type { DType } from "../dtype/dtype.js";
import { tortured } from "../memory/heap.js";
import type { Operand, OpRow } from "../ops/row.js";
import { setFastCopy } from "../strided/copy.js";
import type { Strided } from "../strided/strided.js";
import { copy } from "./kernels/copy.js";
import { KERNELS } from "./kernels/table.js";

/**
 * A fast kernel: computes `inputs` into `y` and returns `true`, or declines by `false` (layout, size or parameters
 * that it does not take). It never differs from the reference by more than the row's tolerance.
 */
export type FastKernel = (inputs: readonly Operand[], y: Strided, params: unknown) => boolean;

const kernels = new Map<string, FastKernel>();
/** Kernels of rows by the codes of types, as they were found. */
const resolved = new Map<object, (FastKernel | null | undefined)[]>();
let calls = 0;

/** Puts a kernel under the export name that rows give in `simd`. */
export function registerFastKernel(name: string, kernel: FastKernel): void {
  kernels.set(name, (inputs, y, params) => {
    const taken = kernel(inputs, y, params);
    if (taken) calls++;
    return taken;
  });
  resolved.clear();
}

/** Takes a kernel away again. */
export function unregisterFastKernel(name: string): void {
  kernels.delete(name);
  resolved.clear();
}

for (const [name, kernel] of Object.entries(KERNELS)) registerFastKernel(name, kernel);

let enabled = true;

/** What `f` gives with the references alone: tests compare fast kernels with it. */
export function withoutFastKernels<T>(f: () => T): T {
  enabled = false;
  try {
    return f();
  } finally {
    enabled = true;
  }
}

/** The kernel of a row for an element type, or `undefined`. */
export function fastKernel<P>(row: OpRow<P>, dtype: DType): FastKernel | undefined {
  tortured();
  if (!enabled) return undefined;
  let list = resolved.get(row);
  if (list === undefined) resolved.set(row, (list = []));
  let kernel = list[dtype.code];
  if (kernel === undefined) {
    const name = row.simd?.[dtype.name];
    kernel = list[dtype.code] = (name === undefined ? null : kernels.get(name)) ?? null;
  }
  return kernel ?? undefined;
}

/** How many times a fast kernel ran: tests assert by it that the fast path was taken. */
export const fastCalls = (): number => calls;

/** Runs a fast path that is no row's kernel by name, under the same rules. */
export function runFast(path: () => boolean): boolean {
  tortured();
  if (!enabled || !path()) return false;
  calls++;
  return true;
}

setFastCopy((dst, src) => runFast(() => copy(dst, src)));
