import { peer, python } from "../../libraries.mjs";
import { WORKLOADS } from "./workloads.mjs";

/** Training and prediction of machines with a Gaussian kernel; one thread on both sides, as scikit-learn has. */
export const suite = {
  title: "SVM: training and prediction with a Gaussian kernel",
  workloads: WORKLOADS,
  reference: "scikit-learn",
  peers: () => ({ "libsvm-js": peer("libsvm-js.mjs") }),
  references: () => ({ "scikit-learn": python("svm", "sklearn") }),
};
