import { textValue } from '../../kernel/cell-values.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { isId } from '../../kernel/ids.ts'
import { column, partsOfField } from '../../kernel/transfer-field.ts'
import type { TransferField } from '../../kernel/transfer-kind.ts'
import { findGuarded } from '../../store/guard.ts'
import { customersInSight } from '../customer/access.ts'
import type { Customer } from '../customer/customer.ts'
import { customersNamed } from '../duplicate/namesakes.ts'

const found = async (ctx: Context, key: string, wanted: string): Promise<string[]> => {
  if (key === 'name') return customersNamed(ctx, wanted)
  const id = key === 'id' ? (isId('cus', wanted) ? wanted : undefined) : await findGuarded(ctx, 'customer-external-id', wanted, true)
  return id ? [id] : []
}

/** The columns by which a row names a customer. */
export const customerColumns = (prefix: string, en: string, zh: string, of = `${prefix}Id`): TransferField[] =>
  partsOfField(of, [
    column(`${prefix}.id`, `${en} ID`, `${zh}ID`, textValue),
    column(`${prefix}.externalId`, `${en} external ID`, `${zh}外部编号`, textValue, `${en} number`, `${zh}编号`, `${zh}代码`),
    column(`${prefix}.name`, en, zh, textValue, `${en} name`, `${zh}名称`, `${zh}全称`),
  ])

const problem = (code: string, field: string, message: string) =>
  new Problem('invalid', code, message, { errors: [{ pointer: `/${field}`, code, message }] })

type InSight = (ctx: Context, ids: string[]) => Promise<ReadonlyMap<string, Customer>>

/**
 * The id of the customer that a row names as `<prefix>.id`, `.externalId` or `.name`, the first that is filled; undefined
 * when it names none. 422 `row.link-unknown`, also for one out of sight, or `row.link-ambiguous` at the field. `inSight` says which
 * customers the caller may name, where that is not those it sees whole.
 */
export async function linkedCustomer(
  ctx: Context,
  values: Record<string, unknown>,
  prefix: string,
  inSight: InSight = customersInSight,
): Promise<string | undefined> {
  const key = ['id', 'externalId', 'name'].find((name) => values[`${prefix}.${name}`] !== undefined)
  if (!key) return undefined
  const field = `${prefix}.${key}`
  const wanted = String(values[field])
  const ids = [...(await inSight(ctx, await found(ctx, key, wanted))).keys()]
  if (ids.length === 1) return ids[0]
  const shown = JSON.stringify(wanted.slice(0, 100))
  if (ids.length > 1) throw problem('row.link-ambiguous', field, `Several customers are called ${shown}. Name the externalId or the id.`)
  throw problem('row.link-unknown', field, `There is no customer whose ${key} is ${shown}. Import the customer first, or correct the cell.`)
}
