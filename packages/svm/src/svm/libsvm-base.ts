import { ops, type Strided } from "@cognate/kernel";
import { type ArrayLike, asStrided, fromStrided, type ndarray } from "@cognate/ndarray/core";
import {
  AttributeError,
  className,
  FutureWarning,
  str,
  Tuple,
  TypeError,
  ValueError,
  warn,
} from "@cognate/py";
import {
  CsrMatrix,
  type DenseOrSparse,
  f64,
  floats,
  i32,
  isCsr,
  type MatrixLike,
  type TargetLike,
} from "../base/arrays.js";
import { reader } from "../base/call.js";
import * as must from "../base/constraints.js";
import { ConvergenceWarning } from "../base/errors.js";
import { check_is_fitted, Estimator } from "../base/estimator.js";
import { check_random_state, type RandomStateLike, solverSeed } from "../base/random.js";
import {
  type Checked,
  checkFor,
  checkLengths,
  checkTarget,
  requireY,
  sampleCount,
  shapeOf,
} from "../base/validation.js";
import type { KernelName } from "../solver/kernel.js";
import { decisionValues, type Samples, type SvmModel } from "../solver/model.js";
import { isClassifier, type SvmParameters, type SvmType } from "../solver/parameters.js";
import { SolverRandom } from "../solver/random.js";
import { DenseRows, PrecomputedRows, type Rows, SparseRows } from "../solver/rows.js";
import { train } from "../solver/train.js";
import { checkFeasible, denseArray, fullRows, sparseRows, variance } from "./machine-data.js";

/** A kernel of the caller's own: the matrix K(A, B) of two sets of samples. */
export type KernelFunction = (a: never, b: never) => ArrayLike;
export type Kernel = KernelName | KernelFunction;
export type Gamma = "scale" | "auto" | number;

/** Constraints of the parameters that all machines share. */
export const SHARED_CONSTRAINTS = {
  kernel: [must.words("linear", "poly", "rbf", "sigmoid", "precomputed"), must.callable],
  degree: [must.integral(0, Infinity, "[)")],
  gamma: [must.words("scale", "auto"), must.real(0, Infinity, "[)")],
  coef0: [must.real(-Infinity, Infinity, "()")],
  tol: [must.real(0, Infinity, "()")],
  shrinking: [must.boolean],
  cache_size: [must.real(0, Infinity, "()")],
  verbose: [must.verbose],
  max_iter: [must.integral(-1, Infinity, "[)")],
};
export const C_CONSTRAINT = [must.real(0, Infinity, "(]")];
export const NU_CONSTRAINT = [must.real(0, 1, "(]")];

export const readFit = reader("BaseLibSVM.fit", "X:dict y sample_weight", 2);
export const readX = (name: string): ((args: readonly unknown[]) => readonly unknown[]) =>
  reader(name, "X:dict", 1);
const readPredict = readX("BaseLibSVM.predict");

export type FitArguments =
  | [X: MatrixLike, y: TargetLike, sample_weight?: ArrayLike | null]
  | [X: MatrixLike, y: TargetLike, keywords: { sample_weight?: ArrayLike | null }]
  | [X: MatrixLike, keywords: { y: TargetLike; sample_weight?: ArrayLike | null }]
  | [keywords: { X: MatrixLike; y: TargetLike; sample_weight?: ArrayLike | null }];

/** What SVC, NuSVC, SVR, NuSVR and OneClassSVM have in common: LIBSVM behind scikit-learn's face. */
export abstract class BaseLibSVM extends Estimator {
  abstract readonly _impl: SvmType;
  declare kernel: Kernel;
  declare degree: number;
  declare gamma: Gamma;
  declare coef0: number;
  declare tol: number;
  declare shrinking: boolean;
  declare cache_size: number;
  declare verbose: boolean | number;
  declare max_iter: number;
  declare C: number | undefined;
  declare nu: number | undefined;
  declare epsilon: number | undefined;
  declare probability: boolean | "deprecated" | undefined;
  declare random_state: RandomStateLike | undefined;

  /** Indices of the support vectors, class by class, int32. */
  declare support_: ndarray;
  /** The support vectors, [n_SV, n_features]; empty for a precomputed kernel. */
  declare support_vectors_: DenseOrSparse;
  /** Coefficients of the support vectors, [n_class − 1, n_SV]. */
  declare dual_coef_: DenseOrSparse;
  /** Constants of the decision functions. */
  declare intercept_: ndarray;
  /** 0, or 1 where the solver was stopped. */
  declare fit_status_: number;
  /** Shape of the training data. */
  declare shape_fit_: Tuple<number>;
  /** Iterations of the solver: one number, for classifiers one a pair of classes. */
  declare n_iter_: ndarray | number;
  /** What was trained. */
  declare _model: SvmModel;
  declare _sparse: boolean;
  declare _gamma: number;
  declare _xfit: MatrixLike;

