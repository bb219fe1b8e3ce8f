import { contiguous, Strided } from "@cognate/kernel";
import { bytesOfArray } from "../bytes/arrays.js";
import { writeFileAtomic } from "../bytes/io.js";
import { joinBytes, Sink, utf8Bytes } from "../bytes/sink.js";
import { shardName } from "./bundle.js";
import { crc32c, maskCrc } from "./crc32c.js";
import { BundleEntryProto, BundleHeaderProto } from "./messages-bundle.js";
import { encodeMessage, putVarint } from "./proto.js";
import { compareBytes, writeTable } from "./sstable.js";
import { StringArray } from "./strings.js";
import { type FileTensor, shapeToProto } from "./tensor-proto.js";
import { DT_STRING, numberOfDtype } from "./types.js";

/** The files of a checkpoint of one shard. */
export interface WrittenBundle {
  /** The `.index` file. */
  readonly index: Uint8Array;
  /** The `.data-00000-of-00001` file. */
  readonly data: Uint8Array;
}

function stringData(array: StringArray): { bytes: Uint8Array; crc: number } {
  const lengths = new Sink(array.values.length);
  const fixed = new Sink(4 * array.values.length);
  for (const v of array.values) {
    putVarint(lengths, v.length);
    fixed.u32(v.length);
  }
  let crc = crc32c(fixed.done());
  const sum = new Sink(4).u32(maskCrc(crc)).done();
  crc = crc32c(sum, crc);
  for (const v of array.values) crc = crc32c(v, crc);
  return { bytes: joinBytes([lengths.done(), sum, ...array.values]), crc };
}

/** The files of a checkpoint with these tensors, as TensorFlow's BundleWriter lays them out: data in order of names. */
export function writeBundle(tensors: Iterable<readonly [string, FileTensor]>): WrittenBundle {
  const pieces: Uint8Array[] = [];
  const header = encodeMessage(BundleHeaderProto, {
    num_shards: 1,
    version: { producer: 1, min_consumer: 0, bad_consumers: [] },
  });
  const entries: [Uint8Array, Uint8Array][] = [[new Uint8Array(0), header]];
  const sorted = [...tensors]
    .map(([name, tensor]) => ({ key: utf8Bytes(name), tensor }))
    .sort((a, b) => compareBytes(a.key, b.key));
  let offset = 0;
  for (const { key, tensor } of sorted) {
    const array = tensor instanceof Strided ? contiguous(tensor) : tensor;
    const { bytes, crc } =
      array instanceof StringArray
        ? stringData(array)
        : { bytes: bytesOfArray(array), crc: crc32c(bytesOfArray(array)) };
    const dtype = array instanceof StringArray ? DT_STRING : numberOfDtype(array.dtype);
    const entry = encodeMessage(BundleEntryProto, {
      dtype,
      shape: shapeToProto(array.shape),
      offset,
      size: bytes.length,
      crc32c: maskCrc(crc),
    });
    entries.push([key, entry]);
    pieces.push(bytes);
    offset += bytes.length;
  }
  return { index: writeTable(entries), data: joinBytes(pieces) };
}

/** Writes `<prefix>.index` and `<prefix>.data-00000-of-00001`. @throws FileError */
export function saveBundle(prefix: string, tensors: Iterable<readonly [string, FileTensor]>): void {
  const { index, data } = writeBundle(tensors);
  writeFileAtomic(shardName(prefix, 0, 1), data);
  writeFileAtomic(`${prefix}.index`, index);
}
