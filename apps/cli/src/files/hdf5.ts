import { type ByteSource, type Hdf5Dataset, Hdf5File, type Hdf5Group, ZipArchive } from "@cognate/formats";
import { bfloat16, type DType } from "@cognate/kernel";
import { printKerasModel } from "../models/keras.js";
import type { Contents, Entry } from "./contents.js";

/** The element type of a dataset of numbers. */
function dtypeOf(d: Hdf5Dataset): DType | undefined {
  let { type } = d;
  while (type.kind === "array") type = type.base;
  if (type.kind === "number") return type.dtype;
  return type.kind === "opaque" && d.attrs.get("dtype") === "bfloat16" ? bfloat16 : undefined;
}

/** The datasets of numbers by path, and the others' contents. */
function datasets(file: Hdf5File): Pick<Contents, "entries" | "values"> {
  const entries: Entry[] = [];
  const values: Record<string, unknown> = {};
  file.walk((o: Hdf5Group | Hdf5Dataset) => {
    if (!("read" in o)) return;
    const name = o.path.replace(/^\//, "");
    const dtype = dtypeOf(o);
    if (dtype) entries.push({ name, shape: o.shape, dtype, array: () => o.array() });
    else if (o.type.kind === "other") values[name] = `(${o.type.what}, which is not read)`;
    else {
      const value = o.read();
      values[name] =
        value.kind === "strings" ? (value.shape.length ? value.values : value.values[0]) : value.kind;
    }
  });
  return { entries, values };
}

const texts = (file: Hdf5File, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    names.flatMap((n) => (typeof file.attrs.get(n) === "string" ? [[n, file.attrs.get(n)]] : [])),
  );

/** An HDF5 file: a Keras 2 model, weights, or anything else. */
export function openHdf5(path: string, source: ByteSource): Contents {
  const file = new Hdf5File(source);
  const model = file.attrs.has("model_config");
  const weights =
    file.has("layers") || file.attrs.has("layer_names") || file.has("_layer_checkpoint_dependencies");
  return {
    path,
    format: "hdf5",
    title: model ? "Keras model in HDF5" : weights ? "Keras weights in HDF5" : "HDF5",
    size: source.size,
    ...datasets(file),
    metadata: texts(file, ["keras_version", "backend"]),
    model,
    ...(model ? { architecture: () => printKerasModel(path) } : {}),
    close: () => source.close?.(),
  };
}

/** The file of the weights in a `.keras` archive. */
export const KERAS_WEIGHTS = "model.weights.h5";

/** A Keras 3 archive. */
export function openKeras(path: string, source: ByteSource): Contents {
  const zip = new ZipArchive(source, { format: "keras" });
  const { keras_version, date_saved } = JSON.parse(
    new TextDecoder().decode(zip.read("metadata.json")),
  ) as Record<string, unknown>;
  return {
    path,
    format: "keras",
    title: "Keras model",
    size: source.size,
    ...datasets(new Hdf5File(zip.open(KERAS_WEIGHTS))),
    metadata: { keras_version, date_saved },
    model: true,
    architecture: () => printKerasModel(path),
    close: () => source.close?.(),
  };
}
