import { def } from "@cognate/py";

/** An operator of PyTorch's own by its native name: arguments by position and by name, as programs in files give them. */
export type Operator = (args: readonly unknown[], keywords?: Readonly<Record<string, unknown>>) => unknown;

/** Operators by native name. */
export type Operators = Readonly<Record<string, Operator>>;

/** An operator whose native parameters are not those of the function of the same name. */
export function native(signature: string, run: (...args: never[]) => unknown): Operator {
  const space = signature.indexOf(" ");
  // Few programs call them, so the signature is read at the first call.
  let f: ((...args: unknown[]) => unknown) | undefined;
  return (args, keywords = {}) => {
    f ??= def(
      `aten::${signature.slice(0, space)}`,
      signature.slice(space + 1),
      run,
    ) as unknown as NonNullable<typeof f>;
    return f(...args, keywords);
  };
}

/** The same under a table of names. */
export const table = (entries: Readonly<Record<string, (...args: never[]) => unknown>>): Operators =>
  Object.fromEntries(
    Object.entries(entries).map(([signature, run]) => [signature.split(" ")[0]!, native(signature, run)]),
  );
