import { ValueError } from "@cognate/py";
import { get_default_graph } from "../../graph/current.js";
import { node } from "../random-ops.js";

const NODES: Readonly<Record<string, string>> = {
  tanh: "Tanh",
  relu: "Relu",
  relu6: "Relu6",
  sigmoid: "Sigmoid",
  softplus: "Softplus",
  softsign: "Softsign",
  elu: "Elu",
  selu: "Selu",
  softmax: "Softmax",
  exponential: "Exp",
};

/** The activation that is named, given as a function, or none. @throws ValueError for a name that is unknown */
export function activationOf(x: unknown): (t: unknown) => unknown {
  if (x === null || x === undefined || x === "linear") return (t) => t;
  if (typeof x === "function") return x as (t: unknown) => unknown;
  const type = NODES[String(x)];
  if (!type) throw new ValueError(`Unknown activation function: ${String(x)}.`);
  return (t) => node(get_default_graph(), type, [t]);
}
