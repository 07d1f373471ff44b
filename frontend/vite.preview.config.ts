// The preview: the same page with a fake Go side, in a folder of its own. Nothing of it is in the
// shipped bundle, because `npm run build` never starts from preview/index.html.
import { defineConfig, mergeConfig } from 'vite'

import { pictures } from './preview/pictures.ts'
import page from './vite.config.ts'

export default mergeConfig(
  page,
  defineConfig({
    plugins: [pictures()],
    // The words with the pseudo-language among the languages, from preview/pseudo.mjs.
    resolve: { alias: [{ find: /^\.{1,2}\/(?:.*\/)?compiled\//, replacement: `${import.meta.dirname}/preview/words/compiled/` }] },
    build: { outDir: 'preview/dist', emptyOutDir: true, rolldownOptions: { input: 'preview/index.html' } },
  }),
)
