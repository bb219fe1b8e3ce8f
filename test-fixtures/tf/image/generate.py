"""tf.image: boxes, glimpses, similarity over scales, files."""
import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from public import add, f, i, np, tf, u01, write

boxes = np.float32([[0, 0, 1, 1], [0, 0.1, 1, 1.1], [0, -0.1, 1, 0.9], [0, 10, 1, 11], [0, 10.1, 1, 11.1], [0.4, 100, 1.5, 101]])
scores = np.float32([0.9, 0.75, 0.6, 0.95, 0.5, 0.3])
add("image.non_max_suppression", boxes, scores, 3); add("image.non_max_suppression", boxes, scores, 6, 0.3, 0.4); add("image.non_max_suppression", boxes[:, [2, 3, 0, 1]], scores, 6)
for sigma in (0.0, 0.5):
    add("image.non_max_suppression_with_scores", boxes, scores, 6, 0.5, 0.2, sigma)
iou = np.float32([[1, 0.6, 0.2, 0], [0.6, 1, 0.4, 0], [0.2, 0.4, 1, 0.7], [0, 0, 0.7, 1]])
add("image.non_max_suppression_overlaps", iou, np.float32([0.3, 0.9, 0.8, 0.4]), 3); add("image.non_max_suppression_overlaps", iou, np.float32([0.3, 0.9, 0.8, 0.4]), 4, 0.3, 0.35)
add("image.non_max_suppression_padded", boxes, scores, 3, pad_to_max_output_size=True); add("image.non_max_suppression_padded", tf.constant(boxes) if False else boxes, scores, 5, 0.3, 0.4, True)
add("image.non_max_suppression_padded", np.stack([boxes, boxes[::-1]]), np.stack([scores, scores + 0.01]), 4, 0.5, 0.35, True)
cb = f(2, 5, 1, 4, **u01); cb = np.concatenate([cb[..., :2], cb[..., :2] + 0.3], -1).astype("float32")
cs = f(2, 5, 3, **u01)
add("image.combined_non_max_suppression", cb, cs, 2, 4); add("image.combined_non_max_suppression", cb, cs, 2, 10, pad_per_class=True); add("image.combined_non_max_suppression", cb * 1.5, cs, 3, 5, 0.2, 0.4, clip_boxes=False)
cq = np.concatenate([cb] * 3, 2) + f(2, 5, 3, 4, lo=0, hi=0.05)
add("image.combined_non_max_suppression", cq.astype("float32"), cs, 3, 6, 0.3, 0.1)

bb = np.float32([[[0.1, 0.2, 0.6, 0.9], [0.3, -0.2, 1.4, 0.5], [0.8, 0.8, 0.2, 0.9]], [[0.0, 0.0, 1.0, 1.0], [0.2, 0.2, 0.4, 0.4], [0.5, 0.5, 0.9, 0.7]]])
for ch in (1, 3, 4):
    add("image.draw_bounding_boxes", f(2, 6, 7, ch, **u01), bb, None)
add("image.draw_bounding_boxes", f(2, 5, 8, 3, **u01), bb, np.float32([[0.9, 0.1, 0.2], [0.3, 0.4, 0.5]]))
for cen in (True, False):
    for norm in (True, False):
        add("image.extract_glimpse", f(2, 6, 5, 2), [3, 2], np.float32([[0.1, -0.2], [0.5, 0.4]]) if norm else np.float32([[1, 2], [2.4, 1.2]]), centered=cen, normalized=norm, noise="zero")
add("image.extract_glimpse", f(1, 6, 5, 1), [4, 4], np.float32([[0.9, -0.9]]), noise="zero"); add("image.extract_glimpse", f(1, 6, 5, 1), [2, 3], np.float32([[-3, 9]]), centered=False, normalized=False, noise="zero")
for s in (1, 4):
    add("image.sample_distorted_bounding_box", np.int32([40, 50, 3]), np.float32([[[0.1, 0.2, 0.6, 0.9]]]), seed=s)
    add("image.sample_distorted_bounding_box", np.int32([33, 21, 3]), np.float32([[[0.1, 0.2, 0.5, 0.5], [0.3, 0.3, 0.9, 0.8]]]), seed=s, min_object_covered=0.7, aspect_ratio_range=[0.5, 2.0], area_range=[0.2, 0.9], max_attempts=30)
    add("image.sample_distorted_bounding_box", np.int64([40, 50, 3]), np.zeros((1, 0, 4), "float32"), seed=s, use_image_if_no_bounding_boxes=True)
    add("image.stateless_sample_distorted_bounding_box", np.int32([40, 50, 3]), np.float32([[[0.1, 0.2, 0.6, 0.9]]]), [s, 2])
    add("image.stateless_sample_distorted_bounding_box", np.int32([64, 48, 3]), np.float32([[[0.4, 0.2, 0.6, 0.5]]]), [s, 9], min_object_covered=0.5, area_range=[0.1, 1.0])
    for n in "brightness saturation contrast hue flip_left_right flip_up_down".split():
        extra = {"brightness": [0.3], "hue": [0.2], "saturation": [0.5, 1.5], "contrast": [0.5, 1.5]}.get(n, [])
        add("image.stateless_random_" + n, f(3, 4, 3, **u01), *extra, seed=[s, 3])
        add("image.random_" + n, f(3, 4, 3, **u01), *extra, seed=s)
    add("image.random_crop", f(5, 6, 2), [3, 2, 2], seed=s)
