import { context, RuntimeError, TypeError, ValueError } from "@cognate/py";
import { restored, type UntypedStorage } from "./location.js";

/** `torch.serialization.LoadEndianness`: in which order the bytes of a file without a note of it are. */
export const LoadEndianness = Object.freeze({
  NATIVE: member("NATIVE", 1),
  LITTLE: member("LITTLE", 2),
  BIG: member("BIG", 3),
});
type Endianness = (typeof LoadEndianness)[keyof typeof LoadEndianness];

function member(name: string, value: number) {
  return Object.freeze({
    name,
    value,
    __repr__: () => `<LoadEndianness.${name}: ${value}>`,
    toString: () => `LoadEndianness.${name}`,
  });
}

let endianness: Endianness | null = null;

/** The order that is assumed for files without a note of their byte order; `null` is the machine's own. */
export const get_default_load_endianness = (): Endianness | null => endianness;

/** Sets what {@link get_default_load_endianness} gives. @throws TypeError for another value */
export function set_default_load_endianness(order: Endianness | null): void {
  if (order !== null && !Object.values(LoadEndianness).includes(order))
    throw new TypeError("Invalid argument type in function set_default_load_endianness");
  endianness = order;
}

/** Whether files without a note of their byte order are to be read with their bytes the other way round. */
export const assumesBigEndian = (): boolean => endianness === LoadEndianness.BIG;

let checksums = true;
/** Whether `save` writes CRC-32 sums. Readers of PyTorch do not look at them. */
export const get_crc32_options = (): boolean => checksums;
export function set_crc32_options(compute_crc32: boolean): void {
  checksums = compute_crc32;
}

const [SHARED, PRIVATE] = [1, 2];
let mapping = PRIVATE;
/** How files would be mapped into memory; files are read piece by piece here in any case. */
export const get_default_mmap_options = (): number => mapping;

function checkFlags(flags: number): void {
  if (flags !== SHARED && flags !== PRIVATE)
    throw new ValueError(
      `Invalid argument in function set_default_mmap_options, expected mmap.MAP_PRIVATE or mmap.MAP_SHARED, but got ${flags}`,
    );
}
const mapped = context((flags: number) => {
  const before = mapping;
  return {
    enter: (): void => {
      mapping = flags;
    },
    exit: (): void => {
      mapping = before;
    },
  };
});
/** Sets what {@link get_default_mmap_options} gives, for good or for a callback. @throws ValueError for other flags */
export function set_default_mmap_options(flags: number, ...body: readonly (() => unknown)[]): unknown {
  checkFlags(flags);
  if (body.length > 0) return mapped(flags, body[0]!);
  const before = mapping;
  mapping = flags;
  return {
    enter: () => undefined,
    exit: () => {
      mapping = before;
    },
  };
}

let skipping = false;
/** Whether `save` leaves the numbers out. */
export const skipsData = (): boolean => skipping;

/**
 * `with torch.serialization.skip_data():` – inside of the callback `save` writes files whose tensors have their shapes, and
 * zeros for numbers.
 */
export const skip_data = context((_materialize_fake_tensors: boolean = false) => ({
  enter: (): void => {
    skipping = true;
  },
  exit: (): void => {
    skipping = false;
  },
}));

/** Where a storage lies: always the CPU. */
export const location_tag = (_storage: unknown): string => "cpu";

/** The storage where `location` says. @throws RuntimeError for a place that is not there */
export const default_restore_location = (storage: unknown, location: string): unknown =>
  restored(storage as UntypedStorage, location);

const absent = (location: unknown): never => {
  restored({} as UntypedStorage, String(location));
  throw new RuntimeError(`don't know how to use the device ${String(location)}`);
};
/** @throws RuntimeError: there is no such device */
export const validate_cuda_device = (location: unknown): number => absent(location);
/** @throws RuntimeError: there is no such device */
export const validate_hpu_device = (location: unknown): number => absent(location);

/** Whether a module's version is one or later, number by number. */
export function check_module_version_greater_or_equal(
  module: { readonly __version__: string },
  req_version_tuple: readonly number[],
  error_if_malformed = true,
): boolean {
  const parts = module.__version__.split(".").slice(0, req_version_tuple.length).map(Number);
  if (parts.some(Number.isNaN)) {
    if (!error_if_malformed) return true;
    throw new RuntimeError(`'module' module version is malformed string: ${module.__version__}.`);
  }
  for (const [i, wanted] of req_version_tuple.entries()) {
    const have = parts[i] ?? 0;
    if (have !== wanted) return have > wanted;
  }
  return true;
}

/** The name of a storage's class. */
export class StorageType {
  constructor(readonly name: string) {}
  get dtype(): string {
    return this.name;
  }
  __str__(): string {
    return `StorageType(dtype=torch.${this.name})`;
  }
  toString(): string {
    return this.__str__();
  }
}

/** Raised by old versions where the source of a pickled class had changed. */
export class SourceChangeWarning extends Error {}
