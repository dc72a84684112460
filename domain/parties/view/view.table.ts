import { defineEntity } from '../../store/entity.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import type { View } from './view.ts'

/** Partitions of gsi1: the views of one person, of a team (by the one who stands above it), of everybody. */
export const viewsOf = {
  user: (userId: string) => ['VIEWS-OF', 'user', userId],
  team: (leaderId: string) => ['VIEWS-OF', 'team', leaderId],
  tenant: ['VIEWS-OF', 'tenant'],
}

export const viewsPartition = ['VIEWS']

/** All views of a tenant share one partition; lists are those of who may use them. */
export const views = defineEntity<View>({
  type: 'view',
  prefix: 'viw',
  schemaVersion: 1,
  key: (id) => ({ pk: viewsPartition, sk: [id] }),
  gsi1: ({ id, shared, ownerId, teamId }) => ({
    pk: shared === 'user' ? viewsOf.user(ownerId) : shared === 'team' ? viewsOf.team(teamId ?? ownerId) : viewsOf.tenant,
    sk: [id],
  }),
  guards: (view) => externalIdGuard('view', view.externalId),
})
