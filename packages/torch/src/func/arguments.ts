import { RuntimeError } from "@cognate/py";

// biome-ignore lint/suspicious/noExplicitAny: functions of any arguments are transformed
export type Fn = (...args: any[]) => unknown;

/** Which arguments are meant: one, or several. */
export type ArgNums = number | readonly number[];

/** Positions of the arguments that are meant. @throws RuntimeError for one that is not there */
export const pick = (args: readonly unknown[], argnums: ArgNums): number[] =>
  (typeof argnums === "number" ? [argnums] : [...argnums]).map((i) => {
    const n = i < 0 ? i + args.length : i;
    if (n < 0 || n >= args.length)
      throw new RuntimeError(`Got argnum=${i}, but only ${args.length} positional inputs`);
    return n;
  });
