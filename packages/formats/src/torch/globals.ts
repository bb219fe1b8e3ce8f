import { type DType, dtypeNamed, Strided, sizeOf } from "@cognate/kernel";
import {
  describe,
  Global,
  type GlobalHandlers,
  type PickleContext,
  STANDARD_GLOBALS,
} from "../pickle/globals.js";
import { NUMPY_GLOBALS } from "../pickle/numpy.js";
import type { PickleValues } from "../pickle/values.js";
import { QSCHEMES, QUANTIZED_STORAGES, STORAGES, TENSOR_CLASSES, TORCH_DTYPES } from "./dtypes.js";
import {
  TorchDevice,
  type TorchHooks,
  TorchName,
  TorchParameter,
  TorchStorage,
  TorchTensor,
} from "./loaded.js";

/** The name of a storage's class: what persistent ids use to tell the element type. */
export class StorageClass extends Global {
  /** `undefined` for an untyped storage, and for types that are not read here. */
  readonly dtype: DType | undefined;
  readonly untyped: boolean;
  constructor(module: string, name: string) {
    super(module, name);
    this.dtype = STORAGES.get(name);
    this.untyped = name === "UntypedStorage";
  }
}

/** Modules of which nothing is ever given out, whoever asks for it: PyTorch's own list. */
export const BLOCKED_MODULES: ReadonlySet<string> = new Set(["sys", "os", "posix", "nt"]);

/** Python's own that PyTorch allows when only weights are read. */
const WEIGHTS_ONLY_STANDARD: ReadonlySet<string> = new Set([
  "collections.OrderedDict",
  "collections.Counter",
  "_codecs.encode",
  "builtins.bytearray",
  "builtins.set",
  "builtins.complex",
]);

const LAYOUTS = ["strided", "sparse_coo", "sparse_csr", "sparse_csc", "sparse_bsr", "sparse_bsc", "_mkldnn"];
const MEMORY_FORMATS = ["contiguous_format", "preserve_format", "channels_last", "channels_last_3d"];

/** Modules that were moved since files were written. */
const MOVED: Readonly<Record<string, string>> = { "torch.tensor": "torch._tensor" };

/** More axes than any tensor has. */
const MOST_AXES = 64;

export interface TorchGlobalsOptions {
  hooks: TorchHooks;
  values: PickleValues;
  weightsOnly: boolean;
  /** Reads a storage that was pickled with a whole file of its own. */
  loadBytes?(bytes: Uint8Array): unknown;
}

/**
 * What names in PyTorch's pickles stand for. With `weightsOnly` it is PyTorch's own allow-list plus what the hooks
 * allow; without, plain Python and NumPy classes too, and whatever classes the hooks know.
 */
export function torchGlobals(options: TorchGlobalsOptions): (module: string, name: string) => unknown {
  const { hooks, weightsOnly } = options;
  const known = rebuilders(options);
  const cache = new Map<string, unknown>();
  return (module, name) => {
    if (BLOCKED_MODULES.has(module)) return undefined;
    if (!weightsOnly) module = MOVED[module] ?? module;
    const path = `${module}.${name}`;
    const cached = cache.get(path);
    if (cached !== undefined) return cached;
    const found = known.get(path) ?? standard(path, weightsOnly) ?? hooks.findClass?.(module, name);
    if (found !== undefined) cache.set(path, found);
    return found;
  };
}

function standard(path: string, weightsOnly: boolean): Global | undefined {
  if (weightsOnly) return WEIGHTS_ONLY_STANDARD.has(path) ? STANDARD_GLOBALS.get(path) : undefined;
  return STANDARD_GLOBALS.get(path) ?? NUMPY_GLOBALS.get(path);
}

const isCount = (x: unknown): x is number => typeof x === "number" && Number.isSafeInteger(x) && x >= 0;

function counts(x: unknown, what: string, c: PickleContext): number[] {
  if (!Array.isArray(x) || x.length > MOST_AXES || !x.every(isCount))
    throw c.fail(what, describe(x), `a tuple of at most ${MOST_AXES} whole numbers from 0 on`);
  return [...(x as number[])];
}

