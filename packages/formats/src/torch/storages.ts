import type { DType } from "@cognate/kernel";
import { describe, type PickleContext } from "../pickle/globals.js";
import { storageTypeOf } from "./globals.js";

/** What a persistent id says about the storage that it stands for. */
export interface StorageId {
  /** `undefined` where the id's class tells none. */
  readonly dtype: DType | undefined;
  readonly untyped: boolean;
  readonly key: string;
  readonly location: string;
  readonly numel: number;
  /** A part of the storage: (key of the view, first element, number of elements). Older files only. */
  readonly view: readonly unknown[] | undefined;
}

/** Byte strings stand for text in files of Python 2. */
export const textOf = (x: unknown): unknown =>
  x instanceof Uint8Array ? String.fromCharCode(...x.subarray(0, 64)) : x;

/** The parts of `("storage", class, key, location, numel[, view])`. @throws FormatError */
export function storageId(id: unknown, c: PickleContext): StorageId {
  if (!Array.isArray(id) || textOf(id[0]) !== "storage")
    throw c.fail(
      "a persistent id",
      Array.isArray(id) ? describe(id[0]) : describe(id),
      "a tuple that begins with 'storage'",
    );
  const [, cls, rawKey, rawLocation, numel, view = null] = id as unknown[];
  const key = textOf(rawKey);
  const location = textOf(rawLocation);
  const { dtype, untyped } = storageTypeOf(cls, c);
  if (typeof key !== "string") throw c.fail("a storage's key", describe(key), "a string");
  if (typeof location !== "string") throw c.fail("a storage's location", describe(location), "a string");
  if (typeof numel !== "number" || !Number.isSafeInteger(numel) || numel < 0)
    throw c.fail("a storage's number of elements", describe(numel), "a whole number from 0 on");
  if (view !== null && !Array.isArray(view)) throw c.fail("a storage's view", describe(view), "a tuple");
  return { dtype, untyped, key, location, numel, view: view ?? undefined };
}
