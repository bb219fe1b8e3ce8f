import { Sink, utf8Bytes } from "../bytes/sink.js";

/** One axis of a slice: all of it where `length` is not there. */
export interface Extent {
  readonly start: number;
  readonly length: number | undefined;
}

/** Unsigned numbers so that bytes sort as numbers do: how many bytes, then those, the highest first. */
function unsigned(s: Sink, v: number): void {
  const bytes: number[] = [];
  for (let n = v; n > 0; n = Math.floor(n / 256)) bytes.unshift(n % 256);
  s.u8(bytes.length);
  for (const b of bytes) s.u8(b);
}

/** Signed numbers likewise: one byte for −64 … 63; the first bits say how many bytes there are. */
function signed(s: Sink, v: number): void {
  const bits = (v < 0 ? BigInt(-v) - 1n : BigInt(v)).toString(2).length;
  const size = v >= -64 && v < 64 ? 1 : Math.floor(bits / 7) + 1;
  let n = BigInt.asUintN(8 * size, BigInt(v));
  n ^= ((1n << BigInt(size)) - 1n) << BigInt(8 * size - size);
  for (let i = size - 1; i >= 0; i--) s.u8(Number((n >> BigInt(8 * i)) & 255n));
}

function text(s: Sink, value: string): void {
  for (const b of utf8Bytes(value)) {
    s.u8(b);
    if (b === 0) s.u8(255);
    else if (b === 255) s.u8(0);
  }
  s.u8(0).u8(1);
}

/** The key under which a checkpoint holds one slice of a partitioned tensor (TensorFlow's OrderedCode). */
export function sliceKey(name: string, extents: readonly Extent[]): Uint8Array {
  const s = new Sink(name.length + 8);
  unsigned(s, 0);
  text(s, name);
  unsigned(s, extents.length);
  for (const { start, length } of extents) {
    signed(s, length === undefined ? 0 : start);
    signed(s, length ?? -1);
  }
  return s.done();
}
