/**
 * A data frame of columns with pandas' names, arithmetic and printing: as much as models are fed with.
 *
 * @packageDocumentation
 */
export { DataFrame } from "./frame.js";
export { type Label, Labels as Index } from "./labels.js";
export { Series } from "./series.js";
