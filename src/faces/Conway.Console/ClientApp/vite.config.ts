import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The policy of the page allows no inline script: module preload must not inject one, and assets are never inlined as data.
export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
  },
  server: { proxy: { '/api': process.env.CONWAY_CONSOLE_URL ?? 'http://127.0.0.1:8090' } },
})
