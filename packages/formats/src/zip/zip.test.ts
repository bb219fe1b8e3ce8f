import { describe, expect, test } from "vitest";
import { crc32 } from "../bytes/crc32.js";
import { FormatError } from "../bytes/errors.js";
import { joinBytes, utf8Bytes } from "../bytes/sink.js";
import { MemorySource } from "../bytes/source.js";
import { looksLikeZip, ZipArchive } from "./reader.js";
import { writeZip, type ZipRecord, zipPieces } from "./writer.js";

const noise = (n: number, seed = 1) => {
  const out = new Uint8Array(n);
  let x = seed;
  for (let i = 0; i < n; i++) out[i] = (x = (Math.imul(x, 1103515245) + 12345) >>> 0) >>> 24;
  return out;
};
const records: ZipRecord[] = [
  { name: "stored.bin", data: noise(1000) },
  { name: "deflated.txt", data: utf8Bytes("text ".repeat(500)), deflate: true },
  { name: "empty", data: new Uint8Array(0) },
  { name: "Grüße/日本.txt", data: [utf8Bytes("two "), utf8Bytes("pieces")] },
  { name: "noise deflated", data: noise(500, 2), deflate: 9 },
];
const contentOf = (r: ZipRecord) => (r.data instanceof Uint8Array ? r.data : joinBytes(r.data));

test("crc32", () => {
  expect(crc32(utf8Bytes("123456789"))).toBe(0xcbf43926);
  const bytes = noise(1003);
  expect(crc32(bytes.subarray(500), crc32(bytes.subarray(0, 500)))).toBe(crc32(bytes));
  expect(crc32(new Uint8Array(0))).toBe(0);
});

describe("round trips", () => {
  test.each([{}, { align: 64 }, { style: "torch", align: 64 }, { zip64: true }, { style: "torch" }] as const)(
    "%o",
    (options) => {
      const bytes = writeZip(records, options);
      const prefixed = joinBytes([noise(100), bytes]);
      const commented = joinBytes([bytes, utf8Bytes("a comment")]);
      new DataView(commented.buffer).setUint16(bytes.length - 2, 9, true);
      for (const whole of [bytes, prefixed, commented]) {
        const zip = new ZipArchive(whole, { verify: true });
        expect(zip.names).toEqual(records.map((r) => r.name));
        for (const r of records) {
          expect(zip.read(r.name)).toEqual(contentOf(r));
          const target = new Uint8Array(contentOf(r).length);
          zip.readInto(r.name, target);
          expect(target).toEqual(contentOf(r));
        }
      }
      if ("align" in options)
        for (const e of new ZipArchive(bytes).entries.values())
          expect(new ZipArchive(bytes).locate(e) % 64).toBe(0);
      expect(joinBytes(zipPieces(records, options))).toEqual(bytes);
    },
  );

  test("more than 65,535 entries", () => {
    const many = Array.from({ length: 66_000 }, (_, i) => ({ name: `${i}`, data: new Uint8Array(0) }));
    expect(new ZipArchive(writeZip(many)).entries.size).toBe(66_000);
  });

  test("a stored entry is a view", () => {
    const bytes = writeZip(records);
    expect(new ZipArchive(bytes).read("stored.bin").buffer).toBe(bytes.buffer);
    expect(looksLikeZip(new MemorySource(bytes))).toBe(true);
    expect(looksLikeZip(new MemorySource(writeZip([])))).toBe(true);
    expect(new ZipArchive(writeZip([])).names).toEqual([]);
  });

  test("places beyond 4 GiB", () => {
    const zip = new ZipArchive(new BehindZeros(5 * 2 ** 30, writeZip(records, { zip64: true })));
    expect(zip.entry("stored.bin").headerOffset).toBe(5 * 2 ** 30);
    for (const r of records) expect(zip.read(r.name)).toEqual(contentOf(r));
  });
});

/** A file that begins with so many zeros that nobody would keep them in memory. */
class BehindZeros extends MemorySource {
  override readonly size: number;
  constructor(
    readonly zeros: number,
    bytes: Uint8Array,
  ) {
    super(bytes);
    this.size = zeros + bytes.length;
  }
  override read(offset: number, length: number): Uint8Array {
    const out = new Uint8Array(length);
    const from = Math.max(offset - this.zeros, 0);
    out.set(
      this.bytes.subarray(from, offset - this.zeros + length),
      length - (offset - this.zeros + length - from),
    );
    return out;
  }
}

