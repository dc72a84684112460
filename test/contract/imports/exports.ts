import { resolved, type Source } from './rules.ts'

const declared = /^export (?:async )?(?:function\*?|const|class|interface|type) (\w+)/gm
const listed = /\b(?:import|export)\s[^'"{;]*\{([^}]*)\}\s*from\s*['"](\.[^'"]+)['"]/g
const whole = /(?:\*\s*(?:as \w+\s*)?from|\bimport\()\s*['"](\.[^'"]+)['"]/g

/** What Lambda, the packages in whose place a file is bundled, and commands given a module call by its name. */
const namedElsewhere = /^functions\/.*: handler$|^infra\/bundling\/(no-|lambda-)|^bench\/side-by-side\/.*: openCrm$/

/** The names that a file imports or hands on, as `path: name`; of a module that it takes as a whole, any word that it says. */
function usesOf({ path, text }: Source): string[] {
  const names = [...text.matchAll(listed)].flatMap(([, list, target]) =>
    list!.split(',').map(
      (name) =>
        `${resolved(path, target!)}: ${
          name
            .trim()
            .replace(/^type /, '')
            .split(' as ')[0]
        }`,
    ),
  )
  const wholes = [...text.matchAll(whole)].flatMap(([, target]) =>
    (text.match(/\w+/g) ?? []).map((word) => `${resolved(path, target!)}: ${word}`),
  )
  return [...names, ...wholes]
}

/** What is exported though no other file names it, as `path: name`. */
export function unusedExports(sources: readonly Source[]): string[] {
  const used = new Set(sources.flatMap(usesOf))
  return sources
    .flatMap(({ path, text }) => [...text.matchAll(declared)].map(([, name]) => `${path}: ${name}`))
    .filter((name) => !used.has(name) && !namedElsewhere.test(name))
}
