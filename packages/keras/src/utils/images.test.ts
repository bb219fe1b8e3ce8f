import { expect, test } from "vitest";
import * as keras from "../index.js";

const { array_to_img, img_to_array } = keras.utils;

test("images as arrays get an axis of channels, and lose it again", () => {
  const grey = keras.ops.array([
    [0, 128],
    [255, 64],
  ]);
  const x = img_to_array(grey);
  expect([[...x.shape], String(x.dtype)]).toEqual([[2, 2, 1], "float32"]);
  expect([...img_to_array(grey, "channels_first").shape]).toEqual([1, 2, 2]);
  const back = array_to_img(x);
  expect([String(back.dtype), back.tolist()]).toEqual(["uint8", grey.tolist()]);
  expect(array_to_img(keras.ops.array([[[1, 2, 3]]], "float32")).tolist()).toEqual([[[0, 127, 255]]]);
  expect(String(array_to_img(keras.ops.array([[[300]]], "float32"), { scale: false }).dtype)).toBe("int32");
});
test("what is no image is refused", () => {
  expect(() => img_to_array([1, 2])).toThrow("Unsupported image shape: (2,)");
  expect(() => array_to_img([[1]])).toThrow(
    "Expected image array to have rank 3 (single image). Got array with shape: (1, 1)",
  );
  expect(() => array_to_img([[[1, 2]]])).toThrow("Unsupported channel number: 2");
});
