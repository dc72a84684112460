import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { detailTypeOf } from '../../events/define.ts'
import { allEvents } from '../../events/registry.ts'
import { consumers } from '../../functions/manifest.ts'

const root = join(import.meta.dirname, '../..')
const sources = readdirSync(join(root, 'events')).map((file) => readFileSync(join(root, 'events', file), 'utf8'))

test.each(allEvents.map((event) => [detailTypeOf(event), event] as const))(
  'the sample of %s is what its schema takes, and nothing more',
  (_, event) => {
    expect(event.data.parse(event.sample)).toEqual(event.sample)
    expect(event.data.safeParse({ ...(event.sample as object), colour: 'red' }).success).toBe(false)
  },
)

test('every event has a name of its own, made of a noun and what happened, and says when it is published', () => {
  expect(new Set(allEvents.map(detailTypeOf)).size).toBe(allEvents.length)
  for (const { name, version, summary } of allEvents) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/)
    expect(version).toBeGreaterThan(0)
    expect(summary).toMatch(/^[A-Z].+\.$/)
  }
})

test('every definition stands in the registry', () => {
  const defined = sources.join('\n').match(/= defineEvent\(/g) ?? []

  expect(allEvents.length).toBe(defined.length)
})

test('consumers of our own bus listen to events there are', () => {
  const published = new Set(allEvents.map(detailTypeOf))
  const listened = consumers.filter((consumer) => consumer.source === 'guanxi').flatMap((consumer) => consumer.detailTypes)

  expect(listened.filter((detailType) => !published.has(detailType))).toEqual([])
})
