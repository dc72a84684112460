import { StaleWrite } from '../kernel/errors.ts'
import { bothConditions, conditionOf, holds } from './condition.ts'
import { summed } from './count.ts'
import { joined } from './entry.ts'
import { type Item, placeOf } from './item.ts'
import { joinedTallies, tallyAfter, tallyCondition } from './tally.ts'
import type { Action } from './write.ts'

/** What a transaction in the making does to one item: one action, and the item as it will be where that is certain. */
export interface StagedItem {
  action: Action
  /** After a put the item, after a delete nothing; missing where only a condition or an addition is staged. */
  after?: { item: Item | undefined }
}

export type StagedItems = Map<string, StagedItem>

/** The item an action leaves behind, where it does not depend on what stands in the table. */
function effectOf(action: Action): Pick<StagedItem, 'after'> {
  if (action.put) return { after: { item: { ...action.put.Item, pk: action.pk, sk: action.sk } } }
  return action.delete ? { after: { item: undefined } } : {}
}

/** The action with the condition of another one. */
function under(condition: Action, { pk, sk, put, update, delete: removes, check, add }: Action): Action {
  const effect = { ...(put ? { put } : {}), ...(update ? { update } : {}), ...(removes ? { delete: removes } : {}) }
  return { pk, sk, ...effect, ...(check ? { check } : {}), ...(add ? { add } : {}), ...conditionOf(condition) }
}

/** Numbers added to an item that is put in the same transaction: it is put with them. */
function tallied(staged: StagedItem, tally: NonNullable<Action['tally']>): StagedItem {
  const item = tallyAfter(staged.after?.item ?? {}, tally)
  if (!staged.action.put) throw new Error('stage: an item that is deleted in this transaction cannot be added to in it')
  return { action: { ...staged.action, put: { Item: item } }, after: { item } }
}

/** A second action on an item whose state after the first is known: it is judged here, and only its effect goes on. */
function afterKnown(staged: StagedItem, item: Item | undefined, action: Action): StagedItem {
  if (!holds(action, item)) throw action.onFail?.(item) ?? new StaleWrite()
  if (action.check) return staged
  if (action.tally) return tallied(staged, action.tally)
  if (!action.put && !action.delete) throw new Error('stage: an item that is put in this transaction cannot be updated in it')
  return { action: under(staged.action, action), ...effectOf(action) }
}

/**
 * Folds one more action into what is staged. Of several on one item the first one's condition is kept, since that is what the
 * table is asked, with the last one's effect. Fails with the problem of a condition that does not hold on what is staged.
 */
export function fold(items: StagedItems, action: Action): void {
  const place = placeOf(action)
  const staged = items.get(place)
  if (!staged) items.set(place, { action, ...effectOf(action) })
  else if (staged.after) items.set(place, afterKnown(staged, staged.after.item, action))
  else if (staged.action.add && action.add) items.set(place, { action: summed(staged.action, action) })
  else if (staged.action.entry && action.entry) items.set(place, { action: joined(staged.action, action) })
  else if (staged.action.tally && action.tally) items.set(place, { action: joinedTallies(staged.action, action) })
  else if (staged.action.tally && (action.put || action.delete) && !action.condition)
    items.set(place, { action: { ...action, ...tallyCondition(staged.action) }, ...effectOf(action) })
  else if (staged.action.check && !staged.action.add) {
    const condition = { ...action, ...bothConditions(staged.action, action) }
    items.set(place, { action: condition, ...effectOf(action) })
  } else throw new Error('stage: two changes of one item that cannot be put together')
}
