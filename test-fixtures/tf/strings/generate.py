"""Texts and their characters: `tf.strings.unicode_*` over encodings and broken bytes, and `tf.fingerprint`.

    python test-fixtures/tf/strings/generate.py
"""

import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
import tensorflow as tf

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from fixtures import save  # noqa: E402

ENCODINGS = ("UTF-8", "UTF-16-BE", "UTF-32-BE")
TEXT = "hé€😀\x01\n~"
BROKEN = {
    "UTF-8": [b"a\xffb\xc3\x00c", b"\xe2\x82", b"\xf0\x9f\x98x", b"\xed\xa0\x80", b"\xc0\x80a", b"\xf4\x90\x80\x80", b"\xe0\x80\x80", b"\x80\xbf", b"\xf5a", b""],
    "UTF-16-BE": [b"\x00a\x00", b"\xd8\x00\x00a", b"\xdc\x00\x00a", b"\xd8\x3d\xde\x00\xd8\x3d", b"\xd8\x00\xd8\x3d\xde\x00"],
    "UTF-32-BE": [b"\x00\x00\x00a\x00", b"\x00\x11\x00\x00", b"\x00\x00\xd8\x00\x00\x00\x00b"],
}
cases = []


def plain(x):
    """Bytes as lists of numbers, tensors as lists."""
    if isinstance(x, tuple):
        return [plain(y) for y in x]
    a = x.numpy()
    if isinstance(a, bytes):
        return list(a)
    if a.dtype == object:
        return [list(b) for b in a.reshape(-1)]
    return a.tolist()


def case(fn, given, args, kw=None):
    kw = kw or {}
    f = tf.fingerprint if fn == "fingerprint" else getattr(tf.strings, fn)
    c = dict(fn=fn, given=list(given) if isinstance(given, bytes) else given, bytes=isinstance(given, bytes), args=args, kw=kw)
    try:
        c["out"] = plain(f(given, *args, **kw))
    except (tf.errors.InvalidArgumentError, ValueError) as e:
        c["error"] = [type(e).__name__, str(e)]
    cases.append(c)


for e in ENCODINGS:
    text = tf.strings.unicode_encode([ord(c) for c in TEXT], e).numpy()
    for b in (text, *BROKEN[e]):
        for errors in ("replace", "ignore", "strict"):
            for fn in ("unicode_decode", "unicode_decode_with_offsets", "unicode_split", "unicode_split_with_offsets"):
                if errors != "strict" or fn == "unicode_decode":
                    case(fn, b, [e], {"errors": errors})
    case("unicode_decode", text, [e], {"replace_control_characters": True, "replacement_char": 63})
    case("unicode_decode", BROKEN[e][0], [e], {"replacement_char": 0x1F600})
    case("unicode_split", BROKEN[e][0], [e], {"replacement_char": 63})
    for to in ENCODINGS:
        case("unicode_transcode", text, [e, to])
        case("unicode_transcode", BROKEN[e][0], [e, to], {"replacement_char": 33})
    for errors in ("replace", "ignore", "strict"):
        case("unicode_encode", [97, 0xD800, 0x10FFFF, 0x110000, 98], [e], {"errors": errors})
    case("unicode_encode", [[1, 200], [3000, 70000]], [e])
case("unicode_decode", b"abc", ["klingon"])
case("unicode_encode", 5, ["UTF-8"])
for b in (b"caf\xe9", b"\x80a"):
    case("unicode_decode", b, ["ISO-8859-1"])
    case("unicode_decode", b, ["US-ASCII"])
for x in (["hello", "b", ""], [["hello", "b"], ["c", "dd"]], [[1, 2], [3, 4]], [1.5, 2.5], [True, False], ["x" * n for n in (7, 16, 17, 32, 33, 64, 65, 200)]):
    case("fingerprint", x, [])
case("fingerprint", ["a"], [], {"method": "md5"})
case("fingerprint", "a", [])
save(__file__, cases, "tensorflow-cpu")
