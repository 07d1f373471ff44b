import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import ts from 'typescript-eslint'

const bindings = {
  group: ['**/wailsjs/**'],
  message: 'Only src/backend speaks to Go: add a door there.',
}
const staticStyle = {
  // The content security policy forbids style attributes; style: directives pass.
  selector: 'SvelteAttribute[key.name="style"]',
  message: 'The page forbids style attributes: use a class or a style: directive.',
}

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'wailsjs/', 'preview/dist/', 'preview/words/', 'src/text/compiled/', 'project.inlang/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    // The compiler knows every name, better than this rule does.
    rules: {
      'no-undef': 'off',
      'no-restricted-imports': ['error', { patterns: [bindings] }],
    },
  },
  {
    files: ['**/*.svelte'],
    rules: { 'svelte/no-at-html-tags': 'error', 'no-restricted-syntax': ['error', staticStyle] },
  },
  { files: ['src/backend/**'], rules: { 'no-restricted-imports': 'off' } },
  {
    // Shared components are dumb: what they need comes in by props.
    files: ['src/components/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [bindings, { group: ['**/backend/**', '**/routes/**', '**/shell/**'], message: 'Components take props.' }] },
      ],
    },
  },
)
