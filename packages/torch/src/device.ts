import { AssertionError, pyClass, RuntimeError } from "@cognate/py";

const TYPES = [
  "cpu",
  "cuda",
  "ipu",
  "xpu",
  "mkldnn",
  "opengl",
  "opencl",
  "ideep",
  "hip",
  "ve",
  "fpga",
  "maia",
  "xla",
  "lazy",
  "vulkan",
  "mps",
  "meta",
  "hpu",
  "mtia",
  "privateuseone",
];

class DeviceImpl {
  /** `"cpu"`, `"cuda"` … */
  readonly type: string;
  readonly index: number | null;

  constructor(type: string | DeviceImpl, index: number | null = null) {
    const text = typeof type === "string" ? type : String(type);
    const m = /^([a-z]+)(?::(\d+))?$/.exec(text);
    if (!m || !TYPES.includes(m[1]!))
      throw new RuntimeError(
        m
          ? `Expected one of ${TYPES.join(", ")} device type at start of device string: ${m[1]}`
          : `Invalid device string: '${text}'`,
      );
    this.type = m[1]!;
    this.index = m[2] === undefined ? index : Number(m[2]);
  }
  __repr__(): string {
    return `device(type='${this.type}'${this.index === null ? "" : `, index=${this.index}`})`;
  }
  __str__(): string {
    return this.index === null ? this.type : `${this.type}:${this.index}`;
  }
  __eq__(other: unknown): boolean {
    return other instanceof DeviceImpl && other.type === this.type && other.index === this.index;
  }
  toString(): string {
    return this.__str__();
  }
}

/**
 * `torch.device`: where a tensor lives. Everything lives on the CPU; other devices can be named but not used.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * console.log(String(torch.device("cuda:0")), torch.zeros(2).device.type); // cuda:0 cpu
 * ```
 */
export const device = pyClass("device", "type index", DeviceImpl);
export type device = DeviceImpl;

/** A device by object or by name. */
export type DeviceLike = device | string | null | undefined;

/** The one place where tensors live. */
export const cpu = new DeviceImpl("cpu");

/** @throws AssertionError, RuntimeError in PyTorch's words for a device other than the CPU */
export function requireCpu(where: DeviceLike): void {
  if (where === null || where === undefined) return;
  const { type } = typeof where === "string" ? new DeviceImpl(where) : where;
  if (type === "cpu") return;
  if (type === "cuda") throw new AssertionError("Torch not compiled with CUDA enabled");
  throw new RuntimeError(`PyTorch is not linked with support for ${type} devices`);
}
