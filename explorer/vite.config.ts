import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const service = process.env.GUANXI_SERVICE ?? "http://127.0.0.1:8000";

/** The browser fetches the page's code beside the small script that asks the service first, not after it. */
const fetchEarly: Plugin = {
  name: "fetch-early",
  transformIndexHtml: {
    order: "post",
    handler: (_, { bundle = {} }) =>
      Object.values(bundle)
        .filter((part) => part.type === "chunk" && part.isDynamicEntry)
        .map(({ fileName }) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `./${fileName}` },
          injectTo: "head",
        })),
  },
};

export default defineConfig({
  plugins: [fetchEarly],
  base: "./",
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 900 },
  worker: { format: "es" },
  server: { proxy: { "/v1": service } },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
