import { FormatError } from "./errors.js";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * A reader that owns bounds and byte order, so that a format's reader reads like its specification.
 *
 * Positions in errors count from the start of the file: `base` is where `bytes` begins in it.
 *
 * @example
 * ```ts
 * import { print } from "@cognate/py";
 * import { Cursor } from "@cognate/formats";
 * const c = new Cursor(Uint8Array.of(1, 0, 2, 0), "demo");
 * print(c.u16(), c.u16(), c.remaining); // prints 1 2 0
 * ```
 */
export class Cursor {
  pos = 0;
  /** The path inside the file that errors speak of. */
  path: string | undefined;
  readonly length: number;
  private readonly _view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    readonly format: string,
    readonly base = 0,
    /** Multi-byte numbers are little-endian unless this is false. */
    public little = true,
  ) {
    this.length = bytes.length;
    this._view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.length - this.pos;
  }

  /** The position in the file. */
  get offset(): number {
    return this.base + this.pos;
  }

  /** The error to throw when `what` is `found` instead of `wanted`; `at` counts within the cursor's bytes. */
  fail(what: string, found: unknown, wanted: string, at = this.pos): FormatError {
    return new FormatError({
      format: this.format,
      what,
      found: String(found),
      wanted,
      offset: this.base + at,
      path: this.path,
    });
  }

  /** Moves past `n` bytes and gives where they begin. @throws FormatError when fewer are left. */
  take(n: number, what = "the data"): number {
    const at = this.pos;
    if (!(n >= 0 && n <= this.length - at))
      throw this.fail(what, `cut off (${this.remaining} bytes are left)`, `${n} more bytes`);
    this.pos = at + n;
    return at;
  }

  seek(pos: number, what = "an offset"): this {
    if (!(pos >= 0 && pos <= this.length))
      throw this.fail(what, this.base + pos, `within the file (${this.base + this.length} bytes)`);
    this.pos = pos;
    return this;
  }

  skip(n: number): this {
    this.take(n);
    return this;
  }

  /** Moves on to a multiple of `n`, counted from `origin`. */
  align(n: number, origin = 0): this {
    return this.skip((n - ((this.pos - origin) % n)) % n);
  }

  u8(): number {
    return this.bytes[this.take(1)]!;
  }
  i8(): number {
    return this._view.getInt8(this.take(1));
  }
  u16(): number {
    return this._view.getUint16(this.take(2), this.little);
  }
  i16(): number {
    return this._view.getInt16(this.take(2), this.little);
  }
  u32(): number {
    return this._view.getUint32(this.take(4), this.little);
  }
  i32(): number {
    return this._view.getInt32(this.take(4), this.little);
  }
  u64big(): bigint {
    return this._view.getBigUint64(this.take(8), this.little);
  }
  i64big(): bigint {
    return this._view.getBigInt64(this.take(8), this.little);
  }
  f32(): number {
    return this._view.getFloat32(this.take(4), this.little);
  }
  f64(): number {
    return this._view.getFloat64(this.take(8), this.little);
  }

  /** An unsigned 64-bit size or offset. Beyond 2^53 no file reaches, so such a value is an error. */
  u64(what = "a 64-bit size"): number {
    const at = this.pos;
    const v = this.u64big();
    if (v > BigInt(Number.MAX_SAFE_INTEGER)) throw this.fail(what, v, "at most 2^53", at);
    return Number(v);
  }

  /** A signed 64-bit integer within ±2^53. */
  i64(what = "a 64-bit integer"): number {
    const at = this.pos;
    const v = Number(this.i64big());
    if (!Number.isSafeInteger(v)) throw this.fail(what, v, "within ±2^53", at);
    return v;
  }

  /** An unsigned integer of 1 to 8 bytes. */
  uint(width: number, what = "an integer"): number {
    const at = this.take(width, what);
    let v = 0;
    for (let i = 0; i < width; i++) v = v * 256 + this.bytes[this.little ? at + width - 1 - i : at + i]!;
    if (v > Number.MAX_SAFE_INTEGER) throw this.fail(what, v, "at most 2^53", at);
    return v;
  }

  /** The next `n` bytes as a view. */
  view(n: number, what?: string): Uint8Array {
    const at = this.take(n, what);
    return this.bytes.subarray(at, at + n);
  }

  /** Everything that is left, as a view. */
  rest(): Uint8Array {
    return this.view(this.remaining);
  }

  /** `n` bytes of UTF-8. */
  text(n: number, what = "the text"): string {
    const at = this.pos;
    const raw = this.view(n, what);
    try {
      return utf8.decode(raw);
    } catch {
      throw this.fail(what, "not valid UTF-8", "UTF-8 text", at);
    }
  }

  /** `n` bytes, one character each. */
  latin1(n: number, what?: string): string {
    return latin1(this.view(n, what));
  }

  /** A zero-terminated string of one-byte characters. */
  cstring(what = "a zero-terminated name"): string {
    const end = this.bytes.indexOf(0, this.pos);
    if (end < 0) throw this.fail(what, "without an end", "a zero byte before the end of the file");
    const text = this.latin1(end - this.pos, what);
    this.pos++;
    return text;
  }

  /** Characters up to the next line feed, which is passed over. */
  line(what = "a line"): string {
    const end = this.bytes.indexOf(10, this.pos);
    if (end < 0) throw this.fail(what, "without an end", "a line feed before the end of the file");
    const text = this.latin1(end - this.pos, what);
    this.pos++;
    return text;
  }

  /** The next bytes must be these (characters stand for bytes). */
  expect(magic: string, what = "the signature"): void {
    const at = this.pos;
    const n = Math.min(magic.length, this.remaining);
    const found = latin1(this.bytes.subarray(at, at + n));
    if (found !== magic) throw this.fail(what, JSON.stringify(found), JSON.stringify(magic), at);
    this.pos += n;
  }

  /** Whether these bytes come next; nothing is passed over. */
  at(magic: string): boolean {
    for (let i = 0; i < magic.length; i++) if (this.bytes[this.pos + i] !== magic.charCodeAt(i)) return false;
    return true;
  }
}

/** Bytes as a string of one character each. */
export function latin1(bytes: Uint8Array): string {
  let out = "";
  for (let i = 0; i < bytes.length; i += 4096)
    out += String.fromCharCode(...bytes.subarray(i, Math.min(i + 4096, bytes.length)));
  return out;
}
