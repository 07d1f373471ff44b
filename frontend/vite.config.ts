import { svelte } from '@sveltejs/vite-plugin-svelte'
import icons from 'unplugin-icons/vite'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [
    svelte(),
    // 1.6-px outlines at every size; the size itself comes from CSS (base.css, .icon).
    icons({
      compiler: 'svelte',
      scale: 1,
      iconCustomizer: (_collection, _icon, props) => {
        props['stroke-width'] = '1.6'
      },
      transform: (svg) => svg.replaceAll('stroke-width="2"', 'stroke-width="1.6"'),
      defaultClass: 'icon',
    }),
  ],
  // WebKitGTK 2.40, WebView2 and macOS 13 are the oldest views we meet.
  build: { target: ['safari16.4', 'chrome120'], assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/testing/setup.ts'],
  },
})
