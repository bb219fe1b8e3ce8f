import { def, TypeError } from "@cognate/py";
import { cat } from "../../ops/joining.js";
import { Tensor } from "../../tensor/tensor.js";
import { typename } from "../module/typename.js";

/** All parameters behind each other as one vector. */
export const parameters_to_vector = def(
  "torch.nn.utils.parameters_to_vector",
  "parameters",
  (parameters: Iterable<Tensor>): Tensor => cat([...parameters].map((p) => p.view(-1))),
);

/** Gives parameters the elements of a vector, in order; they share its memory from then on. */
export const vector_to_parameters = def(
  "torch.nn.utils.vector_to_parameters",
  "vec parameters",
  (vec: Tensor, parameters: Iterable<Tensor>): void => {
    if (!(vec instanceof Tensor)) throw new TypeError(`expected torch.Tensor, but got: ${typename(vec)}`);
    let at = 0;
    for (const p of parameters) {
      const n = p._value.size;
      p.data = vec.at(`${at}:${at + n}`).view(p.shape).data;
      at += n;
    }
  },
);
