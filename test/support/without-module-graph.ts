import module from 'node:module'

/**
 * Loaded before a worker of `vitest run`. vitest hooks in where modules are found, and tells its main process of every import, a message
 * and an answer each, for which only its watch mode has a use. What it asks for under names of its own, test files, it finds as before.
 */
const register = module.registerHooks
module.registerHooks = ({ resolve, load }) => {
  module.registerHooks = register
  const asVitestDoes: typeof resolve = (specifier, context, next) =>
    resolve && specifier.includes('vitest=') ? resolve(specifier, context, next) : next(specifier, context)
  return register({ resolve: asVitestDoes, load })
}
