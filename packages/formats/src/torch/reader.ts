import { FormatError } from "../bytes/errors.js";
import { type ByteInput, type ByteSource, withSource } from "../bytes/source.js";
import type { OpName } from "../pickle/opcodes.js";
import type { UnpickleOptions } from "../pickle/unpickler.js";
import { type PickleValues, plainValues } from "../pickle/values.js";
import { looksLikeZip, ZipArchive } from "../zip/reader.js";
import { torchGlobals } from "./globals.js";
import { readSequential, startsSequential } from "./legacy.js";
import type { TorchHooks } from "./loaded.js";
import { isTorchScript } from "./script.js";
import { looksLikeTar } from "./tar.js";
import { readTarred } from "./tarred.js";
import { readZipped } from "./zipped.js";

export interface TorchReadOptions {
  /** Only what PyTorch allows by default (and the hooks), written by the operations that `torch.save` uses. On unless given. */
  weightsOnly?: boolean;
  hooks?: TorchHooks;
  /** How floats, tuples and complex numbers come into being. */
  values?: PickleValues;
  /** Let tensors look at the given bytes where alignment allows; see {@link ArrayReadOptions}. */
  share?: boolean;
  /** `false` leaves the tensors at zero; see {@link ArrayReadOptions}. */
  data?: boolean;
  /** How byte strings written by Python 2 are read; `utf-8` unless given, as in `torch.load`. */
  encoding?: UnpickleOptions["encoding"];
  /** The byte order of archives that do not note theirs, as those of before PyTorch 2.1; little unless given. */
  byteOrder?: "little" | "big";
}

/** What a file holds and how it was written. */
export interface TorchFile {
  /** The object that was saved. */
  readonly value: unknown;
  readonly container: TorchContainer;
  readonly byteOrder: "little" | "big";
}

/**
 * The ways in which PyTorch has written files: `zip` since 1.6, `sequential` (pickles one after the other) before, `tar`
 * before 0.1.10; `torchscript` is a program and no pickle.
 */
export type TorchContainer = "zip" | "torchscript" | "sequential" | "tar";

/** What the readers of the containers get. */
export interface TorchContext {
  readonly unpickle: UnpickleOptions;
  readonly share: boolean;
  readonly data: boolean;
  /** The byte order of archives that do not note theirs. */
  readonly unnoted?: "little" | "big" | undefined;
}

/** The operations that PyTorch's own weights-only unpickler knows: those that its protocol 2 files use. */
export const WEIGHTS_ONLY_OPERATIONS: readonly OpName[] = [
  "APPEND",
  "APPENDS",
  "BINFLOAT",
  "BINGET",
  "BININT",
  "BININT1",
  "BININT2",
  "BINPERSID",
  "BINPUT",
  "BINUNICODE",
  "BUILD",
  "EMPTY_DICT",
  "EMPTY_LIST",
  "EMPTY_SET",
  "EMPTY_TUPLE",
  "GLOBAL",
  "LONG1",
  "LONG_BINGET",
  "LONG_BINPUT",
  "MARK",
  "NEWFALSE",
  "NEWOBJ",
  "NEWTRUE",
  "NONE",
  "PROTO",
  "REDUCE",
  "SETITEM",
  "SETITEMS",
  "SHORT_BINSTRING",
  "STOP",
  "TUPLE",
  "TUPLE1",
  "TUPLE2",
  "TUPLE3",
];

/** Which container this is, by its first bytes. @throws FormatError when it is none of PyTorch's. */
export function torchContainer(source: ByteSource): TorchContainer {
  if (looksLikeZip(source)) {
    return isTorchScript(new ZipArchive(source, { format: "torch" }).names) ? "torchscript" : "zip";
  }
  if (looksLikeTar(source)) return "tar";
  if (startsSequential(source)) return "sequential";
  const head = source.read(0, Math.min(8, source.size));
  throw new FormatError({
    format: "torch",
    what: "the beginning",
    found:
      source.size === 0
        ? "missing (the file is empty)"
        : [...head].map((b) => b.toString(16).padStart(2, "0")).join(" "),
    wanted: "that of a zip archive, of PyTorch's pickles, or of a tar archive",
    offset: 0,
  });
}

/**
 * Reads what `torch.save` wrote, of any PyTorch version. Nothing from the file is executed: names in its pickle become
 * what the allow-list and the hooks give for them. Tensors that shared a storage share one.
 *
 * @throws FormatError for a broken file, GlobalRefusedError and OpcodeRefusedError for one that asks for more.
 *
 * @example
 * ```ts
 * import { float32, Strided } from "@cognate/kernel";
 * import { print } from "@cognate/py";
 * import { readTorch, SavedTensor, type TorchTensor, writeTorch } from "@cognate/formats";
 * const w = new SavedTensor(Strided.over(Float32Array.of(1, 2), float32, [2]));
 * const state = readTorch(writeTorch({ weight: w })).value as Map<string, TorchTensor>;
 * print(state.get("weight")!.array.shape); // prints [2]
 * ```
 */
export function readTorch(input: ByteInput, options: TorchReadOptions = {}): TorchFile {
  return withSource(input, (source) => read(source, options, 0));
}

function read(source: ByteSource, options: TorchReadOptions, depth: number): TorchFile {
  const { hooks = {}, weightsOnly = true, values = plainValues, encoding = "utf-8" } = options;
  const container = torchContainer(source);
  if (container === "torchscript")
    throw new FormatError({
      format: "torch",
      what: "the archive",
      found: "a TorchScript program",
      wanted: "what torch.save wrote",
    });
  if (container === "tar" && weightsOnly)
    throw new FormatError({
      format: "torch",
      what: "the container",
      found: "the legacy .tar format",
      wanted: "a newer one when only weights are read",
      offset: 0,
    });
  const context: TorchContext = {
    share: options.share ?? false,
    data: options.data ?? true,
    unnoted: options.byteOrder,
    unpickle: {
      values,
      encoding,
      operations: weightsOnly ? WEIGHTS_ONLY_OPERATIONS : undefined,
      findClass: torchGlobals({
        hooks,
        values,
        weightsOnly,
        loadBytes: (bytes) => nested(bytes, options, depth + 1),
      }),
    },
  };
  if (container === "zip") return { container, ...readZipped(source, context) };
  if (container === "tar") return { container, byteOrder: "little", value: readTarred(source, context) };
  return { container, byteOrder: "little", value: readSequential(source, context) };
}

/** Files within pickles within files: storages that were pickled without torch.save. */
const DEEPEST = 8;

function nested(bytes: Uint8Array, options: TorchReadOptions, depth: number): unknown {
  if (depth > DEEPEST)
    throw new FormatError({
      format: "torch",
      what: "a file within a file",
      found: `nested more than ${DEEPEST} deep`,
      wanted: "storages",
    });
  return withSource(bytes, (source) => read(source, options, depth)).value;
}
