"""The status codes of `tf.errors`, and what an image that is too small for a crop raises."""
import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
import tensorflow as tf

from fixtures import save

cases = [dict(name=n, value=getattr(tf.errors, n)) for n in dir(tf.errors) if n.isupper()]
try:
    tf.image.stateless_random_crop(tf.zeros([4, 5, 3]), [5, 4, 3], [1, 2])
except tf.errors.InvalidArgumentError as e:
    cases.append(dict(name="stateless_random_crop", value=str(e)))
save(__file__, cases, "tensorflow-cpu")
