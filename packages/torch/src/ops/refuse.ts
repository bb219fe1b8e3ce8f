import type { DType } from "@cognate/kernel";
import { NotImplementedError, RuntimeError } from "@cognate/py";
import { scalarName } from "../promotion.js";

/** The families of element types that functions take or refuse as a whole. */
export type Category = "bool" | "int" | "float" | "complex";

/** What a function throws for the families that it refuses, by the type that it would compute in. */
export type Refusals = { readonly [C in Category]?: (type: DType) => Error };

export const categoryOf = (d: DType): Category => (d.kind === "uint" ? "int" : d.kind);

/** "… not implemented for 'Long'", by the name of PyTorch's kernel. */
export const unimplemented =
  (kernel: string) =>
  (type: DType): Error =>
    new NotImplementedError(`"${kernel}" not implemented for '${scalarName(type)}'`);

export const notImplemented = (text: string) => (): Error => new NotImplementedError(text);
export const refused = (text: string) => (): Error => new RuntimeError(text);
