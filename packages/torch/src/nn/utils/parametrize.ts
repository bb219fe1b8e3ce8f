/** `torch.nn.utils.parametrize`: parameters that are computed from others each time they are read. */
import { classNames, context, def, ValueError } from "@cognate/py";
import { noGrad } from "@cognate/tensor";
import { Tensor } from "../../tensor/tensor.js";
import { ModuleDict } from "../container/module-dict.js";
import { ModuleList } from "../container/module-list.js";
import { deleteField, getField, hasField } from "../module/fields.js";
import { hide } from "../module/hide.js";
import type { ModuleImpl } from "../module.js";
import { Parameter } from "../parameter.js";

/** What a parametrization is: forward gives the value, `right_inverse` what it is to be computed from. */
export type Parametrization = ModuleImpl & {
  right_inverse?(value: Tensor): Tensor | readonly Tensor[];
};

let caching = 0;
const cache = new Map<ModuleImpl, Map<string, Tensor>>();

/** `with parametrize.cached():` – what was computed once in the block is not computed again. */
export const cached = context(() => ({
  enter: (): void => {
    caching++;
  },
  exit: (): void => {
    if (--caching === 0) cache.clear();
  },
}));

/** The parametrizations of one parameter, with the tensors that it is computed from. */
export class ParametrizationList extends (ModuleList as unknown as new (
  modules: readonly ModuleImpl[],
) => ModuleImpl) {
  /** How many originals there are; 0 for a single one named `original`. */
  ntensors!: number;

  constructor(modules: readonly Parametrization[], original: Tensor, unsafe: boolean) {
    super(modules);
    hide(this, "ntensors", 0);
    hide(this, "_steps", modules);
    const values = noGrad(() => inverted(modules, original));
    const trained = original instanceof Parameter;
    const add = (name: string, value: Tensor): void => {
      if (trained)
        this.register_parameter(
          name,
          value === original ? (value as Parameter) : new Parameter(value.detach(), original.requires_grad),
        );
      else this.register_buffer(name, value);
    };
    if (Array.isArray(values)) {
      this.ntensors = values.length;
      values.forEach((value: Tensor, i) => add(`original${i}`, value));
    } else add("original", values as Tensor);
    if (unsafe) return;
    const y = noGrad(() => this._value());
    if (!(y instanceof Tensor))
      throw new ValueError(`A parametrization must return a tensor. Got ${typeof y}.`);
    if (y.dtype !== original.dtype)
      throw new ValueError(
        `Registering a parametrization may not change the dtype of the tensor, unless \`unsafe\` flag is enabled.\nunparametrized dtype: ${original.dtype}\nparametrized dtype: ${y.dtype}`,
      );
    if (String(y.shape) !== String(original.shape))
      throw new ValueError(
        `Registering a parametrization may not change the shape of the tensor, unless \`unsafe\` flag is enabled.\nunparametrized shape: ${original.shape}\nparametrized shape: ${y.shape}`,
      );
  }

  declare readonly _steps: Parametrization[];

  _originals(): Tensor[] {
    if (this.ntensors === 0) return [getField(this, "original") as Tensor];
    return Array.from({ length: this.ntensors }, (_, i) => getField(this, `original${i}`) as Tensor);
  }
  /** The value of the parameter. */
  _value(): Tensor {
    const [first, ...rest] = this._steps;
    let y = (first as unknown as (...xs: Tensor[]) => Tensor)(...this._originals());
    for (const step of rest) y = step(y);
    return y;
  }
  override forward(): Tensor {
    return this._value();
  }
  /** Sets the originals so that the parameter has a value. */
  right_inverse(value: Tensor): void {
    noGrad(() => {
      const values = inverted(this._steps, value);
      const list = Array.isArray(values) ? (values as Tensor[]) : [values as Tensor];
      this._originals().forEach((original, i) => {
        original.data = list[i]!.detach().clone();
      });
    });
  }
}
classNames.set(ParametrizationList, "torch.nn.utils.parametrize.ParametrizationList");

function inverted(steps: readonly Parametrization[], value: Tensor): Tensor | readonly Tensor[] {
  let y: Tensor | readonly Tensor[] = value;
  for (const step of [...steps].reverse()) if (step.right_inverse) y = step.right_inverse(y as Tensor);
  return y;
}

type Parametrized = ModuleImpl & { parametrizations: ModuleImpl };

const listOf = (module: ModuleImpl, name: string): ParametrizationList | undefined => {
  if (!hasField(module, "parametrizations")) return undefined;
  const dict = (module as Parametrized).parametrizations;
  return hasField(dict, name) ? (getField(dict, name) as ParametrizationList) : undefined;
};

/** The value of a parametrized parameter, once a {@link cached} block. */
function read(module: ModuleImpl, name: string): Tensor {
  const list = listOf(module, name)!;
  if (caching === 0) return list._value();
  const known = cache.get(module) ?? new Map<string, Tensor>();
  cache.set(module, known);
  let y = known.get(name);
  if (y === undefined) known.set(name, (y = list._value()));
  return y;
}

