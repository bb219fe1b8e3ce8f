export { Hashing } from "./hashing.js";
export { IntegerLookup, StringLookup } from "./lookups.js";
export { TextVectorization } from "./text-vectorization.js";
