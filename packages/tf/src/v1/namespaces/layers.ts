export * from "../layers/core.js";
