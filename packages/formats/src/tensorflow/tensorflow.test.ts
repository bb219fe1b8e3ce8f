import { int64, Strided } from "@cognate/kernel";
import { fixtureBytes, fixturePath, type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { bytesOfArray } from "../bytes/arrays.js";
import { Cursor } from "../bytes/cursor.js";
import { FileError, FormatError } from "../bytes/errors.js";
import { utf8Bytes } from "../bytes/sink.js";
import { BundleReader } from "./bundle.js";
import { writeBundle } from "./bundle-writer.js";
import { readCheckpointState, writeCheckpointState } from "./checkpoint-state.js";
import { readGraphDef, readMetaGraph, readSavedModelProto, writeGraphDef } from "./graph.js";
import { TensorProto } from "./messages.js";
import { sliceKey } from "./ordered-code.js";
import { decodeMessage, encodeMessage } from "./proto.js";
import { unsnappy } from "./snappy.js";
import { readTable } from "./sstable.js";
import type { StringArray } from "./strings.js";
import { tensorOfProto } from "./tensor-proto.js";

const ROOT = "formats/tensorflow";
const path = (name: string) => fixturePath(`${ROOT}/${name}`);
const bytes = (name: string) => fixtureBytes(`${ROOT}/${name}`);
const cases = golden(ROOT);
const files = (name: string) => ({
  index: bytes(`${name}.index`),
  shard: () => bytes(`${name}.data-00000-of-00001`),
});

describe.each(cases.filter((c) => c.values))("checkpoint $name", (c) => {
  const name = c.name as string;
  const values = c.values as Record<string, GoldenArray>;
  const by = { path: path(name), bytes: files(name) };
  test.each(["path", "bytes"] as const)("by its %s", (how) => {
    const bundle = new BundleReader(by[how]);
    for (const [key, want] of Object.entries(values)) {
      const got = bundle.get(key) as Strided;
      expect([key, got.dtype.name, [...got.shape]]).toEqual([
        key,
        want.array.dtype.name,
        [...want.array.shape],
      ]);
      expect([...bytesOfArray(got)], key).toEqual([...bytesOfArray(want.array)]);
    }
  });
  test("written again, it is the same file", () => {
    const bundle = new BundleReader(by.path);
    const tensors = bundle.all();
    const again = writeBundle(tensors);
    const back = new BundleReader({ index: again.index, shard: () => again.data });
    expect(back.names).toEqual(bundle.names);
    if (name === "v1/many") {
      expect([...again.data]).toEqual([...bytes(`${name}.data-00000-of-00001`)]);
      const entries = (b: Uint8Array) =>
        [...readTable(new Cursor(b, "t"))].map(([k, v]) => [[...k], [...v.bytes]]);
      expect(entries(again.index)).toEqual(entries(bytes(`${name}.index`)));
    }
    for (const [key, t] of tensors)
      if (t instanceof Strided)
        expect([...bytesOfArray(back.get(key) as Strided)]).toEqual([...bytesOfArray(t)]);
      else expect((back.get(key) as StringArray).texts).toEqual(t.texts);
  });
});

test("strings, types and slices of a checkpoint of TensorFlow 1", () => {
  const bundle = new BundleReader(path("v1/model.ckpt-130"));
  const text = bundle.get("text") as StringArray;
  expect([text.shape, text.texts]).toEqual([[2, 3], cases[0]!.text]);
  expect(bundle.entry("part/w").slices.length).toBe(3);
  expect(bundle.entry("types/bfloat16").type).toBe("bfloat16");
  expect(bundle.objectGraph()).toBeUndefined();
  expect(() => bundle.get("none")).toThrow(
    'checkpoint: the tensor of "none" is missing, expected a name that the index lists.',
  );
  expect(() => new BundleReader(path("v1/none"))).toThrow(FileError);
});

test("the graph of objects of TensorFlow 2", () => {
  const graph = new BundleReader(path("v2/ckpt")).objectGraph()!;
  expect(graph.nodes[0]!.children.map((c) => c.local_name).sort()).toEqual(["net", "step"]);
  const keys = graph.nodes.flatMap((n) => n.attributes.map((a) => a.checkpoint_key)).sort();
  expect(keys).toEqual([...Object.keys(cases[1]!.values as object)].sort());
});

test("the state of a directory", () => {
  const state = readCheckpointState(path("v2/managed/checkpoint"));
  expect(state.model_checkpoint_path).toBe("ckpt-3");
  expect(state.all_model_checkpoint_paths).toEqual(["ckpt-2", "ckpt-3"]);
  expect(writeCheckpointState(state)).toBe(new TextDecoder().decode(bytes("v2/managed/checkpoint")));
  const first = readCheckpointState(path("v1/checkpoint"));
  expect(writeCheckpointState(first)).toBe(new TextDecoder().decode(bytes("v1/checkpoint")));
  const odd = { model_checkpoint_path: 'a"\n\\ä\t\r\u0001' };
  expect(readCheckpointState(utf8Bytes(writeCheckpointState(odd))).model_checkpoint_path).toBe(
    odd.model_checkpoint_path,
  );
});

test("a graph's bytes and its text say the same", () => {
  const graph = readGraphDef(path("graphs/frozen.pb"));
  expect(graph.node.map((n) => n.op)).toContain("Softmax");
  expect(readGraphDef(path("graphs/frozen.pbtxt"))).toEqual(graph);
  expect(readGraphDef(writeGraphDef(graph))).toEqual(graph);
});

test("a MetaGraphDef", () => {
  const meta = readMetaGraph(path("v1/model.ckpt-130.meta"));
  expect(meta.saver_def).toMatchObject({ filename_tensor_name: "save/Const:0", max_to_keep: 2 });
  expect([...meta.collection_def.keys()]).toContain("trainable_variables");
  expect(meta.graph_def!.node.length).toBeGreaterThan(50);
});

test("a SavedModel", () => {
  const { meta_graphs } = readSavedModelProto(path("saved/net/saved_model.pb"));
  expect(meta_graphs.length).toBe(1);
  const { signature_def, meta_info_def, object_graph_def } = meta_graphs[0]!;
  expect(meta_info_def!.tags).toEqual(["serve"]);
  expect([...signature_def.keys()].sort()).toEqual(["__saved_model_init_op", "power", "serving_default"]);
  const vars = object_graph_def!.nodes.filter((n) => n.variable).map((n) => n.variable!.name);
  expect(vars.sort()).toEqual(["b", "count", "w"]);
});

test("lists of values shorter than the tensor", () => {
  const proto = (value: Partial<TensorProto>) =>
    tensorOfProto(decodeMessage(TensorProto, encodeMessage(TensorProto, value)));
  const shape = (...dims: number[]) => ({
    unknown_rank: false,
    dim: dims.map((size) => ({ size, name: "" })),
  });
  const huge = proto({ dtype: 1, tensor_shape: shape(100_000, 100_000), float_val: [2.5] }) as Strided;
  expect([huge.shape, huge.storage.data(huge.dtype).length]).toEqual([[100_000, 100_000], 1]);
  expect([...(proto({ dtype: 3, tensor_shape: shape(4), int_val: [1, -2] }) as Strided).flat()]).toEqual([
    1, -2, -2, -2,
  ]);
  const longs = proto({ dtype: 9, tensor_shape: shape(2), int64_val: [-1, 2n ** 62n] }) as Strided;
  expect([longs.dtype, ...longs.flat()]).toEqual([int64, -1n, 2n ** 62n]);
  expect(() => proto({ dtype: 1, tensor_shape: shape(2 ** 30), float_val: [1, 2] })).toThrow(FormatError);
  expect(() => proto({ dtype: 1, tensor_shape: shape(-1) })).toThrow(FormatError);
});

test("keys of slices", () => {
  // Bytes that TensorFlow's checkpoint::EncodeTensorNameSlice gives.
  const hex = (b: Uint8Array) => Array.from(b, (x) => x.toString(16).padStart(2, "0")).join("");
  expect(hex(sliceKey("w", [{ start: 0, length: 2 }]))).toBe("0077000101018082");
  expect(hex(sliceKey("w", [{ start: 0, length: undefined }]))).toBe("007700010101807f");
  expect(hex(sliceKey("w", [{ start: 64, length: 8191 }]))).toBe("0077000101 01c040dfff".replace(" ", ""));
  expect(hex(sliceKey("w", [{ start: 8192, length: 300 }]))).toBe("0077000101 01e02000c12c".replace(" ", ""));
});

test("Snappy", () => {
  const text = "cognate cognate cognate cog";
  const packed = [text.length, (8 - 1) << 2, ...utf8Bytes("cognate "), ((19 - 1) << 2) | 2, 8, 0];
  const unpack = (b: number[]) =>
    new TextDecoder().decode(unsnappy(new Cursor(Uint8Array.from(b), "snappy")));
  expect(unpack(packed)).toBe(text);
  expect(unpack([5, 0, 97, ((4 - 4) << 2) | 1, 1])).toBe("aaaaa");
  for (const bad of [
    [200, 1, 0, 97],
    [5, 0, 97, 1, 2],
    [3, 0, 97],
    [1, 4, 97, 97],
  ])
    expect(() => unpack(bad)).toThrow(FormatError);
});
