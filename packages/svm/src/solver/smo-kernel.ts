import type { MachineArena } from "@cognate/kernel";
import type { SolverMemory } from "./memory.js";
import type { QMatrix } from "./q-matrix.js";
import type { SmoArrays } from "./smo.js";

/** Where a problem's fields stand, in float64 and in 32-bit places: `packages/kernel/wasm/svm/problem.ts`. */
const [MOST, TOLERANCE] = [0, 1];
const [N, ACTIVE, NEXT, ARRAYS] = [4, 5, 6, 7];
const BYTES = 88;

/** What of a solver changes between calls. */
interface Progress {
  readonly active: number;
  next: number;
  nextMost: number;
}

/** A solver's loops as kernels, over arrays that lie in an arena. */
export class SmoKernel {
  private readonly numbers: Float64Array;
  private readonly fields: Int32Array;

  private constructor(
    private readonly arena: MachineArena,
    private readonly q: QMatrix,
    problem: Float64Array<ArrayBuffer>,
  ) {
    this.numbers = problem;
    this.fields = new Int32Array(problem.buffer, problem.byteOffset, BYTES / 4);
  }

  /** The kernels of a problem; `null` where its arrays do not lie in an arena. */
  static of(solver: SmoArrays & { readonly tolerance: number }, q: QMatrix, memory: SolverMemory) {
    const problem = memory.f64(BYTES / 8);
    const { address, known, stamps } = q.tables;
    const { violation, noUp, noDown, alpha, upper, sign, bounded } = solver;
    const places = [violation, noUp, noDown, q.diagonal, alpha, upper, sign, bounded, address, known, stamps];
    const arena = memory.holding(problem, q.cells, ...places);
    if (!arena) return null;
    const kernel = new SmoKernel(arena, q, problem);
    kernel.numbers[TOLERANCE] = solver.tolerance;
    kernel.fields[N] = alpha.length;
    places.forEach((x, k) => {
      kernel.fields[ARRAYS + k] = x.byteOffset;
    });
    return kernel;
  }

  /** Up to `budget` steps; how many were made. */
  run(at: Progress, name: "smo_run" | "nu_run", budget: number): number {
    const { arena, numbers, fields, q } = this;
    q.settle();
    fields[ACTIVE] = at.active;
    fields[NEXT] = at.next;
    numbers[MOST] = at.nextMost;
    const { cells } = q;
    arena.missing = (i, length) => cells.byteOffset + q.row(i, length) * 4;
    const made = arena.kernels[name](numbers.byteOffset, budget);
    at.next = fields[NEXT]!;
    at.nextMost = numbers[MOST]!;
    return made;
  }

  /** x −= by·row for from ≤ k < to. */
  subtract(x: Float64Array<ArrayBuffer>, row: number, from: number, to: number, by: number): void {
    this.arena.kernels.subtract_row(x.byteOffset, this.q.cells.byteOffset + row * 4, from, to, by);
  }
}
