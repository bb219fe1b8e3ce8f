import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import *  # noqa: E402,F403

D = torch.float64
cases = [
    call("conv1d", t(2, 3, 7, seed=1), t(4, 3, 3, seed=2), t(4, seed=3)),
    call("conv1d", t(3, 7, seed=1), t(4, 3, 2, seed=2), stride=2, padding=1),
    call("conv2d", t(2, 3, 6, 5, seed=1), t(4, 3, 3, 2, seed=2), t(4, seed=3), stride=(2, 1), padding=(1, 0)),
    call("conv2d", t(2, 4, 5, 5, seed=1, dtype=D), t(6, 2, 3, 3, seed=2, dtype=D), None, 1, 1, 2, 2),
    call("conv2d", t(4, 5, 5, seed=1), t(4, 1, 3, 3, seed=2), t(4, seed=3), groups=4, padding=1),
    call("conv2d", t(1, 2, 5, 5, seed=1), t(3, 2, 4, 3, seed=2), padding="same"),
    call("conv2d", t(1, 2, 7, 5, seed=1), t(3, 2, 2, 2, seed=2), padding="same", dilation=(3, 1)),
    call("conv2d", t(1, 2, 5, 5, seed=1), t(3, 2, 3, 3, seed=2), padding="valid"),
    call("conv2d", t(1, 2, 4, 4, seed=1, dtype=torch.complex64), t(3, 2, 2, 2, seed=2, dtype=torch.complex64), t(3, seed=3, dtype=torch.complex64)),
    call("conv2d", t(1, 2, 4, 4, seed=1, dtype=torch.float16, grad=False), t(3, 2, 2, 2, seed=2, dtype=torch.float16, grad=False)),
    call("conv2d", ints(*range(-16, 16), shape=(1, 2, 4, 4)), ints(*range(24), shape=(3, 2, 2, 2)), ints(7, 8, 9)),
    call("conv2d", ints(*range(32), shape=(1, 2, 4, 4), dtype=torch.int32), ints(*range(24), shape=(3, 2, 2, 2), dtype=torch.int32)),
    call("conv3d", t(1, 2, 4, 3, 4, seed=1), t(3, 2, 2, 2, 2, seed=2), t(3, seed=3), stride=(1, 1, 2), padding=(1, 0, 1)),
    call("conv_transpose1d", t(2, 3, 5, seed=1), t(3, 2, 3, seed=2), t(2, seed=3), stride=2, padding=1, output_padding=1),
    call("conv_transpose2d", t(1, 4, 3, 4, seed=1), t(4, 2, 3, 2, seed=2), t(4, seed=3), stride=(2, 1), padding=(1, 0), groups=2),
    call("conv_transpose2d", t(2, 3, 3, seed=1, dtype=D), t(2, 3, 2, 2, seed=2, dtype=D), None, 1, 0, 1, 1, 2),
    call("conv_transpose2d", t(1, 2, 2, 2, seed=1, dtype=torch.complex128), t(2, 1, 2, 2, seed=2, dtype=torch.complex128)),
    call("conv_transpose2d", ints(*range(8), shape=(1, 2, 2, 2)), ints(*range(8), shape=(2, 1, 2, 2))),
    call("conv_transpose3d", t(1, 2, 2, 3, 2, seed=1), t(2, 1, 2, 2, 2, seed=2), t(1, seed=3), stride=2, output_padding=(1, 0, 1)),
    call("conv_tbc", t(5, 2, 3, seed=1), t(2, 3, 4, seed=2), t(4, seed=3), 1),
    call("conv2d", t(0, 2, 4, 4, seed=1), t(3, 2, 2, 2, seed=2)),
]
o = lambda *s: torch.ones(s)
x, w = o(1, 2, 4, 4), o(3, 2, 2, 2)
errors = [
    ("conv2d", [o(2, 3), w], {}),
    ("conv1d", [o(3), o(1, 1, 2)], {}),
    ("conv3d", [o(3, 3), o(1, 1, 2, 2, 2)], {}),
    ("conv2d", [o(1, 3, 8, 8), o(6, 1, 5, 5)], {}),
    ("conv2d", [x, o(3, 2, 5, 5)], {}),
    ("conv2d", [x, o(3, 2, 3, 3)], {"dilation": 2, "padding": 0}),
    ("conv2d", [x, w, o(4)], {}),
    ("conv2d", [x, w], {"stride": [1, 2, 3]}),
    ("conv2d", [x, w], {"padding": "foo"}),
    ("conv2d", [x, w], {"padding": "same", "stride": 2}),
    ("conv2d", [x, w], {"stride": 0}),
    ("conv2d", [x, w], {"padding": -1}),
    ("conv2d", [x, w], {"groups": 0}),
    ("conv2d", [x, w], {"groups": 2}),
    ("conv2d", [x, w], {"groups": 3}),
    ("conv2d", [x, w], {"groups": 4}),
    ("conv2d", [x, w], {"dilation": 0}),
    ("conv1d", [o(1, 1, 3), o(1, 1, 2)], {"dilation": 0}),
    ("conv2d", [x, o(3, 2, 0, 2)], {}),
    ("conv1d", [o(1, 1, 3), o(1, 1, 0)], {}),
    ("conv3d", [o(1, 1, 3, 3, 3), o(1, 1, 0, 2, 2)], {}),
    ("conv2d", [x.double(), w], {}),
    ("conv2d", [x, w, o(3).double()], {}),
    ("conv2d", [x.bool(), w.bool()], {}),
    ("conv_transpose2d", [x, w], {}),
    ("conv_transpose2d", [x, o(2, 3, 2, 2)], {"output_padding": 2}),
    ("conv_transpose1d", [o(1, 1, 3), o(1, 1, 2)], {"output_padding": 1}),
    ("conv_transpose3d", [o(1, 1, 3, 3, 3), o(1, 1, 2, 2, 2)], {"output_padding": 1}),
    ("conv_transpose2d", [x, o(2, 3, 2, 2), o(5)], {}),
    ("conv_transpose2d", [x, o(2, 3, 2, 2)], {"groups": 3}),
    ("conv_transpose2d", [o(1, 1, 1, 1), o(1, 1, 1, 1)], {"padding": 1}),
    ("conv_transpose2d", [o(1, 1, 2, 2), o(1, 1, 2, 2)], {"dilation": 0}),
    ("conv_transpose2d", [x.int(), o(2, 3, 2, 2).int()], {}),
    ("conv_tbc", [o(2, 2), o(1, 1, 2), o(2)], {}),
]
cases += [call(fn, *args, **kwargs) for fn, args, kwargs in errors]
save(__file__, cases, "torch")
