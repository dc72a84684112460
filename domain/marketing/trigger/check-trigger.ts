import * as z from 'zod'
import { allEvents } from '../../../events/registry.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { checkCriteria } from '../segment/criteria.ts'
import type { Trigger } from './trigger.ts'

/** What the data of an event holds, by its newest version. */
function fieldsOf(event: string): string[] {
  const versions = allEvents.filter(({ name }) => name === event).sort((a, b) => b.version - a.version)
  const [data] = versions.map((definition) => definition.data)
  return data instanceof z.ZodObject ? Object.keys(data.shape) : []
}

/** 422 for a trigger that never goes off: a tree that cannot be searched by, or `campaign.unknown-data` for what its event does not tell. */
export async function checkTrigger(ctx: Context, trigger: Trigger): Promise<void> {
  if (trigger.where) await checkCriteria(ctx, trigger.where, '/trigger/where')
  if (trigger.on !== 'event') return
  const known = fieldsOf(trigger.event)
  const unknown = Object.keys(trigger.data ?? {}).find((name) => !known.includes(name))
  if (unknown === undefined) return
  const instead = known.length > 0 ? `It has: ${known.join(', ')}.` : 'It has none.'
  throw invalid('campaign.unknown-data', `/trigger/data/${unknown}`, `The data of ${trigger.event} has no ${unknown}. ${instead}`)
}
