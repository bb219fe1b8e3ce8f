import type { Arguments } from "@cognate/py";

/** A function whose parameters are those of a class's constructor and whose result says what the arguments mean. */
export type OptionMaker = (...args: never[]) => object;

/** A class that a table made: called with or without `new`, by position or by name. */
export interface OptionClass<S extends string, M extends OptionMaker, T> {
  (...args: Arguments<S, Parameters<M>>): T;
  new (...args: Arguments<S, Parameters<M>>): T;
  readonly prototype: T;
  readonly __name__: string;
  from_config(config: Readonly<Record<string, unknown>>): T;
}
