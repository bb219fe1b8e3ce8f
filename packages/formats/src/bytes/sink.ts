const encoder = new TextEncoder();

/** UTF-8 bytes of a string. */
export const utf8Bytes = (text: string): Uint8Array => encoder.encode(text);

/** Grows as it is written to; the counterpart of `Cursor`. Little-endian. */
export class Sink {
  private _bytes: Uint8Array;
  private _view: DataView;
  length = 0;

  constructor(capacity = 256) {
    this._bytes = new Uint8Array(capacity);
    this._view = new DataView(this._bytes.buffer);
  }

  /** Makes room for `n` bytes and gives where they begin. */
  private _grow(n: number): number {
    const at = this.length;
    if (at + n > this._bytes.length) {
      const wider = new Uint8Array(Math.max(2 * this._bytes.length, at + n));
      wider.set(this._bytes.subarray(0, at));
      this._bytes = wider;
      this._view = new DataView(wider.buffer);
    }
    this.length = at + n;
    return at;
  }

  u8(v: number): this {
    const at = this._grow(1);
    this._bytes[at] = v;
    return this;
  }
  u16(v: number): this {
    const at = this._grow(2);
    this._view.setUint16(at, v, true);
    return this;
  }
  u32(v: number): this {
    const at = this._grow(4);
    this._view.setUint32(at, v, true);
    return this;
  }
  i32(v: number): this {
    const at = this._grow(4);
    this._view.setInt32(at, v, true);
    return this;
  }
  u64(v: number | bigint): this {
    const at = this._grow(8);
    this._view.setBigUint64(at, BigInt(v), true);
    return this;
  }
  i64(v: number | bigint): this {
    const at = this._grow(8);
    this._view.setBigInt64(at, BigInt(v), true);
    return this;
  }
  f64(v: number, little = true): this {
    const at = this._grow(8);
    this._view.setFloat64(at, v, little);
    return this;
  }
  bytes(v: Uint8Array): this {
    const at = this._grow(v.length);
    this._bytes.set(v, at);
    return this;
  }
  /** One byte a character. */
  latin1(text: string): this {
    const at = this._grow(text.length);
    for (let i = 0; i < text.length; i++) this._bytes[at + i] = text.charCodeAt(i);
    return this;
  }
  text(text: string): this {
    return this.bytes(encoder.encode(text));
  }
  /** `n` times the byte `v`. */
  fill(n: number, v = 0): this {
    const at = this._grow(n);
    if (v !== 0) this._bytes.fill(v, at, at + n);
    return this;
  }
  /** Zeros up to a multiple of `n`. */
  align(n: number): this {
    return this.fill((n - (this.length % n)) % n);
  }

  /** Overwrites a 64-bit field that was left open. */
  patch64(at: number, v: number): void {
    this._view.setBigUint64(at, BigInt(v), true);
  }

  /** What was written so far, as a view. */
  done(): Uint8Array {
    return this._bytes.subarray(0, this.length);
  }
}

/** The pieces one after the other in new memory. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  let n = 0;
  for (const p of pieces) n += p.length;
  const out = new Uint8Array(n);
  let at = 0;
  for (const p of pieces) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}
