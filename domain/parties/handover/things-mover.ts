import type { Context } from '../../kernel/context.ts'
import type { Entity } from '../../store/entity.ts'
import type { Stored } from '../../store/entity-definition.ts'
import { mergedPage } from '../../store/list.ts'
import type { Range } from '../../store/query.ts'
import { findMany, findParents } from '../../store/read.ts'
import type { Write } from '../../store/write.ts'
import { customers } from '../customer/customer.table.ts'
import { nobody } from './handover.ts'
import { counted, type Mover } from './mover.ts'

/** Something of a customer that stands in lists of the customer's owner. */
interface OwnedThing extends Stored {
  ownerId?: string | undefined
}

interface Things<T extends OwnedThing> {
  kind: string
  entity: Entity<T>
  /** How many fit one transaction. */
  most: number
  /** The lists in which those of an owner stand; their keys end with the id. */
  ranges(ownerId: string): Range[]
  /** Writes that give one to an owner, or to nobody. */
  given(ctx: Context, thing: T, ownerId: string | undefined): Write[]
}

/**
 * A mover of things that go where their customer goes. It takes its place before the customers, whose new owners it knows by the same
 * rules: so each is counted once, and the consumers that follow a customer find nothing left of it. A list may lag behind what was
 * moved already, so every thing is read again.
 */
export const thingsMover = <T extends OwnedThing>({ kind, entity, most, ranges, given }: Things<T>): Mover => ({
  kind,
  most,
  async page(ctx, { fromUserId, receiverOf }, after, size) {
    const lists = ranges(fromUserId)
    const items = await mergedPage(ctx, lists, size, after)
    const ids = items.map(({ id }) => id as string)
    const wanted = ids.map((id) => ({ entity, id }))
    const [found, homes] = await Promise.all([
      ids.length > 0 ? findMany(ctx, wanted, { consistent: true }) : new Map(),
      ids.length > 0 ? findParents(ctx, customers, ids, { consistent: true }) : new Map(),
    ])
    const moved = ([...found.values()] as T[])
      .filter(({ ownerId }) => ownerId === fromUserId)
      .map((thing) => {
        const customer = homes.get(thing.id)
        return { thing, ownerId: customer?.ownerId === fromUserId ? receiverOf(customer) : customer?.ownerId }
      })
    return {
      counts: counted(moved.map(({ ownerId }) => ownerId ?? nobody)),
      writes: moved.flatMap(({ thing, ownerId }) => given(ctx, thing, ownerId)),
      events: [],
      id: ids[0],
      after: items.length === size ? (items.at(-1)![`${lists[0]!.index}sk`] as string) : undefined,
    }
  },
})
