import { type Checksum, checksumOf } from "../bytes/crc32.js";

/** CRC-32C (Castagnoli, polynomial 0x82F63B78). */
export const crc32c: Checksum = /* @__PURE__ */ checksumOf(0x82f63b78);

/** A checksum as LevelDB and TensorFlow store it, so that checksums of data that holds checksums stay good. */
export const maskCrc = (crc: number): number => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
