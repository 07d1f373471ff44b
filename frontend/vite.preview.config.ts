// The preview: the same page with a fake Go side, in a folder of its own. Nothing of it is in the
// shipped bundle, because `npm run build` never starts from preview/index.html.
import { defineConfig, mergeConfig } from 'vite'

import { pictures } from './preview/pictures.ts'
import page from './vite.config.ts'

export default mergeConfig(
  page,
  defineConfig({
    plugins: [pictures()],
    build: { outDir: 'preview/dist', emptyOutDir: true, rolldownOptions: { input: 'preview/index.html' } },
  }),
)
