#!/usr/bin/env node
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { Command, CommanderError } from "commander";
import { fail } from "./cli/fail.ts";
import { auditCommand } from "./commands/audit.ts";
import { balancesCommand } from "./commands/balances.ts";
import { demoCommand } from "./commands/demo.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { exportCommand } from "./commands/export.ts";
import { gatewayCommand } from "./commands/gateway.ts";
import { replayCommand } from "./commands/replay.ts";
import { upCommand } from "./commands/up.ts";
import { verifyCommand } from "./commands/verify.ts";
import { withdrawCommand } from "./commands/withdraw.ts";

const program = new Command("joulemint")
  .description("The meter, the till and the dividend of an AI factory")
  .showHelpAfterError()
  .addCommand(upCommand())
  .addCommand(gatewayCommand())
  .addCommand(demoCommand())
  .addCommand(replayCommand())
  .addCommand(verifyCommand())
  .addCommand(exportCommand())
  .addCommand(auditCommand())
  .addCommand(balancesCommand())
  .addCommand(withdrawCommand())
  .addCommand(doctorCommand());

const json = process.argv.includes("--json");
for (const command of [program, ...program.commands]) command.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) fail(error, json);
  // Help and version end here too, with 0. What was wrong, commander has already said on stderr.
  if (error.exitCode !== 0 && json) {
    const misuse = new JoulemintError("CONFIG_INVALID", { reason: error.message });
    process.stdout.write(`${JSON.stringify({ error: misuse.toJSON() })}\n`);
  }
  process.exitCode = error.exitCode;
}
