import { defineConfig } from "vitest/config";

const service = process.env.GUANXI_SERVICE ?? "http://127.0.0.1:8000";

export default defineConfig({
  base: "./",
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 900 },
  worker: { format: "es" },
  server: { proxy: { "/v1": service } },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
