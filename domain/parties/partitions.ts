import { allUsers, reclaimFacts } from '../identity/index.ts'
import type { Context } from '../kernel/context.ts'
import { dueKey } from '../store/entity-definition.ts'
import { type KeyParts, tenantKey } from '../store/keys.ts'
import { listedPartitions, namedPartitions, type PartitionSource, scatteredFamilies } from '../store/partitions.ts'
import { birthdayMonths } from './contact/contact.table.ts'
import { contactCardsOf, contactCardsOfPools } from './contact/contact-card.ts'
import { allCustomers } from './customer/customer.table.ts'
import { cardsOfOwner, cardsOfPool, cardsSharedWith } from './customer/customer-card.ts'
import { handoversPartition } from './handover/handover.table.ts'
import { mergedAway } from './merge/redirect.table.ts'
import { reclaimPartition, ruleLevels } from './ownership/reclaim-rules.ts'
import { allPools, poolsPartition } from './pool/pool.table.ts'
import { viewsPartition } from './view/view.table.ts'

const dueOf = (owner: string): KeyParts => dueKey({ owner, on: '', kind: '', id: '' }).pk

/** What each person and each pool has: cards, and what falls due. */
async function* ofPeopleAndPools(ctx: Context): AsyncGenerator<string> {
  const ofUser = (id: string) => [cardsOfOwner(id), cardsSharedWith(id), contactCardsOf(id), dueOf(id)]
  const people = (await allUsers(ctx, { consistent: true })).flatMap(({ id }) => ofUser(id))
  const pools = [undefined, ...(await allPools(ctx)).map(({ id }) => id)].flatMap(cardsOfPool)
  for (const partition of [...people, ...pools]) yield tenantKey(ctx, partition)
}

const reclaims = ruleLevels.flatMap((level) => reclaimFacts.map((fact) => dueOf(reclaimPartition(level, fact))))

export const partiesPartitions: PartitionSource[] = [
  namedPartitions(poolsPartition, handoversPartition, viewsPartition, ...birthdayMonths, ...contactCardsOfPools, ...reclaims),
  scatteredFamilies('DUP', 'MERGE'),
  listedPartitions(allCustomers, mergedAway),
  ofPeopleAndPools,
]
