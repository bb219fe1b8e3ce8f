"""Programs of TensorFlow 1 (programs.txt: Python, and the same in JavaScript), and what TensorFlow prints for them.

    python test-fixtures/tf/v1/snippets/generate.py
"""

import contextlib
import io
import os
import pathlib
import re
import sys
import tempfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))

import numpy as np  # noqa: E402
import tensorflow.compat.v1 as tf  # noqa: E402

from fixtures import save  # noqa: E402

tf.disable_v2_behavior()
tf.logging.set_verbosity(tf.logging.ERROR)


def cleaned(message):
    """An error's words without the places in Python files that TensorFlow adds, and the numbers that it gives queues."""
    message = re.sub(r"'_\d+_", "'_0_", message)
    m = re.search(r"Node: '[^\n]*'\n(.*?)\n\t \[\[", message, re.S)
    if m:
        return m.group(1)
    message = re.sub(r'Originally defined at:.*', "Originally defined at:", message, flags=re.S)
    message = re.sub(r"^Graph execution error:\n\n", "", message)
    return message.split("\n\t [[")[0]


def run(source):
    tf.reset_default_graph()
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(source, "program", "exec"), {"tf": tf, "np": np})
    return out.getvalue()


os.chdir(tempfile.mkdtemp())
cases = []
for part in re.split(r"^=== ", (HERE / "programs.txt").read_text(), flags=re.M)[1:]:
    name, rest = part.split("\n", 1)
    python, script = rest.split("--- js\n")
    if name.startswith("wrong:"):
        tf.reset_default_graph()
        try:
            exec(compile(python, "program", "exec"), {"tf": tf, "np": np})
        except Exception as e:
            cases.append({"name": name, "js": script.strip(), "class": type(e).__name__, "message": cleaned(str(e))})
        else:
            raise SystemExit(f"{name} raised nothing")
        continue
    try:
        cases.append({"name": name, "js": script.strip(), "out": run(python)})
    except Exception as e:
        raise SystemExit(f"{name}: {type(e).__name__}: {e}")
save(__file__, cases, "tensorflow-cpu")
