import { customerLevels } from '../../identity/index.ts'
import { ulidOf } from '../../kernel/ids.ts'
import { codePart, numberPart, packed, partOf } from '../../kernel/packed.ts'
import { comparable, type SearchField } from '../../kernel/search-fields.ts'
import type { Card, ItemKey } from '../../store/entity-definition.ts'
import { type Customer, customerKinds, growthPotentials, levelSources, lifecycleStages } from './customer.ts'

/** Fields that are one character each on the card, in their order. */
export const codedFields = {
  level: { kind: 'option', options: customerLevels },
  levelSource: { kind: 'option', options: levelSources },
  growthPotential: { kind: 'option', options: growthPotentials },
  poor: { kind: 'flag' },
  lifecycleStage: { kind: 'option', options: lifecycleStages },
  kind: { kind: 'option', options: customerKinds },
  'marketing.optedOut': { kind: 'flag' },
  locked: { kind: 'flag' },
} as const satisfies Record<string, SearchField>

const codes: SearchField[] = Object.values(codedFields)

/** Where a part stands on the card. What comes last is left out first when a card would be too long. */
export const cardPart = {
  codes: 0,
  nextContactOn: 1,
  lastContactAt: 2,
  lastQuotedOn: 3,
  lastOrderedOn: 4,
  name: 5,
  shortName: 6,
  phones: 7,
  cities: 8,
  tags: 9,
  industry: 10,
  source: 11,
  poolId: 12,
  aliases: 13,
  provinces: 14,
} as const

/** With key and name of the attribute a card has at most 256 bytes: up to 105 of them are the key in a tenant `ten_…`. */
const room = 150
/** A copy in the list of a team member says first until when, and who owns the customer. */
const sharedRoom = room - 42

const text = { kind: 'texts' } as const
const phones = { kind: 'phones' } as const

function partsOf(customer: Customer): string[] {
  const { level, levelSource, growthPotential, poor, lifecycleStage, kind, marketing, lock } = customer
  const places = (name: 'city' | 'province') => [...new Set((customer.addresses ?? []).flatMap((address) => address[name] ?? []))]
  return [
    codePart(codes, [level, levelSource, growthPotential, poor, lifecycleStage, kind, marketing?.optedOut, lock !== undefined]),
    numberPart(comparable({ kind: 'date' }, customer.openFollowUps?.[0]?.dueOn)),
    numberPart(comparable({ kind: 'instant' }, customer.lastContactAt)),
    numberPart(comparable({ kind: 'date' }, customer.lastQuotedOn)),
    numberPart(comparable({ kind: 'date' }, customer.lastOrderedOn)),
    partOf(comparable(text, customer.name)),
    partOf(comparable(text, customer.shortName)),
    partOf(comparable(phones, customer.phones)),
    partOf(comparable(text, places('city'))),
    partOf(comparable(text, customer.tags)),
    partOf(comparable(text, customer.industry)),
    partOf(comparable(text, customer.source)),
    customer.ownerId ? partOf(customer.poolId) : '',
    partOf(comparable(text, customer.aliases)),
    partOf(comparable(text, places('province'))),
  ]
}

/** The pool may hold more than any owner, so its cards are spread; a few shards are read in parallel. */
const poolShards = 4
const shardOf = (id: string): string => String(id.charCodeAt(id.length - 1) % poolShards)

/** Partitions of the cards of an owner, and of a public pool. */
export const cardsOfOwner = (ownerId: string) => ['CUS-CARD', ownerId]
export const cardsOfPool = (poolId?: string) => Array.from({ length: poolShards }, (_, i) => poolCards(poolId, String(i)))
const poolCards = (poolId: string | undefined, shard: string) => ['CUS-CARD', poolId ?? 'everybody', shard]

/** Partition of the cards of customers that a user is a team member of. */
export const cardsSharedWith = (userId: string) => ['CUS-SHARED', userId]

/** The cards of a customer: one where its owner or its pool is searched, one for each team member. */
export function customerCards(customer: Customer): Card[] {
  const { id, ownerId } = customer
  const parts = partsOf(customer)
  const key: ItemKey = { pk: ownerId ? cardsOfOwner(ownerId) : poolCards(customer.poolId, shardOf(id)), sk: [ulidOf(id)] }
  const team = ownerId ? (customer.teamMembers ?? []).filter((member) => member.userId !== ownerId) : []
  const shared = team.map((member) => ({
    key: { pk: cardsSharedWith(member.userId), sk: [ulidOf(id)] },
    text: packed([member.until ?? '', ownerId!, packed(parts, sharedRoom)], room),
  }))
  return [{ key, text: packed(parts, room) }, ...shared]
}
