import { Global, type GlobalHandlers } from "@cognate/formats";

/** A class or function of this program that a file names: where a value of the file is it, `value` is meant. */
export class Known extends Global {
  constructor(
    module: string,
    name: string,
    readonly value: unknown,
    handlers: GlobalHandlers = {},
  ) {
    super(module, name, handlers);
  }
}
