import { def, FutureWarning, RuntimeError, ValueError, warn } from "@cognate/py";
import { noGrad } from "@cognate/tensor";
import type { RemovableHandle } from "../../autograd/hooks.js";
import { dot } from "../../ops/contraction.js";
import { norm_except_dim } from "../../ops/root-extras.js";
import type { Tensor } from "../../tensor/tensor.js";
import { normalize } from "../functional/norm.js";
import { deleteField, getField, setField } from "../module/fields.js";
import type { ModuleImpl } from "../module.js";
import { Parameter } from "../parameter.js";

// Weights that a hook computes anew before every forward; the older kind beside `parametrizations`.

interface Recomputed {
  readonly kind: "weight_norm" | "spectral_norm";
  readonly compute: (training: boolean) => Tensor;
  readonly handle: RemovableHandle;
}

const recomputed = new WeakMap<ModuleImpl, Map<string, Recomputed>>();

const tensorOf = (module: ModuleImpl, name: string): Tensor => getField(module, name) as Tensor;

function install(
  module: ModuleImpl,
  name: string,
  kind: Recomputed["kind"],
  compute: (training: boolean) => Tensor,
): void {
  const handle = module.register_forward_pre_hook(() => {
    setField(module, name, compute(module.training));
  });
  const all = recomputed.get(module) ?? new Map<string, Recomputed>();
  recomputed.set(module, all.set(name, { kind, compute, handle }));
}

function refuseTwo(module: ModuleImpl, name: string, kind: Recomputed["kind"]): void {
  if (recomputed.get(module)?.get(name)?.kind === kind)
    throw new RuntimeError(`Cannot register two ${kind} hooks on the same parameter ${name}`);
}

function uninstall(
  module: ModuleImpl,
  name: string,
  kind: Recomputed["kind"],
  parts: readonly string[],
): void {
  const found = recomputed.get(module)?.get(name);
  if (found?.kind !== kind) throw new ValueError(`${kind} of '${name}' not found in ${String(module)}`);
  const weight = noGrad(() => found.compute(false)).detach();
  found.handle.remove();
  recomputed.get(module)!.delete(name);
  for (const part of ["", ...parts]) deleteField(module, `${name}${part}`);
  module.register_parameter(name, new Parameter(weight));
}

/**
 * Splits a weight into its length `<name>_g` and its direction `<name>_v`, which are trained instead.
 *
 * @param dim - the axis along which lengths are kept apart; `null` for one length of everything
 */
export const weight_norm = def(
  "torch.nn.utils.weight_norm",
  "module name dim",
  <M extends ModuleImpl>(module: M, name = "weight", dim: number | null = 0): M => {
    warn(
      "`torch.nn.utils.weight_norm` is deprecated in favor of `torch.nn.utils.parametrizations.weight_norm`.",
      FutureWarning,
    );
    refuseTwo(module, name, "weight_norm");
    const along = dim ?? -1;
    const weight = tensorOf(module, name);
    deleteField(module, name);
    module.register_parameter(
      `${name}_g`,
      new Parameter(noGrad(() => norm_except_dim(weight, 2, along)).detach()),
    );
    module.register_parameter(`${name}_v`, new Parameter(weight.detach()));
    const compute = (): Tensor =>
      normalized(tensorOf(module, `${name}_g`), tensorOf(module, `${name}_v`), along);
    setField(module, name, compute());
    install(module, name, "weight_norm", compute);
    return module;
  },
);

/** v·g/‖v‖. */
export const normalized = (g: Tensor, v: Tensor, dim: number): Tensor =>
  v.mul(g.div(norm_except_dim(v, 2, dim)));

/** Takes {@link weight_norm} away again; the weight is a parameter as before. @throws ValueError where there is none */
export const remove_weight_norm = def(
  "torch.nn.utils.remove_weight_norm",
  "module name",
  <M extends ModuleImpl>(module: M, name = "weight"): M => {
    uninstall(module, name, "weight_norm", ["_g", "_v"]);
    return module;
  },
);

/** A weight as a matrix with one axis in front. */
export function matrixOf(weight: Tensor, dim: number): Tensor {
  const order = [dim, ...[...weight.shape.keys()].filter((d) => d !== dim)];
  const front = dim === 0 ? weight : weight.permute(order);
  return front.reshape(front.shape[0]!, -1);
}

/** One step of the power iteration for the largest singular value, in place. */
export function powerIteration(
  matrix: Tensor,
  u: Tensor,
  v: Tensor,
  steps: number,
  eps: number,
  uFirst: boolean,
): void {
  noGrad(() => {
    for (let i = 0; i < steps; i++) {
      const toV = (): Tensor => v.copy_(normalize(matrix.t().mv(u), { dim: 0, eps }));
      const toU = (): Tensor => u.copy_(normalize(matrix.mv(v), { dim: 0, eps }));
      for (const step of uFirst ? [toU, toV] : [toV, toU]) step();
    }
  });
}

/** The axis of the outputs: the second of transposed convolutions. */
export const outputAxis = (module: ModuleImpl): number => (/^ConvTranspose/.test(module._get_name()) ? 1 : 0);

/**
 * Divides a weight by its largest singular value, estimated by power iteration at each forward in training.
 *
 * @param dim - the axis of the outputs
 */
export const spectral_norm = def(
  "torch.nn.utils.spectral_norm",
  "module name n_power_iterations eps dim",
  <M extends ModuleImpl>(
    module: M,
    name = "weight",
    n_power_iterations = 1,
    eps: number | Number = 1e-12,
    dim: number | null = null,
  ): M => {
    if (n_power_iterations <= 0)
      throw new ValueError(
        `Expected n_power_iterations to be positive, but got n_power_iterations=${n_power_iterations}`,
      );
    refuseTwo(module, name, "spectral_norm");
    const along = dim ?? outputAxis(module);
    const e = Number(eps);
    const weight = tensorOf(module, name);
    const [u, v] = noGrad(() => {
      const matrix = matrixOf(weight, along);
      const draw = (n: number): Tensor => normalize(weight.new_empty(n).normal_(0, 1), { dim: 0, eps: e });
      return [draw(matrix.shape[0]!), draw(matrix.shape[1]!)] as const;
    });
    deleteField(module, name);
    module.register_parameter(`${name}_orig`, weight as Parameter);
    setField(module, name, weight.data);
    module.register_buffer(`${name}_u`, u);
    module.register_buffer(`${name}_v`, v);
    install(module, name, "spectral_norm", (training) => {
      const original = tensorOf(module, `${name}_orig`);
      const matrix = matrixOf(original, along);
      let [left, right] = [tensorOf(module, `${name}_u`), tensorOf(module, `${name}_v`)];
      if (training) {
        powerIteration(matrix, left, right, n_power_iterations, e, false);
        [left, right] = [left.clone(), right.clone()];
      }
      return original.div(dot(left, matrix.mv(right)));
    });
    return module;
  },
);

/** Takes {@link spectral_norm} away again. @throws ValueError where there is none */
export const remove_spectral_norm = def(
  "torch.nn.utils.remove_spectral_norm",
  "module name",
  <M extends ModuleImpl>(module: M, name = "weight"): M => {
    uninstall(module, name, "spectral_norm", ["_u", "_v", "_orig"]);
    return module;
  },
);
