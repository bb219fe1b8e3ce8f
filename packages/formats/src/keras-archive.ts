import { FormatError } from "./bytes/errors.js";
import { parseJson } from "./bytes/json.js";
import { joinBytes, utf8Bytes } from "./bytes/sink.js";
import { type ByteInput, withSource } from "./bytes/source.js";
import { ZipArchive, type ZipReadOptions } from "./zip/reader.js";
import { zipPieces } from "./zip/writer.js";

/** What a Keras 3 `.keras` file holds. */
export interface KerasArchive {
  /** `metadata.json`: versions and date. */
  readonly metadata: Record<string, unknown>;
  /** `config.json`: the model's architecture. */
  readonly config: Record<string, unknown>;
  /** `model.weights.h5`, an HDF5 file. */
  readonly weights: Uint8Array;
  /** Other files, such as vocabularies of preprocessing layers (`assets/…`), by path. */
  readonly assets: ReadonlyMap<string, Uint8Array>;
}

const WEIGHTS = "model.weights.h5";

/**
 * What lies unpacked in a folder, as Keras writes it with `zipped=False`: file contents by path.
 *
 * @throws FormatError that names the part that is missing or broken.
 */
export function kerasArchiveOf(files: ReadonlyMap<string, Uint8Array>): KerasArchive {
  const part = (name: string): Uint8Array => {
    const found = files.get(name);
    if (found) return found;
    throw new FormatError({
      format: "keras",
      what: name,
      found: "no such file",
      wanted: "a file",
      offset: 0,
    });
  };
  return {
    metadata: jsonIn(part("metadata.json"), "metadata.json", 0),
    config: jsonIn(part("config.json"), "config.json", 0),
    weights: part(WEIGHTS),
    assets: new Map([...files].filter(([name]) => name.startsWith("assets/"))),
  };
}

/** Reads a `.keras` archive. @throws FormatError that names the part that is missing or broken. */
export function readKerasArchive(input: ByteInput, options: ZipReadOptions = {}): KerasArchive {
  return withSource(input, (source) => {
    const zip = new ZipArchive(source, { format: "keras", verify: true, ...options });
    const assets = new Map<string, Uint8Array>();
    for (const name of zip.names)
      if (name.startsWith("assets/") && !name.endsWith("/")) assets.set(name, zip.read(name));
    return {
      metadata: jsonOf(zip, "metadata.json"),
      config: jsonOf(zip, "config.json"),
      weights: zip.read(WEIGHTS),
      assets,
    };
  });
}

const jsonOf = (zip: ZipArchive, name: string): Record<string, unknown> =>
  jsonIn(() => zip.read(name), name, zip.entry(name).headerOffset);

function jsonIn(
  bytes: Uint8Array | (() => Uint8Array),
  name: string,
  offset: number,
): Record<string, unknown> {
  const fail = (found: string): FormatError =>
    new FormatError({ format: "keras", what: name, found, wanted: "a JSON object", offset });
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(typeof bytes === "function" ? bytes() : bytes);
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw fail("not valid UTF-8");
  }
  const value = parseJson(text, fail);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw fail("JSON of another kind");
  return value as Record<string, unknown>;
}

/** A value as Python's `json.dumps` writes it: a blank after commas and colons, and no character beyond ASCII. */
export function pythonJson(value: unknown): string {
  const text = (v: unknown): string => {
    if (Array.isArray(v)) return `[${v.map(text).join(", ")}]`;
    if (v instanceof Number) return floatText(v.valueOf());
    if (typeof v === "number") return Number.isSafeInteger(v) && !Object.is(v, -0) ? String(v) : floatText(v);
    if (typeof v === "bigint") return String(v);
    if (typeof v === "object" && v !== null) {
      const entries = v instanceof Map ? [...v] : Object.entries(v);
      return `{${entries.map(([k, x]) => `${ascii(String(k))}: ${text(x)}`).join(", ")}}`;
    }
    return typeof v === "string" ? ascii(v) : JSON.stringify(v ?? null);
  };
  return text(value);
}

const ascii = (s: string): string =>
  JSON.stringify(s).replace(
    /[\u007f-\uffff]/g,
    (ch) => `\\u${ch.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** Python's shortest text of a float, which tells it from an integer. */
function floatText(x: number): string {
  if (Number.isNaN(x)) return "NaN";
  if (!Number.isFinite(x)) return x > 0 ? "Infinity" : "-Infinity";
  if (Object.is(x, -0)) return "-0.0";
  const [digits, exponent] = x.toExponential().split("e") as [string, string];
  const e = Number(exponent);
  if (x === 0 || (e >= -4 && e < 16)) return Number.isInteger(x) ? `${x}.0` : String(x);
  return `${digits}e${e < 0 ? "-" : "+"}${String(Math.abs(e)).padStart(2, "0")}`;
}

interface KerasParts {
  readonly metadata: unknown;
  readonly config: unknown;
  readonly weights: Uint8Array | readonly Uint8Array[];
  readonly assets?: ReadonlyMap<string, Uint8Array>;
}
/** The files of a model, packed or in a folder, in Keras's order. */
export const kerasArchiveFiles = (
  archive: KerasParts,
): { name: string; data: Uint8Array | readonly Uint8Array[] }[] => [
  { name: "metadata.json", data: utf8Bytes(pythonJson(archive.metadata)) },
  { name: "config.json", data: utf8Bytes(pythonJson(archive.config)) },
  { name: WEIGHTS, data: archive.weights },
  ...[...(archive.assets ?? [])].map(([name, data]) => ({ name, data })),
];
/** The pieces of a `.keras` archive. */
export const kerasArchivePieces = (archive: KerasParts): Uint8Array[] =>
  zipPieces(kerasArchiveFiles(archive));

/**
 * {@link kerasArchivePieces} joined.
 *
 * @example
 * ```ts
 * import { print } from "@cognate/py";
 * import { Hdf5Writer, readKerasArchive, writeKerasArchive } from "@cognate/formats";
 * const metadata = { keras_version: "3.15.1" };
 * const bytes = writeKerasArchive({ metadata, config: {}, weights: new Hdf5Writer().bytes() });
 * print(readKerasArchive(bytes).metadata.keras_version); // prints 3.15.1
 * ```
 */
export const writeKerasArchive = (archive: Parameters<typeof kerasArchivePieces>[0]): Uint8Array =>
  joinBytes(kerasArchivePieces(archive));
