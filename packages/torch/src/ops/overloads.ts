import type { Tuple } from "@cognate/py";
import type { ValuesIndices } from "../return-types.js";
import type { Size } from "../size.js";
import type { Tensor } from "../tensor/tensor.js";

/** Methods whose result depends on which arguments are given. */
export interface Overloads {
  max(): Tensor;
  max(dim: number, keepdim?: boolean): ValuesIndices;
  max(keywords: { dim: number; keepdim?: boolean }): ValuesIndices;
  max(other: Tensor): Tensor;
  min(): Tensor;
  min(dim: number, keepdim?: boolean): ValuesIndices;
  min(keywords: { dim: number; keepdim?: boolean }): ValuesIndices;
  min(other: Tensor): Tensor;
  median(): Tensor;
  median(dim: number, keepdim?: boolean): ValuesIndices;
  median(keywords: { dim: number; keepdim?: boolean }): ValuesIndices;
  nanmedian(): Tensor;
  nanmedian(dim: number, keepdim?: boolean): ValuesIndices;
  nanmedian(keywords: { dim: number; keepdim?: boolean }): ValuesIndices;
  size(): Size;
  size(dim: number): number;
  size(keywords: { dim: number }): number;
  stride(): Tuple<number>;
  stride(dim: number): number;
  type(): string;
  type(dtype: object | string): Tensor;
  nonzero(): Tensor;
  nonzero(keywords: { as_tuple: true }): Tuple<Tensor>;
  unique(): Tensor;
  unique(keywords: { sorted?: boolean; dim?: number | null }): Tensor;
  unique(
    sorted: boolean,
    return_inverse: boolean,
    return_counts?: boolean,
    dim?: number | null,
  ): Tuple<Tensor>;
  unique(keywords: {
    sorted?: boolean;
    return_inverse?: boolean;
    return_counts?: boolean;
    dim?: number | null;
  }): Tuple<Tensor>;
  unique_consecutive(): Tensor;
  unique_consecutive(keywords: { dim?: number | null }): Tensor;
  unique_consecutive(keywords: {
    return_inverse?: boolean;
    return_counts?: boolean;
    dim?: number | null;
  }): Tuple<Tensor>;
}
