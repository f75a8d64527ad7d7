import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = process.env["POWERWORKFLOW_URL"] ?? "http://127.0.0.1:5000";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@rjsf/validator-ajv8": fileURLToPath(new URL("src/forms/noCompiledValidator.ts", import.meta.url)) } },
  build: {
    outDir: "dist",
    // The content security policy allows no data: fonts or scripts, and small files cost nothing over HTTP/2.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
  server: { fs: { allow: ["../../.."] }, proxy: Object.fromEntries(["/api", "/openapi", "/studio", "/elsa"].map((path) => [path, { target: server, changeOrigin: false }])) },
});
