import {
  Global,
  joinBytes,
  OrderedDict,
  PersistentId,
  PickledObject,
  PyComplex,
  PyFrozenSet,
  PyTuple,
  SavedTensor,
  TorchName,
  torchPieces,
  writeFileAtomic,
} from "@cognate/formats";
import {
  AttributeError,
  Complex,
  className,
  def,
  FrozenSet,
  isClass,
  isPlainObject,
  moduleName,
  PicklingError,
  Range,
  Slice,
  Tuple,
} from "@cognate/py";
import { device } from "../device.js";
import { dtype } from "../dtype.js";
import { ModuleImpl } from "../nn/module.js";
import { Parameter } from "../nn/parameter.js";
import { Size } from "../size.js";
import { Tensor } from "../tensor/tensor.js";
import { inSaveWords } from "./errors.js";
import { stateOfModule } from "./modules.js";
import { pathOfFunction } from "./names.js";
import { pickledNumpy } from "./numpy.js";
import { skipsData } from "./options.js";
import { ordered } from "./ordered.js";
import { pathOf, safeGlobals } from "./safe-globals.js";

const TORCH_SIZE = new Global("torch", "Size");
const TORCH_DEVICE = new Global("torch", "device");
const builtin = (name: string, args: readonly unknown[]): PickledObject =>
  new PickledObject(new Global("builtins", name), args);

function globalAt(path: string): Global {
  const dot = path.lastIndexOf(".");
  return new Global(path.slice(0, dot), path.slice(dot + 1));
}

function savedTensor(t: Tensor): SavedTensor {
  const own = Object.entries(t).filter(([name, value]) => name !== "_value" && value !== undefined);
  return new SavedTensor(t._value.array, {
    requiresGrad: t.requires_grad,
    parameter: t instanceof Parameter,
    attributes: new Map<unknown, unknown>(own),
  });
}

/** @throws PicklingError for a function that Python could not find by its name */
function globalOf(f: Function): Global {
  for (const [path, known] of safeGlobals()) if (known === f) return globalAt(path);
  if (isClass(f)) return globalAt(pathOf(f));
  const path = pathOfFunction(f);
  if (path) return globalAt(path);
  const name = f.name || "<lambda>";
  throw new PicklingError(
    `Can't pickle <function ${name}>: attribute lookup ${name} on __main__ failed. Functions are saved by name: give it to torch.serialization.add_safe_globals, or make it a method.`,
  );
}

/** An object of a class of the program's: its class by name, and its fields. */
function instance(object: object, state: unknown): PickledObject {
  const C = object.constructor;
  for (const [path, known] of safeGlobals())
    if (known === C) return new PickledObject(globalAt(path), [], "new", undefined, state);
  return new PickledObject(new Global(moduleName(C), className(C)), [], "new", undefined, state);
}

type Getter = { __getstate__?(): unknown };

