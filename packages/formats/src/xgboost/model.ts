import { FormatError } from "../bytes/errors.js";
import { readBinaryModel } from "./binary.js";
import { readModelJson } from "./json.js";
import { readUbjson } from "./ubjson.js";
import type { ModelObject, ModelValue } from "./values.js";

export type ModelForm = "json" | "ubj" | "binary";

/** Which of its forms a model of XGBoost's has, by its first bytes: an object of JSON or UBJSON, or the old structure. */
export function modelForm(bytes: Uint8Array): ModelForm {
  const isSpace = (b: number | undefined): boolean => b === 0x20 || b === 0x0a || b === 0x0d || b === 0x09;
  let at = 0;
  while (isSpace(bytes[at])) at++;
  if (bytes[at] !== 0x7b) return "binary";
  // A key of UBJSON begins with its length's type, one of JSON with a quotation mark.
  for (at++; isSpace(bytes[at]); at++);
  return bytes[at] === 0x22 || (bytes[at] === 0x7d && bytes.length > at + 1) ? "json" : "ubj";
}

/**
 * Reads a model of XGBoost's in any of its forms: JSON, UBJSON, or the old binary one, given in the shape of a JSON model.
 *
 * @example
 * ```ts
 * import { print } from "@cognate/py";
 * import { readXgboostModel } from "@cognate/formats";
 * const bytes = new TextEncoder().encode('{"learner": {"attributes": {}}, "version": [3, 2, 0]}');
 * print(readXgboostModel(bytes).version); // prints [3, 2, 0]
 * ```
 *
 * @throws FormatError with the byte offset
 */
export function readXgboostModel(bytes: Uint8Array): ModelObject {
  const form = modelForm(bytes);
  if (form === "binary") return readBinaryModel(bytes);
  const v: ModelValue = form === "json" ? readModelJson(bytes) : readUbjson(bytes);
  if (v === null || typeof v !== "object" || Array.isArray(v))
    throw new FormatError({
      format: form,
      what: "the model",
      found: "no object",
      wanted: "an object",
      offset: 0,
    });
  return v as ModelObject;
}