  override get _pairwise(): boolean {
    return this.kernel === "precomputed";
  }

  /** Targets as the solver takes them; classifiers find their classes here. */
  _validate_targets(y: TargetLike): Float64Array {
    return floats(checkTarget(y));
  }
  /** Factors of C by class. */
  get _class_factors(): Float64Array {
    return new Float64Array(0);
  }

  protected fitTo(X: MatrixLike, y: TargetLike, weight: ArrayLike | null | undefined): this {
    this._validate_params();
    const random = check_random_state(this.random_state ?? null);
    const own = typeof this.kernel === "function";
    if (isCsr(X) && this.kernel === "precomputed")
      throw new TypeError("Sparse precomputed kernels are not supported.");
    this._sparse = isCsr(X) && !own;
    requireY(this, y);
    let checked: Checked | null = null;
    if (own) checkLengths(X, y);
    else {
      checked = checkFor(this, X, true);
      checkTarget(y);
      checkLengths(X, y);
    }
    const targets = this._validate_targets(y);
    const probability = this.effectiveProbability();
    const n = checked ? shapeOf(checked)[0] : sampleCount(X);
    if (this.kernel === "precomputed" && n !== shapeOf(checked!)[1])
      throw new ValueError(
        `Precomputed matrix must be a square matrix. Input is a ${n}x${shapeOf(checked!)[1]} matrix.`,
      );
    const weights = weight === null || weight === undefined ? null : asStrided(weight);
    if (weights && weights.shape[0] !== n && weights.size > 0)
      throw new ValueError(
        `sample_weight and X have incompatible shapes: ${str(Tuple.of_([...weights.shape]))} vs ${str(Tuple.of_([...(checked ? shapeOf(checked) : [n])]))}\nNote: Sparse matrices cannot be indexed w/boolean masks (use \`indices=True\` in CV).`,
      );
    this._gamma = this.gammaFor(checked);
    const rows = this.trainingRows(X, checked, n);
    const parameters: SvmParameters = {
      type: this._impl,
      kernel: own ? "precomputed" : (this.kernel as KernelName),
      degree: Number(this.degree),
      gamma: this._gamma,
      coef0: Number(this.coef0),
      C: Number(this.C ?? 0),
      nu: Number(this.nu ?? 0),
      epsilon: Number(this.epsilon ?? 0),
      tolerance: Number(this.tol),
      shrinking: this.shrinking,
      probability,
      cacheSize: Number(this.cache_size),
      maxIterations: Number(this.max_iter),
      classWeight: this._class_factors,
    };
    const problem = {
      rows,
      y: targets,
      weight: weights && weights.size > 0 ? floats(weights) : new Float64Array(n).fill(1),
    };
    checkFeasible(parameters, problem.y, problem.weight);
    const model = train(problem, parameters, new SolverRandom(solverSeed(random)));
    this.publish(model, checked ? shapeOf(checked) : [n]);
    return this;
  }

  private effectiveProbability(): boolean {
    if (!isClassifier(this._impl)) return false;
    if (this.probability === "deprecated") return false;
    warn(
      "The `probability` parameter was deprecated in 1.9 and will be removed in version 1.11. Use `CalibratedClassifierCV(SVC(), ensemble=False)` instead of `SVC(probability=True)`",
      FutureWarning,
    );
    return this.probability === true;
  }

  private gammaFor(checked: Checked | null): number {
    if (checked === null || this.kernel === "precomputed") return 0;
    if (typeof this.gamma !== "string") return Number(this.gamma);
    const [, d] = shapeOf(checked);
    if (this.gamma === "auto") return 1 / d;
    const spread = variance(checked);
    return spread !== 0 ? 1 / (d * spread) : 1;
  }

  private trainingRows(X: MatrixLike, checked: Checked | null, n: number): Rows {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    if (checked === null) {
      this._xfit = X;
      const k = this.ownKernel(X);
      if (k.count !== k.width) throw new ValueError("X.shape[0] should be equal to X.shape[1]");
      return new PrecomputedRows(k.data, k.width, order);
    }
    if (checked.kind === "sparse") return new SparseRows(checked.matrix);
    if (this.kernel === "precomputed") return new PrecomputedRows(checked.rows.data, n, order);
    return checked.rows;
  }

  /** The caller's kernel between samples and the training data. */
  private ownKernel(X: MatrixLike): DenseRows {
    const call = this.kernel as unknown as (a: MatrixLike, b: MatrixLike) => ArrayLike;
    const k = asStrided(call(X, this._xfit));
    return new DenseRows(floats(k), k.shape[0]!, k.shape[1] ?? 1);
  }

