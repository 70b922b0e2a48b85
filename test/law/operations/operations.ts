import { buy } from "./buy.ts";
import { buyAndOpen } from "./buyAndOpen.ts";
import { brokenStream, call, failedCall, overrun, stream } from "./call.ts";
import { claimShares } from "./claimShares.ts";
import { claimOperator, claimTreasury } from "./claimSplit.ts";
import { closeAfterDelay } from "./closeAfterDelay.ts";
import { closeCooperatively } from "./closeCooperatively.ts";
import { consume } from "./consume.ts";
import { crash } from "./crash.ts";
import { cutCall } from "./cutCall.ts";
import { disconnect } from "./disconnect.ts";
import { donate } from "./donate.ts";
import { handOver } from "./handOver.ts";
import { longStream } from "./longStream.ts";
import type { Operation } from "./Operation.ts";
import { open } from "./open.ts";
import { parallelCalls } from "./parallelCalls.ts";
import { parallelStreams } from "./parallelStreams.ts";
import { redeem } from "./redeem.ts";
import { release } from "./release.ts";
import { reorg } from "./reorg.ts";
import { requestClose } from "./requestClose.ts";
import { settle } from "./settle.ts";
import { settleDirectly } from "./settleDirectly.ts";
import { signVoucher } from "./signVoucher.ts";
import { topUp } from "./topUp.ts";
import { transferCredits } from "./transferCredits.ts";
import { transferCreditsBatch } from "./transferCreditsBatch.ts";
import { transferShares } from "./transferShares.ts";

/** Everything that can happen to credits, money and shares. */
export const operations: readonly Operation[] = [
  buy,
  buyAndOpen,
  open,
  topUp,
  transferCredits,
  transferCreditsBatch,
  call,
  overrun,
  stream,
  brokenStream,
  disconnect,
  parallelCalls,
  parallelStreams,
  longStream,
  cutCall,
  failedCall,
  signVoucher,
  settle,
  settleDirectly,
  release,
  requestClose,
  closeCooperatively,
  closeAfterDelay,
  consume,
  redeem,
  transferShares,
  claimShares,
  claimOperator,
  claimTreasury,
  handOver,
  donate,
  reorg,
  crash,
];
