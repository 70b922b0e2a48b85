import type { AnchorGas } from "./measureAnchors.ts";

interface Anchor {
  readonly name: string;
  /** What makes the comparison fair, and what it lacks. */
  readonly why: string;
  /** Gas of the transactions that do what the operation of that name does. */
  readonly gas: Readonly<Record<string, (measured: AnchorGas) => number>>;
}

/**
 * What our operations are compared with: contracts of other packages as they install, compiled with our settings and
 * measured in the same run.
 */
export const ANCHORS: readonly Anchor[] = [
  {
    name: "OpenZeppelin 4.9.6 PaymentSplitter",
    why: "Pays one payee its part of the revenue, in as many transactions as there are splitters. It cannot be sold, and its payees are written down one by one when it is created: 10,000 of them fit into no transaction.",
    gas: {
      claim: ({ splitter }) => splitter.release,
      claimFive: ({ splitter }) => 5 * splitter.release,
    },
  },
  {
    name: "EIP-3009 payments, OpenZeppelin 5.7.0",
    why: "One signed transfer for every payer, as pay-per-call schemes settle: from the payer to the seller, who sends them. No escrow, no receipts, no split, and a new slot for each.",
    gas: {
      settle1: ({ token }) => token.signedTransfer,
      settle10: ({ token }) => 10 * token.signedTransfer,
      settle100: ({ token }) => 100 * token.signedTransfer,
      settle300: ({ token }) => 300 * token.signedTransfer,
      settleMarginal: ({ token }) => token.signedTransfer,
    },
  },
  {
    name: "SingularityNET MultiPartyEscrow 2.1.0",
    why: "Claims of a seller from as many channels, each on the signed word of its payer: the nearest to our settlement, as its package ships it, compiled by its owner. The money stays in the escrow until the seller withdraws it. No price, no cap but the deposit, no receipts, no split, and a claim that one bad signature ends for all. A channel is paid for by allowance, and opening it fills six slots.",
    gas: {
      buyAndOpen3009: ({ escrow }) => escrow.open,
      topUp: ({ escrow }) => escrow.topUp,
      settle1: ({ escrow }) => escrow.claim1,
      settle10: ({ escrow }) => escrow.claim10,
      settle100: ({ escrow }) => escrow.claim100,
      settle300: ({ escrow }) => escrow.claim300,
      settleMarginal: ({ escrow }) => Math.round((escrow.claim300 - escrow.claim10) / 290),
    },
  },
  {
    name: "EIP-3009 payment, then Solady 0.1.26 ERC6909 mint",
    why: "Credits as a seller issues them once it was paid, in two transactions: no escrow, no terms, no cap.",
    gas: { buyAndOpen3009: ({ token, erc6909 }) => token.signedTransfer + erc6909.mintToNew },
  },
  {
    name: "EIP-3009 payment, then Solady 0.1.26 ERC1155 mint",
    why: "The same with the kind of token that wallets show, which ours is.",
    gas: { buyAndOpen3009: ({ token, erc1155 }) => token.signedTransfer + erc1155.mintToNew },
  },
  {
    name: "ERC-20 payment and Solady 0.1.26 ERC6909 mint or burn",
    why: "Credits paid for, or paid back, by a plain transfer, and issued or taken back by the seller: two transactions, in which each trusts the other.",
    gas: {
      topUp: ({ token, erc6909 }) => token.transfer + erc6909.mint,
      redeem: ({ token, erc6909 }) => token.transfer + erc6909.burn,
      closeRefund: ({ token, erc6909 }) => token.transfer + erc6909.burn,
    },
  },
  {
    name: "OpenZeppelin 5.7.0 ERC4626",
    why: "Pays into escrow and out of it again in one transaction: of one asset, without terms, price, session, cap or the operator's consent.",
    gas: {
      topUp: ({ vault }) => vault.deposit,
      redeem: ({ vault }) => vault.redeem,
      closeRefund: ({ vault }) => vault.redeem,
    },
  },
  {
    name: "Solady 0.1.26 ERC4626",
    why: "The same, in assembly.",
    gas: {
      topUp: ({ soladyVault }) => soladyVault.deposit,
      redeem: ({ soladyVault }) => soladyVault.redeem,
      closeRefund: ({ soladyVault }) => soladyVault.redeem,
    },
  },
  {
    name: "OpenZeppelin 5.7.0 ERC20",
    why: "A transfer of the payment token: what votes and revenue add to it is the difference.",
    gas: { transferShares: ({ token }) => token.transfer },
  },
  {
    name: "OpenZeppelin 5.7.0 ERC20Votes",
    why: "The same votes as our shares have, by the same code, without revenue.",
    gas: {
      transferShares: ({ votes }) => votes.transfer,
      transferSharesDelegated: ({ votes }) => votes.transferDelegated,
    },
  },
  {
    name: "Solady 0.1.26 ERC20Votes",
    why: "Votes in assembly, without revenue.",
    gas: {
      transferShares: ({ soladyVotes }) => soladyVotes.transfer,
      transferSharesDelegated: ({ soladyVotes }) => soladyVotes.transferDelegated,
    },
  },
];
