import type { Context } from '../kernel/context.ts'
import type { TransferField, Values } from '../kernel/transfer-kind.ts'
import { customerColumns, customersCalled, linkedCustomer } from '../parties/index.ts'
import type { EntityDefinition, Stored } from '../store/entity-definition.ts'
import { matchByExternalId, matchByGuard, matchById } from '../store/row-matchers.ts'
import { customersOfBooks } from './access.ts'

/** The columns by which a row of the books names its customer. */
export const customerOfRow: TransferField[] = customerColumns('customer', 'Customer', '客户').map((field) =>
  field.name === 'customer.name'
    ? { ...field, spellings: [...(field.spellings ?? []), '往来单位', '购货单位', '单位名称', '公司名称', 'company', 'account', 'debtor'] }
    : field,
)

/** The id of the customer that a row of the books names; undefined when it names none. */
export const customerLink = (ctx: Context, values: Values): Promise<string | undefined> =>
  linkedCustomer(ctx, values, 'customer', customersOfBooks)

/** The one customer that is called as a payer of a bank file, by its name or an alias; undefined where none is, or several are. */
export async function payerOf(ctx: Context, payerName: string): Promise<string | undefined> {
  const found = await customersOfBooks(ctx, await customersCalled(ctx, payerName))
  const ids = [...new Set([...found.values()].map(({ id }) => id))]
  return ids.length === 1 ? ids[0] : undefined
}

/** Finds the record of a row by its id, its externalId or its number. */
export const documentMatchers = <T extends Stored>(entity: EntityDefinition<T>) => ({
  id: matchById(entity),
  externalId: matchByExternalId(entity),
  number: matchByGuard(`${entity.type}-number`, ({ number }) => number),
})

export const noteSpellings = ['说明', '摘要', 'remarks', 'remark', 'comments', 'memo', 'description'] as const
