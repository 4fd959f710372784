import { defineConfig } from "vite";

export default defineConfig({
  // Where graph_api serves these files. Their names carry a hash of their content, so they may be cached for ever.
  base: "/assets/graphiql/",
  build: {
    outDir: "../../graph_api/web/assets/graphiql",
    emptyOutDir: true,
    assetsDir: ".",
    // No data: addresses in style sheets and scripts: the Content-Security-Policy allows the server's own files only.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4096,
    modulePreload: { polyfill: false },
    sourcemap: false,
    target: "es2022",
    rolldownOptions: {
      onwarn(warning, warn) {
        // "use client" means something to servers that render React; here it is noise.
        if (warning.code !== "MODULE_LEVEL_DIRECTIVE") warn(warning);
      },
    },
  },
});
