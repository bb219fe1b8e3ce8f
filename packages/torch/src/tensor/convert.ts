import {
  bfloat16 as bf16,
  bool as boolean,
  complex64,
  complex128,
  DTYPES,
  type DType,
  float16,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  isComplex,
  ops,
  uint8,
} from "@cognate/kernel";
import { def, UserWarning, ValueError, warn } from "@cognate/py";
import { call } from "@cognate/tensor";
import { type DeviceLike, device, requireCpu } from "../device.js";
import * as dtypes from "../dtype.js";
import { named } from "../ops/args.js";
import { contiguousOf } from "../ops/geometry.js";
import { scalarName } from "../promotion.js";
import { Tensor, wrap } from "./tensor.js";

const { toKernel } = dtypes;
type DTypeLike = dtypes.DTypeLike;

/** `self` in another element type: itself if it has that type, unless a copy is wanted. */
function converted(self: Tensor, type: DType, copy = false): Tensor {
  const x = self._value;
  if (x.dtype === type && !copy) {
    x.weak = false;
    return self;
  }
  if (isComplex(x.dtype) && !isComplex(type) && type !== boolean)
    warn("Casting complex values to real discards the imaginary part", UserWarning);
  return wrap(named(call(ops.cast, [x], { dtype: type }), "ToCopyBackward0"));
}

/** What `to` may be told by position: a type, a device, a tensor that has both, and two flags. */
export type ToArgument = DTypeLike | DeviceLike | Tensor | boolean;

const isDevice = (x: unknown): x is string | device => typeof x === "string" || x instanceof device;

/**
 * In another element type (or on the CPU, where it is already): `to(torch.float64)`, `to("cpu", torch.int32)`,
 * `to(other)`. The tensor itself where nothing changes, unless `copy`.
 *
 * @throws AssertionError for "cuda"
 */
export const to = def(
  "to",
  "self ...args * dtype device other non_blocking copy memory_format",
  (
    self: Tensor,
    args: readonly ToArgument[],
    dtype: DTypeLike | null = null,
    where: DeviceLike = null,
    other: Tensor | null = null,
    non_blocking = false,
    copy = false,
    memory_format: unknown = null,
  ): Tensor => {
    void [non_blocking, memory_format];
    const flags = args.filter((x) => typeof x === "boolean");
    const like = other ?? args.find((x) => x instanceof Tensor);
    for (const place of [where, ...args.filter(isDevice)]) requireCpu(place);
    const named = dtype ?? args.find((x) => typeof x !== "boolean" && !isDevice(x) && !(x instanceof Tensor));
    const type =
      like instanceof Tensor
        ? like._value.dtype
        : named
          ? toKernel(named as DTypeLike, "to")
          : self._value.dtype;
    return converted(self, type, copy || flags[1] === true);
  },
);

const inType = (name: string, type: DType | null) =>
  def(name, "self memory_format", (self: Tensor, memory_format: unknown = null): Tensor => {
    void memory_format;
    return converted(self, type ?? dtypes.getDefault());
  });

/** As float32. */
export const float = inType("float", float32);
/** As float64. */
export const double = inType("double", float64);
/** As float16. */
export const half = inType("half", float16);
/** As bfloat16. */
export const bfloat16 = inType("bfloat16", bf16);
/** As int32. */
export const int = inType("int", int32);
/** As int64. */
export const long = inType("long", int64);
/** As int16. */
export const short = inType("short", int16);
/** As int8. */
export const char = inType("char", int8);
/** As uint8. */
export const byte = inType("byte", uint8);
/** As bool. */
const toBool = inType("bool", boolean);

export { toBool as bool };
/** As complex64. */
export const cfloat = inType("cfloat", complex64);
/** As complex128. */
export const cdouble = inType("cdouble", complex128);

/** The class names that `type()` gives and takes: `torch.FloatTensor` and the like. */
const typeString = (d: DType): string => `torch.${scalarName(d)}Tensor`;

/** The type's old name (`torch.FloatTensor`), or the tensor in another type, given by dtype or by such a name. */
export const type = def(
  "type",
  "self dtype non_blocking",
  (self: Tensor, dtype: DTypeLike | string | null = null, non_blocking = false): Tensor | string => {
    void non_blocking;
    if (dtype === null) return typeString(self._value.dtype);
    if (typeof dtype !== "string") return converted(self, toKernel(dtype, "type"));
    const d = DTYPES.find((known) => typeString(known) === dtype);
    if (!d) throw new ValueError(`invalid type: '${dtype}'`);
    return converted(self, d);
  },
);

/** In the type of another tensor. */
export const type_as = def(
  "type_as",
  "self other",
  (self: Tensor, other: Tensor): Tensor => converted(self, other._value.dtype),
);

/** The tensor itself: everything lives on the CPU. */
export const cpu = def("cpu", "self memory_format", (self: Tensor, memory_format: unknown = null): Tensor => {
  void memory_format;
  return self;
});

/** @throws AssertionError always: there is no CUDA here */
export const cuda = def(
  "cuda",
  "self device non_blocking memory_format",
  (
    self: Tensor,
    where: DeviceLike | number = null,
    non_blocking = false,
    memory_format: unknown = null,
  ): Tensor => {
    void [self, where, non_blocking, memory_format];
    requireCpu("cuda");
    return self;
  },
);

/** A row-major tensor: itself if it is so already, else a copy. */
export const contiguous = def(
  "contiguous",
  "self memory_format",
  (self: Tensor, memory_format: unknown = null): Tensor => {
    void memory_format;
    return wrap(contiguousOf(self._value));
  },
);
