import { purchaseCost } from "@joulemint/economics/purchaseCost";
import { redemptionValue } from "@joulemint/economics/redemptionValue";
import { releasedRevenue } from "@joulemint/economics/releasedRevenue";
import {
  claimRevenue,
  earned,
  type Holding,
  receiveShares,
  revenuePerShare,
  sendShares,
} from "@joulemint/economics/shareRevenue";
import { splitRevenue } from "@joulemint/economics/splitRevenue";
import { type BaseUnits, baseUnits, bps, millicredits, pricePerMillion, shareUnits } from "@joulemint/economics/units";
import { CONSUMERS, type Step, type Terms } from "./marketHistory.ts";

interface Session {
  readonly offering: number;
  readonly owner: number;
  cap: bigint;
  used: bigint;
  open: boolean;
}

/**
 * What `Credits` and `Shares` must come to, in as few lines as the formulas of `packages/economics` allow. `play` gives the
 * step with its indexes and amounts brought within what there is, or nothing if there is nothing to do.
 */
export class ReferenceMarket {
  readonly sessions: Session[] = [];
  readonly wallets: bigint[][];
  /** Base units of the payment token that each party gained or lost. */
  readonly money: Record<string, bigint> = {};
  readonly #terms: readonly Terms[];
  readonly #consumed: bigint[];
  readonly #released: BaseUnits[];
  readonly #claimed: { operator: bigint; treasury: bigint }[];
  /** Roles whose account is another than the offering names, by offering. */
  readonly #handedOver: Set<"operator" | "treasury">[];
  readonly #holdings: Holding[];
  readonly #supply: bigint;
  #lifetime = 0n;

  constructor(terms: readonly Terms[], shares: readonly bigint[]) {
    this.#terms = terms;
    this.wallets = terms.map(() => Array.from({ length: CONSUMERS }, () => 0n));
    this.#consumed = terms.map(() => 0n);
    this.#released = terms.map(() => baseUnits(0n));
    this.#claimed = terms.map(() => ({ operator: 0n, treasury: 0n }));
    this.#handedOver = terms.map(() => new Set());
    this.#holdings = shares.map((balance) => ({ balance: shareUnits(balance), correction: 0n }));
    this.#supply = shares.reduce((sum, balance) => sum + balance);
  }

