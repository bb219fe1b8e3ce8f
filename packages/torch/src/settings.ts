import { DTYPES } from "@cognate/kernel";
import { def, RuntimeError, TypeError } from "@cognate/py";
import { type DeviceLike, device, requireCpu } from "./device.js";
import { type dtype, fromKernel, set_default_dtype } from "./dtype.js";
import { scalarName } from "./promotion.js";

// Settings of PyTorch that change nothing in the numbers here: what is set is what is read again.

const settings = {
  threads: 1,
  interop: 1,
  precision: "highest",
  deterministic: false,
  warnOnly: false,
  warnAlways: false,
};

/** What Python calls the class of a wrong argument. */
const kind = (x: unknown): string =>
  x === null || x === undefined
    ? "NoneType"
    : typeof x === "string"
      ? "str"
      : typeof x === "number"
        ? Number.isInteger(x)
          ? "int"
          : "float"
        : typeof x === "boolean"
          ? "bool"
          : typeof x;

function count(name: string, n: unknown): number {
  if (typeof n !== "number" || !Number.isInteger(n))
    throw new TypeError(`${name} expects an int, but got ${kind(n)}`);
  if (n <= 0) throw new RuntimeError(`${name} expects a positive integer`);
  return n;
}

/** The number that {@link set_num_threads} was given. */
export const get_num_threads = def("torch.get_num_threads", "", (): number => settings.threads);
/** Keeps a number: how many threads work here is the kernel's business. @throws TypeError, RuntimeError */
export const set_num_threads = def("torch.set_num_threads", "int", (int: number): void => {
  settings.threads = count("set_num_threads", int);
});
export const get_num_interop_threads = def(
  "torch.get_num_interop_threads",
  "",
  (): number => settings.interop,
);
export const set_num_interop_threads = def("torch.set_num_interop_threads", "int", (int: number): void => {
  settings.interop = count("set_num_interop_threads", int);
});
/** Nothing to do. */
export const init_num_threads = def("torch.init_num_threads", "", (): void => undefined);

/** Whether results must be the same each time, which they always are here. @throws TypeError */
export const use_deterministic_algorithms = def(
  "torch.use_deterministic_algorithms",
  "mode * warn_only",
  (mode: boolean, warn_only = false): void => {
    if (typeof mode !== "boolean")
      throw new TypeError(
        `_set_deterministic_algorithms(): argument 'mode' (position 1) must be bool, not ${kind(mode)}`,
      );
    settings.deterministic = mode;
    settings.warnOnly = warn_only;
  },
);
export const are_deterministic_algorithms_enabled = def(
  "torch.are_deterministic_algorithms_enabled",
  "",
  (): boolean => settings.deterministic,
);
export const is_deterministic_algorithms_warn_only_enabled = def(
  "torch.is_deterministic_algorithms_warn_only_enabled",
  "",
  (): boolean => settings.warnOnly,
);

const MODES = ["default", "warn", "error"];

/** {@link use_deterministic_algorithms} by name or number: default (0), warn (1), error (2). @throws RuntimeError */
export const set_deterministic_debug_mode = def(
  "torch.set_deterministic_debug_mode",
  "debug_mode",
  (debug_mode: number | string): void => {
    const mode = typeof debug_mode === "string" ? MODES.indexOf(debug_mode) : debug_mode;
    if (typeof debug_mode === "string" && mode < 0)
      throw new RuntimeError(
        `invalid value of debug_mode, expected one of \`default\`, \`warn\`, \`error\`, but got ${debug_mode}`,
      );
    if (![0, 1, 2].includes(mode))
      throw new RuntimeError(`invalid value of debug_mode, expected 0, 1, or 2, but got ${debug_mode}`);
    settings.deterministic = mode > 0;
    settings.warnOnly = mode === 1;
  },
);
export const get_deterministic_debug_mode = def("torch.get_deterministic_debug_mode", "", (): number =>
  settings.deterministic ? (settings.warnOnly ? 1 : 2) : 0,
);

/** `highest`, `high` or `medium`; products are always exact to float32 here. */
export const set_float32_matmul_precision = def(
  "torch.set_float32_matmul_precision",
  "precision",
  (precision: string): void => {
    if (["highest", "high", "medium"].includes(precision)) settings.precision = precision;
  },
);
export const get_float32_matmul_precision = def(
  "torch.get_float32_matmul_precision",
  "",
  (): string => settings.precision,
);

/** Whether denormal numbers may be flushed: never, they are kept. */
export const set_flush_denormal = def("torch.set_flush_denormal", "mode", (mode: boolean): boolean => !mode);
export const set_warn_always = def("torch.set_warn_always", "b", (b: boolean): void => {
  settings.warnAlways = b;
});
export const is_warn_always_enabled = def(
  "torch.is_warn_always_enabled",
  "",
  (): boolean => settings.warnAlways,
);

/** Always the CPU. */
export const get_default_device = def("torch.get_default_device", "", (): device => device("cpu"));
/** @throws AssertionError, RuntimeError for any device but the CPU */
export const set_default_device = def("torch.set_default_device", "device", (where: DeviceLike): void =>
  requireCpu(where),
);

/** The default type by an old class or its name, `torch.DoubleTensor`. @throws TypeError for one that is not floating */
export const set_default_tensor_type = def("torch.set_default_tensor_type", "t", (t: unknown): void => {
  const name = typeof t === "string" ? t : `torch.${(t as { name?: string }).name}`;
  const type = DTYPES.find((d) => `torch.${scalarName(d)}Tensor` === name);
  if (!type) throw new TypeError(`invalid type object: ${name}`);
  set_default_dtype(fromKernel(type) as dtype);
});

export const is_vulkan_available = def("torch.is_vulkan_available", "", (): boolean => false);
