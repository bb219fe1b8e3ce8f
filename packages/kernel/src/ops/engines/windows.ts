import { ParamError } from "../../errors/errors.js";

/** How far a window that slides over one axis reaches, starts and jumps; one entry an axis in every list. */
export interface WindowParams {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  /** Positions assumed before the first and after the last element. */
  readonly padding: readonly (readonly [before: number, after: number])[];
  readonly dilation: readonly number[];
}

/** What a list with one entry an axis holds if it is left out. */
export const repeated = <T>(value: T, n: number): T[] => new Array<T>(n).fill(value);

/** Number of places where a window fits on an axis of `length`; zero or less if none. */
export function windowCount(
  length: number,
  kernel: number,
  stride: number,
  [before, after]: readonly [number, number],
  dilation: number,
): number {
  return Math.floor((length + before + after - dilation * (kernel - 1) - 1) / stride) + 1;
}

/** @throws ParamError unless `list` has one entry for each of `n` axes */
export function checkLength(op: string, param: string, list: readonly unknown[], n: number): void {
  if (list.length !== n) throw new ParamError(op, param, `[${list.join(", ")}]`, `${n} entries`);
}
