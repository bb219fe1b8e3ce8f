import { nameClass, RuntimeError } from "@cognate/py";

/** What Lua's `error` raises: a text. */
export class LuaError extends RuntimeError {}
nameClass("error", LuaError);

/** `bad argument #2 to 'narrow' (out of range)`: how Lua words a wrong argument. */
export const badArgument = (position: number, name: string, why: string): LuaError =>
  new LuaError(`bad argument #${position} to '${name}' (${why})`);
