import { Tensor } from "../../../backend/tensor.js";

/*
 * Texts and whole numbers in nested lists, as layers of words get them.
 */

/** A word or a number. */
export type Token = string | number;
export type Tokens = Token | readonly Tokens[] | Tensor;

/** A tensor's numbers as nested lists; lists as they are. */
export function listed(x: Tokens): Tokens {
  if (x instanceof Tensor) return x.tolist() as Tokens;
  if (Array.isArray(x)) return x.map((y) => listed(y as Tokens));
  return typeof x === "string" ? x : Number(x);
}
export function rankOf(x: Tokens): number {
  return Array.isArray(x) ? 1 + (x.length > 0 ? rankOf(x[0] as Tokens) : 0) : 0;
}
export const flatTokens = (x: Tokens): Token[] =>
  Array.isArray(x) ? x.flatMap((y) => flatTokens(y as Tokens)) : [x as Token];
/** `f` of every token, nested as before. */
export const mapTokens = <R>(f: (x: Token) => R, x: Tokens): unknown =>
  Array.isArray(x) ? x.map((y) => mapTokens(f, y as Tokens)) : f(x as Token);