/**
 * Lets a parameter or buffer of a module be computed by `parametrization` from the tensor that it was, which moves to
 * `module.parametrizations.<name>.original`.
 *
 * @throws ValueError where the module has no such tensor, or its shape or type would change
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * class Symmetric extends torch.nn.Module {
 *   forward(x: torch.Tensor) {
 *     return x.triu().add(x.triu(1).mT);
 *   }
 * }
 * const fc = torch.nn.Linear(2, 2);
 * torch.nn.utils.parametrize.register_parametrization(fc, "weight", new Symmetric());
 * print(fc.weight.equal(fc.weight.mT), Object.keys(fc.state_dict()));
 * // prints True ['bias', 'parametrizations.weight.original']
 * ```
 */
export const register_parametrization = def(
  "torch.nn.utils.parametrize.register_parametrization",
  "module tensor_name parametrization * unsafe",
  <M extends ModuleImpl>(
    module: M,
    tensor_name: string,
    parametrization: Parametrization,
    unsafe = false,
  ): M => {
    parametrization.train(module.training);
    const there = listOf(module, tensor_name);
    if (there) {
      if (!unsafe) {
        const y = noGrad(() => there._value());
        const x = parametrization.right_inverse ? parametrization.right_inverse(y) : y;
        const z = noGrad(() => parametrization(x));
        if (String(z.shape) !== String(y.shape))
          throw new ValueError(
            `Registering a parametrization may not change the shape of the tensor, unless the \`unsafe\` flag is enabled.\nmodule.${tensor_name}.shape: ${y.shape}\nparametrization(module.${tensor_name}).shape: ${z.shape}`,
          );
        there.right_inverse(x as Tensor);
      }
      there.add_module(String(there._steps.length), parametrization);
      there._steps.push(parametrization);
      return module;
    }
    const original = hasField(module, tensor_name) ? getField(module, tensor_name) : undefined;
    if (!(original instanceof Tensor))
      throw new ValueError(
        `Module '${String(module)}' does not have a parameter, a buffer, or a parametrized element with name '${tensor_name}'`,
      );
    const list = new ParametrizationList([parametrization], original, unsafe);
    deleteField(module, tensor_name);
    if (!hasField(module, "parametrizations")) {
      const name = module._get_name();
      module.add_module("parametrizations", (ModuleDict as unknown as () => ModuleImpl)());
      hide(module, "_get_name", () => `Parametrized${name}`);
    }
    (module as unknown as Parametrized).parametrizations.add_module(tensor_name, list);
    Object.defineProperty(module, tensor_name, {
      get: () => read(module, tensor_name),
      set: (value: Tensor) => list.right_inverse(value),
      configurable: true,
      enumerable: false,
    });
    return module;
  },
);

/** Whether a module, or one tensor of it, is parametrized. */
export const is_parametrized = def(
  "torch.nn.utils.parametrize.is_parametrized",
  "module tensor_name",
  (module: ModuleImpl, tensor_name: string | null = null): boolean =>
    tensor_name === null
      ? hasField(module, "parametrizations") &&
        [...(module as Parametrized).parametrizations.children()].length > 0
      : listOf(module, tensor_name) !== undefined,
);

/** The class that a module had before it was parametrized. */
export const type_before_parametrizations = def(
  "torch.nn.utils.parametrize.type_before_parametrizations",
  "module",
  (module: ModuleImpl): unknown => module.constructor,
);

/**
 * Takes the parametrizations of a tensor away.
 *
 * @param leave_parametrized - the tensor keeps its value, else it is what it was before
 * @throws ValueError where there is none
 */
export const remove_parametrizations = def(
  "torch.nn.utils.parametrize.remove_parametrizations",
  "module tensor_name leave_parametrized",
  <M extends ModuleImpl>(module: M, tensor_name: string, leave_parametrized = true): M => {
    const list = listOf(module, tensor_name);
    if (!list)
      throw new ValueError(`Module ${String(module)} does not have a parametrization on ${tensor_name}`);
    if (!leave_parametrized && list.ntensors > 0)
      throw new ValueError(
        "Cannot leave unparametrized (`leave_parametrized=False`) a tensor that is parametrized in terms of a sequence of tensors.",
      );
    const [first] = list._originals();
    const value = leave_parametrized ? noGrad(() => list._value()).detach() : first!;
    const trained = first instanceof Parameter;
    deleteField(module, tensor_name);
    const dict = (module as unknown as Parametrized).parametrizations;
    deleteField(dict, tensor_name);
    if (!trained) module.register_buffer(tensor_name, value);
    else if (leave_parametrized && list.ntensors === 0) {
      first.data = value;
      module.register_parameter(tensor_name, first as Parameter);
    } else module.register_parameter(tensor_name, value instanceof Parameter ? value : new Parameter(value));
    if ([...dict.children()].length === 0) {
      deleteField(module, "parametrizations");
      delete (module as unknown as Record<string, unknown>)._get_name;
    }
    return module;
  },
);
