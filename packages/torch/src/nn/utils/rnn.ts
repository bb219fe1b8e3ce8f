import { def, freezeInto, pyClass, RuntimeError, repr, Tuple, type, ValueError } from "@cognate/py";
import { int64 } from "../../dtype.js";
import { named } from "../../ops/args.js";
import { full } from "../../ops/creation.js";
import { index_copy, index_select } from "../../ops/indexing.js";
import { transpose } from "../../ops/shape.js";
import { sort } from "../../ops/sorting.js";
import { tensor } from "../../tensor/factories.js";
import { Tensor } from "../../tensor/tensor.js";

const FIELDS = ["data", "batch_sizes", "sorted_indices", "unsorted_indices"] as const;

class PackedSequenceImpl extends Tuple<Tensor | null> {
  constructor(
    data: Tensor | readonly Tensor[],
    batch_sizes: Tensor | null = null,
    sorted_indices: Tensor | null = null,
    unsorted_indices: Tensor | null = null,
  ) {
    super();
    const pair = batch_sizes === null ? (data as readonly Tensor[]) : [data as Tensor, batch_sizes];
    freezeInto(this as Tuple<Tensor | null>, [
      ...pair,
      sorted_indices,
      unsorted_indices ?? invert_permutation(sorted_indices),
    ]);
  }

  /** The steps of all sequences, step by step: first that of the longest sequence. */
  get data(): Tensor {
    return this[0]!;
  }
  /** How many sequences still run at each step. */
  get batch_sizes(): Tensor {
    return this[1]!;
  }
  /** Where each sequence came from, where they were sorted. */
  get sorted_indices(): Tensor | null {
    return this[2]!;
  }
  /** Where each sequence went. */
  get unsorted_indices(): Tensor | null {
    return this[3]!;
  }
  get _fields(): Tuple<string> {
    return Tuple.of_(FIELDS);
  }

  /** The same sequences with data of another type or device. */
  to(...args: readonly unknown[]): PackedSequenceImpl {
    const data = (this.data.to as (...a: readonly unknown[]) => Tensor)(...args);
    return data === this.data ? this : withData(this, data);
  }
  cpu(): PackedSequenceImpl {
    return this.to("cpu");
  }
  double(): PackedSequenceImpl {
    return withData(this, this.data.double());
  }
  float(): PackedSequenceImpl {
    return withData(this, this.data.float());
  }
  half(): PackedSequenceImpl {
    return withData(this, this.data.half());
  }
  long(): PackedSequenceImpl {
    return withData(this, this.data.long());
  }
  get is_cuda(): boolean {
    return false;
  }

  override __repr__(): string {
    return `PackedSequence(${FIELDS.map((name) => `${name}=${repr(this[name])}`).join(", ")})`;
  }
}

const withData = (
  { batch_sizes, sorted_indices, unsorted_indices }: PackedSequenceImpl,
  data: Tensor,
): PackedSequenceImpl => new PackedSequence(data, batch_sizes, sorted_indices, unsorted_indices);

/**
 * `torch.nn.utils.rnn.PackedSequence`: sequences of different lengths in one tensor without padding; a named tuple that
 * recurrent layers take and give as one object. Made by {@link pack_padded_sequence} and {@link pack_sequence}.
 */
export const PackedSequence = pyClass(
  "torch.nn.utils.rnn.PackedSequence",
  "data batch_sizes sorted_indices unsorted_indices",
  PackedSequenceImpl,
);
export type PackedSequence = PackedSequenceImpl;

const numbers = (t: Tensor): number[] => (t.tolist() as (number | bigint)[]).map(Number);
const integers = (values: readonly number[]): Tensor => tensor(values, { dtype: int64 });

/** The permutation that undoes one. */
export const invert_permutation = def(
  "torch.nn.utils.rnn.invert_permutation",
  "permutation",
  (permutation: Tensor | null): Tensor | null => {
    if (permutation === null) return null;
    const inverse: number[] = [];
    numbers(permutation).forEach((to, from) => {
      inverse[to] = from;
    });
    return integers(inverse);
  },
);

