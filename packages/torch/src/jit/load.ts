import {
  type AsyncByteInput,
  type ByteInput,
  bytesOfAsync,
  type LoadedTensor,
  PickledObject,
  readTorchScript,
  type ScriptClass,
  type TorchScriptFile,
} from "@cognate/formats";
import { asFloat, Complex, def, RuntimeError, Tuple, type_name } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { device } from "../device.js";
import { setField } from "../nn/module/fields.js";
import { Parameter } from "../nn/parameter.js";
import { inLoadWords } from "../serialization/errors.js";
import { locator, type MapLocation, UntypedStorage } from "../serialization/location.js";
import { Tensor, wrap } from "../tensor/tensor.js";
import { type ScriptModuleImpl, scriptModule } from "./module.js";
import { Program } from "./program.js";
import { ScriptEnum, ScriptObject } from "./values.js";

/** The names that a class lists under `__parameters__` or `__buffers__`. */
function listed(type: ScriptClass, list: string): Set<string> {
  const field = type.fields.find(
    (f) => f.kind === "assign" && f.target.kind === "name" && f.target.name === list,
  );
  const items = field?.kind === "assign" && field.value?.kind === "list" ? field.value.items : [];
  return new Set(items.flatMap((i) => (i.kind === "text" ? [i.value] : [])));
}

/** Makes modules and objects of a program's pickled ones; each becomes one, however often it is named. */
class Builder {
  private readonly _made = new Map<PickledObject, unknown>();

  constructor(private readonly _program: Program) {}

  value(x: unknown): unknown {
    if (x instanceof PickledObject) {
      if (!this._made.has(x)) this._object(x);
      return this._made.get(x);
    }
    if (x instanceof Tuple) return Tuple.of_([...x].map((y) => this.value(y)));
    if (Array.isArray(x)) return x.map((y) => this.value(y));
    if (x instanceof Map) return new Map([...x].map(([k, v]) => [this.value(k), this.value(v)]));
    // Lists of weights hold the very tensors that are the weights.
    return x instanceof Tensor && x.requires_grad ? asParameter(x) : x;
  }
  private _object(x: PickledObject): void {
    const name = x.callable.path;
    const { type, path } = this._program.classNamed(name);
    if (type.base === "Enum") {
      const [value] = x.args;
      this._made.set(x, new ScriptEnum(name, enumName(type, value), value));
      return;
    }
    if (type.base === "NamedTuple") {
      const make = this._program.named(name) as (...items: unknown[]) => unknown;
      this._made.set(x, make(...x.args.map((a) => this.value(a))));
      return;
    }
    if (type.methods.has("__setstate__"))
      throw new RuntimeError(
        `${name} restores itself by code of its own (__setstate__), which loading does not run`,
      );
    const fields = x.state instanceof Map ? [...(x.state as Map<string, unknown>)] : [];
    if (type.base === "Module") {
      const module = scriptModule(this._program, type);
      this._made.set(x, module);
      this._fill(module, type, fields);
      return;
    }
    const object = new ScriptObject(type, path);
    this._made.set(x, object);
    for (const [field, value] of fields) object.fields.set(field, this.value(value));
  }
  private _fill(module: ScriptModuleImpl, type: ScriptClass, fields: readonly [string, unknown][]): void {
    const [parameters, buffers] = [listed(type, "__parameters__"), listed(type, "__buffers__")];
    for (const [name, saved] of fields) {
      const value = this.value(saved);
      if (name === "training") module.training = value === true;
      else if (parameters.has(name)) {
        if (value instanceof Tensor) setField(module, name, asParameter(value));
        else module.register_parameter(name, null);
      } else if (buffers.has(name)) module.register_buffer(name, value as Tensor | null);
      else if (name !== "_is_full_backward_hook") setField(module, name, value);
    }
  }
}

const parameters = new WeakMap<Tensor, Parameter>();
/** One parameter for each tensor of the file, so that shared weights stay shared. */
function asParameter(t: Tensor): Parameter {
  if (t instanceof Parameter) return t as Parameter;
  const known = parameters.get(t);
  if (known) return known;
  const made = new Parameter(t.detach(), t.requires_grad);
  parameters.set(t, made);
  return made;
}

function enumName(type: ScriptClass, value: unknown): string {
  const found = type.fields.find(
    (f) =>
      f.kind === "assign" && f.value !== null && "value" in f.value && (f.value.value as unknown) === value,
  );
  return found?.kind === "assign" && found.target.kind === "name" ? found.target.name : String(value);
}

/** The module of an archive that was read. */
export function moduleOf(file: TorchScriptFile): ScriptModuleImpl {
  const program = new Program(file.sources, []);
  const builder = new Builder(program);
  (program.constants as unknown[]).push(...file.constants.map((c) => builder.value(c)));
  return builder.value(file.module) as ScriptModuleImpl;
}

type ExtraFiles = Record<string, string | Uint8Array> | Map<string, string | Uint8Array> | null;

function read(f: ByteInput, map: MapLocation, extra: ExtraFiles): ScriptModuleImpl {
  const restore = locator(map);
  const asked = { weightsOnly: false, head: () => [], size: () => 0 };
  const file = inLoadWords(asked, () =>
    readTorchScript(f, {
      hooks: {
        tensor({ array, requiresGrad, location }: LoadedTensor) {
          restore(new UntypedStorage(array.storage.byteLength), location);
          const out = wrap(new Value(array));
          return requiresGrad ? out.requires_grad_() : out;
        },
        device: ({ type, index }) => new device(type, index),
      },
      values: {
        float: asFloat,
        tuple: (items) => Tuple.of_(items),
        complex: (re, im) => new Complex(re, im),
      },
    }),
  );
  if (extra !== null) {
    const text = new TextDecoder();
    const put = (name: string, bytes: Uint8Array): void => {
      if (extra instanceof Map) extra.set(name, text.decode(bytes));
      else extra[name] = text.decode(bytes);
    };
    for (const name of extra instanceof Map ? [...extra.keys()] : Object.keys(extra)) {
      const bytes = file.extra.get(name);
      if (bytes) put(name, bytes);
    }
  }
  return inLoadWords(asked, () => moduleOf(file));
}

/**
 * Reads what `torch.jit.save` wrote: a module whose weights, state dict and training mode are those of any module, and
 * whose methods run the program of the archive, operator by operator, with gradients. Traced and scripted programs alike;
 * nothing is run while loading.
 *
 * @param f - a path (Node) or the bytes
 * @param _extra_files - an object whose keys name files that were saved with the program; their texts are put into it
 * @throws RuntimeError, when a method is called, that lists the operators of the program that do not exist here
 */
export const load = def(
  "torch.jit.load",
  "f map_location:dict _extra_files:dict _restore_shapes",
  (
    f: ByteInput,
    map_location: MapLocation = null,
    _extra_files: ExtraFiles = null,
    _restore_shapes = false,
    // biome-ignore lint/suspicious/noExplicitAny: only the file knows the methods of its module
  ): any => read(f, map_location, _extra_files),
);

/** {@link load} for what must be waited for: a `Blob`, a `URL` or a `Response`. */
export const load_async = def(
  "torch.jit.load_async",
  "f map_location:dict _extra_files:dict _restore_shapes",
  async (
    f: AsyncByteInput,
    map_location: MapLocation = null,
    _extra_files: ExtraFiles = null,
    _restore_shapes = false,
    // biome-ignore lint/suspicious/noExplicitAny: as in load
  ): Promise<any> => read(await bytesOfAsync(f), map_location, _extra_files),
);

export const isScriptModule = (x: unknown): boolean => type_name(x) === "RecursiveScriptModule";
