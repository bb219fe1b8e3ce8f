import { Strided } from "@cognate/kernel";
import {
  AssertionError,
  def,
  NotImplementedError,
  RuntimeError,
  Tuple,
  TypeError,
  UserWarning,
  warn,
} from "@cognate/py";
import { inferenceEnabled, Value } from "@cognate/tensor";
import { type DeviceLike, requireCpu } from "../device.js";
import type { DTypeLike } from "../dtype.js";
import { type Int, int, ints, typeOf } from "../ops/args.js";
import { narrow } from "../ops/shape.js";
import { scalarName } from "../promotion.js";
import { Size } from "../size.js";
import { tensorOf } from "./create.js";
import { type TypedStorage, typedStorage, UntypedStorage } from "./storage.js";
import { type Nested, Tensor, wanting, wrap } from "./tensor.js";

// Methods about where and how a tensor is stored, most of which have one answer on the CPU.

/** Takes the tensor out of the graph, in place. @throws RuntimeError for views */
export const detach_ = def("detach_", "self", (self: Tensor): Tensor => {
  const x = self._value;
  if (x.view)
    throw new RuntimeError(
      "Can't detach views in-place. Use detach() instead. If you are using DistributedDataParallel (DDP) for training, and gradient_as_bucket_view is set as True, gradients are views of DDP buckets, and hence detach_() cannot be called on these gradients. To fix this error, please refer to the Optimizer.zero_grad() function in torch/optim/optimizer.py as the solution.",
    );
  x.setNode(null, 0);
  x.setRequiresGrad(false);
  return self;
});

const no = (name: string) => def(name, "self", (_self: Tensor): boolean => false);

/** Conjugates are always written out here. */
export const is_conj = no("is_conj");
/** Negations are always written out here. */
export const is_neg = no("is_neg");
export const is_distributed = no("is_distributed");
/** Whether the tensor was made inside `torch.inference_mode`, which is not told apart here: whether this is inside it. */
export const is_inference = def("is_inference", "self", (_self: Tensor): boolean => inferenceEnabled());
export const is_shared = no("is_shared");
export const is_pinned = def(
  "is_pinned",
  "self device",
  (_self: Tensor, _device: DeviceLike = null): boolean => false,
);

/** −1: the CPU has no number. */
export const get_device = def("get_device", "self", (_self: Tensor): number => -1);
/** The tensor itself: there is one process. */
export const share_memory_ = def("share_memory_", "self", (self: Tensor): Tensor => self);
/** @throws RuntimeError always: there is no accelerator */
export const pin_memory = def(
  "pin_memory",
  "self device",
  (_self: Tensor, _device: DeviceLike = null): Tensor => {
    throw new RuntimeError("Cannot access accelerator device when none is available.");
  },
);
/** The order of the axes from the longest step in memory to the shortest. */
export const dim_order = def("dim_order", "self", (self: Tensor): Tuple<number> => {
  const { strides } = self._value.array;
  return Tuple.of_([...strides.keys()].sort((a, b) => strides[b]! - strides[a]! || a - b));
});
/** Address of the first element. */
export const const_data_ptr = def("const_data_ptr", "self", (self: Tensor): number => self.data_ptr());

/** The bytes behind the tensor. */
export const untyped_storage = def(
  "untyped_storage",
  "self",
  (self: Tensor): UntypedStorage => new UntypedStorage(self._value.array),
);
/** The elements behind the tensor, of whatever other tensors share its memory, too. */
export const storage = def(
  "storage",
  "self",
  (self: Tensor): TypedStorage => typedStorage(self._value.array),
);

/** The tensor itself: it is dense. */
export const to_dense = def(
  "to_dense",
  "self dtype * masked_grad",
  (self: Tensor, dtype: DTypeLike | null = null, _masked_grad: boolean | null = null): Tensor =>
    dtype === null ? self : self.to(dtype),
);
/** The numbers of a quantized tensor; of any other, itself in float32. */
export const dequantize = def("dequantize", "self", (self: Tensor): Tensor => self.float());
/** 0: no axis is stored sparsely. */
export const sparse_dim = def("sparse_dim", "self", (_self: Tensor): number => 0);
/** The number of axes. */
export const dense_dim = def("dense_dim", "self", (self: Tensor): number => self.ndim);

