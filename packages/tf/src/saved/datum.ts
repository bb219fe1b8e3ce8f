import { StringArray as FileStrings, type FileTensor } from "@cognate/formats";
import type { Datum } from "../core/row.js";
import { bytesOf, codesOf, StringArray } from "../core/strings.js";
import { Value } from "../shared.js";

/** What a file's tensor is on a graph's edge. */
export const datumOfFile = (t: FileTensor): Datum =>
  t instanceof FileStrings ? new StringArray([...t.shape], t.values.map(codesOf)) : new Value(t);

/** What is written of a value. */
export const fileOfDatum = (d: Datum): FileTensor =>
  d instanceof StringArray ? new FileStrings(d.data.map(bytesOf), d.shape) : (d as Value).array;
