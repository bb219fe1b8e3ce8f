import { bindArguments, isPlainCall, parseSignature, shortName } from "@cognate/py";
import { Operation } from "./operation.js";
import { SessionImpl } from "./session.js";
import { GraphTensor } from "./tensor.js";
import { GraphVariable } from "./variable.js";

type Impl = (this: unknown, ...args: never[]) => unknown;

/** Lets methods of a class take their arguments by name, too. */
export function keywordMethods(
  owner: string,
  C: { readonly prototype: object },
  signatures: Readonly<Record<string, string>>,
): void {
  const own = C.prototype as Record<string, Impl>;
  for (const [key, text] of Object.entries(signatures)) {
    const impl = own[key]!;
    const s = parseSignature(`${shortName(owner)}.${key}`, text, impl.length, 1);
    Object.defineProperty(own, key, {
      value(this: unknown, ...args: never[]): unknown {
        return impl.apply(this, isPlainCall(s, args) ? args : (bindArguments(s, args) as never[]));
      },
      writable: true,
      configurable: true,
    });
  }
}

keywordMethods("Session", SessionImpl, { run: "fetches:dict feed_dict:dict options run_metadata" });
keywordMethods("Tensor", GraphTensor, { eval: "feed_dict:dict session" });
keywordMethods("Operation", Operation, { run: "feed_dict:dict session" });
keywordMethods("Variable", GraphVariable, {
  assign: "value use_locking name read_value",
  assign_add: "delta use_locking name read_value",
  assign_sub: "delta use_locking name read_value",
  eval: "session",
  load: "value session",
});
