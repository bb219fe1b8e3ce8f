// How WASM code is written into a TypeScript module: packages/kernel/src/wasm/code.ts reads it.
import { fileURLToPath } from "node:url";
import { lzma } from "./lzma.mjs";
import { compiled } from "./wasm-asc.mjs";

export const plain = (bytes) => Buffer.from(bytes).toString("base64");

const PAGE = 65536;
/** Below lies what packages/kernel/wasm/unpack has of its own. */
const FREE = 1024;
const SPLITTER = fileURLToPath(new URL("../packages/kernel/wasm/unpack/split.ts", import.meta.url));
const OPTIONS = ["--runtime", "stub", "-O3", "--noAssert", "--use", "abort=", "--enable", "bulk-memory"];

/** The two streams of which packages/kernel/wasm/unpack makes modules. */
function streams(modules) {
  const code = new WebAssembly.Module(compiled(SPLITTER, [...OPTIONS, "--initialMemory", "1"]));
  const { memory, split } = new WebAssembly.Instance(code).exports;
  memory.grow(Math.ceil((FREE + 2 * modules.length) / PAGE));
  const end = FREE + modules.length;
  new Uint8Array(memory.buffer).set(modules, FREE);
  return Buffer.from(memory.buffer.slice(end, split(FREE, end)));
}

/** All parts one after the other, compressed, as base64. */
export function packed(parts) {
  const both = streams(Buffer.concat(parts));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(both.length);
  return plain(Buffer.concat([length, lzma(both)]));
}

/** The number of a section of data. */
const DATA = 11;
const SHORTEST = 4;
const KEY = 8;
const NEAR = [0, 1, -1, 2, -2, 3, -3];

/**
 * What turns `base` into `next`, over and over: a count of new bytes and these, then how far the copy begins from where the last one ended, and its length.
 * Numbers stand as in LEB128, with the sign in the lowest bit. All is put as a section of data, which is passed over where modules are taken apart.
 */
export function difference(base, next) {
  const places = new Map();
  for (let i = 0; i + KEY <= base.length; i++) {
    const key = base.toString("latin1", i, i + KEY);
    const list = places.get(key);
    if (list) list.push(i);
    else places.set(key, [i]);
  }
  const out = [];
  const number = (n) => {
    let rest = n < 0 ? -2 * n - 1 : 2 * n;
    for (; rest > 127; rest = Math.floor(rest / 128)) out.push((rest & 127) | 128);
    out.push(rest);
  };
  const equalBytes = (i, at) => {
    let n = 0;
    while (i + n < next.length && at + n < base.length && next[i + n] === base[at + n]) n++;
    return n;
  };
  let fresh = 0;
  let last = 0;
  const write = (end, at, length) => {
    number(end - fresh);
    for (let i = fresh; i < end; i++) out.push(next[i]);
    number(at - last);
    number(length);
    last = at + length;
    fresh = end + length;
  };
  for (let i = 0; i < next.length; ) {
    const beside = last + i - fresh;
    let at = 0;
    let length = 0;
    for (const place of [
      ...NEAR.map((d) => beside + d),
      ...(places.get(next.toString("latin1", i, i + KEY)) ?? []),
    ]) {
      if (place < 0) continue;
      const n = equalBytes(i, place);
      // A jump costs some bytes itself.
      if (n > length + (length ? SHORTEST : 0)) [at, length] = [place, n];
    }
    if (length >= SHORTEST) {
      write(i, at, length);
      i += length;
    } else i++;
  }
  write(next.length, last, 0);
  const content = out.splice(0);
  for (let n = content.length; ; n >>= 7) {
    out.push(n > 127 ? (n & 127) | 128 : n);
    if (n < 128) break;
  }
  return Buffer.from([DATA, ...out, ...content]);
}
