import { isInteger } from "@cognate/kernel";
import { TypeError } from "@cognate/py";
import { bool, float32, float64 } from "../core/dtypes.js";
import type { DType, Tensor } from "../shared.js";
import { toGraphTensor } from "./convert.js";
import type { Graph } from "./graph.js";
import { sliced } from "./slice.js";
import { GraphTensor } from "./tensor.js";

type Sides = readonly [GraphTensor, GraphTensor];
type Build = (graph: Graph, sides: Sides, scope: string) => GraphTensor;

const node =
  (type: string): Build =>
  (graph, sides, scope) =>
    graph.createOp(type, sides, {}, scope)[0] as GraphTensor;

/** Integers are divided as floats of twice their width. */
const divided: Build = (graph, [x, y], scope) => {
  if (x.dtype !== y.dtype)
    throw new TypeError(
      `\`x\` and \`y\` must have the same dtype, got ${x.dtype.__repr__()} != ${y.dtype.__repr__()}.`,
    );
  if (!isInteger(x.dtype.kernel)) return node("RealDiv")(graph, [x, y], scope);
  const type = x.dtype.size <= 2 ? float32 : float64;
  const cast = (t: GraphTensor): GraphTensor =>
    graph.createOp("Cast", [t], { DstT: type }, "Cast")[0] as GraphTensor;
  return node("RealDiv")(graph, [cast(x), cast(y)], scope);
};

const product: Build = (graph, [x, y], scope) => {
  const batch = (t: GraphTensor): boolean => t._dims === null || t._dims.length > 2;
  return node(batch(x) || batch(y) ? "BatchMatMulV2" : "MatMul")(graph, [x, y], scope);
};

const logical =
  (onBools: string, onBits: string): Build =>
  (graph, sides, scope) =>
    node(sides[0].dtype === bool ? onBools : onBits)(graph, sides, scope);

const BINARY: Readonly<Record<string, readonly [scope: string, build: Build]>> = {
  add: ["add", node("AddV2")],
  sub: ["sub", node("Sub")],
  mul: ["mul", node("Mul")],
  div: ["truediv", divided],
  floordiv: ["floordiv", node("FloorDiv")],
  mod: ["mod", node("FloorMod")],
  pow: ["pow", node("Pow")],
  matmul: ["matmul", product],
  and: ["and", logical("LogicalAnd", "BitwiseAnd")],
  or: ["or", logical("LogicalOr", "BitwiseOr")],
  xor: ["xor", logical("LogicalXor", "BitwiseXor")],
};
const COMPARISONS: Readonly<Record<string, string>> = {
  lt: "Less",
  le: "LessEqual",
  gt: "Greater",
  ge: "GreaterEqual",
};

/** An operator of Python's between a tensor and something; `reflected` exchanges the sides. */
export function operate(name: string, self: GraphTensor, other: unknown, reflected: boolean): GraphTensor {
  const { graph } = self;
  const [scopeName, build] = BINARY[name]!;
  return inGraph(graph, (g) =>
    g.scoped(scopeName, (scope) => {
      const hint: DType = self.dtype;
      if (name === "xor" && hint === bool)
        return exclusive(g, self, toGraphTensor(g, other, bool, "y"), scope);
      const there = reflected
        ? toGraphTensor(g, other, hint, "x")
        : toGraphTensor(g, other, undefined, "y", hint);
      return build(g, reflected ? [there, self] : [self, there], scope);
    }),
  );
}

const exclusive = (g: Graph, x: GraphTensor, y: GraphTensor, scope: string): GraphTensor => {
  const either = g.createOp("LogicalOr", [x, y], {}, "LogicalOr")[0]!;
  const both = g.createOp("LogicalAnd", [x, y], {}, "LogicalAnd")[0]!;
  const not = g.createOp("LogicalNot", [both], {}, "LogicalNot")[0]!;
  return g.createOp("LogicalAnd", [either, not], {}, scope)[0] as GraphTensor;
};

let now: () => Graph | null;
/** Set by the module that keeps the current graph. */
export function setCurrent(f: () => Graph | null): void {
  now = f;
}
/** What is called on a tensor is recorded in the graph that is being built, where the tensor is of one around it. */
const inGraph = <R>(own: Graph, f: (g: Graph) => R): R => f(now() ?? own);

const methods: Record<string, Function> = {};
for (const name of Object.keys(BINARY)) {
  methods[name] = function (this: GraphTensor, other: unknown) {
    return operate(name, this, other, false);
  };
  methods[`r${name}`] = function (this: GraphTensor, other: unknown) {
    return operate(name, this, other, true);
  };
}
for (const [name, type] of Object.entries(COMPARISONS))
  methods[name] = function (this: GraphTensor, other: unknown) {
    return inGraph(this.graph, (g) => g.createOp(type, [this, other], {}, type)[0]);
  };
// Python compares tensors of graphs by identity.
methods["eq"] = function (this: GraphTensor, other: unknown) {
  return this.graph._v2
    ? inGraph(this.graph, (g) => g.createOp("Equal", [this, other], {}, "Equal")[0])
    : this === other;
};
methods["ne"] = function (this: GraphTensor, other: unknown) {
  return this.graph._v2
    ? inGraph(this.graph, (g) => g.createOp("NotEqual", [this, other], {}, "NotEqual")[0])
    : this !== other;
};
const unary: Readonly<Record<string, string>> = { neg: "Neg", abs: "Abs" };
for (const [name, type] of Object.entries(unary))
  methods[name] = function (this: GraphTensor) {
    return inGraph(
      this.graph,
      (g) => g.createOp(name === "abs" && this.dtype.is_complex ? "ComplexAbs" : type, [this], {}, type)[0],
    );
  };
methods["pos"] = function (this: GraphTensor) {
  return this;
};
methods["invert"] = function (this: GraphTensor) {
  const type = this.dtype === bool ? "LogicalNot" : "Invert";
  return inGraph(this.graph, (g) => g.createOp(type, [this], {}, type)[0]);
};
methods["at"] = function (this: GraphTensor, ...index: unknown[]) {
  return inGraph(this.graph, (g) => sliced(g, this, index));
};
methods["__getitem__"] = function (this: GraphTensor, index: unknown) {
  return inGraph(this.graph, (g) => sliced(g, this, Array.isArray(index) ? index : [index]));
};
for (const name of ["set", "add_at", "sub_at", "mul_at", "div_at", "update"])
  methods[name] = function () {
    throw new TypeError("'SymbolicTensor' object does not support item assignment");
  };

/** Gives a class the operators; `toTensor` says what an object of it stands for. */
export function installOperators(
  C: { readonly prototype: object },
  toTensor?: (self: unknown) => GraphTensor,
): void {
  for (const [name, f] of Object.entries(methods)) {
    const value = toTensor
      ? function (this: unknown, ...args: unknown[]): Tensor {
          return f.apply(toTensor(this), args) as Tensor;
        }
      : f;
    Object.defineProperty(C.prototype, name, { value, writable: true, configurable: true });
  }
}
installOperators(GraphTensor);
