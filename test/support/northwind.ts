import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { User } from '../../domain/identity/user/user.ts'
import { callAs } from './api.ts'
import { newTenant, type TestTenant } from './tenant.ts'

/** Microsoft's sample firm. It stays where it is: tests read it, and skip where it is absent. */
const northwindFolder = join(import.meta.dirname, '../../../shared/data/northwind')
export const northwindIsThere: boolean = existsSync(northwindFolder)

type Row = Record<string, string>

/** A table of it as it stands there. */
export const northwindTable = (name: string): Row[] =>
  parse(readFileSync(join(northwindFolder, `${name}.csv`)), { columns: true, bom: true })

export interface Northwind {
  tenant: TestTenant
  reps: Map<string, User>
  orders: Row[]
  lines: Row[]
  customerIds: Map<string, string>
  /** Ids of our orders by theirs, with the ids of their lines. */
  orderIds: Map<string, { id: string; lines: string[] }>
}

const chunksOf = <T>(all: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))

/** Creates many by the batch API; answers the records in the order of the items. */
async function createAll(tenant: TestTenant, noun: string, items: object[]): Promise<Row[]> {
  const call = callAs(tenant.id, tenant.admin)
  const answers = await Promise.all(
    chunksOf(items, 50).map((some) => call(`/v1/${noun}/batch`, { body: { operation: 'upsert', items: some } })),
  )
  return answers.flatMap(({ status, body }) => {
    if (status !== 200) throw new Error(`batch of ${noun} answered ${status}: ${JSON.stringify(body).slice(0, 500)}`)
    return (body.results as { status: number; body: Row }[]).map((result) => {
      if (result.status >= 300) throw new Error(`an item of ${noun} was answered ${JSON.stringify(result.body).slice(0, 500)}`)
      return result.body
    })
  })
}

/** Does something with everything, a few at a time. */
async function forAll<T>(all: T[], work: (one: T) => Promise<void>, lanes = 8): Promise<void> {
  const rest = [...all]
  const lane = async () => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) await work(one)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

/**
 * Loads employees, customers, products and orders through the API, prices without tax, confirms the orders as of their days and
 * ships those that were, on their shipped dates. `of` names the customers whose orders are loaded; all when left out, which takes
 * most of a minute.
 */
export async function loadNorthwind(of?: readonly string[]): Promise<Northwind> {
  const tenant = await newTenant({ name: 'Northwind Traders', currency: 'USD', timeZone: 'America/Los_Angeles', locale: 'en' })
  const orders = northwindTable('orders').filter(({ CustomerID }) => !of || of.includes(CustomerID!))
  const known = new Set(orders.map(({ OrderID }) => OrderID))
  const lines = northwindTable('order_details').filter(({ OrderID }) => known.has(OrderID))
  const sold = new Set(lines.map(({ ProductID }) => ProductID))
  const reps = new Map<string, User>()
  const employees = northwindTable('employees')
  const leads = new Set(employees.map(({ ReportsTo }) => ReportsTo))
  const hire = async (row: Row): Promise<void> => {
    if (reps.has(row.EmployeeID!)) return
    if (row.ReportsTo) await hire(employees.find(({ EmployeeID }) => EmployeeID === row.ReportsTo)!)
    const manager = row.ReportsTo ? { managerId: reps.get(row.ReportsTo)!.id } : {}
    reps.set(
      row.EmployeeID!,
      await tenant.user(leads.has(row.EmployeeID!) ? 'manager' : 'rep', { name: `${row.FirstName} ${row.LastName}`, ...manager }),
    )
  }
  for (const row of employees) await hire(row)
  const customers = await createAll(
    tenant,
    'customers',
    northwindTable('customers')
      .filter(({ CustomerID }) => !of || of.includes(CustomerID!))
      .map((row) => ({
        name: row.CompanyName,
        externalId: row.CustomerID,
        addresses: [{ kind: 'office', city: row.City }],
      })),
  )
  const products = await createAll(
    tenant,
    'products',
    northwindTable('products')
      .filter(({ ProductID }) => sold.has(ProductID))
      .map((row) => ({
        sku: `NW-${row.ProductID}`,
        name: row.ProductName,
        listPrice: row.UnitPrice,
        externalId: row.ProductID,
      })),
  )
  const customerIds = new Map(customers.map(({ externalId, id }) => [externalId!, id!]))
  const productIds = new Map(products.map(({ externalId, id }) => [externalId!, id!]))
  const lineOf = ({ ProductID, UnitPrice, Quantity, Discount }: Row) => ({
    productId: productIds.get(ProductID!),
    quantity: Quantity,
    unitPrice: UnitPrice,
    discountPercent: String(Math.round(Number(Discount) * 100)),
    taxRate: '0',
  })
  const linesByOrder = Map.groupBy(lines, ({ OrderID }) => OrderID!)
  const created = await createAll(
    tenant,
    'orders',
    orders.map((row) => ({
      customerId: customerIds.get(row.CustomerID!),
      salesRepId: reps.get(row.EmployeeID!)!.id,
      orderedOn: row.OrderDate,
      deliverOn: row.RequiredDate,
      externalId: row.OrderID,
      pricesIncludeTax: false,
      lines: linesByOrder.get(row.OrderID!)!.map(lineOf),
    })),
  )
  const orderIds = new Map(
    created.map((order) => [order.externalId!, { id: order.id!, lines: (order.lines as unknown as Row[]).map(({ id }) => id!) }]),
  )
  const call = callAs(tenant.id, tenant.admin)
  await forAll([...orderIds.values()], async ({ id }) => {
    const { status, body } = await call(`/v1/orders/${id}/confirm`, { body: {} })
    if (status !== 200) throw new Error(`confirming an order answered ${status}: ${JSON.stringify(body)}`)
  })
  await createAll(
    tenant,
    'shipments',
    orders
      .filter(({ ShippedDate }) => ShippedDate)
      .map((row) => ({
        customerId: customerIds.get(row.CustomerID!),
        shippedOn: row.ShippedDate,
        externalId: row.OrderID,
        dispatch: true,
        lines: orderIds.get(row.OrderID!)!.lines.map((orderLine, i) => ({
          orderLine,
          quantity: linesByOrder.get(row.OrderID!)![i]!.Quantity,
        })),
      })),
  )
  return { tenant, reps, orders, lines, customerIds, orderIds }
}
