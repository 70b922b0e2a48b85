import type { Mutant } from "./findMutants.ts";

type Mistake = Pick<Mutant, "within" | "before" | "after">;

const unguarded = (within: string): Mistake => ({ within, before: "nonReentrant", after: "" });
const never = (within: string, before: string): Mistake => ({ within, before, after: "false" });

/** For each hostile token or party, the mistakes that would let it have its way. */
export const HOSTILE: Readonly<Record<string, readonly Mistake[]>> = {
  "token that keeps a fee": [never("checkReceived", "received != needed")],
  "token that rebases": [
    never("accrue", "held <= owed"),
    {
      within: "_inBox",
      before: "token.balanceOf(box), held.reserved",
      after: "held.reserved, token.balanceOf(box)",
    },
  ],
  "token that returns nothing, or false": [
    { within: "_refund", before: "IERC20(o.paymentToken).safeTransfer", after: "IERC20(o.paymentToken).transfer" },
    { within: "pull", before: "token.safeTransferFrom", after: "token.transferFrom" },
    { within: "_claim", before: "paymentToken.safeTransfer", after: "paymentToken.transfer" },
    { within: "send", before: "token.safeTransfer", after: "token.transfer" },
  ],
  "token that reverts": [
    { within: "trySend", before: "token.trySafeTransfer", after: "token.transfer" },
    { within: "_receiveAuthorized", before: "payer.code.length == 0", after: "true" },
  ],
  "token that blocks an account": [
    { within: "setPayee", before: "box.trySend(token, former, due)", after: "true" },
    { within: "setPayee", before: "_reserved[id][former] += due;", after: "{}" },
  ],
  "token that calls back": [unguarded("redeem"), unguarded("settleAndRelease"), unguarded("accrue")],
  "receiver that calls back": [unguarded("buy")],
  "model that calls back": [unguarded("setPayee")],
  "malleable signature": [
    { within: "settleRows", before: "gt(s, MAX_S)", after: "iszero(lt(s, MAX_S))" },
    {
      within: "",
      before: "0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0",
      after: "0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1",
    },
  ],
  "replayed signature": [
    { within: "settleRows", before: "gt(cumulative, used)", after: "1" },
    { within: "settleRows", before: "gt(cumulative, used)", after: "iszero(lt(cumulative, used))" },
  ],
  "signature for another chain or contract": [
    { within: "settleRows", before: "mstore(add(scratch, 0x82), domainSeparator)", after: "{}" },
    never("_checkSignature", "!Signatures.isValid(operator, _hashTypedDataV4(structHash), signature)"),
    never("permit", "signer != owner"),
  ],
  "reused session id": [never("_open", "_sessions[offering][id].signer() != address(0)")],
  "flash-loaned votes": [
    {
      within: "_transfer",
      before: "source.delegated() || target.delegated()",
      after: "source.delegated() && target.delegated()",
    },
    {
      within: "_transfer",
      before: "source.delegated() || target.delegated()",
      after: "target.delegated()",
    },
  ],
  "shares bought around a release": [
    { within: "_transfer", before: "source.correction() + accrued", after: "source.correction()" },
    { within: "_transfer", before: "target.correction() - accrued", after: "target.correction()" },
  ],
  dust: [
    {
      within: "purchaseCost",
      before: "credits * pricePerMillion + MILLICREDITS_PER_MILLION - 1",
      after: "credits * pricePerMillion + MILLICREDITS_PER_MILLION",
    },
    {
      within: "redemptionValue",
      before: "credits * pricePerMillion / MILLICREDITS_PER_MILLION",
      after: "(credits * pricePerMillion + MILLICREDITS_PER_MILLION - 1) / MILLICREDITS_PER_MILLION",
    },
  ],
  "supply of one unit": [
    never("constructor", "supply == 0"),
    { within: "", before: "(1 << 95) - 1", after: "(1 << 95)" },
    never("accrue", "inflow > room"),
  ],
  "ten thousand holders": [
    {
      within: "revenuePerShare",
      before: "(lifetime << SCALE_BITS) / supply",
      after: "((lifetime << SCALE_BITS) + supply - 1) / supply",
    },
  ],
};

const plain = (text: string) => text.replaceAll(/\s+/g, " ");

/** Whether a mutant makes a mistake, wherever the function is. */
export function makes({ within, before, after }: Mistake, mistake: Mistake): boolean {
  return mistake.within === within && mistake.before === plain(before) && mistake.after === plain(after);
}

/** The hostile case that a mutant stands for. */
export function hostileCase(mutant: Mistake): string | undefined {
  return Object.entries(HOSTILE).find(([, mistakes]) => mistakes.some((mistake) => makes(mutant, mistake)))?.[0];
}
