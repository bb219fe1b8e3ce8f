import { fixtureBytes, fixturePath, type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { bytesOfArray } from "./bytes/arrays.js";
import { FormatError } from "./bytes/errors.js";
import { nodeFileSystem } from "./bytes/node.js";
import { type Hdf5Dataset, Hdf5File, type Hdf5Group } from "./hdf5/reader.js";
import { readKerasArchive } from "./keras-archive.js";
import { readNpy, readNpz } from "./npy.js";
import { inertGlobal, STANDARD_GLOBALS } from "./pickle/globals.js";
import { plainDicts } from "./pickle/plain.js";
import { unpickle } from "./pickle/unpickler.js";
import { readSafetensors } from "./safetensors.js";
import { BundleReader } from "./tensorflow/bundle.js";
import { readGraphDef, readMetaGraph, readSavedModelProto } from "./tensorflow/graph.js";
import type { GraphDef } from "./tensorflow/messages.js";
import { tensorOfProto } from "./tensorflow/tensor-proto.js";
import { parseScript } from "./torch/code/parser.js";
import { readExported } from "./torch/exported.js";
import { readTorch } from "./torch/reader.js";
import { readTorchScript } from "./torch/script.js";
import { readXgboostModel } from "./xgboost/model.js";

interface Process {
  env: Record<string, string | undefined>;
  memoryUsage(): { arrayBuffers: number };
}
const { process } = globalThis as unknown as { process: Process };

/** How many broken files; more by the environment variable for a long run. */
const ROUNDS = Number(process.env.COGNATE_FUZZ ?? 6000);
/** What one reading may take: a few times the file, and room for tables that are made once. */
const allowance = (size: number) => 8 * 2 ** 20 + 24 * size;
const SLOWEST = 5000;
/** Larger fixtures say nothing that smaller ones do not, and take their time. */
const LARGEST = 160_000;

/** A sequence that depends on its seed alone. */
function randoms(seed: number): (n: number) => number {
  let s = seed;
  return (n) => {
    s = (Math.imul(s ^ (s >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    let x = Math.imul(s ^ (s >>> 12), 0x297a2d39);
    x ^= x >>> 15;
    return Math.floor(((x >>> 0) / 2 ** 32) * n);
  };
}

const INTERESTING = [0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x10000, 0x7fffffff, 0xffffffff, 0x00100000];

/** `bytes` broken in one of the ways that disks, networks and people break files. */
function broken(bytes: Uint8Array, random: (n: number) => number): Uint8Array {
  const out = bytes.slice();
  const view = new DataView(out.buffer);
  const kind = random(10);
  if (kind === 0) return out.subarray(0, random(out.length));
  if (kind === 1) {
    const at = random(out.length);
    out.copyWithin(at, random(out.length), random(out.length));
  } else if (kind === 2) out.fill(random(256), random(out.length), random(out.length));
  else if (kind < 6 && out.length > 8) {
    const at = random(out.length - 8);
    const value = INTERESTING[random(INTERESTING.length)]!;
    if (kind === 3) view.setUint16(at, value & 0xffff, true);
    else if (kind === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value) << BigInt(random(33)), true);
  } else for (let i = 0; i <= random(4); i++) out[random(out.length)] = random(256);
  return out;
}

/** Reads everything that is still readable; an error about one object must not hide the others. */
function readHdf5(bytes: Uint8Array): void {
  const file = new Hdf5File(bytes);
  const attempt = (run: () => unknown): void => {
    try {
      run();
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
  };
  const attributes = (o: Hdf5Group | Hdf5Dataset) =>
    attempt(() => {
      for (const name of o.attrs.names) attempt(() => o.attrs.get(name));
    });
  attributes(file);
  file.walk((o) => {
    attributes(o);
    if ("read" in o) attempt(() => o.read());
  });
}

/** A checkpoint whose one file is the index and the data, too: places in it are within bounds, checksums are not. */
function readBundle(bytes: Uint8Array): void {
  const bundle = new BundleReader({ index: bytes, shard: () => bytes }, { verify: false });
  for (const name of bundle.names)
    try {
      bundle.get(name);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
}

/** Decodes the tensors of a graph. */
function readConstants(graph: GraphDef | undefined): void {
  for (const node of graph?.node ?? [])
    for (const { tensor } of node.attr.values()) if (tensor) tensorOfProto(tensor);
}

const readers: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
  pt: (b) => readTorch(b),
  pth: (b) =>
    plainDicts(
      readTorch(b, { weightsOnly: false, hooks: { findClass: inertGlobal, attributes: () => {} } }).value,
    ),
  script: (b) => {
    for (const [name, text] of readTorchScript(b).sources) parseScript(text, name);
  },
  pt2: (b) => readExported(b),
  safetensors: (b) => readSafetensors(b),
  npy: (b) => readNpy(b),
  npz: (b) => readNpz(b),
  h5: readHdf5,
  index: readBundle,
  meta: (b) => readConstants(readMetaGraph(b).graph_def),
  graph: (b) => readConstants(readGraphDef(b)),
  pb: (b) => readSavedModelProto(b),
  pbtxt: (b) => readGraphDef(b),
  keras: (b) => readHdf5(readKerasArchive(b, { verify: false }).weights),
  // XGBoost's three forms.
  json: (b) => readXgboostModel(b),
  ubj: (b) => readXgboostModel(b),
  model: (b) => readXgboostModel(b),
  pkl: (b) =>
    plainDicts(unpickle(b, { findClass: (m, n) => STANDARD_GLOBALS.get(`${m}.${n}`), encoding: "latin1" })),
};

const { readdirSync } = nodeFileSystem() as unknown as { readdirSync(path: string): string[] };
const tensorflow = ["v1", "v2", "graphs", "saved/net"].map((f) => `tensorflow/${f}`);
const folders = ["torch", "torch/script", "safetensors", "npy", "hdf5", "keras", ...tensorflow].map(
  (f) => `formats/${f}`,
);
const programs = ["torch/jit", "torch/export", "torch/resume"];
const files = [...folders, ...programs, "cli/demo"].flatMap((folder) =>
  readdirSync(fixturePath(folder))
    .filter((name) => name.includes(".") && !name.endsWith(".json") && name.split(".").at(-1)! in readers)
    .map((name) => ({ name, script: folder === "torch/jit", bytes: fixtureBytes(`${folder}/${name}`) })),
);
const pickles = golden("formats/pickle").map((c) => ({
  name: `${c.name}.pkl`,
  script: false,
  bytes: bytesOfArray((c.pickle as GoldenArray).array).slice(),
}));
const models = readdirSync(fixturePath("xgboost/files"))
  .filter((name) => /^(?!cases|pickles|categories).*\.(json|ubj|model)$/.test(name))
  .map((name) => ({ name, script: false, bytes: fixtureBytes(`xgboost/files/${name}`) }));
const all = [...files, ...pickles, ...models].filter(({ bytes }) => bytes.length <= LARGEST);
/** Each `.pt` is read both ways. */
const read = all.flatMap(({ name, script, bytes }) => {
  const kind = name.split(".").at(-1)!;
  if (name === "frozen.pb") return [{ name, bytes, reader: "graph" }];
  if (script || name === "program.pt") return [{ name, bytes, reader: "script" }];
  return (kind === "pt" ? ["pt", "pth"] : [kind]).map((reader) => ({ name, bytes, reader }));
});

describe("broken files", () => {
  const rounds = Math.ceil(ROUNDS / read.length);
  let refused = 0;
  test.each(read)(`$name as $reader`, ({ name, bytes, reader }) => {
    const random = randoms([...`${name}${reader}`].reduce((h, ch) => Math.imul(h, 31) + ch.charCodeAt(0), 7));
    for (let i = 0; i < rounds; i++) {
      const input = broken(bytes, random);
      const before = process.memoryUsage().arrayBuffers;
      const start = performance.now();
      try {
        readers[reader]!(input);
      } catch (error) {
        if (!(error instanceof FormatError))
          throw new Error(`round ${i} of ${name}: ${error}`, { cause: error });
        refused++;
        expect(error.message).toMatch(/^[\w./]+: .+ is .+, expected .+\.$/s);
      }
      expect(performance.now() - start).toBeLessThan(SLOWEST);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(allowance(bytes.length));
    }
  });

  test("there are enough of them, and untouched ones are read", () => {
    expect(rounds * read.length).toBeGreaterThanOrEqual(ROUNDS);
    expect(read.length).toBeGreaterThan(100);
    // Most breaks show, and some lie where they do no harm.
    expect(refused / (rounds * read.length)).toBeGreaterThan(0.4);
    expect(refused / (rounds * read.length)).toBeLessThan(0.95);
    const unread = [
      "quantized",
      "sparse",
      "script",
      "protocol4",
      "tar",
      "float8",
      "structured",
      "strings",
      "module",
      "mlp_whole",
      "sequential",
      "numpy",
      "nested",
    ];
    for (const { name, bytes, reader } of read)
      if (!unread.some((r) => name.startsWith(r))) expect(() => readers[reader]!(bytes), name).not.toThrow();
  });
});
