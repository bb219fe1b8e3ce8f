import {
  BLOCKED_MODULES,
  FileError,
  FormatError,
  GlobalRefusedError,
  OpcodeRefusedError,
  WriteError,
} from "@cognate/formats";
import {
  AttributeError,
  EOFError,
  FileNotFoundError,
  IsADirectoryError,
  ModuleNotFoundError,
  NotADirectoryError,
  OSError,
  PermissionError,
  PicklingError,
  RuntimeError,
  repr,
  UnpicklingError,
  ValueError,
} from "@cognate/py";

const UNSAFE =
  "In PyTorch 2.6, we changed the default value of the `weights_only` argument in `torch.load` from `False` to `True`. " +
  "Re-running `torch.load` with `weights_only` set to `False` will likely succeed, " +
  "but it can result in arbitrary code execution. Do it only if you got the file from a trusted source.";
const DOCS =
  "\n\nCheck the documentation of torch.load to learn more about types accepted by default with " +
  "weights_only https://pytorch.org/docs/stable/generated/torch.load.html.";
const CORRUPT =
  "This is an internal miniz error. If you are seeing this error, there is a high likelihood that your checkpoint file is " +
  "corrupted. This can happen if the checkpoint was not saved properly, was transferred incorrectly, or the file was " +
  "modified after saving.";

/** What loading was asked for, as far as the words of an error depend on it. */
export interface Asked {
  readonly weightsOnly: boolean;
  /** The first bytes of the file. */
  readonly head: () => Iterable<number>;
  /** How long the file is. */
  readonly size: () => number;
}

/** What `load` gives; errors of the file readers come out in PyTorch's classes and words. */
export function inLoadWords<T>(asked: Asked, load: () => T): T {
  try {
    return load();
  } catch (e) {
    throw loadError(e, asked);
  }
}

function loadError(e: unknown, asked: Asked): unknown {
  if (e instanceof FileError) return fileError(e);
  if (e instanceof GlobalRefusedError) return refusedGlobal(e, asked.weightsOnly);
  if (e instanceof OpcodeRefusedError)
    return unpickling(
      e,
      asked.weightsOnly ? `Unsupported operand ${e.opcode}` : `invalid load key, ${byteRepr(e.opcode)}.`,
      asked.weightsOnly,
    );
  if (!(e instanceof FormatError)) return e;
  return (FAILURES[e.what] ?? archiveError)(e, asked) ?? unpickling(e, e.message, asked.weightsOnly);
}

type Failure = (e: FormatError, asked: Asked) => Error | undefined;

/** What PyTorch says about parts of a file that the readers found wrong, by their name for them. */
const FAILURES: Readonly<Record<string, Failure>> = {
  "the beginning": unknownBeginning,
  "the container": (e) =>
    new RuntimeError(
      `Cannot use \`\`weights_only=True\`\` with files saved in the legacy .tar format. ${UNSAFE}`,
      {
        cause: e,
      },
    ),
  "the archive": (e) => {
    if (e.found.startsWith("without")) return located(e, "data.pkl");
    if (!e.found.includes("TorchScript")) return brokenArchive(e);
    return new RuntimeError(
      `Cannot use \`\`weights_only=True\`\` with TorchScript archives passed to \`\`torch.load\`\`. ${UNSAFE}`,
      { cause: e },
    );
  },
  "the record byteorder": (e) =>
    new ValueError(`Unknown endianness type: ${JSON.parse(e.found) as string}`, { cause: e }),
  "the pickle": (e, { weightsOnly }) => {
    if (e.found !== "cut off") return undefined;
    return weightsOnly
      ? new EOFError("", { cause: e })
      : new UnpicklingError("pickle data was truncated", { cause: e });
  },
  "the magic number": (e) => new RuntimeError("Invalid magic number; corrupt file?", { cause: e }),
  "the protocol version": (e) => new RuntimeError(`Invalid protocol version: ${e.found}`, { cause: e }),
};

/** A file that is none of PyTorch's: Python's unpickler reads its first byte as an operation. */
function unknownBeginning(e: FormatError, { weightsOnly, head }: Asked): Error {
  const [first, protocol] = head();
  if (first === undefined) return new EOFError(weightsOnly ? "" : "Ran out of input", { cause: e });
  if (first === 0x80 && (protocol! < 4 || !weightsOnly))
    return new RuntimeError("Invalid magic number; corrupt file?", { cause: e });
  const said =
    first === 0x80 ? "Unsupported operand 149" : weightsOnly ? `Unsupported operand ${first}` : undefined;
  return unpickling(e, said ?? `invalid load key, ${byteRepr(first)}.`, weightsOnly);
}

/** Bytes of an archive's own records, before its shortest directory. */
const SHORTEST_ZIP = 22;

function archiveError(e: FormatError, { size }: Asked): Error | undefined {
  const entry = /^the entry "(?:[^/"]+\/)?(.*)"$/.exec(e.what);
  if (entry && e.found === "missing") return located(e, entry[1]!);
  const storage = /^the storage (\S+)$/.exec(e.what);
  const bytes = /^(\d+) bytes in the archive$/.exec(e.found);
  if (storage && bytes) {
    const wanted = /^the (\d+) bytes/.exec(e.wanted)?.[1];
    return new RuntimeError(
      `record size (${bytes[1]} bytes) does not match expected size (${wanted} bytes = ${wanted} elements * 1 bytes/element) for dtype Byte`,
      { cause: e },
    );
  }
  if (/directory|signature|the end\b|the entries|zip64/.test(e.what) || e.found.startsWith("cut off")) {
    return brokenArchive(e, size() < SHORTEST_ZIP ? "not a ZIP archive" : undefined);
  }
  return undefined;
}

