export * from "../emath/index.js";
