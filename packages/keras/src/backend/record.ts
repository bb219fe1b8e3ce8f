import type { OpRow } from "@cognate/kernel";
import { apply, GraphNode, type Input, noGrad, Value } from "@cognate/tensor";

/** What a tape that records must be told. */
export interface Recorder {
  /** The sequence number at which it began; older history is constant to it. */
  readonly since: number;
  /** A variable's value is read. */
  noteRead(variable: object, value: Value): void;
  /** Rows of a variable's value are read. */
  noteRows(variable: object, ids: Value, rows: Value): void;
}

/** The tapes that record now, outermost first. */
const active: Recorder[] = [];
let paused = 0;

/** Whether calls are recorded. */
export const recording = (): boolean => active.length > 0 && paused === 0;

/** The tapes that record now. */
export const recorders = (): readonly Recorder[] => (paused > 0 ? [] : active);

/** Tells the tapes that a variable's value is read. */
export function noteRead(variable: object, value: Value): void {
  for (const r of recorders()) r.noteRead(variable, value);
}

/** Tells the tapes that rows of a variable are read: which, and what they were. */
export function noteRows(variable: object, ids: Value, rows: Value): void {
  for (const r of recorders()) r.noteRows(variable, ids, rows);
}

export function startRecording(r: Recorder): void {
  active.push(r);
}
export function stopRecording(r: Recorder): void {
  const i = active.lastIndexOf(r);
  if (i >= 0) active.splice(i, 1);
}

/** `f` run while no tape records. */
export function unrecorded<T>(f: () => T): T {
  paused++;
  try {
    return f();
  } finally {
    paused--;
  }
}

/** A number that is larger than those of all nodes so far and smaller than those to come. */
export const sequenceNow = (): number => new Mark().sequence;
/** A node of no graph: its place in the order is all that it has. */
class Mark extends GraphNode {
  override readonly name = "Mark";
  override readonly outputs = 0;
  override run(): readonly [] {
    return [];
  }
  override release(): void {}
  override meta(): never {
    throw new RangeError("A mark has no outputs.");
  }
}

/** x, cut off from a history that no active tape saw. */
export function seen(x: Input): Input {
  if (!(x instanceof Value)) return x;
  const node = x.ownNode;
  return node !== null && node.sequence < active[0]!.since ? x.detach() : x;
}

/** Calls a row of one or several results; recorded only where a tape is active. */
export function runMany<P>(row: OpRow<P>, inputs: readonly Input[], params: P): Value[] {
  const results = recording()
    ? apply(row, inputs.map(seen), params)
    : noGrad(() => apply(row, inputs, params));
  return Array.isArray(results) ? (results as Value[]) : [results as Value];
}

/** Calls a row of the op table; recorded only where a tape is active. */
export function run<P>(row: OpRow<P>, inputs: readonly Input[], params: P): Value {
  return recording()
    ? (apply(row, inputs.map(seen), params) as Value)
    : noGrad(() => apply(row, inputs, params) as Value);
}