/** Where each row of packed data lies in `[steps·batch]` rows of padded data. */
const rowsOf = (sizes: readonly number[], batch: number): Tensor =>
  integers(sizes.flatMap((n, t) => Array.from({ length: n }, (_, i) => t * batch + i)));

/** Padded data as rows, one a step and sequence. */
const asRows = (x: Tensor): Tensor => x.reshape([x.shape[0]! * x.shape[1]!, ...x.shape.slice(2)]);

/** How many sequences run at each step. */
function sizesOf(lengths: readonly number[], batch: number): number[] {
  if (lengths.length !== batch)
    throw new RuntimeError(
      `Expected \`len(lengths)\` to be equal to batch_size, but got ${lengths.length} (batch_size=${batch})`,
    );
  if (lengths.some((n) => n <= 0))
    throw new RuntimeError(
      "Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0",
    );
  if (lengths.some((n, i) => i > 0 && n > lengths[i - 1]!))
    throw new RuntimeError(
      "`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass `enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this requirement if you do not need ONNX exportability.",
    );
  return Array.from({ length: lengths[0]! }, (_, t) => lengths.filter((n) => n > t).length);
}

/**
 * Packs a padded batch `[steps, batch, …]`.
 *
 * @param lengths - of the sequences
 * @param batch_first - the batch is `[batch, steps, …]`
 * @param enforce_sorted - the sequences come longest first; with `false` they are sorted
 * @throws RuntimeError for lengths that are not sorted, not positive or not one a sequence
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const x = torch.arange(6).view(2, 3);
 * const packed = torch.nn.utils.rnn.pack_padded_sequence(x, [3, 2], { batch_first: true });
 * print(packed.data, packed.batch_sizes); // prints tensor([0, 3, 1, 4, 2]) tensor([2, 2, 1])
 * ```
 */
export const pack_padded_sequence = def(
  "torch.nn.utils.rnn.pack_padded_sequence",
  "input lengths batch_first enforce_sorted",
  (
    input: Tensor,
    lengths: Tensor | readonly number[],
    batch_first = false,
    enforce_sorted = true,
  ): PackedSequenceImpl => {
    let given = lengths instanceof Tensor ? numbers(lengths) : lengths.map(Number);
    let x = input;
    let order: Tensor | null = null;
    if (!enforce_sorted) {
      const [sorted, indices] = sort(integers(given), { descending: true }) as unknown as [Tensor, Tensor];
      given = numbers(sorted);
      order = indices;
      x = index_select(x, batch_first ? 0 : 1, order);
    }
    if (batch_first) x = transpose(x, 0, 1);
    const batch = x.shape[1]!;
    const sizes = sizesOf(given, batch);
    const data = index_select(asRows(x), 0, rowsOf(sizes, batch));
    named(data._value, "PackPaddedSequenceBackward0");
    return new PackedSequence(data, integers(sizes), order);
  },
);

/**
 * The padded batch and the lengths of packed sequences, in their first order.
 *
 * @param padding_value - stands behind the end of each sequence
 * @param total_length - the number of steps, if not that of the longest sequence
 * @throws ValueError for a total_length that is less than that
 */