function stateOf(object: object): unknown {
  const own = (object as Getter).__getstate__;
  if (typeof own === "function") return own.call(object);
  if (object instanceof ModuleImpl) return stateOfModule(object);
  return new Map(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** What stands for an object in a pickle; `undefined` for what pickles know by themselves. */
function replace(x: object): unknown {
  if (x instanceof Tensor) return savedTensor(x);
  if (x instanceof ModuleImpl) return instance(x, stateOf(x));
  if (typeof x === "function") return globalOf(x);
  if (x instanceof Size) return new PickledObject(TORCH_SIZE, [PyTuple.of_(x)]);
  if (x instanceof dtype) return new Global("torch", x.kernel.name);
  if (x instanceof device)
    return new PickledObject(TORCH_DEVICE, x.index === null ? [x.type] : [x.type, x.index]);
  if (x instanceof Complex) return new PyComplex(Number(x.real), Number(x.imag));
  if (x instanceof FrozenSet) return new PyFrozenSet(x);
  if (x instanceof Slice) return builtin("slice", [x.start, x.stop, x.step]);
  if (isPlainObject(x)) return orderedDict(x);
  return pickledNumpy(x) ?? own(x);
}

/** State dicts are ordered dicts with notes in Python. */
function orderedDict(x: Readonly<Record<string, unknown>>): OrderedDict | undefined {
  const metadata = Object.getOwnPropertyDescriptor(x, "_metadata");
  const hidden = metadata !== undefined && !metadata.enumerable;
  if (!hidden && !ordered.has(x)) return undefined;
  const dict = new OrderedDict(Object.entries(x));
  if (hidden) {
    const notes = metadata.value as Readonly<Record<string, unknown>>;
    dict.attributes = new Map([["_metadata", new OrderedDict(Object.entries(notes))]]);
  }
  return dict;
}

/** An object of a class that neither JavaScript nor the pickler has. */
function own(x: object): PickledObject | undefined {
  const C = x.constructor as Function | undefined;
  const native =
    Array.isArray(x) || x instanceof Map || x instanceof Set || x instanceof Number || ArrayBuffer.isView(x);
  if (
    native ||
    !C ||
    !isClass(C) ||
    x instanceof Global ||
    x instanceof PickledObject ||
    x instanceof PersistentId ||
    x instanceof TorchName
  )
    return undefined;
  if (x instanceof PyComplex || x instanceof SavedTensor) return undefined;
  return instance(x, stateOf(x));
}

/** Python's ranges are no lists. */
const isTuple = (array: readonly unknown[]): boolean => array instanceof Tuple;

/** The archive's folder: the file's name without its ending, as PyTorch calls it. */
function nameOf(path: string): string {
  const file = path.replace(/^.*[/\\]/, "");
  const dot = file.lastIndexOf(".");
  return dot > 0 ? file.slice(0, dot) : file;
}

function pieces(obj: unknown, protocol: number, name: string | undefined): Uint8Array[] {
  return torchPieces(obj, {
    protocol: protocol as 2,
    name,
    isTuple,
    data: !skipsData(),
    replace: (x) => (x instanceof Range ? builtin("range", [x.start, x.stop, x.step]) : replace(x)),
  });
}

/** @throws AttributeError for what is neither a path nor left out */
function checkTarget(f: unknown): void {
  if (f !== null && typeof f !== "string")
    throw new AttributeError(
      "expected 'f' to be string, path, or a file-like object with a 'write' attribute",
    );
}

interface Save {
  (obj: unknown, f: string, options?: SaveOptions): null;
  (obj: unknown, options?: SaveOptions): Uint8Array;
}
interface SaveOptions {
  readonly pickle_protocol?: number;
  readonly f?: string | null;
}

/**
 * Writes tensors, state dicts, checkpoints and whole models as PyTorch writes them, byte for byte the same container; the
 * real `torch.load` opens them. A module of a class of the program's own is saved under the class's name, `__main__.Net`.
 *
 * @param f - a path (Node): the file holds the old or the new content at any time, never a part. Without it, the bytes
 * are the call's value
 * @throws PicklingError for what Python could not pickle either, RuntimeError for a folder that does not exist
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU());
 * const whole = torch.load(torch.save(model), { weights_only: false });
 * print(whole);
 * // prints
 * // Sequential(
 * //   (0): Linear(in_features=2, out_features=3, bias=True)
 * //   (1): ReLU()
 * // )
 * ```
 */
export const save = def(
  "torch.save",
  "obj:dict f pickle_module pickle_protocol _use_new_zipfile_serialization _disable_byteorder_record",
  (
    obj: unknown,
    f: string | null = null,
    _pickle_module: null = null,
    pickle_protocol = 2,
    _use_new_zipfile_serialization = true,
    _disable_byteorder_record = false,
  ): Uint8Array | null => {
    checkTarget(f);
    return inSaveWords(() => {
      const content = pieces(obj, pickle_protocol, f === null ? undefined : nameOf(f));
      if (f === null) return joinBytes(content);
      writeFileAtomic(f, content);
      return null;
    });
  },
) as unknown as Save;
