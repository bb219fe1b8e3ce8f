import { classNames, freezeInto, Tuple } from "@cognate/py";
import type { Tensor } from "./tensor/tensor.js";

/** A tuple whose items have names: what PyTorch returns where a call has several results. */
export abstract class NamedTuple extends Tuple<Tensor> {
  abstract readonly _fields: readonly string[];

  override __repr__(): string {
    const items = this._fields.map((name, i) => `${name}=${String(this[i])}`);
    return `${classNames.get(this.constructor)}(\n${items.join(",\n")})`;
  }
  override toString(): string {
    return this.__repr__();
  }
}

/** Results by position and by name. */
export type Named<F extends string> = NamedTuple & { readonly [K in F]: Tensor };

interface ReturnType<F extends string> {
  new (): Named<F>;
  /** The results as one tuple. */
  make(items: readonly Tensor[]): Named<F>;
}

function returnType<const F extends string>(name: string, fields: readonly F[]): ReturnType<F> {
  class Result extends NamedTuple {
    get _fields(): readonly string[] {
      return fields;
    }
    static make(items: readonly Tensor[]): Named<F> {
      return freezeInto(new Result(), items) as Result & Named<F>;
    }
  }
  fields.forEach((field, i) => {
    Object.defineProperty(Result.prototype, field, {
      get(this: Result) {
        return this[i];
      },
    });
  });
  classNames.set(Result, `torch.return_types.${name}`);
  return Result as unknown as ReturnType<F>;
}

const VALUES = ["values", "indices"] as const;

/** Values and where they stood. */
export type ValuesIndices = Named<"values" | "indices">;

export const max = returnType("max", VALUES);
export const min = returnType("min", VALUES);
export const aminmax = returnType("aminmax", ["min", "max"]);
export const median = returnType("median", VALUES);
export const nanmedian = returnType("nanmedian", VALUES);
export const mode = returnType("mode", VALUES);
export const kthvalue = returnType("kthvalue", VALUES);
export const cummax = returnType("cummax", VALUES);
export const cummin = returnType("cummin", VALUES);
export const sort = returnType("sort", VALUES);
export const topk = returnType("topk", VALUES);
export const histogram = returnType("histogram", ["hist", "bin_edges"]);
export const histogramdd = returnType("histogramdd", ["hist", "bin_edges"]);
export const frexp = returnType("frexp", ["mantissa", "exponent"]);

const EIGEN = ["eigenvalues", "eigenvectors"] as const;
const QR = ["Q", "R"] as const;
const PLU = ["P", "L", "U"] as const;
const SIGN_LOG = ["sign", "logabsdet"] as const;

export type CholeskyEx = Named<"L" | "info">;
export type Eigen = Named<(typeof EIGEN)[number]>;
export type Geqrf = Named<"a" | "tau">;
export type InvEx = Named<"inverse" | "info">;
export type Lstsq = Named<"solution" | "residuals" | "rank" | "singular_values">;
export type Lu = Named<(typeof PLU)[number]>;
export type LuFactor = Named<"LU" | "pivots">;
export type LdlFactor = Named<"LD" | "pivots">;
export type LdlFactorEx = Named<"LD" | "pivots" | "info">;
export type LuFactorEx = Named<"LU" | "pivots" | "info">;
export type OldSvd = Named<"U" | "S" | "V">;
export type Qr = Named<(typeof QR)[number]>;
export type Slogdet = Named<(typeof SIGN_LOG)[number]>;
export type SolveEx = Named<"result" | "info">;
export type Svd = Named<"U" | "S" | "Vh">;

export const geqrf = returnType("geqrf", ["a", "tau"]);
export const linalg_cholesky_ex = returnType("linalg_cholesky_ex", ["L", "info"]);
export const linalg_eig = returnType("linalg_eig", EIGEN);
export const linalg_eigh = returnType("linalg_eigh", EIGEN);
export const linalg_inv_ex = returnType("linalg_inv_ex", ["inverse", "info"]);
export const linalg_lstsq = returnType("linalg_lstsq", ["solution", "residuals", "rank", "singular_values"]);
export const linalg_lu = returnType("linalg_lu", PLU);
export const linalg_lu_factor = returnType("linalg_lu_factor", ["LU", "pivots"]);
export const linalg_lu_factor_ex = returnType("linalg_lu_factor_ex", ["LU", "pivots", "info"]);
export const linalg_ldl_factor = returnType("linalg_ldl_factor", ["LD", "pivots"]);
export const linalg_ldl_factor_ex = returnType("linalg_ldl_factor_ex", ["LD", "pivots", "info"]);
export const linalg_qr = returnType("linalg_qr", QR);
export const linalg_slogdet = returnType("linalg_slogdet", SIGN_LOG);
export const linalg_solve_ex = returnType("linalg_solve_ex", ["result", "info"]);
export const linalg_svd = returnType("linalg_svd", ["U", "S", "Vh"]);
export const lu_unpack = returnType("lu_unpack", PLU);
export const qr = returnType("qr", QR);
export const slogdet = returnType("slogdet", SIGN_LOG);
export const svd = returnType("svd", ["U", "S", "V"]);
export const triangular_solve = returnType("triangular_solve", ["solution", "cloned_coefficient"]);
