import { decodeMessage, encodeMessage, TensorProto, tensorOfProto, tensorToProto } from "@cognate/formats";
import { ops, uint8 } from "@cognate/kernel";
import { KernelProblem } from "../core/errors.js";
import type { OpRow } from "../core/row.js";
import { bytesOf, codesOf, StringArray } from "../core/strings.js";
import { datumOfFile, fileOfDatum } from "../saved/datum.js";
import type { Value } from "../shared.js";
import { reshape, run, valueOf } from "./tools.js";

/* Tensors as bytes, and bytes as tensors. */

export const bytesRows: Readonly<Record<string, OpRow>> = {
  SerializeTensor: {
    run: ([x]) => new StringArray([], [codesOf(encodeMessage(TensorProto, tensorToProto(fileOfDatum(x!))))]),
    shape: () => [[]],
  },
  ParseTensor: {
    run: ([text], a) => {
      const proto = decodeMessage(TensorProto, bytesOf((text as StringArray).data[0]!));
      const found = datumOfFile(tensorOfProto(proto));
      const want = a.type("out_type").name;
      const got = found instanceof StringArray ? "string" : (found as Value).dtype.name;
      if (got !== want)
        throw new KernelProblem(`Type mismatch between parsed tensor (${got}) and dtype (${want})`);
      return found;
    },
    shape: () => [null],
  },
  DecodeRaw: {
    run: ([text], a) => {
      const { shape, data } = text as StringArray;
      const type = a.type("out_type").kernel;
      const length = data[0]?.length ?? 0;
      const odd = data.find((t) => t.length !== length);
      if (odd !== undefined)
        throw new KernelProblem(
          `DecodeRaw requires input strings to all be the same size, but element ${data.indexOf(odd)} has size ${length} != ${odd.length}`,
        );
      const size = type.itemsize;
      if (length % size !== 0)
        throw new KernelProblem(
          `Input to DecodeRaw has length ${length} that is not a multiple of ${size}, the size of ${a.type("out_type").name}`,
        );
      const bytes = valueOf(bytesOf(data.join("")), uint8);
      const cut = reshape(bytes, [...shape, length / size, size]);
      return size === 1
        ? run(ops.bitcast, [reshape(cut, [...shape, length])], { dtype: type })
        : reshape(run(ops.bitcast, [cut], { dtype: type }), [...shape, length / size]);
    },
    shape: ({ shapes: [x] }) => [x ? [...x, null] : null],
  },
};
