import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const file = join(import.meta.dirname, '../docs/figures.md')

const begin = (part: string) => `<!-- ${part}: begin -->`
const end = (part: string) => `<!-- ${part}: end -->`

/** The page with another text for one of its parts, which each command writes by itself; a part that is not there yet comes last. */
function withPart(page: string, part: string, text: string): string {
  const whole = `${begin(part)}\n\n${text.trim()}\n\n${end(part)}\n`
  const [from, to] = [page.indexOf(begin(part)), page.indexOf(end(part))]
  if (from < 0 || to < from) return `${page.trimEnd()}\n\n${whole}`.trimStart()
  return `${page.slice(0, from)}${whole}${page.slice(to + end(part).length).replace(/^\n/, '')}`
}

const page = (): string => (existsSync(file) ? readFileSync(file, 'utf8') : '')

/** What stands in a part of docs/figures.md; nothing while it was never written. */
export function partOf(part: string): string {
  const text = page()
  const [from, to] = [text.indexOf(begin(part)), text.indexOf(end(part))]
  return from < 0 || to < from ? '' : text.slice(from + begin(part).length, to).trim()
}

/** Writes one part of docs/figures.md and leaves the others as they are. */
export function writePart(part: string, text: string): void {
  writeFileSync(file, withPart(page(), part, text))
}
