import type { Context } from '../../domain/kernel/context.ts'
import type { Problem } from '../../domain/kernel/errors.ts'
import type { Customer } from '../../domain/parties/customer/customer.ts'
import { listCustomers } from '../../domain/parties/customer/list-customers.ts'
import { firmName, importer } from './imports.ts'
import { newTenant } from './tenant.ts'

/** A firm whose admin imports. */
export async function importWorld() {
  const tenant = await newTenant({ timeZone: 'Asia/Shanghai', currency: 'CNY' })
  const who = await importer(tenant, tenant.admin)
  return { tenant, who, ...who }
}

/** All rows of a list, page by page. */
export async function wholeList<T>(
  read: (ctx: Context, input: never) => Promise<{ data: T[]; page: { next: string | null } }>,
  ctx: Context,
  sort: string,
) {
  const all: T[] = []
  let cursor: string | undefined
  do {
    const page = await read(ctx, { limit: 100, sort, filter: {}, ...(cursor ? { cursor } : {}) } as never)
    all.push(...page.data)
    cursor = page.page.next ?? undefined
  } while (cursor)
  return all
}

export const customersOf = (ctx: Context): Promise<Customer[]> => wholeList(listCustomers as never, ctx, 'createdAt')
export const namesOf = async (ctx: Context) => (await customersOf(ctx)).map((customer) => customer.name).sort()

/** Name and external id of so many firms. */
export const firms = (n: number) => Array.from({ length: n }, (_, i) => [firmName(i), `F-${i}`])

/** The code that work is refused with, or `fine`. */
export const codeOf = (work: Promise<unknown>) => work.then(() => 'fine').catch((error: Problem) => error.code)