const brokenArchive = (e: FormatError, why = "failed finding central directory"): Error =>
  new RuntimeError(`PytorchStreamReader failed reading zip archive: ${why}. ${CORRUPT}`, { cause: e });

const located = (e: FormatError, record: string): Error =>
  new RuntimeError(`PytorchStreamReader failed locating file ${record}: file not found. ${CORRUPT}`, {
    cause: e,
  });

function refusedGlobal(e: GlobalRefusedError, weightsOnly: boolean): Error {
  const path = `${e.module}.${e.global}`;
  if (BLOCKED_MODULES.has(e.module)) {
    const said = `Trying to load unsupported GLOBAL ${path} whose module ${e.module} is blocked.`;
    return new UnpicklingError(
      weightsOnly ? `Weights only load failed. ${UNSAFE}\n\n\n${said}${DOCS}` : said,
      { cause: e },
    );
  }
  if (!weightsOnly) return unknownGlobal(e);
  const shown = e.module === "builtins" ? e.global : path;
  return new UnpicklingError(
    "Weights only load failed. This file can still be loaded, to do so you have two options, " +
      "\u001b[1mdo those steps only if you trust the source of the checkpoint\u001b[0m. " +
      `\n\t(1) ${UNSAFE}\n\t(2) Alternatively, to load with \`weights_only=True\` please check ` +
      "the recommended steps in the following error message.\n\tWeightsUnpickler error: " +
      `Unsupported global: GLOBAL ${shown} was not an allowed global by default. ` +
      `Please use \`torch.serialization.add_safe_globals([${shown}])\` or the ` +
      `\`torch.serialization.safe_globals([${shown}])\` context manager to allowlist this global ` +
      `if you trust this class/function.${DOCS}`,
    { cause: e },
  );
}

/** Modules of Python's and PyTorch's own: what is missing there cannot be given by the program. */
const FOREIGN = /^(torch|numpy|builtins|collections|functools|copyreg)(\.|$)/;

function unknownGlobal(e: GlobalRefusedError): Error {
  const { module, global } = e;
  const hint = FOREIGN.test(module)
    ? "It does not exist here; a class of the program's own can stand for it: " +
      `torch.serialization.add_safe_globals([tuple([${global}, "${module}.${global}"])]).`
    : `Files do not hold classes: define ${global} and give it to torch.serialization.add_safe_globals([${global}]), or make one of it, before loading.`;
  if (module === "__main__" || FOREIGN.test(module))
    return new AttributeError(`Can't get attribute '${global}' on <module '${module}'>. ${hint}`, {
      cause: e,
    });
  return new ModuleNotFoundError(
    `No module named '${module.split(".")[0]}' (for ${module}.${global}). ${hint}`,
    {
      cause: e,
    },
  );
}

function unpickling(cause: Error, said: string, weightsOnly: boolean): Error {
  const text = weightsOnly
    ? `Weights only load failed. ${UNSAFE}\nPlease file an issue with the following so that we can make ` +
      `\`weights_only=True\` compatible with your use case: WeightsUnpickler error: \n\n${said}${DOCS}`
    : said;
  return new UnpicklingError(text, { cause });
}

/** A byte as Python shows it: `'n'`, `'\x93'`. */
const byteRepr = (byte: number): string => repr(String.fromCharCode(byte));

const SYSTEM: Readonly<Record<string, readonly [typeof OSError, number, string]>> = {
  ENOENT: [FileNotFoundError, 2, "No such file or directory"],
  EACCES: [PermissionError, 13, "Permission denied"],
  EPERM: [PermissionError, 1, "Operation not permitted"],
  ENOTDIR: [NotADirectoryError, 20, "Not a directory"],
  EISDIR: [IsADirectoryError, 21, "Is a directory"],
};

/** An error of the file system as Python raises it. */
export function fileError(e: FileError): Error {
  const known = SYSTEM[e.reason];
  if (!known) return new OSError(e.message, { cause: e });
  const [Class, errno, text] = known;
  return new Class(errno, text, e.path, { cause: e });
}

/** What `save` gives; errors of the writers come out in PyTorch's classes and words. */
export function inSaveWords<T>(save: () => T): T {
  try {
    return save();
  } catch (e) {
    if (e instanceof FileError && e.reason === "ENOENT")
      throw new RuntimeError(`Parent directory ${parentOf(e.path)} does not exist.`, { cause: e });
    if (e instanceof FileError && e.reason === "EISDIR")
      throw new RuntimeError("open file failed with strerror: Is a directory", { cause: e });
    if (e instanceof FileError) throw fileError(e);
    if (!(e instanceof WriteError)) throw e;
    const text = e.message.replace(/^\w+: /, "");
    throw text.startsWith("Cannot save")
      ? new RuntimeError(text, { cause: e })
      : new PicklingError(text, { cause: e });
  }
}

const parentOf = (path: string): string => path.slice(0, Math.max(path.search(/[/\\][^/\\]*$/), 0)) || ".";
