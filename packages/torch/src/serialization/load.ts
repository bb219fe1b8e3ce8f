import {
  type AsyncByteInput,
  type ByteInput,
  type ByteSource,
  bytesOfAsync,
  isTorchScript,
  type LoadedTensor,
  looksLikeZip,
  OrderedDict,
  PyFrozenSet,
  plainDicts,
  readTorch,
  type TorchHooks,
  type TorchName,
  withSource,
  ZipArchive,
} from "@cognate/formats";
import { dtypeNamed, ops, type Storage, type Strided } from "@cognate/kernel";
import {
  AttributeError,
  asFloat,
  Complex,
  def,
  FrozenSet,
  RuntimeError,
  Tuple,
  type_name,
  ValueError,
  warn,
} from "@cognate/py";
import { Value } from "@cognate/tensor";
import { device } from "../device.js";
import { fromKernel } from "../dtype.js";
import * as jit from "../jit/load.js";
import { attachMetadata, type Metadata, type StateDict } from "../nn/module/state-dict.js";
import { Parameter } from "../nn/parameter.js";
import { load_file } from "../safetensors/files.js";
import { Size } from "../size.js";
import { type Tensor, wrap } from "../tensor/tensor.js";
import { inLoadWords } from "./errors.js";
import { Known } from "./known.js";
import { locator, type MapLocation, UntypedStorage } from "./location.js";
import { fromPickledNumpy } from "./numpy.js";
import { Objects } from "./objects.js";
import { assumesBigEndian } from "./options.js";
import { ordered } from "./ordered.js";

/** How byte strings written by Python 2 are read. */
export type Encoding = "ASCII" | "utf-8" | "latin1" | "bytes";

/** The elements as they are to be seen; a flag of a file may say that they are conjugated or negated. */
function resolved({ array, conj, neg }: LoadedTensor): Strided {
  let out = array;
  if (conj) out = ops.conj.run([out], undefined) as Strided;
  if (neg) out = ops.neg.run([out], undefined) as Strided;
  return out;
}

function hooksFor(objects: Objects, map: MapLocation): TorchHooks {
  const restore = locator(map);
  const placed = new Set<Storage>();
  return {
    tensor(t) {
      const { storage } = t.array;
      if (!placed.has(storage)) restore(new UntypedStorage(storage.byteLength), t.location);
      placed.add(storage);
      const out = wrap(new Value(resolved(t)));
      return t.requiresGrad ? out.requires_grad_() : out;
    },
    parameter: (data, requiresGrad) => new Parameter(data as Tensor, requiresGrad),
    attributes: objects.attributes,
    named(name: TorchName) {
      const type = name.kind === "dtype" ? dtypeNamed(name.name) : undefined;
      return type && fromKernel(type);
    },
    device: ({ type, index }) => new device(type, index),
    size: (items) => new Size(items),
    findClass: objects.find,
  };
}

/** What a file means that has a counterpart of another kind here. */
function exchanged(x: object): unknown {
  if (x instanceof Known) return x.value;
  if (x instanceof PyFrozenSet) return new FrozenSet(x);
  return fromPickledNumpy(x);
}

/** Dicts whose keys are texts as plain objects; state dicts keep their notes and that they are ordered. */
function converted(from: Map<unknown, unknown>, to: Record<string, unknown>): void {
  if (!(from instanceof OrderedDict)) return;
  ordered.add(to);
  const metadata = from.attributes?.get("_metadata");
  if (metadata instanceof Map)
    attachMetadata(to as StateDict, plainDicts(metadata, { converted }) as Metadata);
}

function read(
  source: ByteSource,
  map: MapLocation,
  weightsOnly: boolean,
  encoding: Encoding,
  share: boolean,
): unknown {
  const objects = new Objects(weightsOnly);
  const asked = {
    weightsOnly,
    head: () => source.read(0, Math.min(source.size, 8)),
    size: () => source.size,
  };
  const { value } = inLoadWords(asked, () =>
    readTorch(source, {
      weightsOnly,
      encoding,
      share,
      byteOrder: assumesBigEndian() ? "big" : "little",
      hooks: hooksFor(objects, map),
      values: {
        float: asFloat,
        tuple: (items) => Tuple.of_(items),
        complex: (re, im) => new Complex(re, im),
      },
    }),
  );
  const [plain] = plainDicts([value, ...objects.waiting], {
    tuple: (items) => Tuple.of_(items),
    isTuple: (array) => array instanceof Tuple,
    exchange: exchanged,
    converted,
  }) as unknown[];
  objects.finish();
  return plain;
}

