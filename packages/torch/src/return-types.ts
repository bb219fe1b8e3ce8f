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
export const frexp = returnType("frexp", ["mantissa", "exponent"]);
