import { peer, python } from "../../libraries.mjs";
import { WORKLOADS } from "./workloads.mjs";

/** Training and prediction of boosted trees; one thread on both sides. */
export const suite = {
  title: "XGBoost: training and prediction of trees",
  workloads: WORKLOADS,
  reference: "XGBoost",
  peers: () => ({ "ml-xgboost": peer("ml-xgboost.mjs") }),
  references: () => ({
    XGBoost: python("xgboost", "xgboost"),
    "XGBoost, 2 threads": python("xgboost", "xgboost", { BENCH_THREADS: "2" }),
  }),
};
