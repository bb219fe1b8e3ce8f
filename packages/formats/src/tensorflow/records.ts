import { Cursor } from "../bytes/cursor.js";
import { crc32c, maskCrc } from "./crc32c.js";

/** The records of a TFRecord file, one after another. @throws FormatError for lengths and checksums that do not fit */
export function* readTfRecords(bytes: Uint8Array): Generator<Uint8Array> {
  const c = new Cursor(bytes, "tfrecord");
  while (c.pos < bytes.length) {
    const at = c.pos;
    const length = c.u32();
    const high = c.u32();
    const check = c.u32();
    const computed = maskCrc(crc32c(bytes.subarray(at, at + 8)));
    if (check !== computed) throw c.fail("the checksum of a length", check, String(computed), at + 8);
    if (high !== 0) throw c.fail("a length", `${high} · 2³² + ${length}`, "less than 2³²", at);
    const data = c.view(length, "a record");
    const stored = c.u32();
    const own = maskCrc(crc32c(data));
    if (stored !== own) throw c.fail("the checksum of a record", stored, String(own), at + 12);
    yield data;
  }
}
