export * from "./image/batch.js";
export * from "./image/boxes.js";
export * from "./image/colour.js";
export * from "./image/files.js";
export * from "./image/geometry.js";
export * from "./image/measures.js";
export * from "./image/resize.js";
