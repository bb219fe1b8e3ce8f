export { HashedCrossing } from "./hashed-crossing.js";
export { Hashing } from "./hashing.js";
export { IntegerLookup, StringLookup } from "./lookups.js";
export { TextVectorization } from "./text-vectorization.js";
