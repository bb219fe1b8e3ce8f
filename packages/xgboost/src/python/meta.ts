import { castTo, contiguous, float32 } from "@cognate/kernel";
import { type ArrayLike, asStrided, fromStrided } from "@cognate/ndarray/core";
import { str, ValueError } from "@cognate/py";
import type { MetaInfo } from "../data/meta-info.js";
import { XGBoostError } from "../errors.js";
import { isFrame, isSeries, wholes } from "./arrays.js";

/** Fields that may have several columns. */
const WIDE: readonly string[] = ["base_margin", "label"];

interface Given {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** Data for a field as float32. @throws ValueError for shapes that it cannot have */
function given(data: unknown, field: string): Given {
  let a: ReturnType<typeof asStrided>;
  if (isSeries(data)) a = asStrided(data.values);
  else if (isFrame(data)) a = asStrided((data as unknown as { values: ArrayLike }).values);
  else a = asStrided(data as ArrayLike);
  if (!WIDE.includes(field) && (a.rank > 2 || (a.rank === 2 && a.shape[1] !== 0 && a.shape[1] !== 1)))
    throw new ValueError(`Invalid shape: ${str(fromStrided(a).shape)} for ${field}`);
  return { values: contiguous(castTo(a, float32)).flat() as Float32Array, shape: a.shape };
}

/** One value a row, or one row of values. @throws XGBoostError where they are not as many */
function tensor({ values, shape }: Given, field: string, rows: number): readonly [number, number] {
  const columns = shape.length < 2 ? 1 : shape[1]!;
  const n = shape[0] ?? values.length;
  if (shape.length < 2 && values.length !== rows && rows > 0) {
    if (values.length % rows === 0 && field === "base_margin") return [rows, values.length / rows];
    throw wrongSize(field, values.length, n, columns, rows);
  }
  if (n !== rows && rows > 0) throw wrongSize(field, values.length, n, columns, rows);
  return [n, columns];
}

const wrongSize = (field: string, size: number, n: number, columns: number, rows: number): XGBoostError =>
  new XGBoostError(
    `Check failed: p_info->Size() % n_samples == 0 (${size % rows} vs. 0) : Invalid size for \`${field}\`:(${n},${columns}). n_samples:${rows}`,
  );

const finite = (values: Float32Array): boolean => values.every(Number.isFinite);

function groupsOf(sizes: ArrayLike): Uint32Array {
  const given = wholes(sizes);
  const ptr = new Uint32Array(given.length + 1);
  given.forEach((size, i) => {
    ptr[i + 1] = ptr[i]! + size;
  });
  return ptr;
}

function queriesOf(qid: ArrayLike): Uint32Array {
  const ids = wholes(qid);
  const ptr = [0];
  for (let i = 1; i < ids.length; i++) {
    if (ids[i]! < ids[i - 1]!)
      throw new XGBoostError(
        "Check failed: non_dec: `qid` must be sorted in non-decreasing order along with data.",
      );
    if (ids[i] !== ids[i - 1]) ptr.push(i);
  }
  ptr.push(ids.length);
  return Uint32Array.from(ptr);
}

/** Sets one of the fields beside the features. @throws ValueError, XGBoostError */
export function setField(info: MetaInfo, field: string, data: unknown): void {
  if (field === "group" || field === "qid") {
    given(data, field);
    const list = (isSeries(data) ? data.values : data) as ArrayLike;
    info.groupPtr = field === "group" ? groupsOf(list) : queriesOf(list);
    const total = info.groupPtr[info.groupPtr.length - 1]!;
    if (info.numRow > 0 && total !== info.numRow)
      throw new XGBoostError(
        `Check failed: group_ptr_.back() == num_row_ (${total} vs. ${info.numRow}) : Invalid group structure.  Number of rows obtained from groups doesn't equal to actual number of rows given by data.`,
      );
    return;
  }
  const g = given(data, field);
  const { values } = g;
  switch (field) {
    case "label":
      info.labelShape = tensor(g, field, info.numRow);
      if (!finite(values))
        throw new XGBoostError("Check failed: valid: Label contains NaN, infinity or a value too large.");
      info.labels = values.slice();
      return;
    case "base_margin":
      info.baseMarginShape = tensor(g, field, info.numRow);
      info.baseMargin = values.slice();
      return;
    case "weight":
      if (!values.every((w) => w >= 0 && Number.isFinite(w)))
        throw new XGBoostError("Check failed: valid: Weights must be positive values.");
      info.weights = values.slice();
      return;
    case "label_lower_bound":
      info.labelLower = values.slice();
      return;
    case "label_upper_bound":
      info.labelUpper = values.slice();
      return;
    case "feature_weights":
      if (!values.every((w) => w >= 0 && Number.isFinite(w)))
        throw new XGBoostError("Check failed: valid: Feature weight must be greater than 0.");
      info.featureWeights = values.slice();
      return;
    default:
      throw new XGBoostError(`Unknown key for MetaInfo: ${field}`);
  }
}

/** What belongs to the rows must be as many. @throws XGBoostError */
export function validateInfo({ groupPtr, weights, numRow, labels, labelShape, baseMargin }: MetaInfo): void {
  const fail = (check: string, got: number, wanted: number, text: string): XGBoostError =>
    new XGBoostError(`Check failed: ${check} (${got} vs. ${wanted}) : ${text}`);
  if (groupPtr && weights && groupPtr.length !== 0 && weights.length !== 0) {
    if (groupPtr.length !== weights.length + 1)
      throw fail(
        "group_ptr_.size() == weights_.Size() + 1",
        groupPtr.length,
        weights.length + 1,
        "Size of weights must equal to the number of query groups when ranking group is used.",
      );
    return;
  }
  if (weights && weights.length !== 0 && weights.length !== numRow)
    throw fail(
      "weights_.Size() == num_row_",
      weights.length,
      numRow,
      "Size of weights must equal to number of rows.",
    );
  if (labels && labels.length !== 0 && labelShape[0] !== numRow)
    throw fail(
      "labels.Shape(0) == num_row_",
      labelShape[0],
      numRow,
      "Size of labels must equal to number of rows.",
    );
  if (baseMargin && numRow > 0 && baseMargin.length % numRow !== 0)
    throw fail(
      "base_margin_.Size() % num_row_ == 0",
      baseMargin.length % numRow,
      0,
      "Size of base margin must be a multiple of number of rows.",
    );
}
