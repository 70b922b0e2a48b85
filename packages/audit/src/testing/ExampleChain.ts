import {
  type Abi,
  type Address,
  custom,
  decodeFunctionData,
  encodeAbiParameters,
  encodeEventTopics,
  encodeFunctionResult,
  type Hex,
  hexToBigInt,
  keccak256,
  numberToHex,
  parseAbiParameters,
  type Transport,
} from "viem";

/** What a contract answers to a call, by the name of its function; `undefined` reverts. */
export type Answer = (functionName: string, args: readonly unknown[]) => unknown;

interface Contract {
  readonly abi: Abi;
  readonly deployed: bigint;
  readonly answer: Answer;
}

interface Log {
  readonly address: Address;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly blockNumber: Hex;
  readonly blockHash: Hex;
  readonly transactionHash: Hex;
  readonly logIndex: Hex;
}

interface Filter {
  readonly address: Address;
  readonly topics: readonly (readonly Hex[] | null)[];
  readonly fromBlock: Hex;
  readonly toBlock: Hex;
}

/** A chain in memory with a block for each transaction, which answers over JSON-RPC for its newest state. */
export class ExampleChain {
  readonly chainId = 31_337;
  readonly #contracts = new Map<Address, Contract>();
  readonly #logs: Log[] = [];
  #head = 0n;
  /** Blocks that one `eth_getLogs` may span. */
  widest = 1_000n;

  get head(): { readonly number: bigint; readonly hash: Hex } {
    return { number: this.#head, hash: blockHash(this.#head) };
  }

  deploy(address: Address, abi: Abi, answer: Answer): void {
    this.mine();
    this.#contracts.set(address, { abi, deployed: this.#head, answer });
  }

  /** A new block. */
  mine(): void {
    this.#head += 1n;
  }

  /** A log of the newest block, and where it is. */
  emit(address: Address, abi: Abi, eventName: string, args: Readonly<Record<string, unknown>>) {
    const item = abi.find((entry) => entry.type === "event" && entry.name === eventName);
    if (item?.type !== "event") throw new Error(`there is no event ${eventName}`);
    const plain = item.inputs.filter(({ indexed }) => indexed !== true);
    const blockNumber = this.#head;
    const logIndex = this.#logs.filter((log) => hexToBigInt(log.blockNumber) === blockNumber).length;
    const transactionHash = keccak256(numberToHex(blockNumber));
    this.#logs.push({
      address,
      topics: encodeEventTopics({ abi, eventName, args }) as Hex[],
      data: encodeAbiParameters(
        plain,
        plain.map(({ name }) => args[name ?? ""]),
      ),
      blockNumber: numberToHex(blockNumber),
      blockHash: blockHash(blockNumber),
      transactionHash,
      logIndex: numberToHex(logIndex),
    });
    return { blockNumber, logIndex, transactionHash };
  }

  transport(): Transport {
    return custom({ request: async ({ method, params }) => this.#answer(method, params) }, { retryCount: 0 });
  }

  #answer(method: string, params: readonly unknown[]): unknown {
    switch (method) {
      case "eth_chainId":
        return numberToHex(this.chainId);
      case "eth_blockNumber":
        return numberToHex(this.#head);
      case "eth_getBlockByNumber":
        return this.#block(params[0] as Hex | "safe" | "finalized");
      case "eth_getCode": {
        const [address, block] = params as [Address, Hex];
        const deployed = this.#contracts.get(address)?.deployed;
        return deployed !== undefined && deployed <= hexToBigInt(block) ? "0xfe" : "0x";
      }
      case "eth_getLogs":
        return this.#find(params[0] as Filter);
      case "eth_call":
        return this.#call(params[0] as { to: Address; data: Hex });
      default:
        throw new Error(`${method} is not answered`);
    }
  }

  /** Finality lags by four blocks, and safety by two. */
  #block(tag: Hex | "safe" | "finalized") {
    const number = tag === "safe" ? this.#head - 2n : tag === "finalized" ? this.#head - 4n : hexToBigInt(tag);
    if (number > this.#head) return null;
    return { number: numberToHex(number), hash: blockHash(number), timestamp: numberToHex(number), transactions: [] };
  }

  #find({ address, topics, fromBlock, toBlock }: Filter): Log[] {
    const [from, to] = [hexToBigInt(fromBlock), hexToBigInt(toBlock)];
    if (to - from >= this.widest) throw { code: -32_602, message: `at most ${this.widest} blocks` };
    return this.#logs.filter((log) => {
      const block = hexToBigInt(log.blockNumber);
      const fits = topics.every((choices, index) => choices?.includes(log.topics[index] ?? "0x") ?? true);
      return log.address === address && block >= from && block <= to && fits;
    });
  }

  #call({ to, data }: { readonly to: Address; readonly data: Hex }): Hex {
    const contract = this.#contracts.get(to.toLowerCase() as Address);
    if (contract === undefined) return "0x";
    const { abi, answer } = contract;
    const { functionName, args = [] } = decodeFunctionData({ abi, data });
    const result = answer(functionName, args);
    if (result === undefined) throw { code: 3, message: "execution reverted" };
    return encodeFunctionResult({ abi, functionName, result });
  }
}

function blockHash(number: bigint): Hex {
  return keccak256(encodeAbiParameters(parseAbiParameters("string, uint256"), ["block", number]));
}
