import type { Context } from '../../../domain/kernel/context.ts'
import type { Locale } from '../../../domain/kernel/text.ts'
import type { BankAccount } from '../../../domain/platform/document/letterhead.ts'
import { loadLetterhead } from '../../../domain/platform/document/load-letterhead.ts'
import type { PageFirm } from '../../../domain/platform/index.ts'

/** The firm as the page of a document shows it, its logo as a data address, and the account it is paid to. */
export async function pageFirm(
  ctx: Context,
  locale: Locale,
): Promise<{ firm: PageFirm; picture: { logo?: string }; account?: BankAccount }> {
  const { logo, name, phone, email, address, bankAccounts } = await loadLetterhead(ctx, locale)
  const [account] = bankAccounts
  return {
    firm: { name, ...(phone ? { phone } : {}), ...(email ? { email } : {}), ...(address ? { address } : {}) },
    picture: logo ? { logo: `data:image/${logo.type};base64,${logo.bytes.toString('base64')}` } : {},
    ...(account ? { account } : {}),
  }
}
