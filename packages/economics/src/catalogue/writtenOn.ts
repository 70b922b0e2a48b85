/** The day on which the sources of `data/` that give no date were read. */
const READ = "2026-11-20";

/** When a source was written, by the first date in its name: a day or a month. Where it has none, when it was read. */
export const writtenOn = (source: string): string => /\b\d{4}-\d{2}(-\d{2})?\b/.exec(source)?.[0] ?? READ;