/** `storage` under a shape: refused when it would reach beyond the storage's end. */
function stridedOf(
  storage: unknown,
  offset: unknown,
  size: unknown,
  stride: unknown,
  as: DType | undefined,
  c: PickleContext,
): [Strided, TorchStorage] {
  if (!(storage instanceof TorchStorage)) throw c.fail("a tensor's storage", describe(storage), "a storage");
  const shape = counts(size, "a tensor's size", c);
  const strides = counts(stride, "a tensor's stride", c);
  if (shape.length !== strides.length)
    throw c.fail("a tensor's stride", `of ${strides.length} axes`, `${shape.length} axes as its size has`);
  if (!isCount(offset)) throw c.fail("a tensor's offset", describe(offset), "a whole number from 0 on");
  const n = sizeOf(shape);
  if (!Number.isSafeInteger(n)) throw c.fail("a tensor's size", `[${shape}]`, "fewer than 2^53 elements");
  const dtype = as ?? storage.dtype;
  const has = as ? Math.floor((storage.numel * storage.dtype.itemsize) / as.itemsize) : storage.numel;
  const last = n === 0 ? offset : strides.reduce((at, s, i) => at + s * (shape[i]! - 1), offset + 1);
  if (last > has)
    throw c.fail(
      "a tensor",
      `of size [${shape.join(", ")}] and stride [${strides.join(", ")}] from element ${offset} on`,
      `a view within its storage of ${has} elements`,
    );
  return [new Strided(storage.storage, dtype, shape, strides, offset + storage.offset), storage];
}

function flags(metadata: unknown): { conj: boolean; neg: boolean } {
  const get = (key: string): boolean => metadata instanceof Map && metadata.get(key) === true;
  return { conj: get("conj"), neg: get("neg") };
}

