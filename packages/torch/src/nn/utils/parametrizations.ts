/** `torch.nn.utils.parametrizations`: weights of unit length, of spectral norm 1, and orthogonal ones. */
import { classNames, def, NotImplementedError, ValueError } from "@cognate/py";
import { noGrad } from "@cognate/tensor";
import { geqrf, householder_product } from "../../linalg/factorize.js";
import { solve } from "../../linalg/solve.js";
import { dot } from "../../ops/contraction.js";
import { eye, zeros_like } from "../../ops/creation.js";
import { cat } from "../../ops/joining.js";
import { matrix_exp } from "../../ops/matrices.js";
import { norm_except_dim } from "../../ops/root-extras.js";
import type { Tensor } from "../../tensor/tensor.js";
import { normalize } from "../functional/norm.js";
import { getField } from "../module/fields.js";
import { ModuleImpl } from "../module.js";
import { register_parametrization } from "./parametrize.js";
import { matrixOf, normalized, outputAxis, powerIteration } from "./weight-norm.js";

class WeightNorm extends ModuleImpl {
  constructor(readonly dim: number) {
    super();
  }
  override forward(weight_g: Tensor, weight_v: Tensor): Tensor {
    return normalized(weight_g, weight_v, this.dim);
  }
  right_inverse(weight: Tensor): Tensor[] {
    return [norm_except_dim(weight, 2, this.dim), weight];
  }
}
classNames.set(WeightNorm, "torch.nn.utils.parametrizations._WeightNorm");

/** A weight as its length `original0` and direction `original1`. */
export const weight_norm = def(
  "torch.nn.utils.parametrizations.weight_norm",
  "module name dim",
  <M extends ModuleImpl>(module: M, name = "weight", dim: number | null = 0): M => {
    register_parametrization(module, name, new WeightNorm(dim ?? -1), { unsafe: true });
    return module;
  },
);

class SpectralNorm extends ModuleImpl {
  declare _u: Tensor;
  declare _v: Tensor;
  constructor(
    weight: Tensor,
    readonly n_power_iterations: number,
    dim: number,
    readonly eps: number,
  ) {
    super();
    if (dim >= weight.ndim || dim < -weight.ndim)
      throw new ValueError(
        `Dimension out of range (expected to be in range of [-${weight.ndim}, ${weight.ndim - 1}] but got ${dim})`,
      );
    if (n_power_iterations <= 0)
      throw new ValueError(
        `Expected n_power_iterations to be positive, but got n_power_iterations=${n_power_iterations}`,
      );
    this.dim = dim < 0 ? dim + weight.ndim : dim;
    if (weight.ndim <= 1) return;
    noGrad(() => {
      const matrix = matrixOf(weight, this.dim);
      const draw = (n: number): Tensor => normalize(matrix.new_empty(n).normal_(0, 1), { dim: 0, eps });
      const [u, v] = [draw(matrix.shape[0]!), draw(matrix.shape[1]!)];
      this.register_buffer("_u", u);
      this.register_buffer("_v", v);
      powerIteration(matrix, u, v, 15, eps, true);
    });
  }
  readonly dim: number;
  override forward(weight: Tensor): Tensor {
    if (weight.ndim === 1) return normalize(weight, { dim: 0, eps: this.eps });
    const matrix = matrixOf(weight, this.dim);
    if (this.training) powerIteration(matrix, this._u, this._v, this.n_power_iterations, this.eps, true);
    const sigma = dot(this._u.clone(), matrix.mv(this._v.clone()));
    return weight.div(sigma);
  }
  right_inverse(value: Tensor): Tensor {
    return value;
  }
}
classNames.set(SpectralNorm, "torch.nn.utils.parametrizations._SpectralNorm");

/** A weight divided by its largest singular value. */
export const spectral_norm = def(
  "torch.nn.utils.parametrizations.spectral_norm",
  "module name n_power_iterations eps dim",
  <M extends ModuleImpl>(
    module: M,
    name = "weight",
    n_power_iterations = 1,
    eps: number | Number = 1e-12,
    dim: number | null = null,
  ): M => {
    const weight = getField(module, name) as Tensor;
    const step = new SpectralNorm(weight, n_power_iterations, dim ?? outputAxis(module), Number(eps));
    register_parametrization(module, name, step);
    return module;
  },
);

type OrthogonalMap = "matrix_exp" | "cayley" | "householder";

/** A near matrix with orthonormal columns. */
function orthonormal(a: Tensor): Tensor {
  const [x, tau] = geqrf(a) as unknown as [Tensor, Tensor];
  return householder_product(x, tau).mul(x.diagonal(0, -2, -1).sgn().unsqueeze(-2));
}

