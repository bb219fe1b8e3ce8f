import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import *  # noqa: E402,F403

D = torch.float64
o = lambda *s: torch.ones(s)
i = lambda *v: torch.tensor(v)

a, b, c = t(2, 2, 5, seed=1), t(1, 2, 3, 4, seed=1), t(1, 1, 3, 2, 3, seed=1)
b64, big = t(1, 2, 3, 4, seed=1, dtype=D), t(1, 1, 9, 7, seed=2)
cases = [
    call("interpolate", a, 8), call("interpolate", a, scale_factor=1.7), call("interpolate", b, (5, 2)), call("interpolate", c, scale_factor=2), call("interpolate", a, 8, mode="nearest-exact"),
    call("interpolate", b, scale_factor=(1.5, 0.6), mode="nearest-exact"), call("interpolate", big, (3, 11)), call("interpolate", big, (3, 11), mode="nearest-exact"),
    call("interpolate", a, 8, mode="linear"), call("interpolate", a, 3, mode="linear", align_corners=True), call("interpolate", a, scale_factor=2.3, mode="linear"),
    call("interpolate", a, scale_factor=2.3, mode="linear", recompute_scale_factor=True),
    call("interpolate", b, (5, 7), mode="bilinear"), call("interpolate", b64, (2, 7), mode="bilinear", align_corners=True), call("interpolate", b, scale_factor=(1.5, 0.6), mode="bilinear"),
    call("interpolate", b, (1, 1), mode="bilinear", align_corners=True), call("interpolate", big, (4, 3), mode="bilinear", antialias=True), call("interpolate", big, (12, 3), mode="bilinear", antialias=True, align_corners=True),
    call("interpolate", big, scale_factor=0.43, mode="bilinear", antialias=True),
    call("interpolate", b, (5, 7), mode="bicubic"), call("interpolate", b64, (2, 7), mode="bicubic", align_corners=True), call("interpolate", b, scale_factor=(1.5, 0.6), mode="bicubic"),
    call("interpolate", big, (4, 3), mode="bicubic", antialias=True), call("interpolate", big, (12, 3), mode="bicubic", antialias=True, align_corners=True),
    call("interpolate", big, (4, 3), mode="lanczos", antialias=True), call("interpolate", big, (12, 10), mode="lanczos", antialias=True),
    call("interpolate", c, (2, 3, 5), mode="trilinear"), call("interpolate", c, scale_factor=1.6, mode="trilinear"), call("interpolate", c, (4, 4, 4), mode="trilinear", align_corners=True),
    call("interpolate", a, 3, mode="area"), call("interpolate", b, (2, 6), mode="area"), call("interpolate", c, scale_factor=0.7, mode="area"),
    call("interpolate", ints(*range(12), shape=(1, 1, 3, 4), dtype=torch.uint8), (5, 7)), call("interpolate", ints(*[v * 20 for v in range(12)], shape=(1, 1, 3, 4), dtype=torch.uint8), (5, 3), mode="bilinear"),
    call("upsample", b, scale_factor=2), call("upsample_nearest", b, scale_factor=2), call("upsample_bilinear", b, (5, 7)),
    call("interpolate", t(0, 1, 2, 2, seed=1), 4, mode="bilinear"),
    call("pixel_shuffle", t(1, 8, 2, 3, seed=1), 2), call("pixel_shuffle", t(9, 2, 1, seed=1), 3), call("pixel_unshuffle", t(1, 2, 4, 6, seed=1), 2), call("pixel_unshuffle", t(2, 1, 1, 3, 3, seed=1), 3),
    call("channel_shuffle", t(1, 6, 2, 2, seed=1), 3), call("channel_shuffle", t(2, 4, 3, seed=1), 2), call("native_channel_shuffle", t(1, 4, 2, 2, seed=1, grad=False), 2),
    call("unfold", t(2, 3, 4, 5, seed=1), (2, 3)), call("unfold", t(3, 5, 5, seed=1, dtype=D), 2, 2, 1, 2), call("unfold", t(1, 2, 3, 3, seed=1, dtype=torch.complex64), 2), call("unfold", o(1, 1, 3, 3).bool(), 2),
    call("fold", t(2, 12, 12, seed=1), (4, 5), (2, 2)), call("fold", t(8, 9, seed=1, dtype=D), (5, 5), 2, 2, 1, 2), call("fold", t(1, 4, 6, seed=1), (3, 4), 2),
]
grid = t(1, 3, 2, 2, seed=3, low=-1.6, high=1.6)
grid64 = t(1, 3, 2, 2, seed=4, low=-1.6, high=1.6, dtype=D)
grid3 = t(1, 2, 2, 2, 3, seed=5, low=-1.3, high=1.3)
for mode in ("bilinear", "nearest", "bicubic"):
    for padding in ("zeros", "border", "reflection"):
        for align in (True, False):
            cases.append(call("grid_sample", b64 if align else b, grid64 if align else grid, mode, padding, align))
for mode in ("bilinear", "nearest"):
    for padding in ("zeros", "border", "reflection"):
        cases.append(call("grid_sample", c, grid3, mode, padding, padding == "border"))
