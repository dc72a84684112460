import type { TenantInfo } from '../../kernel/context.ts'
import type { TaxRate } from './line.ts'

type Firm = Pick<TenantInfo, 'currency'>

/** In China prices are told with the tax in them, elsewhere between firms without (domain: Documents). */
export const usuallyIncludesTax = ({ currency }: Firm): boolean => currency === 'CNY'

/** The rate of a line whose product names none. */
export const usualTaxRate = ({ currency }: Firm): TaxRate => (currency === 'CNY' ? '13' : '0')
