import {
  type ByteSource,
  PickledObject,
  readTorchScript,
  type TorchScriptFile,
  TorchTensor,
} from "@cognate/formats";
import { type Contents, type Entry, entryOf, type OpenOptions } from "./contents.js";
import { arrayOf, fieldsOf } from "./pickled.js";

/** `__torch__.a.b.___torch_mangle_1.Net` is the class `Net`. */
const shortName = (o: PickledObject): string => o.callable.name.slice(o.callable.name.lastIndexOf(".") + 1);

/** A TorchScript program: its modules and tensors. The program is not run. */
export function openTorchScript(path: string, source: ByteSource, { data }: OpenOptions): Contents {
  const file = readTorchScript(source, { data });
  const entries: Entry[] = [];
  const values: Record<string, unknown> = {};
  const visit = (module: PickledObject, prefix: string): void => {
    for (const [key, value] of fieldsOf(module)) {
      const name = `${prefix}${key}`;
      if (value instanceof TorchTensor) entries.push(entryOf(name, arrayOf(value)));
      else if (value instanceof PickledObject) visit(value, `${name}.`);
      else if (!HOUSEKEEPING.has(String(key))) values[name] = value;
    }
  };
  visit(file.module, "");
  return {
    path,
    format: "torchscript",
    title: `TorchScript program (${shortName(file.module)})`,
    size: source.size,
    entries,
    values,
    metadata: file.extra.size ? { extra_files: [...file.extra.keys()] } : {},
    model: true,
    architecture: async () => printScript(file),
    close: () => source.close?.(),
  };
}

/** Fields that every module of a program has. */
const HOUSEKEEPING = new Set(["training", "_is_full_backward_hook"]);

/** A program as `print(torch.jit.load(path))` shows it. */
function printScript({ module, sources }: TorchScriptFile): string {
  const text = [...sources.values()].join("\n");
  /** Other objects of a program are no modules. */
  const isModule = (x: unknown): x is PickledObject =>
    x instanceof PickledObject && text.includes(`class ${shortName(x)}(Module):`);
  const shown = (m: PickledObject, indent: string): string => {
    const inner = [...fieldsOf(m)].filter((entry): entry is [string, PickledObject] => isModule(entry[1]));
    if (inner.length === 0) return `RecursiveScriptModule(original_name=${shortName(m)})`;
    const deeper = `${indent}  `;
    const lines = inner.map(([name, child]) => `${deeper}(${name}): ${shown(child, deeper)}`);
    return [`RecursiveScriptModule(`, `${deeper}original_name=${shortName(m)}`, ...lines, `${indent})`].join(
      "\n",
    );
  };
  return shown(module, "");
}
