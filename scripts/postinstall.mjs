// npm leaves out optional native packages whose `engines` exclude the Node it runs on. When npm was
// started by an older system Node, resolve those once more with the Node this repository brings along
// (node_modules/.bin/node, first on PATH in npm scripts).
import { spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";

const npmRanOn = Number(/node\/v(\d+)/.exec(process.env.npm_config_user_agent ?? "")?.[1]);
const bundled = Number(process.versions.node.split(".")[0]);
if (npmRanOn < 22 && bundled >= 22) {
  const args = [process.env.npm_execpath, "install", "--ignore-scripts", "--loglevel=error"];
  const { status } = spawnSync(process.execPath, args, { stdio: ["ignore", 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
copyFileSync("package-lock.json", "node_modules/.installed-lock.json");
