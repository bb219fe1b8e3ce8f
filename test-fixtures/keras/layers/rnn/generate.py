import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from layer_cases import Layer, case, error, np, save, x  # noqa: E402

mask = np.array([[1, 1, 0, 1], [0, 1, 1, 0]], bool)
h, h2 = x(2, 3, seed=5), x(2, 3, seed=6)
both = {"return_sequences": True, "return_state": True}
cases = []
for cls, states in (("SimpleRNN", 1), ("LSTM", 2), ("GRU", 1)):
    initial = [h, h2][:states]
    cases += [
        case(cls, x(2, 4, 2), args=(3,)),
        case(cls, x(2, 4, 2), {"units": 3, **both}),
        case(cls, x(2, 4, 2), {"units": 3, **both}, masks=[mask]),
        case(cls, x(2, 4, 2), {"units": 3}, masks=[mask]),
        case(cls, x(2, 4, 2), {"units": 3, **both, "go_backwards": True}, masks=[mask]),
        case(cls, x(2, 4, 2), {"units": 3, "go_backwards": True}),
        case(cls, x(2, 4, 2), {"units": 3, **both, "zero_output_for_mask": True}, masks=[mask]),
        case(cls, x(2, 4, 2), {"units": 3, "stateful": True, "return_state": True}, training=(None, None, True)),
        case(cls, x(2, 4, 2), {"units": 3, **both}, {"initial_state": initial if states > 1 else initial[0]}),
        case(cls, x(2, 4, 2), {"units": 3, "dropout": 0.3, "seed": 7}, training=(None, True, True)),
        case(cls, x(2, 4, 2), {"units": 3, "dropout": 0.2, "recurrent_dropout": 0.4, "seed": 3, **both}, training=(False, True)),
        case(cls, x(2, 4, 2), {"units": 3, "unroll": True, "use_bias": False, "return_sequences": True}, masks=[mask]),
        case(cls, x(2, 4, 2), {"units": 2, "activation": "softplus" if states == 1 else "relu", "kernel_regularizer": "l2"}),
        case(cls, x(2, 3, 2), {"units": 2, "activation": "gelu", "return_sequences": True}, masks=[mask[:, :3]]),
        case(cls, x(2, 4, 2), {"units": 3, "dtype": "float64", "name": "mine"}),
    ]
cases += [
    case("LSTM", x(2, 4, 2), {"units": 3, "unit_forget_bias": False, "recurrent_activation": "hard_sigmoid"}),
    case("GRU", x(2, 4, 2), {"units": 3, "reset_after": False, **both}, masks=[mask]),
    case("GRU", x(2, 4, 2), {"units": 3, "reset_after": False, "recurrent_dropout": 0.3, "seed": 4}, training=(None, True)),
    case("GRU", x(2, 4, 2), {"units": 3, "reset_after": False, "use_bias": False, "recurrent_activation": "tanh"}),
    case("RNN", x(2, 4, 2), {"cell": Layer("LSTMCell", units=3), **both}, masks=[mask]),
    case("RNN", x(2, 4, 2), {"cell": Layer("GRUCell", units=3, dropout=0.3, seed=1)}, training=(None, True)),
    case("RNN", x(2, 4, 2), {"cell": Layer("SimpleRNNCell", units=3), "stateful": True}, training=(None, None)),
    case("RNN", x(2, 4, 2), {"cell": [Layer("GRUCell", units=3), Layer("LSTMCell", units=2)], **both}),
    case("RNN", x(2, 4, 2), {"cell": Layer("StackedRNNCells", cells=[Layer("LSTMCell", units=2), Layer("LSTMCell", units=3, recurrent_dropout=0.2, seed=5)])}, training=(None, True)),
    case("Bidirectional", x(2, 4, 2), {"layer": Layer("LSTM", units=3)}),
    case("Bidirectional", x(2, 4, 2), {"layer": Layer("GRU", units=3, return_sequences=True), "merge_mode": "sum"}, masks=[mask]),
    case("Bidirectional", x(2, 4, 2), {"layer": Layer("LSTM", units=2, return_sequences=True, return_state=True)}),
    case("Bidirectional", x(2, 4, 2), {"layer": Layer("SimpleRNN", units=2, return_sequences=True), "merge_mode": None}, masks=[mask]),
    case("Bidirectional", x(2, 4, 2), {"layer": Layer("GRU", units=2), "merge_mode": "ave"}),
    case("Bidirectional", x(2, 4, 2), {"layer": Layer("GRU", units=2), "merge_mode": "mul", "backward_layer": Layer("LSTM", units=2, go_backwards=True)}),
    case("TimeDistributed", x(2, 3, 4), {"layer": Layer("Dense", units=2)}),
    case("TimeDistributed", x(2, 3, 5, 5, 1), {"layer": Layer("Conv2D", filters=2, kernel_size=3)}),
    case("TimeDistributed", x(2, 4, 3, 2), {"layer": Layer("LSTM", units=2)}),
    case("TimeDistributed", x(2, 4, 3), {"layer": Layer("Softmax")}, masks=[np.stack([mask] * 3, -1)]),
    case("ConvLSTM1D", x(1, 3, 6, 2), {"filters": 2, "kernel_size": 3, "return_sequences": True, "padding": "same"}),
    case("ConvLSTM2D", x(1, 2, 5, 5, 1), {"filters": 2, "kernel_size": 3, "return_state": True}),
    case("ConvLSTM2D", x(1, 2, 2, 4, 4), {"filters": 1, "kernel_size": 2, "data_format": "channels_first", "dropout": 0.2, "seed": 4, "go_backwards": True}, training=(None, True)),
    case("ConvLSTM3D", x(1, 2, 3, 3, 3, 1), {"filters": 1, "kernel_size": 2, "use_bias": False}),
]
z = np.zeros
errors = [
    error("LSTM", {"units": 0}),
    error("LSTM", {"units": 3}, z((2, 4), np.float32)),
    error("GRU", {"units": 3, "use_cudnn": "yes"}),
    error("GRU", {"units": 3, "stateful": True}, (4, 2)),
    error("RNN", {"cell": 3}),
    error("Bidirectional", {"layer": 3}),
    error("Bidirectional", {"layer": Layer("LSTM", units=2), "merge_mode": "x"}),
    error("Bidirectional", {"layer": Layer("LSTM", units=2), "backward_layer": Layer("LSTM", units=2)}),
    error("Bidirectional", {"layer": Layer("LSTM", units=2), "backward_layer": Layer("LSTM", units=2, go_backwards=True, return_sequences=True)}),
    error("TimeDistributed", {"layer": Layer("Dense", units=2)}, z((2, 4), np.float32)),
    error("TimeDistributed", {"layer": 3}),
]
save(__file__, cases, "keras")
save(__file__, errors, "keras", "errors.json")
