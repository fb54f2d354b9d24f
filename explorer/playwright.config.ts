import { defineConfig } from "@playwright/test";
import { chromium } from "./tests/chromium.mjs";

// With GUANXI_E2E_PORT given, a service that already runs there is tested. Workers read this file again: a port is
// chosen once and handed down.
const isGiven = process.env.GUANXI_E2E_PORT !== undefined;
process.env.GUANXI_E2E_PORT ??= String(20_000 + (process.pid % 20_000));
const port = process.env.GUANXI_E2E_PORT;

export default defineConfig({
  testDir: "tests",
  testMatch: "*.spec.ts",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: process.env.CI ? "line" : "list",
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: { executablePath: chromium() ?? "", args: ["--no-sandbox"] },
  },
  webServer: {
    command: `node tests/service.mjs ${port}`,
    url: `http://127.0.0.1:${port}/readyz`,
    timeout: 240_000,
    reuseExistingServer: isGiven,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
  },
});
