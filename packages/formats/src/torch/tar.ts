import { Cursor } from "../bytes/cursor.js";
import { FormatError } from "../bytes/errors.js";
import type { ByteSource } from "../bytes/source.js";

/** Whether a file begins with a header of POSIX tar. */
export const looksLikeTar = (source: ByteSource): boolean =>
  source.size >= 512 && new Cursor(source.read(257, 5), "tar").at("ustar");

const octal = (c: Cursor, n: number, what: string): number => {
  const at = c.pos;
  const text = c
    .latin1(n)
    .replace(/[\0 ]+$/, "")
    .trim();
  if (!/^[0-7]*$/.test(text)) throw c.fail(what, JSON.stringify(text), "octal digits", at);
  return text === "" ? 0 : Number.parseInt(text, 8);
};

/** Name, place and size of each regular file in a tar archive. */
export function readTar(source: ByteSource): Map<string, { offset: number; size: number }> {
  const out = new Map<string, { offset: number; size: number }>();
  for (let at = 0; at + 512 <= source.size; ) {
    const header = new Cursor(source.read(at, 512), "tar", at);
    if (header.bytes.every((b) => b === 0)) break;
    const name = header.latin1(100).replace(/\0.*$/s, "").replace(/^\.\//, "");
    header.seek(124);
    const size = octal(header, 12, "an entry's size");
    header.seek(156);
    const type = header.u8();
    const offset = at + 512;
    if (offset + size > source.size)
      throw new FormatError({
        format: "tar",
        what: `the entry ${JSON.stringify(name)}`,
        found: "cut off",
        wanted: `${size} bytes`,
        offset,
      });
    if (type === 0 || type === 0x30) out.set(name, { offset, size });
    at = offset + Math.ceil(size / 512) * 512;
  }
  return out;
}
