// For scripts/wasm-pack.mjs; not part of what is published.
export { split } from "./streams";
