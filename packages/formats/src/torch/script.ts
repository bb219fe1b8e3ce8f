import { FormatError } from "../bytes/errors.js";
import { type ByteInput, withSource } from "../bytes/source.js";
import { describe, Global, inertGlobal, type PickleContext, PickledObject } from "../pickle/globals.js";
import { type PickleValues, plainValues } from "../pickle/values.js";
import { ZipArchive } from "../zip/reader.js";
import { torchGlobals } from "./globals.js";
import type { TorchHooks } from "./loaded.js";
import { prefixOf, readRecord } from "./zipped.js";

/** What `torch.jit.save` wrote. */
export interface TorchScriptFile {
  /** The module: its attributes, with tensors and inner modules among them, are its state. */
  readonly module: PickledObject;
  /** Tensors and other values that the program names `CONSTANTS.c0` and so on. */
  readonly constants: readonly unknown[];
  /** The program by path (`__torch__/model.py`), as text. */
  readonly sources: ReadonlyMap<string, string>;
  /** Files that were saved with it, by name. */
  readonly extra: ReadonlyMap<string, Uint8Array>;
}

export interface TorchScriptOptions {
  hooks?: Pick<TorchHooks, "tensor" | "named" | "device" | "size">;
  values?: PickleValues;
  /** Let tensors look at the given bytes where alignment allows. */
  share?: boolean;
  /** `false` leaves the tensors at zero; see {@link ArrayReadOptions}. */
  data?: boolean;
}

/** Whether an archive is a TorchScript program, by the names in it. */
export const isTorchScript = (names: readonly string[]): boolean =>
  names.some((n) => n.endsWith("/constants.pkl") || n === "constants.pkl");

const list = (name: string): [string, Global] => {
  const path = `torch.jit._pickle.${name}`;
  const call = ([items]: readonly unknown[], c: PickleContext): unknown => {
    if (!Array.isArray(items)) throw c.fail(path, describe(items), "a list");
    return items;
  };
  return [path, new Global("torch.jit._pickle", name, { call })];
};

/** TorchScript's own words for lists and dicts whose element type it knows. */
const JIT: ReadonlyMap<string, Global> = new Map([
  list("build_intlist"),
  list("build_doublelist"),
  list("build_boollist"),
  list("build_tensorlist"),
  [
    "torch.jit._pickle.restore_type_tag",
    new Global("torch.jit._pickle", "restore_type_tag", { call: ([value]) => value }),
  ],
]);

/**
 * Reads a TorchScript archive: the module's tree of attributes and the program's text. Nothing of the program is run, and
 * its classes become descriptions ({@link PickledObject}).
 *
 * @throws FormatError for another archive, or a broken one.
 */
export function readTorchScript(input: ByteInput, options: TorchScriptOptions = {}): TorchScriptFile {
  const { hooks = {}, values = plainValues, share = false, data = true } = options;
  return withSource(input, (source) => {
    const zip = new ZipArchive(source, { format: "torch" });
    if (!isTorchScript(zip.names))
      throw new FormatError({
        format: "torch",
        what: "the archive",
        found: "without a constants.pkl",
        wanted: "a TorchScript program",
      });
    const prefix = prefixOf(zip);
    const classes = (module: string, name: string): unknown =>
      JIT.get(`${module}.${name}`) ??
      (/^__torch__(\.|$)/.test(module) ? inertGlobal(module, name) : undefined);
    const context = {
      share,
      data,
      unpickle: {
        values,
        bareArguments: true,
        findClass: torchGlobals({ hooks: { ...hooks, findClass: classes }, values, weightsOnly: false }),
      },
    };
    const module = readRecord(zip, prefix, "data", context).value;
    if (!(module instanceof PickledObject))
      throw new FormatError({
        format: "torch",
        what: "the program's data",
        found: describe(module),
        wanted: "a module",
      });
    const constants = readRecord(zip, prefix, "constants", context).value;
    return {
      module,
      constants: Array.isArray(constants) ? constants : [],
      sources: texts(zip, `${prefix}code/`),
      extra: files(zip, `${prefix}extra/`),
    };
  });
}

function files(zip: ZipArchive, folder: string): Map<string, Uint8Array> {
  const inside = zip.names.filter((n) => n.startsWith(folder) && n.length > folder.length);
  return new Map(inside.map((n) => [n.slice(folder.length), zip.read(n)]));
}

function texts(zip: ZipArchive, folder: string): Map<string, string> {
  const decoder = new TextDecoder();
  const all = [...files(zip, folder)].filter(([name]) => name.endsWith(".py"));
  return new Map(all.map(([name, bytes]) => [name, decoder.decode(bytes)]));
}
