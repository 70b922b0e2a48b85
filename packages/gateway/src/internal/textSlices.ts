const SLICE = 4096;
/** Byte-pair merging is quadratic in an unbroken run of characters; a caller could stop the process with one. */
const LONGEST_RUN = 512;
const HAS_LONG_RUN = /\S{513}|\s{513}/;
const SHORT_RUNS = new RegExp(`\\s{0,${LONGEST_RUN}}\\S{1,${LONGEST_RUN}}|\\s{1,${LONGEST_RUN}}`, "g");

/** Cuts at spaces, where a tokenizer cuts anyway, so that slicing changes a count only for unbroken runs. */
export function* textSlices(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + SLICE, text.length);
    if (end < text.length) {
      const space = text.lastIndexOf(" ", end);
      if (space > start) end = space;
    }
    const slice = text.slice(start, end);
    if (HAS_LONG_RUN.test(slice)) yield* slice.match(SHORT_RUNS) ?? [];
    else yield slice;
    start = end;
  }
}
