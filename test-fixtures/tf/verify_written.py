"""Opens what Cognate wrote with TensorFlow: run by hand, after the files were written.

    COGNATE_WRITTEN=/some/folder npx vitest run packages/tf/src/saved/written.test.ts
    python test-fixtures/tf/verify_written.py /some/folder
"""

import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
import numpy as np
import tensorflow as tf

v1 = tf.compat.v1
folder = pathlib.Path(sys.argv[1])
done = 0


def check(what, got, want):
    global done
    assert np.array_equal(got, want), f"{what}: {got!r} is not {want!r}"
    done += 1


# A checkpoint of the Saver: by the reader, and restored into TensorFlow's own graph
path = str(folder / "v1/model-7")
check("latest", tf.train.latest_checkpoint(str(folder / "v1")), path)
reader = tf.train.load_checkpoint(path)
check("names", sorted(reader.get_variable_to_shape_map()), ["counter", "net/b", "net/w", "text"])
check("net/w", reader.get_tensor("net/w"), np.float32([[1.5, 2.5, -3.5], [4.5, 5.5, 6.5]]))
check("counter", reader.get_tensor("counter"), np.int64(7))
check("text", list(reader.get_tensor("text")), [b"a", "ä".encode(), b""])
with v1.Graph().as_default(), v1.Session() as sess:
    w = v1.get_variable("net/w", [2, 3], use_resource=False)
    b = v1.get_variable("net/b", [3])
    v1.train.Saver().restore(sess, path)
    check("restored", sess.run(b), np.float32([0.5, 0.25, -1]))

# Its graph
with v1.Graph().as_default(), v1.Session() as sess:
    saver = v1.train.import_meta_graph(path + ".meta")
    check("collections", [v.name for v in v1.global_variables()], ["net/w:0", "net/b:0", "counter:0", "text:0"])
    sess.run([v.initializer for v in v1.global_variables()])
    for v in v1.global_variables():
        sess.run(v.assign(reader.get_tensor(v.op.name)))
    x = np.float32([[1, 2]])
    want = np.tanh(x @ reader.get_tensor("net/w") + reader.get_tensor("net/b"))
    check("y:0", np.allclose(sess.run("y:0", {"x:0": x}), want, rtol=1e-6), True)

# A bundle of every element type
reader = tf.train.load_checkpoint(str(folder / "types"))
for name in reader.get_variable_to_shape_map():
    dtype = tf.as_dtype(name)
    want = np.array([1, 0, 1]).astype(dtype.as_numpy_dtype)
    check(name, np.asarray(reader.get_tensor(name)).astype(dtype.as_numpy_dtype), want)

# A checkpoint of objects
path = str(folder / "v2/ckpt-1")
root = tf.train.Checkpoint(step=tf.Variable(0), w=tf.Variable([0.0, 0.0]))
root.restore(path).assert_existing_objects_matched()
check("step", root.step.numpy(), 5)
check("w", root.w.numpy(), np.float32([1.5, -2.5]))
print(f"{done} checks passed")
