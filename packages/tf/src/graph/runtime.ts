import { FailedPreconditionError } from "../core/errors.js";
import type { Datum, Handle } from "../core/row.js";
import type { Operation } from "./operation.js";
import { RunProblem } from "./run-problem.js";

/** A variable's memory in one session. */
export class Cell implements Handle {
  readonly handle = "variable";
  value: Datum | undefined;
  constructor(readonly name: string) {}
  /** The value. @throws FailedPreconditionError before the first assignment */
  read(): Datum {
    if (this.value === undefined)
      throw new RunProblem(`Attempting to use uninitialized value ${this.name}`, FailedPreconditionError);
    return this.value;
  }
}

/** What stays between the runs of a session: variables, states of random operations, tables. */
export class Store {
  readonly cells = new Map<unknown, Cell>();
  private readonly _states = new Map<Operation, unknown>();

  /** The cell of a key: an operation, or a shared name. */
  cell(key: unknown, name: string): Cell {
    let c = this.cells.get(key);
    if (!c) this.cells.set(key, (c = new Cell(name)));
    return c;
  }
  /** What an operation keeps in this session. */
  state<T>(op: Operation, make: () => T): T {
    let s = this._states.get(op) as T | undefined;
    if (s === undefined) this._states.set(op, (s = make()));
    return s;
  }
}

/** The value behind a reference, anything else as it is. */
export const dereferenced = (d: Datum): Datum => (d instanceof Cell ? d.read() : d);
