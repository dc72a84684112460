/** How the declaration of a constant begins whose value is made by calls: no function, and no plain text or number. */
const declaration = /^(?:export )?const \w+(?:: .+?)? = (?!['"`\d(]|async |function |\w+ =>)/

/** Indented, closing or empty: it belongs to the statement that began above it. */
const goesOn = /^(?:[\s)\]}]|$)/

/**
 * TypeScript whose constants say that nothing happens when they are made, so that those which a function does not use, such as the
 * schema of a request that it never gets, are no part of its bundle. All of ours are such (`sideEffects` in package.json), but a
 * bundler cannot know it of a call. It goes by the layout that the formatter gives; texts over several lines stay as they are.
 */
export function withPureConstants(source: string): string {
  const lines = source.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const [head] = declaration.exec(lines[at]!) ?? []
    if (head === undefined) continue
    const end = lastLineOf(lines, at)
    const statement = lines.slice(at, end + 1).join('\n')
    if (!statement.includes('(') || /`|\/\/.*$/.test(statement)) continue
    lines[at] = `${head}/* @__PURE__ */ (() => (${lines[at]!.slice(head.length)}`
    lines[end] += '))()'
    at = end
  }
  return lines.join('\n')
}

function lastLineOf(lines: string[], first: number): number {
  let last = first
  while (last + 1 < lines.length && goesOn.test(lines[last + 1]!)) last++
  while (lines[last] === '') last--
  return last
}
