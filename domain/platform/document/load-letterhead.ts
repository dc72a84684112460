import { type LetterheadSettings, readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { compact } from '../../kernel/merge-patch.ts'
import type { Locale } from '../../kernel/text.ts'
import { loadImages } from './image/load-images.ts'
import type { BankAccount, Letterhead } from './letterhead.ts'

const accountsOf = (accounts: LetterheadSettings['bankAccounts']): BankAccount[] =>
  (accounts ?? []).map((account) => compact(account) as BankAccount)

/** The firm as a document in a language shows it, with its logo and seal. */
export async function loadLetterhead(ctx: Context, locale: Locale): Promise<Letterhead> {
  const tenant = await readTenant(ctx)
  const { logoId, sealId, english, bankAccounts, ...own } = tenant.letterhead ?? {}
  const inEnglish = locale === 'en' ? compact(english ?? {}) : {}
  const images = await loadImages(
    ctx,
    [logoId, sealId].filter((id) => typeof id === 'string'),
  )
  const logo = logoId ? images.get(logoId) : undefined
  const seal = sealId ? images.get(sealId) : undefined
  const said = { ...compact(own), ...inEnglish, bankAccounts: accountsOf(inEnglish.bankAccounts ?? bankAccounts) }
  return { name: tenant.name, ...said, ...(logo ? { logo } : {}), ...(seal ? { seal } : {}) }
}
