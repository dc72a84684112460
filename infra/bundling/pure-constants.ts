/** How the declaration of a constant begins whose value is no function, and no plain text or number. */
const declaration = /^(?:export )?const \w+(?:: .+?)? = (?!['"`\d(]|async |function |\w+ =>)/

/** Indented, closing or empty: it belongs to the statement that began above it. */
const goesOn = /^(?:[\s)\]}]|$)/

/** A call, or a property that is read, which might be a getter: for all a bundler knows, either does something. */
const mightDoSomething = /\(|\w\??\.[a-z]/i

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
    if (!mightDoSomething.test(statement) || breaksOffInText(statement)) continue
    lines[at] = `${head}/* @__PURE__ */ (() => (${lines[at]!.slice(head.length)}`
    lines[end] += statement.includes('//') ? '\n))()' : '))()'
    at = end
  }
  return lines.join('\n')
}

/** A text over several lines began, and what looked like the next statement stands in it. */
const breaksOffInText = (statement: string): boolean => statement.replaceAll(/\/\*.*?\*\//gs, '').split('`').length % 2 === 0

function lastLineOf(lines: string[], first: number): number {
  let last = first
  while (last + 1 < lines.length && goesOn.test(lines[last + 1]!)) last++
  while (lines[last] === '') last--
  return last
}
