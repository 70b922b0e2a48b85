#!/usr/bin/env node
import { Command } from "commander";
import { fail } from "./cli/fail.ts";
import { balancesCommand } from "./commands/balances.ts";
import { demoCommand } from "./commands/demo.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { replayCommand } from "./commands/replay.ts";
import { upCommand } from "./commands/up.ts";
import { verifyCommand } from "./commands/verify.ts";
import { withdrawCommand } from "./commands/withdraw.ts";

const program = new Command("joulemint")
  .description("The meter, the till and the dividend of an AI factory")
  .showHelpAfterError()
  .addCommand(upCommand(), { isDefault: true })
  .addCommand(demoCommand())
  .addCommand(replayCommand())
  .addCommand(verifyCommand())
  .addCommand(balancesCommand())
  .addCommand(withdrawCommand())
  .addCommand(doctorCommand());

try {
  await program.parseAsync();
} catch (error) {
  fail(error, process.argv.includes("--json"));
}
