import type { Stored } from '../../store/entity-definition.ts'

/** A document that stands in the lists and reminders of the owner of its customer. */
export interface OwnedDocument extends Stored {
  customerId: string
  ownerId?: string | undefined
}
