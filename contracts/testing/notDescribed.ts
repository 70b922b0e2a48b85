interface NotDescribed {
  readonly why: string;
  readonly names: readonly string[];
}

const RECEIVED = {
  why: "Tokens call them when they are received.",
  names: ["onERC721Received", "onERC1155Received", "onERC1155BatchReceived"],
};

/** Functions, by contract, that no descriptor of ours shows to a wallet's owner. */
export const NOT_DESCRIBED: Readonly<Record<string, readonly NotDescribed[]>> = {
  Credits: [
    { why: "Settlers call them, and money reaches the split alone.", names: ["settle", "release", "settleAndRelease"] },
    { why: "A relayer brings what the owner has read and signed: the message Open.", names: ["openFor"] },
    {
      why: "Wallets know them from every ERC-1155.",
      names: ["safeTransferFrom", "safeBatchTransferFrom", "setApprovalForAll"],
    },
  ],
  CreditMetadata: [{ why: "For Credits alone.", names: ["record"] }],
  Shares: [
    { why: "Counts what has come in, and moves nothing.", names: ["accrue"] },
    { why: "A relayer brings what the holder has read and signed.", names: ["delegateBySig", "permit"] },
    { why: "Spenders are contracts; a person sends with transfer.", names: ["transferFrom"] },
  ],
  ShareBox: [{ why: "For the vault that created it alone.", names: ["delegate", "send", "trySend"] }],
  ModelGovernor: [
    {
      why: "A relayer brings what the voter has read and signed.",
      names: ["castVoteBySig", "castVoteWithReasonAndParamsBySig"],
    },
    { why: "Votes are counted without parameters.", names: ["castVoteWithReasonAndParams"] },
    {
      why: "A passed vote alone calls them, and propose shows it.",
      names: [
        "relay",
        "setLateQuorumVoteExtension",
        "setProposalThreshold",
        "setVotingDelay",
        "setVotingPeriod",
        "updateQuorumNumerator",
        "updateTimelock",
      ],
    },
    RECEIVED,
  ],
  ModelTimelock: [
    {
      why: "For the governor alone.",
      names: ["schedule", "scheduleBatch", "execute", "executeBatch", "cancel", "renounceRole"],
    },
    { why: "A passed vote alone calls them, and propose shows it.", names: ["grantRole", "revokeRole", "updateDelay"] },
    RECEIVED,
  ],
  TestDollar: [
    {
      why: "A stand-in for a payment token, on local chains.",
      names: [
        "mint",
        "transfer",
        "approve",
        "transferFrom",
        "permit",
        "transferWithAuthorization",
        "receiveWithAuthorization",
        "cancelAuthorization",
      ],
    },
  ],
};

/** EIP-712 types of the contracts that no descriptor of ours shows. */
export const MESSAGES_NOT_DESCRIBED: readonly NotDescribed[] = [
  { why: "Hashed, and never signed by itself.", names: ["Consumption", "Order", "RateCard", "Receipt"] },
  { why: "A gateway signs it, with its receipt key.", names: ["ReceiptBatch"] },
  {
    why: "Of the payment token, which is not ours to describe.",
    names: ["TransferWithAuthorization", "ReceiveWithAuthorization", "CancelAuthorization"],
  },
];