const sparseOnly = (name: string, kind: string) =>
  def(name, "self", (_self: Tensor): Tensor => {
    throw new RuntimeError(`${name} expected ${kind} tensor layout but got Strided`);
  });

/** @throws RuntimeError always: the tensor is dense */
export const indices = sparseOnly("indices", "sparse coordinate");
/** @throws RuntimeError always: the tensor is dense */
export const values = sparseOnly("values", "sparse");
/** @throws RuntimeError always: the tensor is dense */
export const coalesce = sparseOnly("coalesce", "sparse coordinate");
/** @throws RuntimeError always: the tensor is dense */
export const is_coalesced = sparseOnly("is_coalesced", "sparse coordinate");
/** @throws RuntimeError always: the tensor is dense */
export const crow_indices = sparseOnly("crow_indices", "sparse row compressed");
/** @throws RuntimeError always: the tensor is dense */
export const col_indices = sparseOnly("col_indices", "sparse row compressed");
/** @throws RuntimeError always: the tensor is dense */
export const ccol_indices = sparseOnly("ccol_indices", "sparse column compressed");
/** @throws RuntimeError always: the tensor is dense */
export const row_indices = sparseOnly("row_indices", "sparse column compressed");

const elsewhere = (type: string, refuse: () => never) =>
  def(
    type,
    "self device non_blocking memory_format",
    (_self: Tensor, _device: unknown = null): Tensor => refuse(),
  );

/** @throws AssertionError always: there is no such device */
export const xpu = elsewhere("xpu", () => {
  throw new AssertionError("Torch not compiled with XPU enabled");
});
/** @throws RuntimeError always: there is no such device */
export const ipu = elsewhere("ipu", () => {
  requireCpu("ipu");
  throw new RuntimeError("unreachable device");
});
/** @throws AssertionError always: there is no such device */
export const mtia = elsewhere("mtia", () => {
  throw new AssertionError(
    "Torch not compiled with MTIA enabled. Ensure you have `import mtia.host_runtime.torch_mtia.dynamic_library` in your python src file and include `//mtia/host_runtime/torch_mtia:torch_mtia` as your target dependency!",
  );
});

/** Complex numbers of two float16, which are left out. @throws NotImplementedError always */
export const chalf = def(
  "chalf",
  "self * memory_format",
  (_self: Tensor, _format: unknown = null): Tensor => {
    throw new NotImplementedError("torch.complex32 is left out here: use cfloat()");
  },
);

/** A tensor of this one's type: of lengths, or of data in a list. */
const fresh = def(
  "new",
  "self ...args * device",
  (self: Tensor, args: readonly unknown[], device: DeviceLike = null): Tensor => {
    requireCpu(device);
    const { dtype } = self._value;
    const [first] = args;
    if (args.length === 1 && first instanceof Tensor) return wrap(first._value.detach());
    const data = args.length === 1 && typeof first === "object" && first !== null && !(first instanceof Size);
    if (data) return wrap(tensorOf(first as Nested, dtype));
    const shape = args.length === 0 ? [0] : first instanceof Size ? [...first] : ints(args as readonly Int[]);
    return wrap(new Value(Strided.zeros(dtype, shape)));
  },
);

/** A tensor of this one's type with the given steps between neighbours. */
export const new_empty_strided = def(
  "new_empty_strided",
  "self size stride dtype layout device pin_memory requires_grad",
  (
    self: Tensor,
    size: readonly Int[],
    stride: readonly Int[],
    dtype: DTypeLike | null = null,
    _layout: unknown = null,
    device: DeviceLike = null,
    _pin_memory = false,
    requires_grad = false,
  ): Tensor => {
    requireCpu(device);
    const [shape, strides] = [ints([size]), ints([stride])];
    const type = typeOf(dtype, "new_empty_strided") ?? self._value.dtype;
    const count = shape.includes(0) ? 0 : 1 + shape.reduce((n, len, i) => n + (len - 1) * strides[i]!, 0);
    const line = Strided.zeros(type, [count]);
    return wanting(wrap(new Value(line.view(shape, strides, 0))), requires_grad);
  },
);

/** A part along an axis, copied. */
export const narrow_copy = def(
  "narrow_copy",
  "self dim start length",
  (self: Tensor, dim: Int, start: Int, length: Int): Tensor =>
    narrow(self, int(dim), int(start), int(length)).clone(),
);