const isInput = (f: unknown): f is ByteInput =>
  typeof f === "string" ||
  f instanceof Uint8Array ||
  f instanceof ArrayBuffer ||
  (typeof f === "object" && f !== null && "readInto" in f);

/**
 * Reads what `torch.save` wrote: state dicts, checkpoints, tensors and, with `weights_only: false`, whole models. Tensors
 * that shared memory share it again; dicts with texts as keys are plain objects, tuples and whole floats keep their kind.
 *
 * Nothing from the file is executed in either case. A whole model's classes are found among those of `torch.nn`, those
 * given to `torch.serialization.add_safe_globals`, and those of which the program has made a module; an object gets its
 * class and its fields, no constructor runs.
 *
 * @param f - a path (Node) or the bytes
 * @param map_location - where the tensors go: `"cpu"`, `{ "cuda:0": "cpu" }`, or a function
 * @param weights_only - allow only tensors, numbers, texts and containers of them
 * @throws UnpicklingError for a file that names what is not allowed, FileNotFoundError, RuntimeError for a broken file
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const bytes = torch.save({ epoch: 3, weight: torch.tensor([1.5, 2]) });
 * print(torch.load(bytes)); // prints {'epoch': 3, 'weight': tensor([1.5000, 2.0000])}
 * ```
 */
export const load = def(
  "torch.load",
  "f map_location:dict pickle_module * weights_only mmap encoding",
  (
    f: ByteInput,
    map_location: MapLocation = null,
    pickle_module: null = null,
    weights_only: boolean | null = null,
    mmap: boolean | null = null,
    encoding: Encoding = "utf-8",
    // biome-ignore lint/suspicious/noExplicitAny: only the file knows what it holds; callers use it as in Python
  ): any => {
    if (pickle_module !== null)
      throw new RuntimeError("Can not safely load weights when explicit pickle_module is specified");
    if (!isInput(f))
      throw new AttributeError(
        `'${type_name(f)}' object has no attribute 'seek'. You can only torch.load from a file that is seekable. Please pre-load the data into a buffer like io.BytesIO and try to load from it instead.`,
      );
    if (typeof f === "string" && f.endsWith(".safetensors")) return loadSafetensors(f, map_location);
    const asked = { weightsOnly: weights_only ?? true, head: () => [], size: () => 0 };
    return inLoadWords(asked, () =>
      withSource(f, (source) => {
        if (mmap === true) checkMappable(f, source);
        if (!asked.weightsOnly && looksLikeZip(source) && isTorchScript(new ZipArchive(source).names)) {
          warn(
            "'torch.load' received a zip file that looks like a TorchScript archive dispatching to 'torch.jit.load' (call 'torch.jit.load' directly to silence this warning)",
          );
          return jit.load.impl(f, map_location);
        }
        return read(source, map_location, asked.weightsOnly, encoding, false);
      }),
    );
  },
);

function loadSafetensors(path: string, map: MapLocation): unknown {
  if (map !== null && typeof map !== "string" && !(map instanceof device))
    throw new RuntimeError(
      `Loading safetensors file with ${typeof map === "function" ? "callable" : "dict"} map_location is not supported. Use a device string or torch.device instead.`,
    );
  return load_file(path, map ?? "cpu");
}

/** Files are read piece by piece in any case; only what cannot be mapped is refused as PyTorch refuses it. */
function checkMappable(f: ByteInput, source: ByteSource): void {
  if (!looksLikeZip(source))
    throw new RuntimeError(
      `mmap can only be used with files saved with \`torch.save(${typeof f === "string" ? `${f}, ` : ""}_use_new_zipfile_serialization=True), please torch.save your checkpoint with this option in order to use mmap.`,
    );
  if (typeof f !== "string") throw new ValueError("f must be a file path in order to use the mmap argument");
}

/**
 * {@link load} for what must be waited for: a `Blob` (a file that the user chose), a `URL` or a `Response`.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const blob = new Blob([torch.save(torch.tensor([1, 2]))]);
 * print(await torch.load_async(blob)); // prints tensor([1, 2])
 * ```
 */
export const load_async = def(
  "torch.load_async",
  "f map_location:dict pickle_module * weights_only mmap encoding",
  async (
    f: AsyncByteInput,
    map_location: MapLocation = null,
    pickle_module: null = null,
    weights_only: boolean | null = null,
    mmap: boolean | null = null,
    encoding: Encoding = "utf-8",
    // biome-ignore lint/suspicious/noExplicitAny: as in load
  ): Promise<any> => {
    const where = isInput(f) && typeof f !== "string" ? f : await bytesOfAsync(f);
    return load.impl(where, map_location, pickle_module, weights_only, mmap, encoding);
  },
);
