import { describe, expect, it } from "vitest";
import { Admission } from "./Admission.ts";

const never = new AbortController().signal;

describe("Admission", () => {
  it("admits in the order of arrival, as places get free", async () => {
    const admission = new Admission(1);
    const admitted: number[] = [];
    await admission.enter(never);
    const waiting = [1, 2].map((i) => admission.enter(never).then(() => admitted.push(i)));
    await Promise.resolve();
    expect(admitted).toEqual([]);
    admission.leave();
    await waiting[0];
    expect(admitted).toEqual([1]);
    admission.leave();
    await waiting[1];
    expect(admitted).toEqual([1, 2]);
  });

  it("forgets who went away, and keeps no place for them", async () => {
    const admission = new Admission(1);
    const gone = new AbortController();
    await admission.enter(never);
    const leaving = admission.enter(gone.signal);
    const staying = admission.enter(never);
    gone.abort();
    await expect(leaving).rejects.toThrow();
    await expect(admission.enter(gone.signal)).rejects.toThrow();
    admission.leave();
    await staying;
    admission.leave();
    await admission.enter(never);
  });
});
