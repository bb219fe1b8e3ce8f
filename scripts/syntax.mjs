// What the steps of the build that read code share.

/** The nodes right within one, each with the name of the place where it stands. */
export function* children(n) {
  for (const [place, value] of Object.entries(n))
    for (const child of Array.isArray(value) ? value : [value])
      if (typeof child?.type === "string") yield [place, child];
}
