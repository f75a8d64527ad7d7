import { defineConfig } from 'vite';

// One classic script, not a module: it must have wrapped fetch before the Studio's runtime starts, and its names must stay inside a function
// (a top-level `const e` of ours broke MudBlazor.min.js).
export default defineConfig({
  build: {
    outDir: 'dist/host',
    emptyOutDir: true,
    target: 'es2022',
    lib: { entry: 'src/host.ts', formats: ['iife'], name: 'PowerWorkflowStudio', fileName: () => 'host.js', cssFileName: 'host' },
  },
});
