import { sizeOf } from "@cognate/kernel";
import type { Cursor } from "../bytes/cursor.js";
import type { Hdf5Layout } from "./file.js";

const MOST_AXES = 32;

/** Axis lengths of a dataspace message; `null` for one without elements. */
export function readDataspace(file: Hdf5Layout, c: Cursor): number[] | null {
  const at = c.pos;
  const version = c.u8();
  if (version !== 1 && version !== 2) throw c.fail("a dataspace's version", version, "1 or 2", at);
  const rank = c.u8();
  if (rank > MOST_AXES) throw c.fail("a dataspace's number of axes", rank, `at most ${MOST_AXES}`, at);
  c.skip(1);
  const kind = c.u8();
  if (version === 1) c.skip(4);
  else if (kind === 2) return null;
  const shape = Array.from({ length: rank }, () => file.length(c, "an axis"));
  if (!Number.isSafeInteger(sizeOf(shape)))
    throw c.fail("a dataspace", `of shape (${shape})`, "fewer than 2^53 elements", at);
  return shape;
}
