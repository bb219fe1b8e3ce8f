const g = globalThis as { COGNATE_WASM?: string };
// A run that asks for a build runs on that alone.
g.COGNATE_WASM = process.env.COGNATE_WASM ?? "simd";
const { sweepOn } = await import("./suite.test.helper.js");
sweepOn("simd");
