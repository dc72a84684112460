import { newId } from '../../domain/kernel/ids.ts'
import type { Answer, Call } from './api.ts'
import { createFixture, nounOfPrefix } from './fixtures.ts'

/** Ids as they stand anywhere in an answer. */
const anyId = /\b[a-z]{3}_[0-7][0-9A-HJKMNP-TV-Z]{25}\b/g
const idPattern = /^\^([a-z]{3})_\[0-7\]/

/** The prefix of the ids that a schema takes; undefined for what is no id. */
export const prefixOf = (schema: { pattern?: string }): string | undefined => idPattern.exec(schema.pattern ?? '')?.[1]

export const randomId = (prefix: string): string => newId(prefix, new Date().toISOString())

/** The same call; every id that it was ever answered is kept in `seen`. */
export function watched(call: Call): { call: Call; seen: Set<string> } {
  const seen = new Set<string>()
  const watching: Call = async (target, request) => {
    const answer = await call(target, request)
    for (const [id] of JSON.stringify(answer.body).matchAll(anyId)) seen.add(id)
    return answer
  }
  return { call: watching, seen }
}

/** The ids of an answer that somebody else's records have, but for those that were sent. */
export function leaksIn(answer: Answer, theirs: ReadonlySet<string>, ...sent: unknown[]): string[] {
  const said = JSON.stringify(sent)
  const shown = JSON.stringify([answer.body, answer.headers]).match(anyId) ?? []
  return [...new Set(shown)].filter((id) => theirs.has(id) && !said.includes(id))
}

/** Records of somebody, one of each noun, made when they are first asked for. */
export function recordsOf(call: Call): (prefix: string) => Promise<string> {
  const made = new Map<string, Promise<string>>()
  return (prefix) => {
    const known = made.get(prefix) ?? createFixture(call, nounOfPrefix[prefix]!).then(({ id }) => id)
    made.set(prefix, known)
    return known
  }
}

/** An id that was a record's until it was deleted; undefined where nothing deletes such records. */
export function deletedOf(call: Call): (prefix: string) => Promise<string | undefined> {
  const made = new Map<string, Promise<string | undefined>>()
  const make = async (prefix: string) => {
    const noun = nounOfPrefix[prefix]!
    const { id } = await createFixture(call, noun)
    const { status } = await call(`/v1/${noun}/${id}`, { method: 'DELETE' })
    return status === 204 ? id : undefined
  }
  return (prefix) => {
    const known = made.get(prefix) ?? make(prefix)
    made.set(prefix, known)
    return known
  }
}
