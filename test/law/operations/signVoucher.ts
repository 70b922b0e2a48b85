import { signVoucher as sign } from "@joulemint/protocol/Voucher";
import type { Hex } from "viem";
import { session } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** A consumer asks what to sign, and signs it; sometimes somebody else does, which is refused. */
export const signVoucher: Operation = {
  kind: "sign a voucher",
  weight: 7,
  async run(world) {
    await world.indexed();
    const { random, url, domain, parties } = world;
    const chosen = session(world, ({ terms, charged, voucher }) => terms.consumerSigned && charged > voucher);
    if (chosen === null || !chosen.terms.consumerSigned) return null;
    const address = `${url}/sessions/${chosen.terms.id}/voucher`;
    const { message } = (await (await fetch(address)).json()) as {
      message: { session: Hex; cumulative: string; receiptsHead: Hex };
    };
    if (message.cumulative !== String(chosen.charged)) {
      throw new Error(`${chosen.charged} was charged, but the gateway asks for a voucher of ${message.cumulative}`);
    }
    if (chosen.charged === 0n) return null;

    const forged = random.chance(0.15);
    const signer = forged ? parties.stranger.wallet.account : chosen.terms.signer;
    const signature = await sign({ ...message, cumulative: BigInt(message.cumulative) }, signer, domain);
    const response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...message, signature }),
    });
    if (response.ok === forged) throw new Error(`a ${forged ? "forged" : "good"} voucher: ${await response.text()}`);
    await response.body?.cancel();
    if (forged || chosen.voucher === chosen.charged) return false;
    chosen.voucher = chosen.charged;
    return true;
  },
};
