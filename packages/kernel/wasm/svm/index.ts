export { nu_run } from "./nu";
export { gather_row, subtract_row, swap_columns } from "./problem";
export { kernel_row, powers_f64 } from "./rows";
export { smo_run } from "./smo";