  play(step: Step): Step | undefined {
    switch (step.kind) {
      case "buy":
      case "buyAndOpen":
      case "purchase": {
        const offering = step.offering % this.#terms.length;
        this.#pay(`consumer ${step.consumer}`, "credits", this.#cost(offering, step.credits));
        if (step.kind === "buy") this.#addToWallet(offering, step.consumer, step.credits);
        else this.#open(offering, step.consumer, step.credits);
        return { ...step, offering };
      }
      case "open":
      case "openFor":
      case "redeem":
      case "consume":
      case "transferCredits": {
        const offering = step.offering % this.#terms.length;
        const held = this.wallets[offering]?.[step.consumer] ?? 0n;
        if (held === 0n) return undefined;
        const credits = 1n + (step.credits % held);
        this.#addToWallet(offering, step.consumer, -credits);
        if (step.kind === "open" || step.kind === "openFor") this.#open(offering, step.consumer, credits);
        else if (step.kind === "consume") this.#consume(offering, credits);
        else if (step.kind === "transferCredits") this.#addToWallet(offering, step.to, credits);
        else this.#pay("credits", `consumer ${step.consumer}`, this.#worth(offering, credits));
        return { ...step, offering, credits };
      }
      case "topUp": {
        const [index, session] = this.#session(step.session);
        if (!session?.open) return undefined;
        session.cap += step.credits;
        this.#pay(`consumer ${step.consumer}`, "credits", this.#cost(session.offering, step.credits));
        return { ...step, session: index };
      }
      case "settle": {
        const [index, session] = this.#session(step.session);
        const [other, otherSession] = this.#session(step.other);
        if (!session || !otherSession) return undefined;
        this.#use(session, step.cumulative);
        if (otherSession.offering === session.offering) this.#use(otherSession, step.otherCumulative);
        return { ...step, session: index, other };
      }
      case "release": {
        const offering = step.offering % this.#terms.length;
        const before = this.#split(offering).holders;
        this.#released[offering] = releasedRevenue(
          millicredits(this.#consumed[offering] ?? 0n),
          pricePerMillion(this.#termsOf(offering).pricePerMillion),
        );
        const holders = this.#split(offering).holders - before;
        this.#lifetime += holders;
        this.#pay("credits", "shares", holders);
        return { ...step, offering };
      }
      case "claim": {
        const offering = step.offering % this.#terms.length;
        const claimed = this.#claimed[offering];
        if (!claimed) return undefined;
        const due = this.#split(offering)[step.role];
        const account = this.#handedOver[offering]?.has(step.role) ? `next ${step.role}` : step.role;
        this.#pay("credits", account, due - claimed[step.role]);
        claimed[step.role] = due;
        return { ...step, offering };
      }
      case "handOver": {
        const offering = step.offering % this.#terms.length;
        if (this.#handedOver[offering]?.has(step.role)) return undefined;
        this.#handedOver[offering]?.add(step.role);
        return { ...step, offering };
      }
      case "close": {
        const [index, session] = this.#session(step.session);
        if (!session?.open) return undefined;
        session.open = false;
        const amount = this.#worth(session.offering, session.cap - session.used);
        this.#pay("credits", `consumer ${session.owner}`, amount);
        return { ...step, session: index };
      }
      case "transferShares": {
        const shares = shareUnits(step.shares % (this.#holding(step.from).balance + 1n));
        this.#holdings[step.from] = sendShares(this.#holding(step.from), shares, this.#perShare);
        this.#holdings[step.to] = receiveShares(this.#holding(step.to), shares, this.#perShare);
        return { ...step, shares };
      }
      case "give": {
        this.#lifetime += step.amount;
        this.#pay("outside", "shares", step.amount);
        return step;
      }
      case "claimShares":
      case "claimAll": {
        const { holding, paid } = claimRevenue(this.#holding(step.holder), this.#perShare);
        this.#holdings[step.holder] = holding;
        this.#pay("shares", `holder ${step.holder}`, paid);
        return step;
      }
    }
  }

  /** Shares of every holder, and what it can claim. */
  get holdings(): { shares: bigint; claimable: bigint }[] {
    return this.#holdings.map((holding) => ({ shares: holding.balance, claimable: earned(holding, this.#perShare) }));
  }

  get #perShare() {
    return revenuePerShare(baseUnits(this.#lifetime), shareUnits(this.#supply));
  }

  #termsOf(offering: number): Terms {
    return this.#terms[offering] as Terms;
  }

  #holding(index: number): Holding {
    return this.#holdings[index] as Holding;
  }

  #session(index: number): [index: number, session: Session | undefined] {
    const at = index % Math.max(1, this.sessions.length);
    return [at, this.sessions[at]];
  }

  #cost(offering: number, credits: bigint): bigint {
    return purchaseCost(millicredits(credits), pricePerMillion(this.#termsOf(offering).pricePerMillion));
  }

  #worth(offering: number, credits: bigint): bigint {
    return redemptionValue(millicredits(credits), pricePerMillion(this.#termsOf(offering).pricePerMillion));
  }

  #split(offering: number) {
    const { holdersBps, treasuryBps } = this.#termsOf(offering);
    return splitRevenue(this.#released[offering] as BaseUnits, {
      holdersBps: bps(holdersBps),
      treasuryBps: bps(treasuryBps),
    });
  }

  #open(offering: number, owner: number, credits: bigint): void {
    this.sessions.push({ offering, owner, cap: credits, used: 0n, open: true });
  }

  #use(session: Session, cumulative: bigint): void {
    if (!session.open) return;
    const used = cumulative > session.cap ? session.cap : cumulative;
    if (used <= session.used) return;
    this.#consume(session.offering, used - session.used);
    session.used = used;
  }

  #consume(offering: number, credits: bigint): void {
    this.#consumed[offering] = (this.#consumed[offering] ?? 0n) + credits;
  }

  #addToWallet(offering: number, consumer: number, credits: bigint): void {
    const wallets = this.wallets[offering] as bigint[];
    wallets[consumer] = (wallets[consumer] ?? 0n) + credits;
  }

  #pay(from: string, to: string, amount: bigint): void {
    this.money[from] = (this.money[from] ?? 0n) - amount;
    this.money[to] = (this.money[to] ?? 0n) + amount;
  }
}
