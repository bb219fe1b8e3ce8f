import { describe, expect, test } from "vitest";
import { Cursor, latin1 } from "./cursor.js";
import { FileError, FormatError } from "./errors.js";
import { bytesOf, bytesOfAsync, readFile, writeFileAtomic } from "./io.js";
import { nodeFileSystem } from "./node.js";
import { Sink, utf8Bytes } from "./sink.js";
import { FileSource, MemorySource, withSource } from "./source.js";

interface MoreFileSystem {
  mkdtempSync(prefix: string): string;
  readdirSync(path: string): string[];
  rmSync(path: string, options: object): void;
}
const fs = nodeFileSystem() as unknown as MoreFileSystem;
const { process } = globalThis as unknown as {
  process: { getBuiltinModule(name: "node:os"): { tmpdir(): string } };
};
const temporary = process.getBuiltinModule("node:os").tmpdir();

/** Calls `use` with a new folder, and removes it. */
async function inFolder(use: (folder: string) => unknown): Promise<void> {
  const folder = fs.mkdtempSync(`${temporary}/formats-`);
  try {
    await use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

describe("files", () => {
  test("written as a whole or not at all", () =>
    inFolder((folder) => {
      const path = `${folder}/a.bin`;
      writeFileAtomic(path, Uint8Array.of(1, 2, 3));
      expect([...readFile(path)]).toEqual([1, 2, 3]);
      writeFileAtomic(path, [Uint8Array.of(4), new Uint8Array(0), Uint8Array.of(5, 6)]);
      expect([...bytesOf(path)]).toEqual([4, 5, 6]);
      const broken = [Uint8Array.of(7), undefined as unknown as Uint8Array];
      expect(() => writeFileAtomic(path, broken)).toThrow();
      expect([...readFile(path)]).toEqual([4, 5, 6]);
      expect(fs.readdirSync(folder)).toEqual(["a.bin"]);
    }));

  test("tells how far it is", () =>
    inFolder((folder) => {
      const told: number[] = [];
      const large = new Uint8Array(2 ** 23 + 5).fill(7);
      writeFileAtomic(`${folder}/a.bin`, [Uint8Array.of(1), large], { progress: (n) => told.push(n) });
      expect(told).toEqual([1, 2 ** 23, 5]);
      expect(readFile(`${folder}/a.bin`).length).toBe(2 ** 23 + 6);
    }));

  test("what cannot be opened says why", () =>
    inFolder((folder) => {
      const missing = caught(() => readFile(`${folder}/none`)) as FileError;
      expect(missing).toBeInstanceOf(FileError);
      expect([missing.reason, missing.path]).toEqual(["ENOENT", `${folder}/none`]);
      expect((caught(() => readFile(folder)) as FileError).reason).toBe("EISDIR");
      expect(
        (caught(() => writeFileAtomic(`${folder}/no/where`, new Uint8Array(1))) as FileError).reason,
      ).toBe("ENOENT");
      expect(fs.readdirSync(folder)).toEqual([]);
    }));

  test("read piece by piece", () =>
    inFolder((folder) => {
      const path = `${folder}/a.bin`;
      writeFileAtomic(
        path,
        Uint8Array.from({ length: 100 }, (_, i) => i),
      );
      const source = new FileSource(path);
      expect(source.size).toBe(100);
      expect([...source.read(98, 2)]).toEqual([98, 99]);
      expect(() => source.read(99, 2)).toThrow(FormatError);
      expect(() => source.read(-1, 2)).toThrow(FormatError);
      source.close();
      expect(() => source.read(0, 1)).toThrow(FileError);
      expect(withSource(path, (s) => s.read(1, 1)[0])).toBe(1);
    }));

  test("bytes from wherever they are", async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    expect(bytesOf(bytes)).toBe(bytes);
    expect(bytesOf(bytes.buffer)).toEqual(bytes);
    expect(bytesOf(new MemorySource(bytes))).toEqual(bytes);
    expect(await bytesOfAsync(new Blob([bytes]))).toEqual(bytes);
    expect(await bytesOfAsync(new Response(bytes))).toEqual(bytes);
    expect(await bytesOfAsync(new Blob([bytes]).stream())).toEqual(bytes);
    expect(await bytesOfAsync(new URL("data:application/octet-stream;base64,AQID"))).toEqual(bytes);
    expect(await bytesOfAsync(bytes)).toBe(bytes);
    await inFolder(async (folder) => {
      writeFileAtomic(`${folder}/ü b`, bytes);
      expect(await bytesOfAsync(`${folder}/ü b`)).toEqual(bytes);
      expect(await bytesOfAsync(new URL(`file://${folder}/ü b`))).toEqual(bytes);
    });
  });
});

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("cursor and sink", () => {
  test("numbers of both byte orders", () => {
    const bytes = new Sink(1)
      .u8(255)
      .u16(1)
      .u32(2)
      .i32(-3)
      .u64(2 ** 40)
      .i64(-4n)
      .f64(0.5)
      .f64(0.5, false)
      .latin1("\xff")
      .text("ü")
      .done();
    const c = new Cursor(bytes, "test");
    expect([c.u8(), c.u16(), c.u32(), c.i32(), c.u64(), c.i64(), c.f64()]).toEqual([
      255,
      1,
      2,
      -3,
      2 ** 40,
      -4,
      0.5,
    ]);
    c.little = false;
    expect([c.f64(), c.u8(), c.text(2), c.remaining]).toEqual([0.5, 255, "ü", 0]);
    c.seek(1);
    expect([c.u16(), c.uint(3)]).toEqual([256, 0x020000]);
  });

  test("every end is an error with its place", () => {
    const c = new Cursor(utf8Bytes("abc"), "test", 1000);
    c.skip(2);
    for (const read of [
      () => c.u16(),
      () => c.u32(),
      () => c.f64(),
      () => c.view(2),
      () => c.text(-1),
      () => c.line(),
      () => c.cstring(),
    ]) {
      const error = caught(read) as FormatError;
      expect(error).toBeInstanceOf(FormatError);
      expect(error.offset).toBe(1002);
    }
    expect(() => c.seek(4)).toThrow("within the file (1003 bytes)");
    expect(() => new Cursor(new Uint8Array(8).fill(255), "test").u64()).toThrow("at most 2^53");
    expect(() => new Cursor(Uint8Array.of(0xff), "test").text(1)).toThrow("not valid UTF-8");
    expect(latin1(new Uint8Array(10_000).fill(65))).toHaveLength(10_000);
  });
});
