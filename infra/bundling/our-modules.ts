import { readFileSync } from 'node:fs'
import type { Plugin } from 'esbuild'
import { withPureConstants } from './pure-constants.ts'
import { bare, untold } from './without-descriptions.ts'

/** Sources that define routes and events. */
const definesTold = /\/(events\/(?!define\.ts)|functions\/http\/(?!openapi|route\.ts|platform\/docs))/

/** Our own modules as functions carry them: what documents alone read is left out, and of a module what the function does not use. */
export const ourModules: Plugin = {
  name: 'our-modules',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/(domain|functions|events)\/.*\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8')
      return { contents: withPureConstants(bare(definesTold.test(path) ? untold(source) : source)), loader: 'ts' }
    }),
}
