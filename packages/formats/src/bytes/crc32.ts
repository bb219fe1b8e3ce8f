/** Eight tables of 256: entry k·256 + b is the effect of byte b after k further zero bytes. */
function build(polynomial: number): Uint32Array {
  const t = new Uint32Array(8 * 256);
  for (let b = 0; b < 256; b++) {
    let c = b;
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ polynomial : c >>> 1;
    t[b] = c >>> 0;
  }
  for (let i = 256; i < t.length; i++) t[i] = (t[i - 256]! >>> 8) ^ t[t[i - 256]! & 255]!;
  return t;
}

/** A checksum of 32 bits over bytes; `start` continues an earlier one. */
export type Checksum = (bytes: Uint8Array, start?: number) => number;

/** The checksum of a polynomial (its bits reversed), eight bytes a step; the tables are made at the first call. */
export function checksumOf(polynomial: number): Checksum {
  let tables: Uint32Array | undefined;
  return (bytes, start = 0) => {
    tables ??= build(polynomial);
    return run(tables, bytes, start);
  };
}

function run(t: Uint32Array, bytes: Uint8Array, start: number): number {
  let c = ~start;
  let i = 0;
  for (const end = bytes.length - 7; i < end; i += 8) {
    c ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    c =
      t[1792 + (c & 255)]! ^
      t[1536 + ((c >>> 8) & 255)]! ^
      t[1280 + ((c >>> 16) & 255)]! ^
      t[1024 + (c >>> 24)]! ^
      t[768 + bytes[i + 4]!]! ^
      t[512 + bytes[i + 5]!]! ^
      t[256 + bytes[i + 6]!]! ^
      t[bytes[i + 7]!]!;
  }
  for (; i < bytes.length; i++) c = (c >>> 8) ^ t[(c ^ bytes[i]!) & 255]!;
  return ~c >>> 0;
}

/** The CRC-32 of zip, gzip and PNG (polynomial 0xEDB88320). */
export const crc32: Checksum = /* @__PURE__ */ checksumOf(0xedb88320);