  /** Sets the attributes of a fitted estimator, with scikit-learn's signs. */
  protected publish(model: SvmModel, shape: readonly number[]): void {
    const m = model.support.length;
    this._model = model;
    this.fit_status_ = model.stoppedEarly ? 1 : 0;
    if (model.stoppedEarly)
      warn(
        `Solver terminated early (max_iter=${Number(this.max_iter)}).  Consider pre-processing your data with StandardScaler or MinMaxScaler.`,
        ConvergenceWarning,
      );
    this.support_ = i32(model.support);
    const vectors =
      model.vectors instanceof DenseRows
        ? f64(model.vectors.data, [m, model.vectors.width])
        : model.vectors instanceof SparseRows
          ? new CsrMatrix(model.vectors.matrix)
          : f64(new Float64Array(0), [0, 0]);
    this.support_vectors_ = vectors as DenseOrSparse;
    // Two classes: scikit-learn's decision is positive for the second one, LIBSVM's for the first.
    const sign = isClassifier(model.parameters.type) && model.labels.length === 2 ? -1 : 1;
    const coefficients = new Float64Array(model.coefficients.length * m);
    model.coefficients.forEach((c, i) => {
      c.forEach((v, j) => {
        coefficients[i * m + j] = sign * v;
      });
    });
    const n = model.coefficients.length;
    const dual = this._sparse ? new CsrMatrix(fullRows(coefficients, n, m)) : f64(coefficients, [n, m]);
    this.dual_coef_ = dual as DenseOrSparse;
    this.intercept_ = f64(model.rho.map((r) => -sign * r));
    this.shape_fit_ = Tuple.of_([...shape]);
    if (!coefficients.every(Number.isFinite) || !model.rho.every(Number.isFinite))
      throw new ValueError(
        "The dual coefficients or intercepts are not finite. The input data may contain large values and need to be preprocessed.",
      );
    this.n_iter_ = isClassifier(this._impl) ? i32(model.iterations) : model.iterations[0]!;
  }

  /** Samples checked for prediction. */
  protected samplesFor(X: MatrixLike): Samples {
    check_is_fitted(this);
    if (typeof this.kernel === "function") {
      const k = this.ownKernel(X);
      this.checkKernelWidth(k.width);
      return { kind: "dense", rows: k };
    }
    const checked = checkFor(this, X, false);
    if (this._sparse && checked.kind === "dense") return { kind: "sparse", matrix: sparseRows(checked.rows) };
    if (!this._sparse && checked.kind === "sparse")
      throw new ValueError(
        `cannot use sparse input in '${className(this.constructor)}' trained on dense data`,
      );
    if (this.kernel === "precomputed") this.checkKernelWidth(shapeOf(checked)[1]);
    return checked;
  }

  private checkKernelWidth(width: number): void {
    if (width !== this.shape_fit_[0])
      throw new ValueError(
        `X.shape[1] = ${width} should be equal to ${this.shape_fit_[0]}, the number of samples at training time`,
      );
  }

  /** LIBSVM's decision values, with the sign of two classes turned. */
  protected rawDecision(X: MatrixLike): { values: Float64Array; samples: number } {
    const samples = this.samplesFor(X);
    const values = decisionValues(this._model, samples);
    return { values, samples: samples.kind === "dense" ? samples.rows.count : samples.matrix.shape[0] };
  }

  /** Predicted numbers. */
  predict(...args: [X: MatrixLike] | [keywords: { X: MatrixLike }]): ndarray {
    const [X] = readPredict(args) as [MatrixLike];
    return f64(this.rawDecision(X).values);
  }

  /** How many support vectors each class has, int32; one number for regression. */
  get n_support_(): ndarray {
    if (!this._fitted) throw new AttributeError();
    const { counts } = this._model;
    return i32(isClassifier(this._impl) ? counts.slice() : counts.slice(0, 1));
  }

  /** Weights of the features: a row a pair of classes. @throws AttributeError for kernels that are not linear */
  get coef_(): DenseOrSparse {
    if (this.kernel !== "linear")
      throw new AttributeError("coef_ is only available when using a linear kernel");
    if (!this._fitted)
      throw new AttributeError(`'${className(this.constructor)}' object has no attribute 'dual_coef_'`);
    return this.weights();
  }

  protected weights(): DenseOrSparse {
    const dual = denseArray(this.dual_coef_);
    const vectors = denseArray(this.support_vectors_);
    const y = this.pairWeights(dual, vectors);
    if (this._sparse)
      return new CsrMatrix(
        sparseRows(new DenseRows(floats(y), y.shape[0]!, y.shape[1]!)),
      ) as unknown as DenseOrSparse;
    const out = fromStrided(y);
    out._readonly = true;
    return out as DenseOrSparse;
  }

  protected pairWeights(dual: Strided, vectors: Strided): Strided {
    return ops.matmul.run([dual, vectors], undefined) as Strided;
  }
}
