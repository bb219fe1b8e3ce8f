import { classNames } from "@cognate/py";

class Named {
  constructor(readonly _name: string) {}

  __repr__(): string {
    return `torch.${this._name}`;
  }
  toString(): string {
    return this.__repr__();
  }
}

/** `torch.layout`: how the elements of a tensor are stored; here always {@link strided}. */
export class layout extends Named {}
/** `torch.memory_format`: an order of the axes in memory that a function may be asked for. */
export class memory_format extends Named {}
classNames.set(layout, "layout");
classNames.set(memory_format, "memory_format");

/** One block of memory with a distance for each axis. */
export const strided = new layout("strided");
export const sparse_coo = new layout("sparse_coo");
export const sparse_csr = new layout("sparse_csr");
export const sparse_csc = new layout("sparse_csc");
export const sparse_bsr = new layout("sparse_bsr");
export const sparse_bsc = new layout("sparse_bsc");
export const jagged = new layout("jagged");

/** Row-major. */
export const contiguous_format = new memory_format("contiguous_format");
export const preserve_format = new memory_format("preserve_format");
export const channels_last = new memory_format("channels_last");
export const channels_last_3d = new memory_format("channels_last_3d");
