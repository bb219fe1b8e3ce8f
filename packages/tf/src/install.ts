import { installOperators } from "./ops/operators.js";
import { Tensor } from "./shared.js";

/* Puts TensorFlow's operators on the tensors that it shares with Keras: they are recorded where a graph is being built. */
installOperators(Tensor);
