/*
 * Modules as two streams: the indices of locals, and everything else but the sizes of functions, which can be counted. Apart, both repeat
 * themselves far more than together, for the same instructions mostly stand with other locals. An index is written as its place among those
 * used last. They stand at the end and backwards, so that nobody has to know how many they are.
 */

/** Bytes of indices in the order of their last use, from 0 on. */
const RECENT: u32 = 256;
/** The longest size of a function. */
const SIZE: u32 = 5;

let source: u32 = 0;
let target: u32 = 0;
let indices: u32 = 0;
/** Whether a module is taken apart: only `split.ts` does that, which scripts/wasm-pack.mjs runs. */
let splitting: bool = false;

function byte(): u32 {
  const b: u32 = load<u8>(source++);
  store<u8>(target++, <u8>b);
  return b;
}

function bytes(n: u32): void {
  for (; n > 0; n--) byte();
}

/** A number of LEB128. */
function number(): u32 {
  let n: u32 = 0;
  let shift: u32 = 0;
  let b: u32 = 128;
  for (; b > 127; shift += 7) {
    b = byte();
    n |= (b & 127) << shift;
  }
  return n;
}

function local(): void {
  let b: u32 = 128;
  while (b > 127) {
    let rank: u32 = 0;
    if (splitting) {
      b = load<u8>(source++);
      while (load<u8>(rank) != b) rank++;
      store<u8>(--indices, <u8>rank);
    } else {
      rank = load<u8>(--indices);
      b = load<u8>(rank);
      store<u8>(target++, <u8>b);
    }
    memory.copy(1, 0, rank);
    store<u8>(0, <u8>b);
  }
}

function address(): void {
  number();
  number();
}

function simd(): void {
  const op = number();
  if (op < 12 || op == 92 || op == 93) address();
  else if (op < 14) bytes(16);
  else if (op > 20 && op < 35) byte();
  else if (op > 83 && op < 92) {
    address();
    byte();
  }
}

/** Gives the instruction. */
function instruction(): u32 {
  const op = byte();
  if (op == 0xfd) simd();
  else if (op == 0xfc) {
    // Of these only copying and filling memory, and conversions, are used.
    const sub = number();
    if (sub > 9) bytes(12 - sub);
  } else if (op > 0x44) return op;
  else if (op == 0x44) bytes(8);
  else if (op == 0x43) bytes(4);
  else if (op > 0x3e) number();
  else if (op > 0x27) address();
  else if (op > 0x22) number();
  else if (op > 0x1f) local();
  else if (op == 0x0e) for (let n = number() + 1; n > 0; n--) number();
  else if (op == 0x10 || op == 0x0c || op == 0x0d || (op > 1 && op < 5)) number();
  return op;
}

function body(): void {
  const start = target;
  if (splitting) while (load<u8>(source++) > 127);
  else target += SIZE;
  for (let groups = number(); groups > 0; groups--) {
    number();
    byte();
  }
  for (let i: u32 = 0; i < RECENT; i++) store<u8>(i, <u8>i);
  for (let depth = 1; depth > 0; ) {
    const op = instruction();
    if (op == 0x0b) depth--;
    else if (op > 1 && op < 5) depth++;
  }
  if (splitting) return;
  const size = target - start - SIZE;
  target = start;
  let n = size;
  for (; n > 127; n >>= 7) store<u8>(target++, <u8>(n | 128));
  store<u8>(target++, <u8>n);
  memory.copy(target, start + SIZE, size);
  target += size;
}

/** Every section until `end`; behind one module another may stand, and there are none with names. */
function sections(end: u32): void {
  while ((splitting ? source : target) < end) {
    const section = byte();
    if (section == 0) bytes(7);
    else {
      const size = number();
      if (section != 10) bytes(size);
      else for (let n = number(); n > 0; n--) body();
    }
  }
}

/** Writes modules of so many bytes to `to`, whose streams stand in [from, end). */
export function join(from: u32, end: u32, to: u32, size: u32): void {
  source = from;
  indices = end;
  target = to;
  sections(to + size);
}

/** Writes the streams of the modules in [from, end) behind them; gives the end of what it wrote. */
export function split(from: u32, end: u32): u32 {
  splitting = true;
  source = from;
  target = end;
  indices = 2 * end - from;
  sections(end);
  // What the sizes would have taken lies between the streams.
  memory.copy(target, indices, 2 * end - from - indices);
  return target + 2 * end - from - indices;
}
