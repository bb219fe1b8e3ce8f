import { UNPACK } from "./unpack.generated.js";

type Bytes = Uint8Array<ArrayBuffer>;

/** The exports of `packages/kernel/wasm/unpack`: addresses in its own memory. */
interface Unpacker {
  readonly memory: WebAssembly.Memory;
  unpack(from: number, room: number, size: number): number;
  patch(base: number, from: number, end: number, to: number): number;
}

/** Below lie the chances of the decoder. */
const FREE = 16384;
const PAGE = 65536;
/** Zeros that the decoder may read behind a stream's end, and room that it takes behind the last function. */
const GAP = 16;

function bytesOf(text: string): Bytes {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

let compiled: WebAssembly.Module | null = null;

/** A fresh unpacker with `bytes` in its memory from `FREE` on, and room for more behind a gap. */
function unpackerOf(bytes: readonly Uint8Array[], room: number): Unpacker {
  compiled ??= new WebAssembly.Module(bytesOf(UNPACK));
  const own = new WebAssembly.Instance(compiled).exports as unknown as Unpacker;
  const total = bytes.reduce((n, b) => n + b.length, 0);
  own.memory.grow(Math.ceil((FREE + total + GAP + room) / PAGE));
  let at = FREE;
  for (const b of bytes) {
    new Uint8Array(own.memory.buffer).set(b, at);
    at += b.length;
  }
  return own;
}
const cut = (own: Unpacker, from: number, end: number): Bytes =>
  new Uint8Array(own.memory.buffer.slice(from, end) as ArrayBuffer);

/** The bytes of parts that `scripts/wasm-pack.mjs` packed: base64 of one stream. */
export function unpack(text: string, lengths: readonly number[]): Bytes[] {
  const stream = bytesOf(text);
  const size = lengths.reduce((a, b) => a + b);
  const own = unpackerOf([stream], 2 * size + GAP);
  let at = own.unpack(FREE, FREE + stream.length + GAP, size);
  return lengths.map((n) => cut(own, at, (at += n)));
}

/** Applies a difference that `scripts/wasm-pack.mjs` wrote (its form is told there) to `base`. */
export function patch(base: Uint8Array, difference: Uint8Array): Bytes {
  const own = unpackerOf([base, difference], 2 * base.length + difference.length);
  const from = FREE + base.length;
  const to = from + difference.length + GAP;
  return cut(own, to, own.patch(FREE, from, from + difference.length, to));
}
