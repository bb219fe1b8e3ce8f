import { bindArguments, isPlainCall, parseSignature, shortName } from "@cognate/py";

type Impl = (this: unknown, ...args: never[]) => unknown;

/** A method with its parameters also by name; parameters without a JavaScript default are required. */
function keywordMethod(owner: string, key: string, text: string, impl: Impl): Impl {
  const s = parseSignature(`${shortName(owner)}.${key}`, text, impl.length, 1);
  return function (this: unknown, ...args: never[]): unknown {
    return impl.apply(this, isPlainCall(s, args) ? args : (bindArguments(s, args) as never[]));
  };
}

/** Lets methods of a class take their arguments by name, too: `{ update_state: "y_true y_pred sample_weight" }`. */
export function keywordMethods(
  owner: string,
  C: { readonly prototype: object },
  signatures: Readonly<Record<string, string>>,
): void {
  const own = C.prototype as Record<string, Impl>;
  for (const [key, text] of Object.entries(signatures))
    Object.defineProperty(own, key, {
      value: keywordMethod(owner, key, text, own[key]!),
      writable: true,
      configurable: true,
    });
}
