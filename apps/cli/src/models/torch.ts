import { BLOCKED_MODULES, GlobalRefusedError, type PickledObject } from "@cognate/formats";
import type { ndarray } from "@cognate/ndarray";
import { CliError } from "../exit.js";
import { isModule } from "../files/pickled.js";

/** PyTorch's face is large: it is loaded where a model is. */
const torchFace = () => import("@cognate/torch");
type Torch = Awaited<ReturnType<typeof torchFace>>;

/**
 * A whole model as `print(model)` shows it. Classes of the program that saved it stand in the file by name only, so that
 * empty ones of the same name take their place: printing needs no more.
 */
export async function printTorchModel(path: string, objects: Iterable<PickledObject>): Promise<string> {
  const torch = await torchFace();
  const standIns = new Map<string, [Function, string]>();
  for (const object of objects) {
    const { path: name, module } = object.callable;
    if (/^(torch|builtins|collections|numpy)(\.|$)/.test(module)) continue;
    standIns.set(name, [standIn(torch, object), name]);
  }
  const model = torch.serialization.safe_globals([...standIns.values()], () =>
    torch.load(path, { weights_only: false }),
  ) as unknown;
  return String(model);
}

function standIn({ nn }: Torch, object: PickledObject): Function {
  const { name } = object.callable;
  const made = isModule(object) ? { [name]: class extends nn.Module {} } : { [name]: class {} };
  return made[name]!;
}

function loadWhole(torch: Torch, path: string): unknown {
  try {
    return torch.load(path, { weights_only: false });
  } catch (e) {
    const refused = (e as Error).cause;
    if (!(refused instanceof GlobalRefusedError) || BLOCKED_MODULES.has(refused.module)) throw e;
    throw new CliError(
      "impossible",
      `${path}: ${refused.module}.${refused.global} is code, which such a file names but does not hold. The command runs models of PyTorch's own layers; in a program, give the class to torch.serialization.add_safe_globals().`,
      { cause: e },
    );
  }
}

/** What a whole model of PyTorch's own classes gives for an input. */
export async function predictTorch(path: string, inputs: readonly ndarray[]): Promise<ndarray[]> {
  const torch = await torchFace();
  type Tensor = InstanceType<Torch["Tensor"]>;
  const model = loadWhole(torch, path) as InstanceType<Torch["nn"]["Module"]>;
  if (!(model instanceof torch.nn.Module))
    throw new CliError(
      "impossible",
      `${path}: there are weights in this file, but no model to predict with.`,
    );
  model.eval();
  const [first] = model.parameters() as Iterable<Tensor>;
  const tensors = inputs.map((x) => {
    const t = torch.tensor(x) as Tensor;
    // NumPy's floats are float64 unless asked; the model's own type is meant.
    return first && t.is_floating_point() && first.is_floating_point() ? t.to(first.dtype) : t;
  });
  const out = torch.no_grad(() => (model as (...x: Tensor[]) => unknown)(...tensors)) as unknown;
  return (Array.isArray(out) ? out.flat(Number.POSITIVE_INFINITY) : [out]).map((t) => (t as Tensor).numpy());
}
