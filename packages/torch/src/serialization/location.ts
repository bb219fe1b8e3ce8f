import { isPlainObject, RuntimeError, TypeError, type_name } from "@cognate/py";
import { cpu, device } from "../device.js";

/** What a `map_location` function is given of the memory behind tensors. */
export class UntypedStorage {
  readonly device = cpu;
  constructor(private readonly _bytes: number) {}
  nbytes(): number {
    return this._bytes;
  }
  size(): number {
    return this._bytes;
  }
  __len__(): number {
    return this._bytes;
  }
  cpu(): this {
    return this;
  }
}

type Restore = (storage: UntypedStorage, location: string) => unknown;

/** Where tensors go: a device for all, one for each place of the file, or a function that decides. */
export type MapLocation =
  | string
  | device
  | Readonly<Record<string, string>>
  | ReadonlyMap<string, string>
  | Restore
  | null;

interface Package {
  readonly priority: number;
  readonly restore: Restore;
}

const ABSENT =
  "If you are running on a CPU-only machine, please use torch.load with map_location=torch.device('cpu') to map your storages to the CPU.";

/** Devices that PyTorch knows but that are not there, and how it says so. */
const DEVICES: readonly (readonly [string, (name: string) => string])[] = [
  ...["cuda", "xpu", "mtia"].map(
    (name) =>
      [
        name,
        () =>
          `Attempting to deserialize object on a ${name.toUpperCase()} device but torch.${name}.is_available() is False. ${ABSENT}`,
      ] as const,
  ),
  ...["hpu", "privateuseone"].map(
    (name) => [name, () => `The ${name.toUpperCase()} device module is not registered. ${ABSENT}`] as const,
  ),
  ["mps", (name) => `torch.UntypedStorage(): Storage device not recognized: ${name}`],
  ["meta", () => "tensors without data (device meta) do not exist here: use map_location='cpu'"],
];

let packages: readonly Package[] = [
  { priority: 10, restore: (storage, location) => (location === "cpu" ? storage : null) },
  ...DEVICES.map(([name, words], i) => ({
    priority: 20 + i,
    restore: (_storage: UntypedStorage, location: string) => {
      if (location !== name && !new RegExp(`^${name}(:|[0-9])`).test(location)) return null;
      throw new RuntimeError(words(location));
    },
  })),
];

/**
 * Adds a kind of place: `deserializer(storage, location)` gives the storage for the locations that it knows, and `null`
 * for others. Those of lower priority are asked first; the CPU's is 10.
 */
export function register_package(priority: number, _tagger: unknown, deserializer: Restore): void {
  packages = [...packages, { priority, restore: deserializer }].sort((a, b) => a.priority - b.priority);
}

/** Asks every kind of place in turn. @throws RuntimeError for a place that is unknown or not there */
export function restored(storage: UntypedStorage, location: string): unknown {
  for (const { restore } of packages) {
    const result = restore(storage, location);
    if (result !== null && result !== undefined) return result;
  }
  throw new RuntimeError(
    `don't know how to restore data location of torch.storage.UntypedStorage (tagged with ${location})`,
  );
}

/** Checks where the storages of a file shall go; everything that passes lives on the CPU. */
export function locator(map: MapLocation): Restore {
  if (map === null) return restored;
  if (typeof map === "string" || map instanceof device) return (storage) => restored(storage, String(map));
  if (map instanceof Map || isPlainObject(map)) {
    const places = new Map(map instanceof Map ? map : Object.entries(map as Record<string, string>));
    return (storage, location) => restored(storage, String(places.get(location) ?? location));
  }
  if (typeof map !== "function") throw new TypeError(`'${type_name(map)}' object is not callable`);
  return (storage, location) => (map as Restore)(storage, location) ?? restored(storage, location);
}
