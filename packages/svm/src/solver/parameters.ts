import type { KernelParams } from "./kernel.js";

/** The five problems that LIBSVM solves, in the order of its numbers. */
export const SVM_TYPES = ["c_svc", "nu_svc", "one_class", "epsilon_svr", "nu_svr"] as const;
export type SvmType = (typeof SVM_TYPES)[number];

/** What a fit depends on besides the data; LIBSVM's `svm_parameter`. */
export interface SvmParameters extends KernelParams {
  readonly type: SvmType;
  readonly C: number;
  readonly nu: number;
  /** The tube of regression. */
  readonly epsilon: number;
  readonly tolerance: number;
  readonly shrinking: boolean;
  readonly probability: boolean;
  /** Megabytes for kernel rows. */
  readonly cacheSize: number;
  /** −1 for no limit. */
  readonly maxIterations: number;
  /** Factors of C by class, in the order of the labels. */
  readonly classWeight: ArrayLike<number>;
}

/** Whether labels are learned, not numbers. */
export const isClassifier = (type: SvmType): boolean => type === "c_svc" || type === "nu_svc";