export const pad_packed_sequence = def(
  "torch.nn.utils.rnn.pad_packed_sequence",
  "sequence batch_first padding_value total_length",
  (
    sequence: PackedSequenceImpl,
    batch_first = false,
    padding_value = 0,
    total_length: number | null = null,
  ): Tuple<Tensor> => {
    const { data, unsorted_indices } = sequence;
    const sizes = numbers(sequence.batch_sizes);
    if (total_length !== null && total_length < sizes.length)
      throw new ValueError(
        `Expected total_length to be at least the length of the longest sequence in input, but got total_length=${total_length} and max sequence length being ${sizes.length}`,
      );
    const [steps, batch] = [total_length ?? sizes.length, sizes[0]!];
    const rest = data.shape.slice(1);
    const blank = full([steps * batch, ...rest], padding_value, { dtype: data.dtype });
    const filled = index_copy(blank, 0, rowsOf(sizes, batch), data);
    let padded = filled.view([steps, batch, ...rest]);
    named(padded._value, "CopySlices");
    if (batch_first) padded = transpose(padded, 0, 1);
    const lengths = integers(Array.from({ length: batch }, (_, i) => sizes.filter((n) => n > i).length));
    if (unsorted_indices === null) return Tuple.of_([padded, lengths]);
    return Tuple.of_([
      index_select(padded, batch_first ? 0 : 1, unsorted_indices),
      index_select(lengths, 0, unsorted_indices),
    ]);
  },
);

/**
 * Sequences `[length, …]` of different lengths as one batch `[steps, batch, …]`, padded behind or before.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const { pad_sequence } = torch.nn.utils.rnn;
 * print(pad_sequence([torch.tensor([1, 2, 3]), torch.tensor([4])], { batch_first: true }));
 * // prints
 * // tensor([[1, 2, 3],
 * //         [4, 0, 0]])
 * ```
 */
export const pad_sequence = def(
  "torch.nn.utils.rnn.pad_sequence",
  "sequences batch_first padding_value padding_side",
  (sequences: Iterable<Tensor>, batch_first = false, padding_value = 0, padding_side = "right"): Tensor => {
    if (typeof (sequences as Partial<Iterable<Tensor>>)?.[Symbol.iterator] !== "function")
      throw new RuntimeError(
        `pad_sequence: Expected iterable for input sequences, but got arg of type: ${repr(type(sequences))}`,
      );
    const list = [...sequences];
    if (list.length === 0) throw new RuntimeError("received an empty list of sequences");
    if (padding_side !== "left" && padding_side !== "right")
      throw new RuntimeError(`Expected padding_side to be one of left or right, but got ${padding_side}.`);
    const steps = Math.max(...list.map((s) => s.shape[0]!));
    const rest = list[0]!.shape.slice(1);
    const out = full([list.length, steps, ...rest], padding_value, { dtype: list[0]!.dtype });
    list.forEach((s, i) => {
      const n = s.shape[0]!;
      const from = padding_side === "left" ? steps - n : 0;
      out.at(i, `${from}:${from + n}`).copy_(s);
    });
    return batch_first ? out : transpose(out, 0, 1);
  },
);

/** The sequences of a padded batch, without padding. */
export const unpad_sequence = def(
  "torch.nn.utils.rnn.unpad_sequence",
  "padded_sequences lengths batch_first",
  (padded_sequences: Tensor, lengths: Tensor, batch_first = false): Tensor[] => {
    const x = batch_first ? padded_sequences : transpose(padded_sequences, 0, 1);
    return numbers(lengths).map((n, i) => x.at(i, `:${n}`));
  },
);

/** Packs sequences of different lengths, longest first unless `enforce_sorted` is false. */
export const pack_sequence = def(
  "torch.nn.utils.rnn.pack_sequence",
  "sequences enforce_sorted",
  (sequences: readonly Tensor[], enforce_sorted = true): PackedSequenceImpl => {
    const lengths = sequences.map((s) => s.shape[0]!);
    return pack_padded_sequence(pad_sequence(sequences), lengths, false, enforce_sorted);
  },
);

/** The sequences of packed ones, in their first order. */
export const unpack_sequence = def(
  "torch.nn.utils.rnn.unpack_sequence",
  "packed_sequences",
  (packed_sequences: PackedSequenceImpl): Tensor[] => {
    const [padded, lengths] = pad_packed_sequence(packed_sequences, true) as unknown as [Tensor, Tensor];
    return unpad_sequence(padded, lengths, true);
  },
);
