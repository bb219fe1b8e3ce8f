export * from "./array.js";
export { where } from "./math.js";
