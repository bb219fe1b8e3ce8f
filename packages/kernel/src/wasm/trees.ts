import { Arena, arenaCode, openArena } from "./arena.js";
import { TREES, TREES_LENGTH } from "./trees.generated.js";

/** Kernels of decision trees; addresses are bytes in the arena's memory. Sources: packages/kernel/wasm/trees. */
export interface TreeKernels {
  hist_dense16(hist: number, gpair: number, rows: number, count: number, bins: number, cols: number): void;
  hist_dense32(hist: number, gpair: number, rows: number, count: number, bins: number, cols: number): void;
  hist_sparse16(hist: number, gpair: number, rows: number, count: number, bins: number, rowPtr: number): void;
  hist_sparse32(hist: number, gpair: number, rows: number, count: number, bins: number, rowPtr: number): void;
  hist_subtract(out: number, a: number, b: number, count: number): void;
  partition8(rows: number, spare: number, count: number, column: number, left: number): number;
  bin_rows(
    values: number,
    count: number,
    cols: number,
    cuts: number,
    ptrs: number,
    kinds: number,
    bins: number,
    wide: number,
    missing: number,
    columns: number,
    stride: number,
  ): void;
  walk_ids(nodes: number, depth: number, rows: number, stride: number, count: number, out: number): void;
  walk_add(
    nodes: number,
    depth: number,
    rows: number,
    stride: number,
    count: number,
    leaves: number,
    out: number,
    gap: number,
  ): void;
  walk_add_present(
    nodes: number,
    depth: number,
    rows: number,
    stride: number,
    count: number,
    leaves: number,
    out: number,
    gap: number,
  ): void;
  scan_bins(
    hist: number,
    begin: number,
    end: number,
    grad: number,
    hess: number,
    gain: number,
    lambda: number,
    alpha: number,
    least: number,
    out: number,
  ): void;
  scan_column(
    rows: number,
    values: number,
    from: number,
    to: number,
    step: number,
    position: number,
    gpair: number,
    nodes: number,
    list: number,
    count: number,
    feature: number,
    lambda: number,
    alpha: number,
    least: number,
    eps: number,
  ): void;
}

/** Memory of its own with the kernels of trees over it. */
export class TreeArena extends Arena<TreeKernels> {
  /** An arena of so many bytes, null where WASM is switched off or there is no room. */
  static of(bytes: number): TreeArena | null {
    return openArena(code, bytes, (module) => new TreeArena(module, bytes));
  }
}

const code = /* @__PURE__ */ arenaCode(TREES, TREES_LENGTH);
