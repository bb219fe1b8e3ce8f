import { classNames, freezeInto, RuntimeError, Tuple, ValueError } from "@cognate/py";
import type { DTypeLike } from "../../dtype.js";
import { empty } from "../../ops/creation.js";
import { cat } from "../../ops/joining.js";
import type { Tensor } from "../../tensor/tensor.js";
import { ModuleList } from "../container/module-list.js";
import { Sequential } from "../container/sequential.js";
import * as F from "../functional/index.js";
import { Linear } from "../linear/linear.js";
import { moduleClass } from "../module/keywords.js";
import { ModuleImpl } from "../module.js";

/** The logarithms of the targets' probabilities, and the loss. */
export class ASMoutput extends Tuple<Tensor> {
  get output(): Tensor {
    return this[0]!;
  }
  get loss(): Tensor {
    return this[1]!;
  }
  override __repr__(): string {
    return `_ASMoutput(output=${String(this[0])}, loss=${String(this[1])})`;
  }
  override toString(): string {
    return this.__repr__();
  }
}
classNames.set(ASMoutput, "torch.nn.modules.adaptive._ASMoutput");

class AdaptiveLogSoftmaxWithLossImpl extends ModuleImpl {
  readonly in_features: number;
  readonly n_classes: number;
  readonly cutoffs: readonly number[];
  readonly div_value: number;
  readonly head_bias: boolean;
  readonly shortlist_size: number;
  readonly n_clusters: number;
  readonly head_size: number;
  readonly head: Linear;
  readonly tail: ModuleList;

  constructor(
    in_features: number,
    n_classes: number,
    cutoffs: readonly number[],
    div_value: number | Number = 4,
    head_bias = false,
    device: unknown = null,
    dtype: DTypeLike | null = null,
  ) {
    super();
    const given = [...cutoffs];
    if (given.length === 0) throw new ValueError("cutoffs should be a sequence of length larger than 0");
    const sorted = given.every((c, i) => i === 0 || c > given[i - 1]!);
    if (!sorted || given[0]! <= 0 || given.at(-1)! > n_classes - 1 || given.some((c) => !Number.isInteger(c)))
      throw new ValueError(
        "cutoffs should be a sequence of unique, positive integers sorted in an increasing order, where each value is between 1 and n_classes-1",
      );
    this.in_features = in_features;
    this.n_classes = n_classes;
    this.cutoffs = [...given, n_classes];
    this.div_value = Number(div_value);
    this.head_bias = head_bias;
    this.shortlist_size = given[0]!;
    this.n_clusters = given.length;
    this.head_size = this.shortlist_size + this.n_clusters;
    const factory = { device, dtype };
    this.head = Linear(in_features, this.head_size, { bias: head_bias, ...factory });
    const tail = this.cutoffs.slice(1).map((end, i) => {
      const hidden = Math.floor(in_features / this.div_value ** (i + 1));
      return Sequential(
        Linear(in_features, hidden, { bias: false, ...factory }),
        Linear(hidden, end - this.cutoffs[i]!, { bias: false, ...factory }),
      );
    });
    this.tail = ModuleList(tail);
  }

  reset_parameters(): void {
    this.head.reset_parameters();
    for (const part of this.tail as Iterable<Sequential>)
      for (const layer of part.children()) (layer as unknown as Linear).reset_parameters();
  }
  private _part(i: number): Sequential {
    return this.tail.at(i) as unknown as Sequential;
  }

  override forward(input_: Tensor, target_: Tensor): ASMoutput {
    const rank = target_.ndim;
    if (rank === 1) {
      if (input_.shape[0] !== target_.shape[0])
        throw new RuntimeError("Input and target should have the same size in the batch dimension.");
      if (input_.ndim !== 2)
        throw new RuntimeError("1D target tensor expects 2D input tensors, but found inputs with size");
    } else if (rank === 0) {
      if (input_.ndim !== 1)
        throw new RuntimeError("0D target tensor expects 1D input tensors, but found inputs with size");
    } else throw new RuntimeError("0D or 1D target tensor expected, multi-target not supported");
    const input = rank === 1 ? input_ : input_.unsqueeze(0);
    const target = rank === 1 ? target_ : target_.unsqueeze(0);
    let used = 0;
    let head = target;
    let output = empty(target.shape, { dtype: input.dtype }).fill_(0);
    const ends = [0, ...this.cutoffs];
    for (let i = 0; i + 1 < ends.length; i++) {
      const inside = target.ge(ends[i]!).logical_and(target.lt(ends[i + 1]!));
      const rows = inside.nonzero().squeeze(1);
      if (rows.numel() === 0) continue;
      used += rows.numel();
      if (i === 0) continue;
      const relative = target.index_select(0, rows).sub(ends[i]!);
      const cluster = this._part(i - 1)(input.index_select(0, rows));
      head = head.index_fill(0, rows, this.shortlist_size + i - 1);
      const local = F.log_softmax(cluster, 1).gather(1, relative.unsqueeze(1));
      output = output.index_copy(0, rows, local.squeeze(1));
    }
    if (used !== target.numel())
      throw new RuntimeError(
        `Target values should be in [0, ${this.n_classes - 1}], but values in range [${String(target.min().item())}, ${String(target.max().item())}] were found. `,
      );
    const first = F.log_softmax(this.head(input), 1);
    output = output.add(first.gather(1, head.unsqueeze(1)).squeeze());
    const loss = output.neg().mean();
    return freezeInto(new ASMoutput(), [rank === 1 ? output : output.squeeze(0), loss]) as ASMoutput;
  }

  private _all(input: Tensor, head: Tensor): Tensor {
    const first = F.log_softmax(head, 1);
    const parts = [first.narrow(1, 0, this.shortlist_size)];
    for (let i = 0; i < this.n_clusters; i++)
      parts.push(F.log_softmax(this._part(i)(input), 1).add(first.narrow(1, this.shortlist_size + i, 1)));
    return cat(parts, 1);
  }
  /** The logarithms of the probabilities of all classes. */
  log_prob(input: Tensor): Tensor {
    return this._all(input, this.head(input));
  }
  /** The likeliest class of each sample. */
  predict(input: Tensor): Tensor {
    return this.log_prob(input).argmax(1);
  }
}

interface AdaptiveLogSoftmaxWithLossImpl {
  (input_: Tensor, target_: Tensor): ASMoutput;
}

/**
 * `torch.nn.AdaptiveLogSoftmaxWithLoss`: a softmax over very many classes, frequent ones first, rare ones in clusters.
 *
 * @param cutoffs - where the clusters begin
 * @param div_value - by how much the projections of later clusters are narrower
 * @throws ValueError for cutoffs that do not rise
 */
export const AdaptiveLogSoftmaxWithLoss = moduleClass(
  "adaptive.AdaptiveLogSoftmaxWithLoss",
  "in_features n_classes cutoffs div_value head_bias device dtype",
  AdaptiveLogSoftmaxWithLossImpl,
  "input_ target_",
);
export type AdaptiveLogSoftmaxWithLoss = AdaptiveLogSoftmaxWithLossImpl;
