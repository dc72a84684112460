import type { User } from '../../identity/index.ts'
import { findUser } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { money } from '../../kernel/money.ts'
import type { Contact, Customer } from '../../parties/index.ts'
import type { DocumentParty, DocumentPerson, DocumentTotals, DocumentViewLine } from '../../platform/index.ts'
import { findMany } from '../../store/read.ts'
import { products } from '../product/product.table.ts'
import type { Product } from '../product/product.ts'
import type { Discount } from './discount.ts'
import type { LineRecord } from './line.ts'
import { priceDocument, type Totals } from './price-document.ts'

/** What of a document of sales its lines and totals are shown by. */
interface Viewed extends Totals {
  currency: string
  pricesIncludeTax: boolean
  lines: readonly LineRecord[]
  discount?: Discount | undefined
}

const amountOf = (minor: number, currency: string) => money(minor, currency).amount

/** Of each line what it comes to before the discount of the document, in the tax mode of its price. */
function listAmounts({ currency, pricesIncludeTax, lines }: Viewed): number[] {
  const { lines: alone } = priceDocument({ currency, pricesIncludeTax, lines })
  return alone.map(({ net, gross }) => (pricesIncludeTax ? gross : net))
}

/** The lines as they stand on a document, with the SKU of their products. Costs stay in the house. */
export async function viewLines(ctx: Context, document: Viewed): Promise<DocumentViewLine[]> {
  const { currency, lines } = document
  const ids = [...new Set(lines.flatMap(({ productId }) => productId ?? []))]
  const found = (await findMany(
    ctx,
    ids.map((id) => ({ entity: products, id })),
  )) as Map<string, Product>
  const amounts = listAmounts(document)
  return lines.map((line, i) => {
    const { id: _id, productId, description, unitCost: _cost, net, tax, gross, ...said } = line
    const sku = productId ? found.get(productId)?.sku : undefined
    return {
      ...said,
      ...(sku ? { sku } : {}),
      description: description ?? '',
      amount: amountOf(amounts[i]!, currency),
      net: amountOf(net, currency),
      tax: amountOf(tax, currency),
      gross: amountOf(gross, currency),
    }
  })
}

/** The totals; `discount` is that of the document alone. */
export function viewTotals(document: Viewed): DocumentTotals {
  const { currency, pricesIncludeTax, netTotal, taxTotal, total } = document
  const sum = listAmounts(document).reduce((all, amount) => all + amount, 0)
  return {
    net: amountOf(netTotal, currency),
    tax: amountOf(taxTotal, currency),
    discount: amountOf(sum - (pricesIncludeTax ? total : netTotal), currency),
    total: amountOf(total, currency),
  }
}

const isChinese = (text: string) => /\p{Script=Han}/u.test(text)

/** An address in one line, as it is written in its country: from the province down in Chinese, from the street up elsewhere. */
export function addressLine(address: NonNullable<Customer['addresses']>[number]): string {
  const { country, province, city, district, line: street, postalCode } = address
  const down = [...new Set([province, city, district, street].filter((part) => part != null))]
  if (isChinese(down.join(''))) return down.join('')
  return [street, district, [postalCode, city].filter(Boolean).join(' '), province, country].filter(Boolean).join(', ')
}

/** The customer as it is addressed, with the person it is for. */
export function viewCustomer({ name, billing, taxNumber, phones, email, addresses }: Customer, contact?: Contact): DocumentParty {
  const address = addresses?.find(({ kind }) => kind === 'office') ?? addresses?.[0]
  const [phone, mail] = [contact?.phones?.[0] ?? phones?.[0], contact?.email ?? email]
  const number = taxNumber ?? billing?.taxNumber
  return {
    name,
    ...(contact ? { contact: contact.name } : {}),
    ...(phone ? { phone } : {}),
    ...(mail ? { email: mail } : {}),
    ...(address ? { address: addressLine(address) } : {}),
    ...(number ? { taxNumber: number } : {}),
  }
}

/** Who answers for a document at the firm. */
export async function viewPerson(ctx: Context, userId: string | undefined): Promise<{ contactPerson?: DocumentPerson }> {
  const user: User | undefined = userId ? await findUser(ctx, userId) : undefined
  return user ? { contactPerson: { name: user.name, email: user.email } } : {}
}