/** The archive with a field of its first central entry, or of its end, changed. */
function tampered(
  at: (bytes: Uint8Array) => number,
  value: number,
  size: 2 | 4 = 4,
  from = records,
): Uint8Array {
  const bytes = writeZip(from);
  const view = new DataView(bytes.buffer);
  if (size === 4) view.setUint32(at(bytes), value, true);
  else view.setUint16(at(bytes), value, true);
  return bytes;
}
const central = (b: Uint8Array) => new DataView(b.buffer).getUint32(b.length - 6, true);
const packedRecord: ZipRecord[] = [{ name: "a", data: utf8Bytes("aaaa".repeat(1000)), deflate: true }];

describe("broken archives", () => {
  test.each([
    ["nothing", new Uint8Array(0), "the end of the central directory"],
    ["cut off", writeZip(records).subarray(0, 1500), "the file is cut off"],
    ["a directory beyond the file", tampered((b) => b.length - 10, 0x7fffffff), "the central directory"],
    ["more entries than fit", tampered((b) => b.length - 12, 60_000, 2), "room for 60000 entries"],
    ["several disks", tampered((b) => b.length - 18, 3, 2), "part 4 of several"],
  ])("%s", (_name, bytes, message) => {
    expect(() => new ZipArchive(bytes)).toThrow(FormatError);
    expect(() => new ZipArchive(bytes)).toThrow(message);
  });

  const read = (bytes: Uint8Array, options = {}) => {
    const zip = new ZipArchive(bytes, options);
    return zip.read(zip.names[0]!);
  };

  test.each([
    ["encrypted", tampered((b) => central(b) + 8, 1, 2), "encrypted"],
    ["another method", tampered((b) => central(b) + 10, 12, 2), "packed by method 12"],
    ["sizes that differ", tampered((b) => central(b) + 24, 999), "stored in 1000 bytes"],
    ["a header elsewhere", tampered((b) => central(b) + 42, 7), "an entry's signature"],
    ["a header beyond the file", tampered((b) => central(b) + 42, 0x7fffffff), "cut off"],
    ["longer than declared", tampered((b) => central(b) + 24, 10, 4, packedRecord), "longer"],
    ["shorter than declared", tampered((b) => central(b) + 24, 9_000, 4, packedRecord), "4000 bytes long"],
    ["a bomb's size", tampered((b) => central(b) + 24, 0x7fffffff, 4, packedRecord), "4000 bytes long"],
  ])("%s", (_name, bytes, message) => {
    expect(() => read(bytes)).toThrow(FormatError);
    expect(() => read(bytes)).toThrow(message);
  });

  test("entries on top of each other", () => {
    const bytes = writeZip(
      Array.from({ length: 10 }, (_, i) => ({ name: `${i}`, data: noise(i === 0 ? 5000 : 1) })),
    );
    const view = new DataView(bytes.buffer);
    for (let i = 0, at = central(bytes); i < 10; i++, at += 47) {
      view.setUint32(at + 20, 5000, true);
      view.setUint32(at + 24, 5000, true);
      view.setUint32(at + 42, 0, true);
    }
    expect(() => new ZipArchive(bytes)).toThrow("the entries at byte");
  });

  test("limits and checksums", () => {
    expect(() => read(writeZip(packedRecord), { limit: 3999 })).toThrow("at most 3999 bytes");
    const damaged = writeZip(records);
    damaged[100]! ^= 1;
    expect(() => read(damaged)).not.toThrow();
    expect(() => read(damaged, { verify: true })).toThrow("damaged");
    expect(() => new ZipArchive(damaged).read("none")).toThrow('the entry "none" is missing');
    expect(() => new ZipArchive(damaged).readInto("empty", new Uint8Array(3))).toThrow("0 bytes long");
  });

  test("a real bomb is stopped where its declared size ends", () => {
    const bomb = writeZip([{ name: "bomb", data: new Uint8Array(2 ** 26), deflate: true }]);
    const view = new DataView(bomb.buffer);
    view.setUint32(central(bomb) + 24, 2 ** 21, true);
    expect(() => read(bomb)).toThrow("longer");
    view.setUint32(central(bomb) + 24, 2 ** 26, true);
    expect(read(bomb)).toHaveLength(2 ** 26);
  });
});
