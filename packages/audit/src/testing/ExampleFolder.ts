import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canonicalJson } from "@joulemint/protocol/canonicalJson";
import { custom, type Transport } from "viem";
import type { AuditReport } from "../AuditReport.ts";
import { type AuditOptions, auditExport } from "../auditExport.ts";
import { MANIFEST } from "../exportFiles.ts";
import { writeExport } from "../writeExport.ts";
import { type ExampleExport, exampleExport } from "./exampleExport.ts";

/** The lines of one file. */
type Lines = Record<string, unknown>[];

/** An example's export in a folder, to be altered and audited and put right again. */
export class ExampleFolder {
  readonly example: ExampleExport;
  readonly directory: string;
  readonly #transport: Transport;

  private constructor(example: ExampleExport, directory: string) {
    this.example = example;
    this.directory = directory;
    this.#transport = remembering(example.transport);
  }

  static async create(): Promise<ExampleFolder> {
    const example = await exampleExport();
    const folder = new ExampleFolder(example, mkdtempSync(join(tmpdir(), "joulemint-audit-")));
    await writeExport(folder.directory, arriving(example.entries));
    return folder;
  }

  audit(options: Partial<AuditOptions> = {}): Promise<AuditReport> {
    return auditExport(this.directory, { transport: this.#transport, ...options });
  }

  /** Works with one file as it would be with these bytes. */
  async with<T>(file: string, alter: (bytes: Uint8Array) => Uint8Array, work: () => Promise<T>): Promise<T> {
    const path = join(this.directory, file);
    const bytes = readFileSync(path);
    writeFileSync(path, alter(bytes));
    try {
      return await work();
    } finally {
      writeFileSync(path, bytes);
    }
  }

  auditBytes(file: string, alter: (bytes: Uint8Array) => Uint8Array): Promise<AuditReport> {
    return this.with(file, alter, () => this.audit());
  }

  /** Works with one file's lines altered in place. */
  withLines<T>(file: string, alter: (lines: Lines) => void, work: () => Promise<T>): Promise<T> {
    const lines = this.lines(file);
    alter(lines);
    return this.with(file, () => Buffer.from(lines.map((line) => `${canonicalJson(line)}\n`).join("")), work);
  }

  /** Audits with one file's lines altered in place. `forged` corrects the manifest, too, as somebody with an aim would. */
  auditLines(file: string, alter: (lines: Lines) => void, { forged = true } = {}): Promise<AuditReport> {
    return this.withLines(file, alter, async () => {
      if (!forged || file === MANIFEST) return this.audit();
      const count = (line: Record<string, unknown> = {}) =>
        Object.assign(line.counts ?? {}, { [file]: this.lines(file).length });
      return this.withLines(
        MANIFEST,
        ([manifest]) => count(manifest),
        () => this.audit(),
      );
    });
  }

  lines(file: string): Lines {
    const text = readFileSync(join(this.directory, file), "utf8");
    return text
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}

/** Lines as they come from a factory. */
export async function* arriving<T>(entries: readonly T[]): AsyncGenerator<T> {
  yield* entries;
}

/** The chain does not change any more, so each question is put to it once. */
function remembering(transport: Transport): Transport {
  const answers = new Map<string, Promise<unknown>>();
  const { request } = transport({});
  return custom(
    {
      request: (question: { method: string; params?: unknown }) => {
        const key = JSON.stringify(question);
        const answer = answers.get(key) ?? request(question as never);
        answers.set(key, answer);
        return answer;
      },
    },
    { retryCount: 0 },
  );
}