class Orthogonal extends ModuleImpl {
  declare base: Tensor | null;
  readonly map: OrthogonalMap;
  readonly trivial: boolean;
  constructor(weight: Tensor, map: OrthogonalMap, use_trivialization: boolean) {
    super();
    if (weight.dtype.is_complex && map === "householder")
      throw new ValueError("The householder parametrization does not support complex tensors.");
    this.map = map;
    this.trivial = use_trivialization;
    if (use_trivialization) this.register_buffer("base", null);
  }
  override forward(weight: Tensor): Tensor {
    const [rows, columns] = weight.shape.slice(-2) as [number, number];
    const transposed = rows < columns;
    let x = transposed ? weight.mT : weight;
    const [n, k] = transposed ? [columns, rows] : [rows, columns];
    let q: Tensor;
    if (this.map === "householder") {
      const a = x.tril({ diagonal: -1 });
      const tau = a.mul(a.conj()).sum(-2).add(1).rdiv(2);
      q = householder_product(a, tau).mul(x.diagonal(0, -2, -1).int().unsqueeze(-2));
    } else {
      x = x.tril();
      if (n !== k) x = cat([x, x.new_zeros(...x.shape.slice(0, -2), n, n - k)], -1);
      const a = x.sub(x.mH);
      if (this.map === "matrix_exp") q = matrix_exp(a);
      else {
        const one = eye(n, { dtype: a.dtype });
        q = solve(one.sub(a.mul(0.5)), one.add(a.mul(0.5)));
      }
      if (n !== k) q = q.narrow(-1, 0, k);
    }
    if (this.trivial && this.base !== null) q = this.base.matmul(q);
    return transposed ? q.mT : q;
  }
  right_inverse(value: Tensor): Tensor {
    const [rows, columns] = value.shape.slice(-2) as [number, number];
    const transposed = rows < columns;
    const q = transposed ? value.mT : value;
    const [n, k] = transposed ? [columns, rows] : [rows, columns];
    if (!this.trivial) {
      if (this.map !== "householder")
        throw new NotImplementedError(
          "It is not possible to assign to the matrix exponential or the Cayley parametrizations when use_trivialization=False.",
        );
      const [a, tau] = geqrf(q) as unknown as [Tensor, Tensor];
      const signs = a.diagonal(0, -2, -1).sign();
      a.diagonal(0, -2, -1).copy_(signs.mul(tau.eq(0).mul(-2).add(1)));
      return transposed ? a.mT : a;
    }
    if (n === k) {
      const eps = 10 * n * (value.dtype.itemsize === 8 ? 2 ** -52 : 2 ** -23);
      const error = q.mH
        .matmul(q)
        .sub(eye(n, { dtype: q.dtype }))
        .abs()
        .max();
      this.base = Number(error) > eps ? orthonormal(q) : q.clone();
    } else {
      const noise = q.new_empty(...q.shape.slice(0, -2), n, n - k).normal_(0, 1);
      this.base = orthonormal(cat([q, noise], -1));
    }
    const x = zeros_like(value);
    x.diagonal(0, -2, -1).fill_(-1);
    return x;
  }
}
classNames.set(Orthogonal, "torch.nn.utils.parametrizations._Orthogonal");

/**
 * A weight with orthonormal rows or columns.
 *
 * @param orthogonal_map - `matrix_exp` (the default of square weights), `cayley` or `householder`
 * @param use_trivialization - measure from the weight's own nearest orthogonal matrix
 * @throws ValueError for a vector or an unknown map
 */
export const orthogonal = def(
  "torch.nn.utils.parametrizations.orthogonal",
  "module name orthogonal_map * use_trivialization",
  <M extends ModuleImpl>(
    module: M,
    name = "weight",
    orthogonal_map: string | null = null,
    use_trivialization = true,
  ): M => {
    const weight = getField(module, name) as Tensor;
    if (weight.ndim < 2)
      throw new ValueError(
        `Expected a matrix or batch of matrices. Got a tensor of ${weight.ndim} dimensions.`,
      );
    const [n, k] = weight.shape.slice(-2);
    const map = orthogonal_map ?? (n === k || weight.dtype.is_complex ? "matrix_exp" : "householder");
    if (map !== "matrix_exp" && map !== "cayley" && map !== "householder")
      throw new ValueError(
        `orthogonal_map has to be one of "matrix_exp", "cayley", "householder". Got: ${map}`,
      );
    register_parametrization(module, name, new Orthogonal(weight, map, use_trivialization), { unsafe: true });
    return module;
  },
);
