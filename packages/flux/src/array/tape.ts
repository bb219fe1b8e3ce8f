import { noGrad, restoreMode, setMode, type Value } from "@cognate/tensor";

/*
 * Julia's `gradient` differentiates with respect to what runs inside it: results of earlier calls, as the state of a
 * recurrent layer, are constants to it. Each call is a tape; what was computed on a tape that has ended has no history.
 */

/** A call of `gradient`. */
export class Tape {
  ended = false;
}
const open: Tape[] = [];

/** The innermost call of `gradient`, or `null` outside of any. */
export const currentTape = (): Tape | null => open[open.length - 1] ?? null;
/** How many calls of `gradient` are running. */
export const depth = (): number => open.length;

/** `f`'s value, computed on a tape of its own. */
export function onTape<R>(f: (tape: Tape) => R): R {
  const tape = new Tape();
  open.push(tape);
  const before = setMode({ grad: true });
  try {
    return f(tape);
  } finally {
    restoreMode(before);
    open.pop();
    tape.ended = true;
  }
}

/** `f`'s value, computed without being recorded. */
export const untracked = <R>(f: () => R): R => noGrad(f);

/** A value as it counts now: without history if the tape that it was computed on has ended. */
export function live(value: Value, tape: Tape | null): Value {
  return value.ownNode !== null && (tape === null || tape.ended) ? (value.detach() as Value) : value;
}