cases += [
    call("grid_sample", b, grid),
    call("affine_grid", t(2, 2, 3, seed=1), (2, 1, 3, 4), True), call("affine_grid", t(1, 2, 3, seed=1, dtype=D), (1, 1, 3, 2), False), call("affine_grid", t(1, 3, 4, seed=1), torch.Size((1, 1, 2, 3, 2)), False),
    call("affine_grid", t(1, 2, 3, seed=1), [1, 1, 1, 3], True),
]
T = o
errors = [
    ("interpolate", [T(1, 1, 2, 2)], {}), ("interpolate", [T(1, 1, 2, 2), 2, 2], {}), ("interpolate", [T(1, 1, 2, 2), (2,)], {}), ("interpolate", [T(1, 1, 2, 2)], {"scale_factor": (2,)}),
    ("interpolate", [T(1, 1, 2), 2], {"mode": "bilinear"}), ("interpolate", [T(1, 1, 2, 2), 2], {"mode": "linear"}), ("interpolate", [T(2, 2), 2], {}), ("interpolate", [T(1, 1, 2, 2), 2], {"align_corners": True}),
    ("interpolate", [T(1, 1, 2, 2), 0], {}), ("interpolate", [T(1, 1, 2), 0], {}), ("interpolate", [T(1, 1, 2, 2, 2), 0], {}), ("interpolate", [T(1, 1, 2, 2), 2], {"mode": "foo"}), ("interpolate", [T(1, 1, 2), 2], {"mode": "bicubic"}),
    ("interpolate", [T(1, 1, 2)], {"scale_factor": 2, "mode": "linear", "antialias": True}), ("interpolate", [T(1, 1, 2, 2).long(), 4], {}), ("interpolate", [T(1, 0, 2, 2), 4], {}),
    ("interpolate", [T(1, 1, 2, 2).int(), 4], {"mode": "bilinear"}), ("interpolate", [T(1, 1, 2, 2).long(), 4], {"mode": "bicubic"}), ("interpolate", [T(1, 1, 2).long(), 4], {}), ("interpolate", [T(1, 1, 2).long(), 4], {"mode": "linear"}),
    ("interpolate", [T(1, 1, 2).long(), 4], {"mode": "area"}), ("interpolate", [T(1, 1, 2, 2)], {"size": (2.5, 2)}), ("interpolate", [T(1, 1, 2, 2)], {"size": 4, "recompute_scale_factor": True}),
    ("interpolate", [T(1, 1, 2, 2), 4], {"mode": "lanczos"}), ("interpolate", [T(1, 1, 2, 2), 4], {"mode": "lanczos", "antialias": True, "align_corners": True}),
    ("grid_sample", [T(1, 1, 2, 2), T(1, 2, 2, 3)], {}), ("grid_sample", [T(1, 1, 2, 2), T(2, 2, 2, 2)], {}), ("grid_sample", [T(1, 1, 2), T(1, 2, 1)], {}), ("grid_sample", [T(1, 1, 2, 2), T(1, 2, 2, 2).double()], {}),
    ("grid_sample", [T(1, 1, 2, 2), T(1, 2, 2, 2)], {"mode": "foo"}), ("grid_sample", [T(1, 1, 2, 2), T(1, 2, 2, 2)], {"padding_mode": "foo"}), ("grid_sample", [T(1, 1, 2, 2, 2), T(1, 2, 2, 2, 3)], {"mode": "bicubic"}),
    ("grid_sample", [T(1, 1, 0, 2), T(1, 2, 2, 2)], {}), ("grid_sample", [T(1, 1, 2, 2), T(1, 2, 2, 2, 2)], {}),
    ("affine_grid", [T(1, 2, 2), (1, 1, 2, 2)], {}), ("affine_grid", [T(1, 2, 3), (1, 1, 2)], {}), ("affine_grid", [T(1, 2, 3).long(), (1, 1, 2, 2)], {}), ("affine_grid", [T(1, 2, 3), (1, 1, 0, 2)], {}),
    ("unfold", [T(3, 3), 2], {}), ("unfold", [T(1, 1, 3, 3), 4], {}), ("unfold", [T(1, 1, 3, 3), 2], {"stride": 0}), ("unfold", [T(1, 1, 3, 3), 2], {"dilation": 0}), ("unfold", [T(1, 1, 3, 3), 0], {}),
    ("unfold", [T(1, 1, 3, 3), (2, 2, 2)], {}), ("unfold", [T(1, 0, 3, 3), 2], {}), ("unfold", [T(1, 1, 3, 3), 2], {"padding": -1}), ("unfold", [T(1, 1, 3, 3).long(), 2], {}),
    ("fold", [T(1, 4, 5), (3, 3), 2], {}), ("fold", [T(1, 5, 4), (3, 3), 2], {}), ("fold", [T(4), (3, 3), 2], {}), ("fold", [T(1, 4, 4), (3, 3, 3), 2], {}), ("fold", [T(1, 4, 4), (0, 3), 2], {}), ("fold", [T(1, 4, 4), (3, 3), 2], {"padding": -1}),
    ("pixel_shuffle", [T(1, 3, 2, 2), 2], {}), ("pixel_shuffle", [T(2, 2), 2], {}), ("pixel_shuffle", [T(1, 4, 2, 2), 0], {}), ("pixel_unshuffle", [T(1, 1, 3, 2), 2], {}), ("pixel_unshuffle", [T(1, 1, 4, 3), 2], {}),
    ("pixel_unshuffle", [T(4, 3), 2], {}), ("channel_shuffle", [T(1, 3, 2, 2), 2], {}), ("channel_shuffle", [T(1, 2), 2], {}), ("channel_shuffle", [T(1, 4, 2, 2), 0], {}),
]
cases += [call(fn, *args, **kwargs) for fn, args, kwargs in errors]
save(__file__, cases, "torch")

