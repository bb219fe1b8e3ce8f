import { canShare, memory, openMemory } from "../memory/wasm-memory.js";
import { patch, unpack } from "./code.js";
import type { Exports } from "./exports.js";
import { CODE, PARTS } from "./generated.js";
import { wasmMode } from "./mode.js";

let exports: Exports | null | undefined;
let build: "relaxed" | "simd" | "off" | undefined;
let compiled: WebAssembly.Module[] | undefined;

type Code = Uint8Array<ArrayBuffer>;

const IMPORT = [3, 101, 110, 118, 6, 109, 101, 109, 111, 114, 121, 2];

/** A module's bytes with the import of a memory of the kind that there is. */
function forMemory(bytes: Code): Code {
  // Behind "env" "memory" stand the limits: 1 is one with a maximum, 3 a shared one.
  if (canShare() && memory!.buffer instanceof SharedArrayBuffer)
    for (let i = 0; i < bytes.length; i++)
      if (IMPORT.every((b, k) => bytes[i + k] === b)) {
        bytes[i + IMPORT.length] = 3;
        break;
      }
  return bytes;
}

/** The kernels in WASM, compiled at the first call; `null` where they are switched off or cannot run. */
export function wasm(): Exports | null {
  return exports === undefined ? (exports = open()) : exports;
}

interface Node20 {
  readonly versions?: { readonly node?: string; readonly v8?: string };
  getBuiltinModule?(name: "node:v8"): { setFlagsFromString(flag: string): void };
}

const RELAXED_FLAG = "experimental-wasm-relaxed-simd";

/**
 * Compiles a module of the build `name`. V8 11.3, which is Node 20's, knows relaxed SIMD and has it behind a flag; that is
 * up while the module is compiled and down again afterwards, so that it changes nothing for anybody else.
 */
function compile(name: "relaxed" | "simd", code: Code): WebAssembly.Module {
  const { process } = globalThis as { process?: Node20 };
  const v8 =
    name === "relaxed" &&
    process?.versions?.node?.startsWith("20.") &&
    process.versions.v8?.startsWith("11.3.")
      ? process.getBuiltinModule?.("node:v8")
      : undefined;
  if (!v8 || WebAssembly.validate(code)) return new WebAssembly.Module(code);
  v8.setFlagsFromString(`--${RELAXED_FLAG}`);
  try {
    return new WebAssembly.Module(code);
  } finally {
    v8.setFlagsFromString(`--no-${RELAXED_FLAG}`);
  }
}

function open(): Exports | null {
  const mode = wasmMode();
  build = "off";
  if (mode === "off" || !openMemory()) return null;
  const [simd, common, relaxed] = unpack(CODE, PARTS) as [Code, Code, Code];
  for (const name of mode === "auto" ? (["relaxed", "simd"] as const) : [mode])
    try {
      compiled = [
        compile(name, forMemory(name === "relaxed" ? patch(simd, relaxed) : simd)),
        new WebAssembly.Module(forMemory(common)),
      ];
      const all = {};
      for (const module of compiled)
        Object.assign(all, new WebAssembly.Instance(module, { env: { memory: memory! } }).exports);
      build = name;
      return all as Exports;
    } catch {
      // The platform does not know these instructions.
    }
  return null;
}

/** Which build runs: the two of the design, or `off`. */
export function wasmBuild(): "relaxed" | "simd" | "off" {
  wasm();
  return build!;
}

/** The compiled modules, for threads. */
export const wasmModules = (): readonly WebAssembly.Module[] | undefined => compiled;
