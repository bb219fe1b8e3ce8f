// Unpacks the code of the other modules: compiled before any of them is there, so it stands in the bundle as it is.
// Memory is this module's own: the chances from 0, then whatever the caller puts behind them.
import { join } from "./streams";

// Where each kind of probability begins in the one table of all; scripts/lzma.mjs counts with the same.
const MATCH: u32 = 0;
const REP: u32 = 12;
const REP0: u32 = 24;
const REP1: u32 = 36;
const REP2: u32 = 48;
const REP0_LONG: u32 = 60;
const LENGTHS: u32 = 72;
const REP_LENGTHS: u32 = 346;
const SLOTS: u32 = 620;
const DISTANCES: u32 = 876;
const ALIGN: u32 = 992;
const LITERALS: u32 = 1008;
const COUNT: u32 = 1008 + 8 * 0x300;

/** The share by which a probability follows what it sees. */
const FOLLOW: u32 = 4;

let at: u32 = 0;
let range: u32 = 0;
let code: u32 = 0;

function next(): void {
  if (range < 0x800000) {
    range <<= 8;
    code = (code << 8) | load<u8>(at++);
  }
}

function bit(i: u32): u32 {
  const chance: u32 = load<u16>(2 * i);
  const bound: u32 = (range >> 11) * chance;
  let b: u32 = 0;
  if (code < bound) {
    range = bound;
    store<u16>(2 * i, <u16>(chance + ((2048 - chance) >> FOLLOW)));
  } else {
    b = 1;
    range -= bound;
    code -= bound;
    store<u16>(2 * i, <u16>(chance - (chance >> FOLLOW)));
  }
  next();
  return b;
}

/** A number of some bits, the highest first. */
function tree(base: u32, bits: u32): u32 {
  let node: u32 = 1;
  for (let i: u32 = 0; i < bits; i++) node = 2 * node + bit(base + node);
  return node - (1 << bits);
}

/** A number of some bits, the lowest first. */
function reverse(base: u32, bits: u32): u32 {
  let node: u32 = 1;
  let n: u32 = 0;
  for (let i: u32 = 0; i < bits; i++) {
    const b = bit(base + node);
    node = 2 * node + b;
    n |= b << i;
  }
  return n;
}

function lengthAt(base: u32): u32 {
  if (bit(base) == 0) return 2 + tree(base + 2, 3);
  if (bit(base + 1) == 0) return 10 + tree(base + 10, 3);
  return 18 + tree(base + 18, 8);
}

function distance(long: u32): u32 {
  const slot = tree(SLOTS + 64 * min<u32>(long - 2, 3), 6);
  if (slot < 4) return slot;
  const bits = (slot >> 1) - 1;
  const high = (2 | (slot & 1)) << bits;
  if (slot < 14) return high + reverse(DISTANCES + high - slot, bits);
  let direct: u32 = 0;
  for (let i: u32 = 4; i < bits; i++) {
    range >>= 1;
    direct <<= 1;
    if (code >= range) {
      code -= range;
      direct++;
    }
    next();
  }
  return high + 16 * direct + reverse(ALIGN, 4);
}

/**
 * Writes the bytes of a stream of LZMA's kind without header to [to, end): matches and literals, each choice written with
 * the probability that it had so far. Literals are told apart by the upper three bits of the byte before, positions are not.
 */
function unlzma(from: u32, to: u32, end: u32): void {
  for (let i: u32 = 0; i < COUNT; i++) store<u16>(2 * i, 1024);
  at = from + 4;
  range = 0x7fffffff;
  code = bswap(load<u32>(from));
  let state: u32 = 0;
  let d0: u32 = 0;
  let d1: u32 = 0;
  let d2: u32 = 0;
  let d3: u32 = 0;
  let i = to;
  while (i < end) {
    if (bit(MATCH + state) == 0) {
      const before: u32 = i > to ? load<u8>(i - 1) : 0;
      const base = LITERALS + 0x300 * (before >> 5);
      let node: u32 = 1;
      // After a match the byte that would have gone on with it is known, and likely wrong.
      if (state >= 7) {
        let other: u32 = load<u8>(i - d0 - 1);
        while (node < 256) {
          const expected = (other >> 7) & 1;
          other <<= 1;
          const b = bit(base + 256 * (1 + expected) + node);
          node = 2 * node + b;
          if (b != expected) break;
        }
      }
      while (node < 256) node = 2 * node + bit(base + node);
      store<u8>(i++, <u8>node);
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let long: u32 = 1;
    if (bit(REP + state) == 0) {
      long = lengthAt(LENGTHS);
      d3 = d2;
      d2 = d1;
      d1 = d0;
      d0 = distance(long);
      state = state < 7 ? 7 : 10;
    } else {
      let short = false;
      if (bit(REP0 + state) == 0) short = bit(REP0_LONG + state) == 0;
      else {
        let d = d1;
        if (bit(REP1 + state) == 1) {
          if (bit(REP2 + state) == 0) d = d2;
          else {
            d = d3;
            d3 = d2;
          }
          d2 = d1;
        }
        d1 = d0;
        d0 = d;
      }
      if (!short) long = lengthAt(REP_LENGTHS);
      state = short ? (state < 7 ? 9 : 11) : state < 7 ? 8 : 11;
    }
    const stop = min(i + long, end);
    for (; i < stop; i++) store<u8>(i, load<u8>(i - d0 - 1));
  }
}

/**
 * Unpacks modules of so many bytes from `from`, where scripts/wasm-pack.mjs wrote the length of their streams and these packed. The streams
 * come to `room`, the modules behind them; gives where.
 */
export function unpack(from: u32, room: u32, size: u32): u32 {
  const to = room + load<u32>(from);
  unlzma(from + 4, room, to);
  join(room, to, to, size);
  return to;
}

function number(): i32 {
  let n: u32 = 0;
  let shift: u32 = 0;
  let byte: u32 = 128;
  while (byte > 127) {
    byte = load<u8>(at++);
    n |= (byte & 127) << shift;
    shift += 7;
  }
  return n & 1 ? -(<i32>(n >> 1)) - 1 : <i32>(n >> 1);
}

/** Applies a difference in [from, end) that scripts/wasm-pack.mjs wrote (its form is told there, behind a section's head) to `base`; gives the end of what it wrote. */
export function patch(base: u32, from: u32, end: u32, to: u32): u32 {
  at = from + 1;
  number();
  let source = base;
  while (at < end) {
    let n = number();
    memory.copy(to, at, n);
    at += n;
    to += n;
    source += number();
    n = number();
    memory.copy(to, source, n);
    source += n;
    to += n;
  }
  return to;
}