a, b = f(1, 96, 97, 1, **u01), f(1, 96, 97, 1, **u01)
add("image.ssim_multiscale", a[:, ::2, ::2], a[:, ::2, ::2] * 0.9 + b[:, ::2, ::2] * 0.1, 1.0, power_factors=[0.4, 0.3, 0.3], filter_size=5)
add("image.ssim", i(14, 13, 2, hi=255).astype("uint8"), i(14, 13, 2, hi=255).astype("uint8"), 255); add("image.ssim", f(12, 12, 1, **u01), f(12, 12, 1, **u01), 1.0, 7, 1.0, 0.02, 0.05, return_index_map=True)

# files: made here by other programs where TensorFlow does not write them
u8 = lambda *s: i(*s, hi=255).astype("uint8")
for ch in (1, 2, 3, 4):
    png = tf.io.encode_png(u8(5, 4, ch)).numpy().decode("latin-1")
    for want in (0, 1, 3, 4):
        if not (ch == 2 and want == 0 and False):
            add("image.decode_png", {"$bytes": png}, channels=want)
wide = tf.io.encode_png(i(3, 2, 3, hi=65535).astype("uint16")).numpy().decode("latin-1")
add("image.decode_png", {"$bytes": wide}, dtype=tf.uint16); add("image.decode_png", {"$bytes": wide}); add("image.decode_image", {"$bytes": wide}, dtype=tf.float32); add("image.decode_png", {"$bytes": png}, dtype=tf.uint16)


def bmp(a):
    """Pixels [height, width, 3] as a BMP of 24 bits, rows from the bottom."""
    h, w, _ = a.shape
    pad = (-3 * w) % 4
    rows = b"".join(a[y, :, ::-1].tobytes() + b"\0" * pad for y in reversed(range(h)))
    head = struct.pack("<IiiHHIIiiII", 40, w, h, 1, 24, 0, len(rows), 2835, 2835, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(rows), 0, 0, 54) + head + rows


def gif(frames, colours, part=None, transparent=None):
    """Indices of frames as a GIF; each code of 9 bits is one pixel, the table starts anew after each 200."""
    h, w = frames[0].shape
    out = b"GIF89a" + struct.pack("<HHBBB", w, h, 0xF7, 0, 0) + colours.tobytes()
    for k, a in enumerate(frames):
        left, top = part if part and k else (0, 0)
        a = a[top:, left:]
        if transparent is not None:
            out += b"\x21\xf9\x04\x01\0\0" + bytes([transparent]) + b"\0"
        out += b"," + struct.pack("<HHHHB", left, top, a.shape[1], a.shape[0], 0) + b"\x08"
        bits, n = 0, 0
        for j, v in enumerate([c for i, v in enumerate(a.reshape(-1)) for c in ([256] if i % 200 == 0 else []) + [int(v)]] + [257]):
            bits |= v << n
            n += 9
        data = bits.to_bytes((n + 7) // 8, "little")
        out += b"".join(bytes([len(data[i:i + 255])]) + data[i:i + 255] for i in range(0, len(data), 255)) + b"\0"
    return out + b";"


def file(raw):
    return {"$bytes": raw.decode("latin-1")}


rgb = u8(5, 6, 3)
add("image.decode_bmp", file(bmp(rgb))); add("image.decode_bmp", file(bmp(u8(3, 3, 3))), channels=3); add("image.decode_image", file(bmp(rgb)))
table = u8(256, 3)
frames = [u8(9, 7) for _ in range(3)]
add("image.decode_gif", file(gif(frames[:1], table))); add("image.decode_gif", file(gif(frames, table, (2, 3)))); add("image.decode_gif", file(gif([f_ // 64 for f_ in frames], table, None, 1)))
add("image.decode_image", file(gif(frames[:2], table))); add("image.decode_image", file(gif(frames[:2], table)), expand_animations=False)
add("image.is_jpeg", {"$bytes": "\xff\xd8\xff\xe0abc"}); add("image.is_jpeg", {"$bytes": "GIF89a"})
write(__file__)
