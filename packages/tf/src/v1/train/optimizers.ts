import { pyClass } from "@cognate/py";
import { keywordMethods } from "../../graph/keyword-methods.js";
import { OptimizerImpl } from "./optimizer.js";
import { Adadelta, Adagrad, Adam, RMSProp } from "./optimizers/adaptive.js";
import { GradientDescent, Momentum, ProximalGradientDescent } from "./optimizers/descent.js";
import { AdagradDA, Ftrl, ProximalAdagrad } from "./optimizers/ftrl.js";

keywordMethods("Optimizer", OptimizerImpl, {
  minimize:
    "loss global_step var_list gate_gradients aggregation_method colocate_gradients_with_ops name grad_loss",
  compute_gradients: "loss var_list gate_gradients aggregation_method colocate_gradients_with_ops grad_loss",
  apply_gradients: "grads_and_vars global_step name",
});

const module = "tensorflow.python.training";
const OptimizerClass = pyClass(
  `${module}.optimizer.Optimizer`,
  "use_locking name",
  OptimizerImpl as unknown as new (
    use_locking: boolean,
    name: string,
  ) => OptimizerImpl,
);

export { OptimizerClass as Optimizer };
export const GradientDescentOptimizer = pyClass(
  `${module}.gradient_descent.GradientDescentOptimizer`,
  "learning_rate use_locking name",
  GradientDescent,
);
export const MomentumOptimizer = pyClass(
  `${module}.momentum.MomentumOptimizer`,
  "learning_rate momentum use_locking name use_nesterov",
  Momentum,
);
export const AdagradOptimizer = pyClass(
  `${module}.adagrad.AdagradOptimizer`,
  "learning_rate initial_accumulator_value use_locking name",
  Adagrad,
);
export const AdadeltaOptimizer = pyClass(
  `${module}.adadelta.AdadeltaOptimizer`,
  "learning_rate rho epsilon use_locking name",
  Adadelta,
);
export const AdamOptimizer = pyClass(
  `${module}.adam.AdamOptimizer`,
  "learning_rate beta1 beta2 epsilon use_locking name",
  Adam,
);
export const RMSPropOptimizer = pyClass(
  `${module}.rmsprop.RMSPropOptimizer`,
  "learning_rate decay momentum epsilon use_locking centered name",
  RMSProp,
);
export const FtrlOptimizer = pyClass(
  `${module}.ftrl.FtrlOptimizer`,
  "learning_rate learning_rate_power initial_accumulator_value l1_regularization_strength l2_regularization_strength use_locking name accum_name linear_name l2_shrinkage_regularization_strength beta",
  Ftrl,
);
export const ProximalGradientDescentOptimizer = pyClass(
  `${module}.proximal_gradient_descent.ProximalGradientDescentOptimizer`,
  "learning_rate l1_regularization_strength l2_regularization_strength use_locking name",
  ProximalGradientDescent,
);
export const ProximalAdagradOptimizer = pyClass(
  `${module}.proximal_adagrad.ProximalAdagradOptimizer`,
  "learning_rate initial_accumulator_value l1_regularization_strength l2_regularization_strength use_locking name",
  ProximalAdagrad,
);
export const AdagradDAOptimizer = pyClass(
  `${module}.adagrad_da.AdagradDAOptimizer`,
  "learning_rate global_step initial_gradient_squared_accumulator_value l1_regularization_strength l2_regularization_strength use_locking name",
  AdagradDA,
);
