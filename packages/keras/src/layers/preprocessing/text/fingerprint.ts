/*
 * Public hashes of strings: FarmHash's fingerprint (Pike and Alakuijala, 2014) and SipHash-2-4 (Aumasson and Bernstein, 2012).
 */

const MASK = (1n << 64n) - 1n;
const K0 = 0xc3a5c85c97cb3127n;
const K1 = 0xb492b66fbe98f273n;
const K2 = 0x9ae16a3b2f90404fn;

const u = (x: bigint): bigint => x & MASK;
const right = (x: bigint, by: bigint): bigint => u((x >> by) | (x << (64n - by)));
const left = (x: bigint, by: bigint): bigint => right(x, 64n - by);
const mixed = (x: bigint): bigint => x ^ (x >> 47n);

/** The hash of two words. */
function ofTwo(a: bigint, b: bigint, mul: bigint): bigint {
  const x = mixed(u((a ^ b) * mul));
  return u(mixed(u((b ^ x) * mul)) * mul);
}

/** The bytes of a text, read as little-endian words. */
class Bytes {
  readonly data: Uint8Array;
  private readonly _view: DataView;
  constructor(text: string | Uint8Array) {
    this.data = typeof text === "string" ? new TextEncoder().encode(text) : text;
    this._view = new DataView(this.data.buffer, this.data.byteOffset, this.data.byteLength);
  }
  get length(): number {
    return this.data.length;
  }
  word(at: number): bigint {
    return this._view.getBigUint64(at, true);
  }
  half(at: number): bigint {
    return BigInt(this._view.getUint32(at, true));
  }
}

function upTo16(s: Bytes): bigint {
  const n = s.length;
  const [size, mul] = [BigInt(n), K2 + BigInt(n) * 2n];
  if (n >= 8) {
    const [a, b] = [u(s.word(0) + K2), s.word(n - 8)];
    return ofTwo(u(right(b, 37n) * mul + a), u((right(a, 25n) + b) * mul), u(mul));
  }
  if (n >= 4) return ofTwo(size + (s.half(0) << 3n), s.half(n - 4), u(mul));
  if (n === 0) return K2;
  const [a, b, c] = [s.data[0]!, s.data[n >> 1]!, s.data[n - 1]!];
  return u(mixed(u(BigInt(a + (b << 8)) * K2) ^ u(BigInt(n + (c << 2)) * K0)) * K2);
}
function upTo32(s: Bytes): bigint {
  const n = s.length;
  const mul = u(K2 + BigInt(n) * 2n);
  const [a, b] = [u(s.word(0) * K1), s.word(8)];
  const [c, d] = [u(s.word(n - 8) * mul), u(s.word(n - 16) * K2)];
  return ofTwo(u(right(u(a + b), 43n) + right(c, 30n) + d), u(a + right(u(b + K2), 18n) + c), mul);
}
function upTo64(s: Bytes): bigint {
  const n = s.length;
  const mul = u(K2 + BigInt(n) * 2n);
  const [a, b] = [u(s.word(0) * K2), s.word(8)];
  const [c, d] = [u(s.word(n - 8) * mul), u(s.word(n - 16) * K2)];
  const y = u(right(u(a + b), 43n) + right(c, 30n) + d);
  const z = ofTwo(y, u(a + right(u(b + K2), 18n) + c), mul);
  const [e, f] = [u(s.word(16) * mul), s.word(24)];
  const [g, h] = [u((y + s.word(n - 32)) * mul), u((z + s.word(n - 24)) * mul)];
  return ofTwo(u(right(u(e + f), 43n) + right(g, 30n) + h), u(e + right(u(f + a), 18n) + g), mul);
}
type Pair = readonly [bigint, bigint];
function weak(s: Bytes, at: number, a: bigint, b: bigint): Pair {
  const [w, x, y, z] = [s.word(at), s.word(at + 8), s.word(at + 16), s.word(at + 24)];
  const p = u(a + w);
  const q = right(u(b + p + z), 21n);
  const r = u(p + x + y);
  return [u(r + z), u(q + right(r, 44n) + p)];
}
function long(s: Bytes): bigint {
  const n = s.length;
  let [x, y] = [81n, u(81n * K1 + 113n)];
  let z = u(mixed(u(y * K2 + 113n)) * K2);
  let v: Pair = [0n, 0n];
  let w: Pair = [0n, 0n];
  x = u(x * K2 + s.word(0));
  const end = Math.floor((n - 1) / 64) * 64;
  const round = (at: number, mul: bigint, last: boolean): void => {
    x = u(right(u(x + y + v[0] + s.word(at + 8)), 37n) * mul);
    y = u(right(u(y + v[1] + s.word(at + 48)), 42n) * mul);
    x ^= u(w[1] * (last ? 9n : 1n));
    y = u(y + v[0] * (last ? 9n : 1n) + s.word(at + 40));
    z = u(right(u(z + w[0]), 33n) * mul);
    v = weak(s, at, u(v[1] * mul), u(x + w[0]));
    w = weak(s, at + 32, u(z + w[1]), u(y + s.word(at + 16)));
    [z, x] = [x, z];
  };
  for (let at = 0; at < end; at += 64) round(at, K1, false);
  const mul = u(K1 + ((z & 0xffn) << 1n));
  w = [u(w[0] + BigInt((n - 1) & 63)), w[1]];
  v = [u(v[0] + w[0]), v[1]];
  w = [u(w[0] + v[0]), w[1]];
  round(n - 64, mul, true);
  return ofTwo(u(ofTwo(v[0], w[0], mul) + mixed(y) * K0 + z), u(ofTwo(v[1], w[1], mul) + x), mul);
}

