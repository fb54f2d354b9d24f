import { defineConfig } from "@playwright/test";
import { ARGUMENTS, chromium } from "./tests/chromium.mjs";

// With GUANXI_E2E_PORT given, a service that already runs there is tested. Workers read this file again: a port is
// chosen once and handed down.
const isGiven = process.env.GUANXI_E2E_PORT !== undefined;
process.env.GUANXI_E2E_PORT ??= String(20_000 + (process.pid % 20_000));
const port = process.env.GUANXI_E2E_PORT;
process.env.GUANXI_E2E_EMPTY_PORT ??= String(Number(port) + 1);
const emptyPort = process.env.GUANXI_E2E_EMPTY_PORT;
const service = (at: string, ...words: string[]) => ({
  command: ["node tests/service.mjs", at, ...words].join(" "),
  url: `http://127.0.0.1:${at}/readyz`,
  timeout: 240_000,
  reuseExistingServer: isGiven,
  gracefulShutdown: { signal: "SIGTERM" as const, timeout: 15_000 },
});

export default defineConfig({
  testDir: "tests",
  testMatch: "*.spec.ts",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  // A machine with more to do than its cores can may take this long over what takes a second otherwise.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  reporter: process.env.CI ? "line" : "list",
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: { executablePath: chromium() ?? "", args: ARGUMENTS },
  },
  webServer: [service(port), service(emptyPort, "empty")],
});
