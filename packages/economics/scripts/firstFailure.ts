import fc from "fast-check";

// The first counterexample shows that a formula is wrong; the smallest may take hours to find.
fc.configureGlobal({ endOnFailure: true });