function rebuilders({ hooks, values, loadBytes, weightsOnly }: TorchGlobalsOptions): Map<string, unknown> {
  const out = new Map<string, unknown>();
  const put = (module: string, name: string, handlers: GlobalHandlers = {}): Global => {
    const g = new Global(module, name, handlers);
    out.set(g.path, g);
    return g;
  };

  for (const name of [...STORAGES.keys(), ...QUANTIZED_STORAGES]) {
    out.set(`torch.${name}`, new StorageClass("torch", name));
    if (!QUANTIZED_STORAGES.has(name)) out.set(`torch.cuda.${name}`, new StorageClass("torch.cuda", name));
  }
  for (const name of ["UntypedStorage", "TypedStorage"])
    out.set(`torch.storage.${name}`, new StorageClass("torch.storage", name));

  const named = (name: TorchName): unknown => hooks.named?.(name) ?? name;
  const dtypes = new Map<unknown, string>();
  for (const name of TORCH_DTYPES.keys()) {
    const value = named(new TorchName("dtype", name));
    dtypes.set(value, name);
    out.set(`torch.${name}`, value);
  }
  for (const name of QSCHEMES) out.set(`torch.${name}`, named(new TorchName("qscheme", name)));
  if (!weightsOnly)
    for (const name of MEMORY_FORMATS) out.set(`torch.${name}`, named(new TorchName("memory_format", name)));

  const layouts = new Map(LAYOUTS.map((name) => [`torch.${name}`, named(new TorchName("layout", name))]));
  put("torch.serialization", "_get_layout", {
    call: ([name], c) => {
      const layout = typeof name === "string" ? layouts.get(name) : undefined;
      if (layout === undefined) throw c.fail("a layout", describe(name), [...layouts.keys()].join(", "));
      return layout;
    },
  });
  put("torch", "device", {
    call: (args, c) => {
      const [first, second = null] = args;
      const m = typeof first === "string" ? /^([a-z]+)(?::([0-9]{1,4}))?$/.exec(first) : null;
      if (!m || !(second === null || isCount(second)))
        throw c.fail("a device", describe(first), "such as 'cpu' or 'cuda:0'");
      const device = new TorchDevice(m[1]!, m[2] === undefined ? second : Number(m[2]));
      return hooks.device?.(device) ?? device;
    },
  });
  put("torch", "Size", {
    call: ([items = []], c) => {
      const size = counts(items, "a torch.Size", c);
      return hooks.size?.(size) ?? values.tuple(size);
    },
  });

  const build: GlobalHandlers["build"] = (object, state, c) => {
    if (!hooks.attributes)
      throw c.fail("the state of a tensor", describe(state), "a tensor without attributes");
    hooks.attributes(object, state);
  };
  const tensor = (
    storage: unknown,
    offset: unknown,
    size: unknown,
    stride: unknown,
    requiresGrad: unknown,
    metadata: unknown,
    dtype: DType | undefined,
    c: PickleContext,
  ): unknown => {
    const [array, { location }] = stridedOf(storage, offset, size, stride, dtype, c);
    const loaded = { array, requiresGrad: requiresGrad === true, location, ...flags(metadata) };
    return hooks.tensor?.(loaded) ?? new TorchTensor(loaded);
  };
  put("torch._utils", "_rebuild_tensor", {
    call: ([storage, offset, size, stride], c) =>
      tensor(storage, offset, size, stride, false, null, undefined, c),
    build,
  });
  put("torch._utils", "_rebuild_tensor_v2", {
    call: ([storage, offset, size, stride, grad, , metadata], c) =>
      tensor(storage, offset, size, stride, grad, metadata, undefined, c),
    build,
  });
  put("torch._utils", "_rebuild_tensor_v3", {
    call: ([storage, offset, size, stride, grad, , dtype, metadata], c) => {
      const name = dtypes.get(dtype);
      const type = name === undefined ? undefined : dtypeNamed(name);
      if (!type)
        throw c.fail(
          "a tensor's element type",
          name ? `torch.${name}` : describe(dtype),
          "one that is supported here",
        );
      return tensor(storage, offset, size, stride, grad, metadata, type, c);
    },
    build,
  });
  const parameter = (data: unknown, requiresGrad: unknown): unknown =>
    hooks.parameter?.(data, requiresGrad === true) ?? new TorchParameter(data, requiresGrad === true);
  const isTensor = (x: unknown): boolean =>
    x instanceof TorchTensor ||
    ((typeof x === "object" || typeof x === "function") && x !== null && !(x instanceof Global));
  const dataOf = (x: unknown, c: PickleContext): unknown => {
    if (!isTensor(x) || Array.isArray(x) || x instanceof Map || x instanceof Set)
      throw c.fail("a parameter's data", describe(x), "a tensor");
    return x;
  };
  put("torch._utils", "_rebuild_parameter", {
    call: ([data, grad], c) => parameter(dataOf(data, c), grad),
    build,
  });
  put("torch._utils", "_rebuild_parameter_with_state", {
    call: ([data, grad, , state], c) => {
      const p = parameter(dataOf(data, c), grad);
      build(p as object, state, c);
      return p;
    },
    build,
  });
  const newParameter = ([data, grad = true]: readonly unknown[], c: PickleContext): unknown =>
    parameter(dataOf(data, c), grad);
  put("torch.nn.parameter", "Parameter", {
    call: newParameter,
    create: (args, _kwargs, c) => newParameter(args, c),
    build,
  });
  put("torch", "Tensor");
  for (const path of TENSOR_CLASSES) {
    const dot = path.lastIndexOf(".");
    put(path.slice(0, dot), path.slice(dot + 1));
  }
  put("torch._tensor", "_rebuild_from_type_v2", {
    call: ([func, type, args, state], c) => {
      const handler =
        func instanceof Global && func.module === "torch._utils" ? func.handlers.call : undefined;
      if (!handler || !Array.isArray(args))
        throw c.fail("a tensor", describe(func), "a function of torch._utils");
      const t = handler(args, c);
      if (!(type instanceof Global) || !["torch.Tensor", "torch.nn.parameter.Parameter"].includes(type.path))
        throw c.fail("a tensor's class", describe(type), "torch.Tensor or torch.nn.Parameter");
      const empty = (s: unknown): boolean => s === null || (s instanceof Map && s.size === 0);
      if (!(Array.isArray(state) ? state.every(empty) : empty(state))) build(t as object, state, c);
      return t;
    },
    build,
  });

  // PyTorch allows these too; what they make does not exist here yet, and half of it would be a wrong tensor.
  const unsupported: Readonly<Record<string, string>> = {
    _rebuild_qtensor: "a quantized tensor",
    _rebuild_sparse_tensor: "a sparse tensor",
    _rebuild_nested_tensor: "a nested tensor",
    _rebuild_wrapper_subclass: "a tensor of a wrapper class",
    _rebuild_meta_tensor_no_storage: "a tensor without data (meta)",
    _rebuild_device_tensor_from_numpy: "a tensor of a foreign device",
    _rebuild_device_tensor_from_cpu_tensor: "a tensor of a foreign device",
  };
  for (const [name, what] of Object.entries(unsupported))
    put("torch._utils", name, {
      call: (_args, c) => {
        throw c.fail("a tensor", what, "a dense tensor");
      },
    });
  if (loadBytes && !weightsOnly)
    put("torch.storage", "_load_from_bytes", {
      call: ([bytes], c) => {
        if (!(bytes instanceof Uint8Array)) throw c.fail("a storage", describe(bytes), "bytes");
        return loadBytes(bytes);
      },
    });
  return out;
}

/** The storage class of a persistent id, with the type of its elements. @throws FormatError for types not read here. */
export function storageTypeOf(
  cls: unknown,
  c: PickleContext,
): { dtype: DType | undefined; untyped: boolean } {
  if (!(cls instanceof StorageClass))
    throw c.fail("a storage's class", describe(cls), "a class of torch storages");
  if (!cls.dtype && !cls.untyped)
    throw c.fail(
      "a storage's class",
      QUANTIZED_STORAGES.has(cls.name) ? `${cls}, of a quantized tensor` : String(cls),
      "a storage of plain numbers",
    );
  return cls;
}
