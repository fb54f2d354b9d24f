/** Serves the seeds from a graph of its own in a temporary folder, which goes when the service ends. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const guanxi = process.env.GUANXI_COMMAND ?? join(root, ".venv/bin/guanxi");

export const SEEDS = join(root, "seeds");

/** Loads folders, one after the other, and starts serving; `stop` ends it and removes the graph. */
export function startService(port, folders = [SEEDS]) {
  const folder = mkdtempSync(join(tmpdir(), "guanxi-page-"));
  const env = { ...process.env, GUANXI_GRAPH: join(folder, "graph"), GUANXI_HEAP: "384m" };
  for (const path of folders) {
    const loaded = spawnSync(guanxi, ["load", path], { env, cwd: root, stdio: ["ignore", "ignore", "inherit"] });
    if (loaded.status !== 0) throw new Error(`${path} could not be loaded with ${guanxi}.`);
  }
  const server = spawn(guanxi, ["serve", "--port", String(port)], {
    env,
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const stop = () =>
    new Promise((done) => {
      server.once("exit", () => {
        rmSync(folder, { recursive: true, force: true });
        done();
      });
      server.kill("SIGTERM");
    });
  return { server, stop };
}

/** Waits until the service answers. */
export async function ready(port) {
  for (let tries = 0; tries < 960; tries++) {
    const reply = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (reply?.ok) return;
    await new Promise((later) => setTimeout(later, 250));
  }
  throw new Error("The service did not start within four minutes.");
}

// The tests' service: the seeds, and two spellings of a name that wait for a decision; with "empty", nothing.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folders = process.argv[3] === "empty" ? [] : [SEEDS, join(dirname(fileURLToPath(import.meta.url)), "waiting")];
  const { server, stop } = startService(Number(process.argv[2]), folders);
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => stop().then(() => process.exit(0)));
  server.once("exit", (code) => process.exit(code ?? 0));
}
