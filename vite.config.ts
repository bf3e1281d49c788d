import { cpSync, createReadStream, existsSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const pdfjs = dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')))
const out = fileURLToPath(new URL('dist/web', import.meta.url))
const samples = fileURLToPath(new URL('samples', import.meta.url))

/** Folders served beside the app. pdf.js fetches character maps, standard fonts, decoders and profiles as it needs them. */
const folders = [
  ...['cmaps', 'standard_fonts', 'wasm', 'iccs'].map((name) => ({
    at: `pdfjs/${name}`,
    from: join(pdfjs, name),
  })),
  { at: 'samples', from: samples },
]

function served(): Plugin {
  return {
    name: 'served-folders',
    closeBundle() {
      for (const { at, from } of folders) cpSync(from, join(out, at), { recursive: true })
    },
    configureServer(server) {
      for (const { at, from } of folders)
        server.middlewares.use(`/${at}`, (request, response, next) => {
          const file = normalize(join(from, decodeURIComponent((request.url ?? '/').split('?')[0]!)))
          if (!file.startsWith(`${from}/`) || !existsSync(file) || !statSync(file).isFile()) return next()
          if (file.endsWith('.js')) response.setHeader('content-type', 'text/javascript')
          createReadStream(file).pipe(response)
        })
    },
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('web', import.meta.url)),
  plugins: [react(), tailwindcss(), served()],
  resolve: {
    alias: [{ find: /^zod$/, replacement: fileURLToPath(new URL('web/zod.ts', import.meta.url)) }],
  },
  build: {
    outDir: out,
    emptyOutDir: true,
    target: 'es2024',
    // Every asset is a file of our own origin: the content security policy allows nothing else.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: { '/api': { target: process.env.MDRAFT_API ?? 'http://127.0.0.1:8080' } } },
})