/** The tensor itself, which is of the class already. @throws TypeError for a class that is none of tensors */
export const as_subclass = def("as_subclass", "self cls", (self: Tensor, cls: unknown): Tensor => {
  if (
    typeof cls !== "function" ||
    !(
      (cls as { prototype?: unknown }).prototype instanceof Tensor ||
      (cls as { prototype?: unknown }).prototype === Tensor.prototype
    )
  )
    throw new TypeError(
      "Creating a Tensor subclass from a class that does not inherit from Tensor is not possible. Make sure your class inherits from Tensor.",
    );
  if ((cls as { prototype: unknown }).prototype === Tensor.prototype) return self;
  const Class = cls as new (value: Value) => Tensor;
  return new Class(new Value(self._value.array));
});

type Fn<A extends number[]> = (...args: A) => number | Number;

const className = (t: Tensor): string => `torch.${scalarName(t._value.dtype)}Tensor`;

/** The elements as a list, one by one in row-major order. */
const flat = (t: Tensor): number[] => t.reshape(-1).tolist() as number[];

function rewritten(
  name: string,
  self: Tensor,
  others: readonly Tensor[],
  f: (...xs: number[]) => number | Number,
): Tensor {
  if (self.requires_grad)
    throw new RuntimeError(
      `Can't call ${name}() on Variable that requires grad. Use var.detach().${name}() instead.`,
    );
  others.forEach((other, i) => {
    const label = others.length === 1 ? "other" : i === 0 ? "x" : "y";
    if (!(other instanceof Tensor))
      throw new TypeError(
        `${name}(): argument '${label}' (position ${i + 1}) must be Tensor, not ${typeof other === "number" ? "int" : typeof other}`,
      );
    if (other._value.dtype !== self._value.dtype)
      throw new TypeError(`${name}: expected ${className(self)} for '${label}' (got ${className(other)})`);
  });
  const columns = [self, ...others.map((o) => o.expand(...self.shape))].map(flat);
  const numbers = columns[0]!.map((_, i) => Number(f(...columns.map((c) => c[i]!))));
  const y = tensorOf(numbers, self._value.dtype);
  return self.copy_(wrap(y).reshape(self.shape));
}

/** Every element becomes `callable` of it: slow, one call an element. */
export const apply_ = def(
  "apply_",
  "self callable",
  (self: Tensor, callable: Fn<[number]>): Tensor => rewritten("apply_", self, [], callable as never),
);
/** Every element becomes `callable` of it and of that of another tensor. */
export const map_ = def(
  "map_",
  "self tensor callable",
  (self: Tensor, tensor: Tensor, callable: Fn<[number, number]>): Tensor =>
    rewritten("map_", self, [tensor], callable as never),
);
/** {@link map_} with two other tensors. */
export const map2_ = def(
  "map2_",
  "self x y callable",
  (self: Tensor, x: Tensor, y: Tensor, callable: Fn<[number, number, number]>): Tensor =>
    rewritten("map2_", self, [x, y], callable as never),
);

const renamed = (old: string, now: "resize_" | "resize_as_") =>
  def(old, "self ...size", (self: Tensor, size: readonly never[]): Tensor => {
    warn(`non-inplace ${old} is deprecated`, UserWarning);
    const copy = self.clone();
    return now === "resize_" ? copy.resize_(...size) : copy.resize_as_(size[0] as unknown as Tensor);
  });

/** The old name of `resize_` on a copy. */
export const resize = renamed("resize", "resize_");
/** The old name of `resize_as_` on a copy. */
export const resize_as = renamed("resize_as", "resize_as_");

/** @throws RuntimeError always: stochastic functions were removed */
export const reinforce = def(
  "reinforce",
  "self ...args",
  (_self: Tensor, _args: readonly unknown[]): Tensor => {
    throw new RuntimeError(
      "reinforce() was removed.\nUse torch.distributions instead.\nSee https://pytorch.org/docs/main/distributions.html\n\nInstead of:\n\nprobs = policy_network(state)\naction = probs.multinomial()\nnext_state, reward = env.step(action)\naction.reinforce(reward)\naction.backward()\n\nUse:\n\nprobs = policy_network(state)\n# NOTE: categorical is equivalent to what used to be called multinomial\nm = torch.distributions.Categorical(probs)\naction = m.sample()\nnext_state, reward = env.step(action)\nloss = -m.log_prob(action) * reward\nloss.backward()\n",
    );
  },
);

export { fresh as new };
