import * as z from 'zod'
import { UserId } from '../../identity/index.ts'
import { Instant } from '../../kernel/dates.ts'
import { rule } from '../../kernel/parse-input.ts'
import { Where } from '../../kernel/search-tree.ts'
import { line } from '../../kernel/text.ts'

const members = z.array(UserId).max(50)
const hasOnce = (names: readonly string[]) => new Set(names).size === names.length

const ScoreRule = z
  .strictObject({
    name: line(60).meta({ description: 'What people read beside the points.' }),
    where: Where,
    points: z.int().min(-1000).max(1000),
  })
  .meta({ id: 'LeadScoreRule' })

const Region = z
  .strictObject({
    name: line(60),
    places: z.array(line(100)).min(1).max(100).meta({
      description: 'Countries (CN), provinces and cities, as leads name them; a city counts before a province, that before a country.',
    }),
    memberIds: members.min(1),
  })
  .meta({ id: 'LeadRegion' })

const Assignment = z
  .strictObject({
    by: z.enum(['round-robin', 'least-open']).meta({ description: 'In turns, or to who has the fewest open leads.' }),
    memberIds: members.default([]).meta({ description: 'Who gets what comes from no region. Empty: it waits for a manager.' }),
    regions: z
      .array(Region)
      .max(50)
      .default([])
      .refine((regions) => hasOnce(regions.map(({ name }) => name)), rule('lead-rules.region-twice', 'must not have a region twice')),
  })
  .meta({ id: 'LeadAssignment' })
type LeadAssignment = z.output<typeof Assignment>

const settings = {
  scoring: z
    .array(ScoreRule)
    .max(50)
    .meta({ description: 'Every rule that holds gives its points. Judged when a lead is read, so a change counts at once.' }),
  assignment: Assignment.meta({ description: 'Who gets a lead that comes without an owner. Null: it waits for a manager.' }),
  qualifyAt: z.int().min(1).max(100_000).meta({ description: 'A lead that comes with so many points is qualified. Null: people decide.' }),
}

export const ChangeLeadRules = z
  .strictObject({ scoring: settings.scoring.nullish(), assignment: settings.assignment.nullish(), qualifyAt: settings.qualifyAt.nullish() })
  .meta({ id: 'ChangeLeadRules' })

export const LeadRules = z
  .object({
    id: z.string(),
    scoring: settings.scoring.default([]),
    assignment: settings.assignment.nullable().default(null),
    qualifyAt: settings.qualifyAt.nullable().default(null),
    version: z.int().meta({ description: 'Counts every change; served as ETag.' }),
    createdAt: Instant,
    createdBy: z.string(),
    updatedAt: Instant,
  })
  .meta({ id: 'LeadRules' })

export const LeadRulesRecord = z.object({
  id: z.string(),
  scoring: settings.scoring.optional(),
  assignment: settings.assignment.optional(),
  qualifyAt: settings.qualifyAt.optional(),
  version: z.int(),
  createdAt: Instant,
  createdBy: z.string(),
  updatedAt: Instant,
})
export type LeadRules = z.output<typeof LeadRulesRecord>

/** Places are compared without case, white space, and the endings that people leave out (江苏省, 江苏). */
const folded = (place: string) =>
  place
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/(省|市|自治区|特别行政区)$/, '')

/** Whom a lead of these places goes to, and the group by which turns are counted; undefined when nobody is named. */
export function groupFor(
  { regions, memberIds }: LeadAssignment,
  { city, province, country }: { city?: string | undefined; province?: string | undefined; country?: string | undefined },
): { name: string; memberIds: string[] } | undefined {
  for (const place of [city, province, country]) {
    const region = place && regions.find(({ places }) => places.some((one) => folded(one) === folded(place)))
    if (region) return { name: `region ${region.name}`, memberIds: region.memberIds }
  }
  return memberIds.length > 0 ? { name: 'everybody', memberIds } : undefined
}
