import type { Stored } from './entity-definition.ts'

/** The entity type of redirects. */
export const redirectType = 'redirect'

/**
 * Stands at the key of a record that was merged into another one. Reads by the old id follow it (read.ts); it is in no list of such records.
 * A redirect always leads to a record, never to another redirect.
 */
export interface Redirect extends Stored {
  /** Entity type of both records. */
  of: string
  to: string
}
