import type { ArrayLike, ndarray } from "@cognate/ndarray/core";

/** A `poly1d` as the functions beside it see it, which its class in turn stands on. */
export interface Poly {
  readonly coeffs: ndarray;
}

const MARK = Symbol("numpy.poly1d");

let make: (c: ArrayLike) => ndarray & Poly;

/** Tells the functions how a `poly1d` is made, and marks its class. */
export function setPoly(prototype: object, maker: (c: ArrayLike) => ndarray & Poly): void {
  Object.defineProperty(prototype, MARK, { value: true });
  make = maker;
}

export const isPoly = (x: unknown): boolean =>
  (typeof x === "function" || (typeof x === "object" && x !== null)) && MARK in x;

export const made = (c: ArrayLike): ndarray & Poly => make(c);
