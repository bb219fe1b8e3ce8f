export * from "./calls.js";
export * from "./compare.js";
export * from "./golden.js";
export * from "./items.js";
export { goldenDifference } from "./matchers.js";
export { printed } from "./printed.js";
export * from "./table.js";
