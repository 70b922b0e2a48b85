import { cooperativeCloseTypedData } from "@joulemint/protocol/cooperativeClose";
import type { SessionBook } from "../books/SessionBook.ts";
import type { World } from "../world/startWorld.ts";
import { partyAt, session } from "./choose.ts";
import { closeSession } from "./closeSession.ts";
import type { Operation } from "./Operation.ts";

/** With the operator's consent, at once; sometimes with a consent that is not the operator's, or to another use. */
export const closeCooperatively: Operation = {
  kind: "close cooperatively",
  weight: 2,
  async run(world) {
    const chosen = session(world, ({ live }) => live);
    if (chosen === null) return null;
    const fault = world.random.weighted([
      { weight: 10, fault: null },
      { weight: 1, fault: "signer" as const },
      { weight: 1, fault: "use" as const },
    ]).fault;
    return closeWithConsent(world, chosen, fault);
  },
};

export async function closeWithConsent(
  world: World,
  chosen: SessionBook,
  fault: "signer" | "use" | null = null,
): Promise<boolean> {
  const { offering, id } = chosen.terms;
  const signer = fault === "signer" ? world.parties.stranger : partyAt(world, offering.accounts.operator);
  const consent = { session: id, used: fault === "use" ? chosen.used + 1n : chosen.used };
  const signature = await signer.account.signTypedData(cooperativeCloseTypedData(consent, world.domain));
  return closeSession(world, chosen, signature, () => {
    const good = signer.address === offering.accounts.operator && consent.used === chosen.used;
    return good ? null : "Credits_InvalidOperatorSignature";
  });
}
