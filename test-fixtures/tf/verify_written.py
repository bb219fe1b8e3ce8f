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
    saver.restore(sess, path)
    check("counter", sess.run("counter:0"), np.int64(7))
    check("saved again", saver.save(sess, str(folder / "again")), str(folder / "again"))
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

# SavedModels of TensorFlow 1 with a table: loaded by both
words = tf.constant(["c", "zzz", "a"])
want = np.float32([[3.5], [-4.5], [1.5]])
with v1.Graph().as_default(), v1.Session() as sess:
    meta = v1.saved_model.loader.load(sess, ["serve"], str(folder / "sm1"))
    signature = meta.signature_def["serving_default"]
    names = [signature.outputs[k].name for k in ("rows", "total")]
    rows, total = sess.run(names, {signature.inputs["words"].name: ["c", "zzz", "a"]})
    check("rows", rows, want)
    check("total", total, np.float32(0.5))
model = tf.saved_model.load(str(folder / "sm1"))
out = model.signatures["serving_default"](words)
check("rows of tf.saved_model.load", out["rows"].numpy(), want)

# A frozen graph, a graph as text, and a MetaGraph alone
frozen = v1.GraphDef()
frozen.ParseFromString((folder / "frozen.pb").read_bytes())
with v1.Graph().as_default(), v1.Session() as sess:
    x, y = v1.import_graph_def(frozen, return_elements=["x:0", "out:0"], name="")
    check("frozen", sess.run(y, {x: [[1, 2], [3, 1]]}), np.float32([[0], [2.5]]))
with v1.Graph().as_default() as g:
    from google.protobuf import text_format

    text = text_format.Parse((folder / "graph.pbtxt").read_text(), v1.GraphDef())
    v1.import_graph_def(text, name="")
    check("text", g.get_operation_by_name("out").type, "Relu")
with v1.Graph().as_default(), v1.Session() as sess:
    v1.train.import_meta_graph(str(folder / "plain.meta"))
    sess.run(v1.global_variables_initializer())
    check("plain", sess.run("out:0", {"x:0": [[1, 0.25]]}), np.float32([[1]]))
print(f"{done} checks passed")
