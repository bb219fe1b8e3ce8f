"""A SavedModel whose functions look words up: a table filled from a file that belongs to the model, and one from constants.

    python test-fixtures/tf/saved-tables/generate.py
"""
import os
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from public import np, save, tf

sys.path.insert(0, str(HERE.parents[1]))
from fixtures import lock

vocabulary = Path(tempfile.mkdtemp()) / "vocabulary.txt"
vocabulary.write_text("apple\nbanana\ncherry\n")


class Model(tf.Module):
    def __init__(self):
        super().__init__()
        self.prices = tf.Variable([10.5, 20.5, 30.5, -1.0], name="prices")
        self.fruit = tf.lookup.StaticHashTable(tf.lookup.TextFileInitializer(str(vocabulary), tf.string, tf.lookup.TextFileIndex.WHOLE_LINE, tf.int64, tf.lookup.TextFileIndex.LINE_NUMBER), 3)
        self.stock = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(["apple", "cherry"], tf.constant([7, 9], tf.int64)), 0)

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="words")])
    def serve(self, words):
        ids = self.fruit.lookup(words)
        return {"ids": ids, "price": tf.gather(self.prices, ids), "stock": self.stock.lookup(words), "size": self.fruit.size()}


m = Model()
shutil.rmtree(HERE / "model", ignore_errors=True)
tf.saved_model.save(m, str(HERE / "model"), signatures=m.serve)
os.remove(HERE / "model" / "fingerprint.pb")
loaded = tf.saved_model.load(str(HERE / "model"))
cases = []
for words in [["banana", "plum", "cherry"], ["apple"], []]:
    out = loaded.signatures["serving_default"](words=tf.constant(words, tf.string))
    cases.append({"words": words, "out": {k: np.asarray(v) for k, v in out.items()}})
save(__file__, cases, "tensorflow-cpu")
for path in sorted((HERE / "model").rglob("*")):
    if path.is_file():
        lock(path, "tensorflow-cpu")
