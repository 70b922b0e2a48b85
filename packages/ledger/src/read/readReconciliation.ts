// `reconcile` on a snapshot that is open already: opening another inside it would wait for itself on PGlite.
export { readReconciliation } from "../internal/reconcile/readReconciliation.ts";
