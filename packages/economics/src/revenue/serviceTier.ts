/** How a call is served, from the least to the most urgent: with a deadline only, as it comes, ahead of others. */
export const SERVICE_TIERS = ["batch", "standard", "priority"] as const;
export type ServiceTier = (typeof SERVICE_TIERS)[number];

/** What vendors and texts call the same three. */
const ALIASES: Readonly<Record<string, ServiceTier>> = {
  low: "batch",
  "low-end": "batch",
  offline: "batch",
  flex: "batch",
  mid: "standard",
  "mid-tier": "standard",
  medium: "standard",
  high: "priority",
  "high-end": "priority",
  premium: "priority",
  realtime: "priority",
  "real-time": "priority",
  fast: "priority",
};

/** The tier that a word means, in whatever case. Throws `RangeError` for a word that is none: no tier is a default. */
export function serviceTier(word: string): ServiceTier {
  const name = word.toLowerCase();
  const known = SERVICE_TIERS.find((tier) => tier === name);
  const tier = known ?? (Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined);
  if (tier === undefined) throw new RangeError(`unknown tier ${word}; there are ${SERVICE_TIERS.join(", ")}`);
  return tier;
}
