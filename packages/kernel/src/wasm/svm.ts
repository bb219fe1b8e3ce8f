import { powersOfTwo } from "../math/precise/exp.js";
import { Arena, arenaCode, openArena } from "./arena.js";
import { runFast } from "./registry.js";
import { SVM, SVM_LENGTH } from "./svm.generated.js";

/** Kernels of support vector machines; addresses are bytes in the arena's memory. Sources: packages/kernel/wasm/svm. */
export interface MachineKernels {
  /** Steps of a problem, see {@link MachineArena.problem}; how many were made. */
  smo_run(problem: number, budget: number): number;
  nu_run(problem: number, budget: number): number;
  subtract_row(x: number, row: number, from: number, to: number, a: number): void;
  gather_row(out: number, row: number, index: number, length: number): void;
  swap_columns(rows: number, known: number, n: number, pairs: number, count: number): void;
  kernel_row(
    data: number,
    width: number,
    whole: number,
    i: number,
    from: number,
    to: number,
    out: number,
    squares: number,
    gamma: number,
    work: number,
  ): void;
  powers_f64(): number;
}

/** Computes a row of which more is needed than is known, and says where it stands. */
export type MissingRow = (i: number, length: number) => number;

/** The powers that `exp` reads lie below. */
const START = 16384 + 2048;

/** Arenas that may be used again while they are there. */
const spares: WeakRef<MachineArena>[] = [];
const SPARES = 3;
const code = /* @__PURE__ */ arenaCode(SVM, SVM_LENGTH);

/** Memory of its own with the kernels of support vector machines over it. What is taken from it holds anything. */
export class MachineArena extends Arena<MachineKernels> {
  /** Whom kernels ask for rows. */
  missing: MissingRow = () => 0;
  /** All of the memory as float32. */
  readonly floats: Float32Array<ArrayBuffer>;

  private constructor(module: WebAssembly.Module, bytes: number) {
    super(module, bytes, { row: (i: number, length: number) => this.missing(i, length) }, START);
    const powers = powersOfTwo();
    new Float64Array(this.buffer, this.kernels.powers_f64(), powers.length).set(powers);
    this.floats = new Float32Array(this.buffer);
  }

  /** An arena with room for so many bytes, null where there can be none. */
  static of(bytes: number): MachineArena | null {
    let arena: MachineArena | null = null;
    runFast(() => {
      arena = spareOf(bytes) ?? newOf(bytes);
      return arena !== null;
    });
    return arena;
  }

  /** @internal */
  static make(bytes: number): MachineArena | null {
    return openArena(code, bytes, (module) => new MachineArena(module, bytes));
  }

  /** Gives the arena to whoever wants one next. */
  release(): void {
    this.reset();
    this.missing = () => 0;
    if (typeof WeakRef === "undefined") return;
    if (spares.length >= SPARES) spares.shift();
    spares.push(new WeakRef(this));
  }
}

function spareOf(bytes: number): MachineArena | null {
  for (let s = 0; s < spares.length; s++) {
    const spare = spares[s]!.deref();
    if (spare && spare.size < bytes + START) continue;
    spares.splice(s--, 1);
    if (spare) return spare;
  }
  return null;
}

function newOf(bytes: number): MachineArena | null {
  // Of sizes that double there are few, whoever asks for a little more each time.
  let size = 1 << 20;
  while (size < bytes) size *= 2;
  return MachineArena.make(size) ?? (size > bytes ? MachineArena.make(bytes) : null);
}
