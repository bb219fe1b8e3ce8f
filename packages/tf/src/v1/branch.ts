import { cond } from "./control.js";

/** {@link cond} for library code, where a condition may be known already. */
export const branchOn = (pred: unknown, yes: () => unknown, no: () => unknown): unknown =>
  typeof pred === "boolean" ? (pred ? yes() : no()) : cond(pred as never, yes as never, no as never);
