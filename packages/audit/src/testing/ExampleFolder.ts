import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canonicalJson } from "@joulemint/protocol/canonicalJson";
import { custom, type Transport } from "viem";
import type { AuditReport } from "../AuditReport.ts";
import { type AuditOptions, auditExport } from "../auditExport.ts";
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

  /** Audits with one file as it would be with these bytes. */
  async auditBytes(file: string, alter: (bytes: Uint8Array) => Uint8Array): Promise<AuditReport> {
    const path = join(this.directory, file);
    const bytes = readFileSync(path);
    writeFileSync(path, alter(bytes));
    try {
      return await this.audit();
    } finally {
      writeFileSync(path, bytes);
    }
  }

  /** Audits with one file's lines altered in place. `forged` corrects the manifest, too, as somebody with an aim would. */
  async auditLines(file: string, alter: (lines: Lines) => void, { forged = true } = {}): Promise<AuditReport> {
    const lines = this.lines(file);
    alter(lines);
    const text = lines.map((line) => `${canonicalJson(line)}\n`).join("");
    const audited = () => this.auditBytes(file, () => Buffer.from(text));
    if (!forged || file === "manifest.json") return audited();
    const manifest = join(this.directory, "manifest.json");
    const stated = readFileSync(manifest, "utf8");
    const { counts, ...rest } = JSON.parse(stated);
    writeFileSync(manifest, `${canonicalJson({ ...rest, counts: { ...counts, [file]: lines.length } })}\n`);
    try {
      return await audited();
    } finally {
      writeFileSync(manifest, stated);
    }
  }

  lines(file: string): Lines {
    const text = readFileSync(join(this.directory, file), "utf8");
    return text
      .trimEnd()
      .split("\n")
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
