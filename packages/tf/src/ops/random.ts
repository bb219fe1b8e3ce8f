export * from "./random/algorithm.js";
export * from "./random/bounded.js";
export * from "./random/draws.js";
export * from "./random/dropout.js";
export * from "./random/generator.js";
export * from "./random/index-shuffle.js";
export * from "./random/seeds.js";
export * from "./random/stateless.js";
