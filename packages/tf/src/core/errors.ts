import { InvalidArgumentError, OpError } from "@cognate/keras/tensorflow";
import { nameClass } from "@cognate/py";

/* `tf.errors`: what operations of TensorFlow raise, by the status codes of its C++ side. */
export { InvalidArgumentError, OpError };

export class CancelledError extends OpError {}
export class UnknownError extends OpError {}
export class DeadlineExceededError extends OpError {}
export class NotFoundError extends OpError {}
export class AlreadyExistsError extends OpError {}
export class PermissionDeniedError extends OpError {}
export class ResourceExhaustedError extends OpError {}
export class FailedPreconditionError extends OpError {}
export class AbortedError extends OpError {}
export class OutOfRangeError extends OpError {}
export class UnimplementedError extends OpError {}
export class InternalError extends OpError {}
export class UnavailableError extends OpError {}
export class DataLossError extends OpError {}
export class UnauthenticatedError extends OpError {}

export const classes = {
  OpError,
  CancelledError,
  UnknownError,
  InvalidArgumentError,
  DeadlineExceededError,
  NotFoundError,
  AlreadyExistsError,
  PermissionDeniedError,
  ResourceExhaustedError,
  FailedPreconditionError,
  AbortedError,
  OutOfRangeError,
  UnimplementedError,
  InternalError,
  UnavailableError,
  DataLossError,
  UnauthenticatedError,
} as const;
Object.entries(classes).forEach(([name, C], code) => {
  nameClass(`tensorflow.python.framework.errors_impl.${name}`, C);
  // The classes stand in the order of their codes.
  if (code > 0) Object.defineProperty(C.prototype, "error_code", { value: code, configurable: true });
});

/** What an operation's kernel found wrong; the call puts its frame around the words. */
export class KernelProblem extends Error {
  constructor(
    message: string,
    readonly kind: new (message: string) => OpError = InvalidArgumentError,
  ) {
    super(message);
  }
}

const DEVICE = "_device_/job:localhost/replica:0/task:0/device:CPU:0";

/** Operations whose CPU kernels have another name. */
const KERNELS: Readonly<Record<string, string>> = {
  MatMul: "__MklMatMul",
  BatchMatMul: "__MklBatchMatMul",
  BatchMatMulV2: "__MklBatchMatMulV2",
  Conv2D: "__MklNativeConv2D",
};

/** The name of an operation once it was rewritten for the CPU's library; of floats alone. */
export const kernelOf = (type: string, dtype: string): string | undefined =>
  /^(float32|float16|bfloat16)$/.test(dtype) ? KERNELS[type]?.slice(1) : undefined;

/** An operation that no processor computes on elements of the types that it was given. */
export class NoKernel extends Error {}

/**
 * A problem as an eager call raises it.
 *
 * @param count - how many inputs or outputs a list has, as the kernel's name tells it
 * @param tail - what stands after the operation: the name of the call
 */
export function framed(type: string, count: string, p: KernelProblem, tail: string): OpError {
  const frame = `{{function_node __wrapped__${KERNELS[type] ?? type}${count}${DEVICE}}}`;
  return new p.kind(`${frame} ${p.message} [Op:${type}]${tail}`);
}
