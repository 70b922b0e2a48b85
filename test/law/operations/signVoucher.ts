import { signVoucher as sign } from "@joulemint/protocol/Voucher";
import type { Hex } from "viem";
import type { SessionBook } from "../books/SessionBook.ts";
import type { World } from "../world/startWorld.ts";
import { errorCode, expectRefusal } from "./chat.ts";
import { session } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** A consumer asks what to sign, and signs it; sometimes somebody else does, which is refused. */
export const signVoucher: Operation = {
  kind: "sign a voucher",
  weight: 7,
  async run(world) {
    await world.indexed();
    const chosen = session(world, ({ terms, state, charged, voucher }) => {
      return terms.consumerSigned && state !== "suspended" && charged > voucher;
    });
    if (chosen === null || !chosen.terms.consumerSigned) return null;
    const address = `${world.factory.url}/sessions/${chosen.terms.id}/voucher`;
    const asked = await fetch(address);
    if (chosen.state === "suspended") {
      await expectRefusal(asked, "SESSION_SUSPENDED");
      return false;
    }
    const { message } = (await asked.json()) as {
      message: { session: Hex; cumulative: string; receiptsHead: Hex };
    };
    if (message.cumulative !== String(chosen.charged)) {
      throw new Error(`${chosen.charged} was charged, but the gateway asks for a voucher of ${message.cumulative}`);
    }
    return chosen.charged === 0n ? null : giveVoucher(world, chosen, { address, message });
  },
};

async function giveVoucher(
  { random, domain, parties }: World,
  chosen: SessionBook,
  due: { readonly address: string; readonly message: { session: Hex; cumulative: string; receiptsHead: Hex } },
): Promise<boolean> {
  const { address, message } = due;
  const forged = random.chance(0.15);
  const signer = forged ? parties.stranger.account : chosen.terms.signer;
  const signature = await sign({ ...message, cumulative: BigInt(message.cumulative) }, signer, domain);
  const response = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...message, signature }),
  });
  if (forged) {
    await expectRefusal(response, "VOUCHER_INVALID");
    return false;
  }
  if (!response.ok) throw new Error(`a good voucher is refused: ${await errorCode(response)}`);
  await response.body?.cancel();
  if (chosen.voucher === chosen.charged) return false;
  chosen.voucher = chosen.charged;
  return true;
}
