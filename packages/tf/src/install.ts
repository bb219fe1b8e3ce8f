import { setSavedModelLoader } from "@cognate/keras/tensorflow";
import { setPrinter } from "./kernels/system.js";
import { installOperators, noItems } from "./ops/operators.js";
import { writeTo } from "./ops/print.js";
import { loadSavedModel } from "./saved/saved-model.js";
import { Tensor } from "./shared.js";
import "./function/tape.js";
import "./graph/gradients.js";
import "./graph/state-executors.js";
import "./variable/updates.js";

/* Puts TensorFlow's operators on the tensors that it shares with Keras: they are recorded where a graph is being built. */
installOperators(Tensor);
for (const [name, value] of Object.entries(noItems))
  Object.defineProperty(Tensor.prototype, name, { value, writable: true, configurable: true });
setSavedModelLoader((folder) => loadSavedModel(folder, null) as never);
setPrinter((stream, text) => writeTo(stream === "stderr" ? null : stream, text));
