import { svelte } from '@sveltejs/vite-plugin-svelte'
import icons from 'unplugin-icons/vite'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [
    svelte({ configFile: false }),
    // Lucide draws on 24 px with lines of 2; at our 16 px a line of 2.4 shows as 1.6.
    icons({ compiler: 'svelte', defaultClass: 'icon', transform: (svg) => svg.replaceAll('stroke-width="2"', 'stroke-width="2.4"') }),
  ],
  // WebKitGTK 2.40, WebView2 and macOS 13 are the oldest views we meet.
  build: { target: ['safari16.4', 'chrome120'], assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  test: {
    // A line printed while a test file ends would otherwise be an error of its own.
    disableConsoleIntercept: true,
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/testing/setup.ts'],
  },
})
