import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@rjsf/validator-ajv8": fileURLToPath(new URL("desk/src/forms/noCompiledValidator.ts", import.meta.url)) } },
  test: {
    environment: "jsdom",
    include: ["*/test/**/*.test.{ts,tsx}"],
    setupFiles: ["./desk/test/setup.ts"],
    // Through the build's resolver, which knows that the compiling validator is left out.
    server: { deps: { inline: [/@rjsf/] } },
    testTimeout: 60_000,
  },
});
