import { splatAt } from "../lanes";

/*
 * One loop serves operands that go on and those that stay: of an element that stays, a block of copies is walked in place.
 */

/** Where two blocks have room, behind the tables and before `SCRATCH_START`. */
export const ROOM: usize = 32768 - 256;

// @ts-ignore: decorator
@inline
function filled(v: v128, which: i32): usize {
  const to = ROOM + (<usize>which << 7);
  v128.store(to, v);
  v128.store(to, v, 16);
  v128.store(to, v, 32);
  v128.store(to, v, 48);
  v128.store(to, v, 64);
  v128.store(to, v, 80);
  v128.store(to, v, 96);
  v128.store(to, v, 112);
  return to;
}

/** A block of 128 bytes of copies of the number at p, the first or the second one. */
export function spread<T>(p: usize, which: i32): usize {
  return filled(splatAt<T>(p), which);
}