/** FarmHash's 64-bit fingerprint of a text in UTF-8. */
export function fingerprint(text: string | Uint8Array): bigint {
  const s = new Bytes(text);
  if (s.length <= 16) return upTo16(s);
  if (s.length <= 32) return upTo32(s);
  return s.length <= 64 ? upTo64(s) : long(s);
}

/** SipHash-2-4 of a text in UTF-8 under a key of two words. */
export function sipHash(text: string | Uint8Array, [k0, k1]: readonly [bigint, bigint]): bigint {
  const s = new Bytes(text);
  let [a, b] = [k0 ^ 0x736f6d6570736575n, k1 ^ 0x646f72616e646f6dn];
  let [c, d] = [k0 ^ 0x6c7967656e657261n, k1 ^ 0x7465646279746573n];
  const round = (): void => {
    a = u(a + b);
    c = u(c + d);
    b = left(b, 13n) ^ a;
    d = left(d, 16n) ^ c;
    a = left(a, 32n);
    c = u(c + b);
    a = u(a + d);
    b = left(b, 17n) ^ c;
    d = left(d, 21n) ^ a;
    c = left(c, 32n);
  };
  const take = (m: bigint): void => {
    d ^= m;
    round();
    round();
    a ^= m;
  };
  const whole = s.length - (s.length % 8);
  for (let at = 0; at < whole; at += 8) take(s.word(at));
  let rest = BigInt(s.length & 255) << 56n;
  for (let i = whole; i < s.length; i++) rest |= BigInt(s.data[i]!) << BigInt(8 * (i - whole));
  take(rest);
  c ^= 0xffn;
  for (let i = 0; i < 4; i++) round();
  return a ^ b ^ c ^ d;
}

/** The bin of a text among some, by the one hash or, with a key, the other. */
export const bucketOf = (text: string, bins: number, key: readonly [bigint, bigint] | null = null): number =>
  Number((key === null ? fingerprint(text) : sipHash(text, key)) % BigInt(bins));

/** The number that TensorFlow begins a crossing of columns with. */
const CROSS_KEY = 0xdecafcaffen;
const CAT = 0xc6a4a7935bd1e995n;

/** The bin of a combination: fingerprints of words, and whole numbers themselves, joined one after the other. */
export function crossed(tokens: readonly (string | number)[], bins: number): number {
  let hash = CROSS_KEY;
  for (const token of tokens) {
    const own = typeof token === "string" ? fingerprint(token) : u(BigInt(Math.trunc(token)));
    hash ^= CAT;
    hash = u(hash ^ u(mixed(u(own * CAT)) * CAT));
    hash = u(hash * CAT);
    hash = mixed(u(mixed(hash) * CAT));
  }
  return Number(hash % BigInt(bins));
}
