/** Which build of the fast kernels may run; `auto` takes the best that the platform has. */
export type WasmMode = "auto" | "relaxed" | "simd" | "off";

/**
 * The build asked for by `COGNATE_WASM` (environment variable, or global variable before the first import). Tests run the
 * kernel on each.
 */
export function wasmMode(): WasmMode {
  const g = globalThis as {
    COGNATE_WASM?: string;
    process?: { env?: Record<string, string | undefined> };
  };
  const asked = g.COGNATE_WASM ?? g.process?.env?.COGNATE_WASM;
  if (asked === "off" || asked === "simd" || asked === "relaxed") return asked;
  return typeof WebAssembly === "undefined" ? "off" : "auto";
}
