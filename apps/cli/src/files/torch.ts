import {
  type ByteSource,
  inertGlobal,
  type PickledObject,
  readTorch,
  type TorchContainer,
} from "@cognate/formats";
import { printTorchModel } from "../models/torch.js";
import type { Contents, OpenOptions } from "./contents.js";
import { flatten, isModule } from "./pickled.js";

const CONTAINERS: Readonly<Record<TorchContainer, string>> = {
  zip: "zip",
  torchscript: "TorchScript",
  sequential: "before PyTorch 1.6",
  tar: "tar, before PyTorch 0.1.10",
};

/** What `torch.save` wrote. Objects of classes are described, and nothing is made of them. */
export function openTorch(path: string, source: ByteSource, { data }: OpenOptions): Contents {
  const { value, container, byteOrder } = readTorch(source, {
    weightsOnly: false,
    data,
    hooks: { findClass: inertGlobal, attributes: () => {} },
  });
  const { entries, values, objects } = flatten(value);
  const model = isModule(value);
  const kind = model
    ? `whole PyTorch model (${(value as PickledObject).callable.path})`
    : value instanceof Map && Object.keys(values).length === 0
      ? "PyTorch state dict"
      : "PyTorch checkpoint";
  const classes = [...new Set([...objects.values()].map((o) => o.callable.path))];
  return {
    path,
    format: "torch",
    title: `${kind}, ${CONTAINERS[container]}`,
    size: source.size,
    entries,
    values,
    metadata: {
      ...(byteOrder === "big" ? { byteorder: byteOrder } : {}),
      ...(classes.length ? { classes } : {}),
    },
    model,
    ...(model ? { architecture: async () => printTorchModel(path, objects.values()) } : {}),
    close: () => source.close?.(),
  };
}
